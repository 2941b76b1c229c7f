import { locationUtil } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { pathOf, type PageName, type Parameters } from './routes.ts';

/** The address of a page, also of a Grafana that is served below a path. */
export const addressOf = (page: PageName, parameters: Parameters = {}): string =>
  locationUtil.assureBaseUrl(pathOf(page, parameters));

/** The open page with other parameters: whatever else its address says stays. */
export function addressWith(changes: Readonly<Record<string, string>>): string {
  const { pathname, search } = locationService.getLocation();
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) parameters.set(name, value);
  return locationUtil.assureBaseUrl(`${pathname}?${parameters.toString()}`);
}
