export type ThemeName = 'light' | 'dark';

const KEY = 'preview-theme';

/** The theme: of the address (?theme=light), else as last chosen on the page, else dark as in Grafana. */
export function themeName(): ThemeName {
  const wanted = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(KEY);
  return wanted === 'light' ? 'light' : 'dark';
}

/** Remembers the theme and loads the page again: plugins may read it once, when they are loaded. */
export function chooseTheme(theme: ThemeName): void {
  localStorage.setItem(KEY, theme);
  const address = new URL(location.href);
  address.searchParams.delete('theme');
  location.assign(address);
}

/** The address of this page in another generation of Grafana; the host remembers the choice in a cookie. */
export function addressIn(generation: string): string {
  const address = new URL(location.href);
  address.searchParams.set('grafana', generation);
  return address.pathname + address.search;
}
