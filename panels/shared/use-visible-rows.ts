import { useCallback, useState, type UIEvent } from 'react';

/** Rows beyond the edge that are drawn too: arrow keys find the next one there. */
const MORE = 4;

export interface VisibleRows {
  /** Rows that are drawn: from `first` up to, without, `end`. */
  readonly first: number;
  readonly end: number;
  /** Room of the rows before and after these, in pixels. */
  readonly before: number;
  readonly after: number;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
}

/** Which rows of a long list are on the screen. */
export function visibleRows(count: number, rowHeight: number, height: number, scrolled: number): [number, number] {
  const first = Math.max(0, Math.min(Math.floor(scrolled / rowHeight) - MORE, count));
  return [first, Math.min(count, Math.ceil((scrolled + height) / rowHeight) + MORE)];
}

/**
 * Draws only the rows of a list that can be seen, so that thousands of them stay quick.
 * @param height of what is seen of the list, in pixels
 */
export function useVisibleRows(count: number, rowHeight: number, height: number): VisibleRows {
  const [scrolled, setScrolled] = useState(0);
  const onScroll = useCallback(
    ({ currentTarget }: UIEvent<HTMLElement>) => {
      // by whole rows: a scroll of a few pixels draws nothing new
      setScrolled(Math.floor(currentTarget.scrollTop / rowHeight) * rowHeight);
    },
    [rowHeight],
  );
  const [first, end] = visibleRows(count, rowHeight, height, Math.min(scrolled, count * rowHeight));
  return { first, end, before: first * rowHeight, after: (count - end) * rowHeight, onScroll };
}
