import { useCallback, useEffect, useState, type KeyboardEvent, type MouseEvent, type SyntheticEvent } from 'react';
import type { Anchor } from '../tooltip.tsx';

/** A place among buckets that the mouse points at or keys lead to. */
export interface Cursor {
  /** Of the bucket; undefined while nothing is pointed at. */
  readonly index: number | undefined;
  readonly anchor: Anchor | undefined;
  /** Its details stay until they are closed. */
  readonly isPinned: boolean;
  /** Where keys begin. */
  readonly stop: number;
  /** For the element that all buckets share evenly. */
  readonly props: {
    readonly onMouseMove: (event: MouseEvent<Element>) => void;
    readonly onMouseLeave: () => void;
    readonly onClick: () => void;
    readonly onFocus: (event: SyntheticEvent<Element>) => void;
    readonly onBlur: (event: { relatedTarget: EventTarget | null }) => void;
    readonly onKeyDown: (event: KeyboardEvent<Element>) => void;
  };
}

/** How many buckets the page keys go at once. */
const PAGE = 7;

/** Where a key leads to; undefined for other keys. */
export function cursorAfter(key: string, index: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: PAGE,
    PageDown: -PAGE,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.max(0, Math.min(index + step, count - 1));
}

/**
 * A cursor over buckets side by side: mouse, keys, and a click that pins the details.
 * @param canPin whether the details of a bucket have something to click at
 */
export function useCursor(count: number, canPin: (index: number) => boolean): Cursor {
  const [place, setPlace] = useState<{ index: number; anchor: Anchor }>();
  const [isPinned, setPinned] = useState(false);
  const [kept, setKept] = useState<number>();
  const last = Math.max(0, count - 1);
  const stop = Math.min(kept ?? last, last);
  const leave = useCallback(() => {
    setPlace(undefined);
    setPinned(false);
  }, []);
  useEffect(() => {
    if (!isPinned) return undefined;
    const close = (event: Event): void => {
      if (event instanceof window.KeyboardEvent ? event.key === 'Escape' : !inDetails(event.target)) leave();
    };
    document.addEventListener('mousedown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('mousedown', close);
      document.removeEventListener('keydown', close);
    };
  }, [isPinned, leave]);

  const show = (element: Element, index: number): void => {
    const { left, width, top, bottom } = element.getBoundingClientRect();
    const step = width / count;
    const anchor = { left: left + index * step, right: left + (index + 1) * step, top, bottom: (top + bottom) / 2 };
    setPlace((before) => (before?.index === index ? before : { index, anchor }));
  };
  const pin = (index: number | undefined): void => {
    if (index !== undefined && canPin(index)) setPinned(true);
  };
  const index = place === undefined || place.index >= count ? undefined : place.index;
  return {
    index,
    anchor: index === undefined ? undefined : place?.anchor,
    isPinned,
    stop,
    props: {
      onMouseMove: ({ currentTarget, clientX }) => {
        if (isPinned) return;
        const { left, width } = currentTarget.getBoundingClientRect();
        show(currentTarget, Math.max(0, Math.min(last, Math.floor(((clientX - left) / width) * count))));
      },
      onMouseLeave: () => {
        if (!isPinned) leave();
      },
      onClick: () => {
        pin(index);
      },
      onFocus: ({ currentTarget }) => {
        if (currentTarget.matches(':focus-visible')) show(currentTarget, stop);
      },
      onBlur: ({ relatedTarget }) => {
        if (!inDetails(relatedTarget)) leave();
      },
      onKeyDown: (event) => {
        if (event.key === 'Escape') leave();
        if (event.key === 'Enter') pin(index);
        const next = cursorAfter(event.key, stop, count);
        if (next === undefined) return;
        event.preventDefault();
        setKept(next);
        show(event.currentTarget, next);
      },
    },
  };
}

const inDetails = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog]') !== null;
