import { locationService } from '@grafana/runtime';

/** Where a click on a link leads within this page: to an address, to a fragment, or (undefined) the browser's own way. */
export function inPage(href: string, origin: string): { address: string } | { fragment: string } | undefined {
  if (href.startsWith('#')) return { fragment: href.slice(1) };
  const target = new URL(href, `${origin}/`);
  return target.origin === origin ? { address: target.pathname + target.search + target.hash } : undefined;
}

/**
 * Follows links without loading the page anew, as Grafana does: plugins write plain links and expect it. A fragment
 * belongs to the open page, which the <base> of the document would make "/" of; tabs of 10.1 are links to "#".
 */
export function followLinksInPage(): void {
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!link || link.hasAttribute('target') || link.hasAttribute('download')) return;
    const target = inPage(link.getAttribute('href') ?? '', location.origin);
    if (!target) return;
    event.preventDefault();
    if ('address' in target) locationService.push(target.address);
    else if (target.fragment !== '') location.hash = target.fragment;
  });
}
