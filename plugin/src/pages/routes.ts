import type { AppRootProps } from '@grafana/data';

/** Where the app stands in every Grafana. */
const ROOT = '/a/suuupra-analytics-app';

export const PAGES = ['home', 'users', 'events'] as const;
export type PageName = (typeof PAGES)[number];

/** What the address says besides the page; a parameter that is given twice counts once. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** The page at an address; undefined where there is none. */
export function pageAt({ path, basename }: Pick<AppRootProps, 'path' | 'basename'>): PageName | undefined {
  const rest = path.startsWith(basename) ? path.slice(basename.length) : path;
  const name = rest.replaceAll(/^\/+|\/+$/g, '');
  if (name === '') return 'home';
  return PAGES.find((page) => page === name);
}

/** Grafana hands parameters over as text, lists and true. */
export function parametersOf(query: AppRootProps['query']): Parameters {
  const text = (value: unknown): string | undefined => {
    const one: unknown = Array.isArray(value) ? (value as unknown[]).at(-1) : value;
    return typeof one === 'string' || typeof one === 'number' ? String(one) : undefined;
  };
  return Object.fromEntries(
    Object.entries(query as Record<string, unknown>).map(([name, value]) => [name, text(value)]),
  );
}

/** The address of a page; of a Grafana that is served below a path, within that (see links.ts). */
export function pathOf(page: PageName, parameters: Parameters = {}): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  const path = page === 'home' ? ROOT : `${ROOT}/${page}`;
  return query === '' ? path : `${path}?${query}`;
}
