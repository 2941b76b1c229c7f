import { hash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** A stream of random numbers that is the same in every run: it is named by a text, or forked off another stream. */
export class Random {
  private readonly generator: RandomGenerator;

  private constructor(state: readonly number[]) {
    this.generator = xoroshiro128plusFromState(state);
  }

  /** The stream of a name; streams of different names have nothing to do with each other. */
  static named(name: string): Random {
    const digest = hash('sha256', name, 'buffer');
    return new Random([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
  }

  /** A stream of its own, which may be used at any time later without touching this one. */
  fork(): Random {
    const { generator } = this;
    return new Random([generator.next(), generator.next(), generator.next(), generator.next()]);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** Standard normal (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Log-normal by its median and the standard deviation of its logarithm. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}
