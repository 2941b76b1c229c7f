/** A mark of an axis, in pixels. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Where a drawing stands within its panel. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the labels of both axes, in pixels. */
const BOTTOM = 20;
const TOP = 8;
export const RIGHT = 12;
const CHARACTER = 7;

/** The plot in a panel of a size whose labels at the left are so long. */
export function plotOf(width: number, height: number, labels: readonly string[]): Plot {
  const left = Math.max(0, ...labels.map(({ length }) => length)) * CHARACTER + 8;
  return { left, top: TOP, width: Math.max(1, width - left - RIGHT), height: Math.max(1, height - TOP - BOTTOM) };
}

/** Every so many-th of many labels, so that they do not collide. */
export function thinned(ticks: readonly Tick[], least = 10): Tick[] {
  const widest = Math.max(0, ...ticks.map(({ label }) => label.length)) * CHARACTER + least;
  const distance = ticks.length > 1 ? ((ticks.at(-1)?.at ?? 0) - (ticks[0]?.at ?? 0)) / (ticks.length - 1) : Infinity;
  const step = Math.max(1, Math.ceil(widest / Math.max(distance, 1e-9)));
  return ticks.filter((_, index) => index % step === 0);
}

/** Labels moved inside the drawing; one that then collides with the one before is left out. */
export function placed(ticks: readonly Tick[], width: number): Tick[] {
  const kept: Tick[] = [];
  let taken = -Infinity;
  for (const { at, label } of ticks) {
    const half = (label.length * CHARACTER) / 2;
    const moved = Math.max(half, Math.min(at, width - half));
    if (moved - half < taken) continue;
    kept.push({ at: moved, label });
    taken = moved + half;
  }
  return kept;
}
