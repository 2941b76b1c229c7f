import { validateEvent, type Validation } from '@suuupra/contracts';
import type { RowValues } from '../source/source.ts';

/** Turns rows into events. */
export interface EventMapper {
  /** The id that the row itself gives to its event; undefined where it has to be derived from the row. */
  ownId(values: RowValues, line: number): string | undefined;
  /**
   * The event of a row, checked against the contract.
   * @param eventId what `ownId` gave, or the derived one
   */
  toEvent(values: RowValues, line: number, eventId: string): Validation;
}

const idOf = (values: RowValues): unknown => (values as Readonly<Record<string, unknown>>)['event_id'] ?? undefined;

/** For NDJSON whose rows are events of the contract already. */
export const CONTRACT_MAPPER: EventMapper = {
  ownId(values) {
    const id = idOf(values);
    return id === undefined ? undefined : String(id);
  },
  toEvent(values, _line, eventId) {
    return validateEvent(idOf(values) === undefined ? { ...values, event_id: eventId } : values);
  },
};
