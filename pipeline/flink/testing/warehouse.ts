import type { Config } from '@suuupra/core';

/** Rows of a query, over ClickHouse's HTTP interface: this workspace has no client of the warehouse. */
export async function warehouseRows<T>(config: Config, query: string): Promise<readonly T[]> {
  const url = `${config.clickhouseUrl}/?database=${config.clickhouseDatabase}&default_format=JSONEachRow`;
  const response = await fetch(url, { method: 'POST', body: query });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
