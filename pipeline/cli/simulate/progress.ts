import type { SimulationProgress } from '@suuupra/simulator';
import { createLogUpdate } from 'log-update';

const REDRAW_MS = 200;
/** The rate that is shown is that of the last seconds. */
const RATE_WINDOW_MS = 5_000;
const count = (n: number): string => Math.round(n).toLocaleString('en');

export interface ProgressLine {
  update(progress: SimulationProgress): void;
  stop(): void;
}

/** A line on standard error that says how far a simulation is; nothing where standard error is no terminal. */
export function progressLine(): ProgressLine {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const draw = createLogUpdate(process.stderr);
  let drawnAt = 0;
  const marks: { readonly at: number; readonly events: number }[] = [];
  return {
    update({ phase, done, events }) {
      const at = performance.now();
      if (at - drawnAt < REDRAW_MS) return;
      drawnAt = at;
      marks.push({ at, events });
      while (marks.length > 2 && at - (marks[0] as { at: number }).at > RATE_WINDOW_MS) marks.shift();
      const [first = { at, events }] = marks;
      const rate = at > first.at ? ((events - first.events) / (at - first.at)) * 1000 : 0;
      const what = phase === 'past' ? `past days ${String(Math.floor(done * 100))} %` : 'live (Ctrl-C ends it)';
      draw(`${what}  ${count(events)} events  ${count(rate)} events/s`);
    },
    stop() {
      draw.clear();
    },
  };
}
