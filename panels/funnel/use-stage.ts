import { useCallback, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import type { Anchor } from '../shared/tooltip.tsx';

/** A bar: a step of a series, by their positions. */
export interface Place {
  readonly step: number;
  readonly series: number;
}

/** The bar that is pointed at or has the focus, and where it is on the screen. */
export interface Pointed extends Place {
  readonly anchor: Anchor;
}

export interface Stage {
  readonly pointed: Pointed | undefined;
  /** What makes an element the mark of a bar. */
  readonly markProps: (place: Place) => {
    readonly 'data-place': string;
    readonly tabIndex: 0 | -1;
    readonly onMouseEnter: (event: SyntheticEvent<HTMLElement>) => void;
    readonly onMouseLeave: () => void;
    readonly onFocus: (event: SyntheticEvent<HTMLElement>) => void;
    readonly onBlur: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
  readonly leave: () => void;
}

const nameOf = ({ step, series }: Place): string => `${String(step)}/${String(series)}`;

/** Where a key leads to among steps × series; undefined for other keys. */
export function moveTo(key: string, { step, series }: Place, steps: number, all: number): Place | undefined {
  const clamp = (value: number, count: number): number => Math.max(0, Math.min(value, count - 1));
  switch (key) {
    case 'ArrowRight':
      return { step: clamp(step + 1, steps), series };
    case 'ArrowLeft':
      return { step: clamp(step - 1, steps), series };
    case 'ArrowDown':
      return all === 1 ? { step: clamp(step + 1, steps), series } : { step, series: clamp(series + 1, all) };
    case 'ArrowUp':
      return all === 1 ? { step: clamp(step - 1, steps), series } : { step, series: clamp(series - 1, all) };
    case 'Home':
      return { step: 0, series };
    case 'End':
      return { step: steps - 1, series };
    default:
      return undefined;
  }
}

/**
 * The bars as one stop of the Tab key: arrows lead from bar to bar, Escape takes the tooltip away. The mouse shows the
 * same tooltip.
 */
export function useStage(steps: number, series: number): Stage {
  const [pointed, setPointed] = useState<Pointed>();
  const [stop, setStop] = useState<Place>({ step: 0, series: 0 });
  const focused = useRef(false);
  const leave = useCallback(() => {
    setPointed(undefined);
  }, []);
  const point = (place: Place, { currentTarget }: SyntheticEvent<HTMLElement>): void => {
    const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
    setPointed({ ...place, anchor: { left, right, top, bottom } });
  };
  const reachable = stop.step < steps && stop.series < series ? stop : { step: 0, series: 0 };
  return {
    pointed,
    leave,
    markProps: (place) => ({
      'data-place': nameOf(place),
      tabIndex: nameOf(place) === nameOf(reachable) ? 0 : -1,
      onMouseEnter: (event) => {
        point(place, event);
      },
      onMouseLeave: () => {
        if (!focused.current) leave();
      },
      onFocus: (event) => {
        focused.current = true;
        setStop(place);
        point(place, event);
      },
      onBlur: () => {
        focused.current = false;
        leave();
      },
      onKeyDown: (event) => {
        if (event.key === 'Escape') leave();
        const next = moveTo(event.key, place, steps, series);
        if (next === undefined) return;
        event.preventDefault();
        const root = event.currentTarget.closest('[data-stage]');
        root?.querySelector<HTMLElement>(`[data-place="${nameOf(next)}"]`)?.focus();
      },
    }),
  };
}
