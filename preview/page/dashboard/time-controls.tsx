import { type TimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { RefreshPicker, TimeRangePicker } from '@grafana/ui';
import React, { useEffect } from 'react';
import { useSearch } from '../views/use-search.ts';
import { boundText, intervalMs, shifted, zoomedOut } from './time.ts';
import { type ChangeTimeRange } from './use-time-range.ts';

interface Props {
  readonly range: TimeRange;
  readonly timeZone: string;
  readonly intervals?: readonly string[];
  readonly refreshDefault?: string;
  readonly onChange: ChangeTimeRange;
  readonly onRefresh: () => void;
}

/** Runs again and again while the page is seen; a hidden page asks the database nothing. */
function useAutoRefresh(every: number, onRefresh: () => void): void {
  useEffect(() => {
    if (every <= 0) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) onRefresh();
    }, every);
    return () => {
      clearInterval(timer);
    };
  }, [every, onRefresh]);
}

/** The time range and the refresh of a page; both are kept in its address. */
export function TimeControls({ range, timeZone, intervals, refreshDefault = '', onChange, onRefresh }: Props) {
  const refresh = useSearch().get('refresh') ?? refreshDefault;
  useAutoRefresh(intervalMs(refresh), onRefresh);
  const set = ({ from, to }: { from: TimeRange['raw']['from']; to: TimeRange['raw']['to'] }) => {
    onChange(boundText(from), boundText(to));
  };
  return (
    <>
      <TimeRangePicker
        isOnCanvas
        value={range}
        timeZone={timeZone}
        onChange={({ raw }) => {
          set(raw);
        }}
        onChangeTimeZone={(zone) => {
          locationService.partial({ timezone: zone });
        }}
        onMoveBackward={() => {
          set(shifted(range, -1));
        }}
        onMoveForward={() => {
          set(shifted(range, 1));
        }}
        onZoom={() => {
          set(zoomedOut(range));
        }}
      />
      <RefreshPicker
        isOnCanvas
        value={refresh}
        {...(intervals ? { intervals: [...intervals] } : {})}
        onRefresh={onRefresh}
        onIntervalChanged={(interval) => {
          locationService.partial({ refresh: interval || null });
        }}
      />
    </>
  );
}
