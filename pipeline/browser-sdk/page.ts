/** What kind of device shows the page. */
export function deviceKind(): 'mobile' | 'tablet' | 'desktop' {
  const agent = navigator.userAgent;
  // An iPad says that it is a Mac, but Macs have no touch screen.
  if (/iPad|Tablet/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1)) return 'tablet';
  if (/Android/.test(agent) && !/Mobile/.test(agent)) return 'tablet';
  return /Mobi|iPhone/.test(agent) ? 'mobile' : 'desktop';
}

/**
 * An address without fragment, name and password, and without parameters that are not to be kept.
 * @param keep names of parameters; without it those that begin with `utm_`
 */
export function cleanAddress(address: string, keep: readonly string[] | undefined): string | undefined {
  if (!address) return undefined;
  try {
    const url = new URL(address);
    for (const name of [...url.searchParams.keys()])
      if (!(keep ? keep.includes(name) : name.startsWith('utm_'))) url.searchParams.delete(name);
    return url.origin + url.pathname + url.search;
  } catch {
    return undefined; // not an address, or one without an origin
  }
}

/** Whether the browser asks not to be followed (Global Privacy Control, Do Not Track). */
export function asksNotToTrack(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl === true || doNotTrack === '1';
}

/**
 * Calls back when the page goes to another address without being loaded anew.
 * @returns ends it
 */
export function onNavigation(callback: () => void): () => void {
  let shown = location.pathname + location.search;
  const look = (): void => {
    const now = location.pathname + location.search;
    if (now === shown) return;
    shown = now;
    callback();
  };
  const { pushState, replaceState } = history;
  const watched = (change: History['pushState']): History['pushState'] =>
    function (this: History, ...args) {
      change.apply(this, args);
      look();
    };
  const push = (history.pushState = watched(pushState));
  const replace = (history.replaceState = watched(replaceState));
  addEventListener('popstate', look);
  return () => {
    removeEventListener('popstate', look);
    // Whoever came later and holds ours must not lose its own.
    if (history.pushState === push) history.pushState = pushState;
    if (history.replaceState === replace) history.replaceState = replaceState;
  };
}
