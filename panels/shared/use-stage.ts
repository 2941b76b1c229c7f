import { useCallback, useEffect, useRef, useState, type HTMLAttributes, type SyntheticEvent } from 'react';
import type { Anchor } from './tooltip.tsx';

/** A mark: where it is among rows and columns. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The mark that is pointed at or has the focus, and where it is on the screen. */
export interface Pointed extends Place {
  readonly anchor: Anchor;
  /** Its details stay until they are closed, so that links in them can be followed. */
  readonly isPinned: boolean;
}

export interface Stage {
  readonly pointed: Pointed | undefined;
  /** For the element around all marks. */
  readonly rootProps: HTMLAttributes<HTMLElement>;
  /** For each mark. */
  readonly markProps: (place: Place) => { readonly 'data-place': string; readonly tabIndex: 0 | -1 };
  /** The mark that the Tab key leads to. */
  readonly stop: Place;
  /** For what is scrolled: details follow their mark if that has the focus, else they go. */
  readonly onScroll: () => void;
}

export interface StageOptions {
  readonly rows: number;
  readonly columns: number;
  /** Whether a click pins the details of a mark. */
  readonly canPin?: (place: Place) => boolean;
}

const nameOf = ({ row, column }: Place): string => `${String(row)}/${String(column)}`;

/** Where a key leads to; undefined for other keys. In a single row, up and down lead along it. */
export function moveTo(key: string, { row, column }: Place, rows: number, columns: number): Place | undefined {
  const along = (by: number): Place => ({ row, column: Math.max(0, Math.min(column + by, columns - 1)) });
  const across = (by: number): Place =>
    rows === 1 ? along(by) : { row: Math.max(0, Math.min(row + by, rows - 1)), column };
  switch (key) {
    case 'ArrowRight':
      return along(1);
    case 'ArrowLeft':
      return along(-1);
    case 'ArrowDown':
      return across(1);
    case 'ArrowUp':
      return across(-1);
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    default:
      return undefined;
  }
}

function markOf({ target }: SyntheticEvent): { place: Place; element: Element } | undefined {
  const element = target instanceof Element ? target.closest('[data-place]') : null;
  const [row, column] = (element?.getAttribute('data-place') ?? '').split('/').map(Number);
  return element === null || row === undefined || column === undefined
    ? undefined
    : { place: { row, column }, element };
}

/** The nearest mark on the way back from a place: rows may be of different lengths. */
function nearest(root: Element, { row, column }: Place): HTMLElement | undefined {
  for (let at = column; at >= 0; at--) {
    const found = root.querySelector<HTMLElement>(`[data-place="${nameOf({ row, column: at })}"]`);
    if (found !== null) return found;
  }
  return undefined;
}

/**
 * Marks as one stop of the Tab key: arrows lead from mark to mark, Enter pins the details, Escape takes them away. The
 * mouse shows the same. All listeners are at the element around the marks, so that thousands of marks cost nothing.
 */
export function useStage({ rows, columns, canPin }: StageOptions): Stage {
  const [pointed, setPointed] = useState<Pointed>();
  const [stop, setStop] = useState<Place>({ row: 0, column: 0 });
  const focused = useRef(false);
  const leave = useCallback(() => {
    setPointed(undefined);
  }, []);
  useEffect(() => {
    if (pointed?.isPinned !== true) return undefined;
    const close = (event: MouseEvent | KeyboardEvent): void => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !inTooltip(event.target)) leave();
    };
    document.addEventListener('mousedown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('mousedown', close);
      document.removeEventListener('keydown', close);
    };
  }, [pointed?.isPinned, leave]);

  const point = (event: SyntheticEvent, isPinned = false): void => {
    const mark = markOf(event);
    if (mark === undefined) return;
    const { left, right, top, bottom } = mark.element.getBoundingClientRect();
    setPointed({ ...mark.place, anchor: { left, right, top, bottom }, isPinned });
  };
  const pin = (event: SyntheticEvent): void => {
    const mark = markOf(event);
    if (mark !== undefined && canPin?.(mark.place) === true) point(event, true);
  };
  const onScroll = (): void => {
    const { activeElement: element } = document;
    if (!focused.current || element === null || pointed === undefined) {
      leave();
      return;
    }
    const { left, right, top, bottom } = element.getBoundingClientRect();
    setPointed({ ...pointed, anchor: { left, right, top, bottom } });
  };
  const reachable = stop.row < rows && stop.column < columns ? stop : { row: 0, column: 0 };
  const isPinned = pointed?.isPinned === true;
  return {
    pointed,
    stop: reachable,
    onScroll,
    markProps: (place) => ({ 'data-place': nameOf(place), tabIndex: nameOf(place) === nameOf(reachable) ? 0 : -1 }),
    rootProps: {
      onMouseOver: (event) => {
        if (!isPinned) point(event);
      },
      onMouseOut: (event) => {
        if (!isPinned && !focused.current && markOf(event) !== undefined) leave();
      },
      onFocus: (event) => {
        const mark = markOf(event);
        if (mark === undefined) return;
        focused.current = true;
        setStop(mark.place);
        point(event);
      },
      onBlur: (event) => {
        focused.current = false;
        if (!inTooltip(event.relatedTarget)) leave();
      },
      onClick: pin,
      onKeyDown: (event) => {
        const mark = markOf(event);
        if (mark === undefined) return;
        if (event.key === 'Escape') leave();
        if (event.key === 'Enter' || event.key === ' ') pin(event);
        const next = moveTo(event.key, mark.place, rows, columns);
        if (next === undefined) return;
        event.preventDefault();
        nearest(event.currentTarget, next)?.focus();
      },
    },
  };
}

const inTooltip = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=tooltip], [role=dialog]') !== null;
