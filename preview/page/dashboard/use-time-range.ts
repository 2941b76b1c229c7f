import { type TimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { useCallback, useMemo } from 'react';
import { setTemplateTimeRange } from '../services/templates.ts';
import { useSearch } from '../views/use-search.ts';
import { rangeOf, rawRange } from './time.ts';

/** Sets the range of the page, by bounds as the address writes them. */
export type ChangeTimeRange = (from: string, to: string) => void;

/**
 * The time range of the address (?from=now-28d&to=now), else the given one, as of the last run.
 * @param run changes when relative bounds are to be taken anew
 */
export function useTimeRange(
  fallback: { readonly from: string; readonly to: string },
  timeZone: string,
  run: number,
): [TimeRange, ChangeTimeRange] {
  const search = useSearch();
  const from = search.get('from') ?? fallback.from;
  const to = search.get('to') ?? fallback.to;
  const { from: fallbackFrom, to: fallbackTo } = fallback;
  const range = useMemo(() => {
    void run; // relative bounds move with each run
    const next = rangeOf(rawRange(from, to, { from: fallbackFrom, to: fallbackTo }), timeZone);
    setTemplateTimeRange(next); // before the panels below replace variables in their titles
    return next;
  }, [from, to, fallbackFrom, fallbackTo, timeZone, run]);
  const change = useCallback<ChangeTimeRange>((nextFrom, nextTo) => {
    locationService.partial({ from: nextFrom, to: nextTo });
  }, []);
  return [range, change];
}
