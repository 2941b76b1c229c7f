import type { Random } from './random.ts';

/**
 * Draws with given weights in constant time, whatever their number: Walker's alias method in the form of Vose (1991).
 */
export class Weighted<T> {
  private readonly items: readonly T[];
  /** Probability of keeping the item at a place; otherwise its alias is taken. */
  private readonly keep: Float64Array;
  private readonly alias: Uint32Array;

  constructor(items: readonly T[], weightOf: (item: T) => number) {
    this.items = items;
    const count = items.length;
    const weights = items.map(weightOf);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const scaled = Float64Array.from(weights, (weight) => (weight * count) / total);
    this.keep = new Float64Array(count).fill(1);
    this.alias = Uint32Array.from(items.keys());
    const small: number[] = [];
    const large: number[] = [];
    scaled.forEach((share, at) => (share < 1 ? small : large).push(at));
    while (small.length > 0 && large.length > 0) {
      const less = small.pop() as number;
      const more = large.pop() as number;
      this.keep[less] = scaled[less] as number;
      this.alias[less] = more;
      scaled[more] = (scaled[more] as number) - (1 - (scaled[less] as number));
      ((scaled[more] as number) < 1 ? small : large).push(more);
    }
  }

  pick(random: Random): T {
    const at = random.below(this.items.length);
    const kept = random.uniform() < (this.keep[at] as number);
    return this.items[kept ? at : (this.alias[at] as number)] as T;
  }
}
