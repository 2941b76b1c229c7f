import { SuuupraError } from '@suuupra/core';
import type { Warehouse } from './client.ts';

const UNKNOWN_TABLE = 60;

/**
 * Up to when events are complete, by the view `completeness`; null where nothing was ever taken in, or where the
 * database was filled by other means and has no such view.
 */
export async function completeUntil(
  warehouse: Warehouse,
  { clickhouseDatabase }: { readonly clickhouseDatabase: string },
  signal?: AbortSignal,
): Promise<string | null> {
  try {
    const rows = await warehouse.rows<{ complete_until: string }>(
      'SELECT complete_until FROM {database:Identifier}.completeness',
      {
        params: { database: clickhouseDatabase },
        settings: { date_time_output_format: 'iso' },
        ...(signal === undefined ? {} : { signal }),
      },
    );
    return rows[0]?.complete_until ?? null;
  } catch (error) {
    if (error instanceof SuuupraError && error.details.clickhouseCode === UNKNOWN_TABLE) return null;
    throw error;
  }
}
