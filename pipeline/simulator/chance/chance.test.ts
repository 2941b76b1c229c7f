import { expect, test } from 'vitest';
import { Random } from './random.ts';
import { Weighted } from './weighted.ts';

test('a stream is the same in every run and every release: ids that are stored hang on it', () => {
  const random = Random.named('a name');
  expect([random.uniform(), random.uniform(), random.below(1000), random.fork().uniform()]).toEqual([
    0.9768253357937565, 0.8713077528390339, 795, 0.5347752289699459,
  ]);
});

test('streams of different names and forks have nothing to do with each other', () => {
  const a = Random.named('a');
  const fork = a.fork();
  const draws = [a, fork, Random.named('b')].map((random) => Array.from({ length: 5 }, () => random.uniform()));
  expect(new Set(draws.flat()).size).toBe(15);
});

test.each([
  ['uniform', (random: Random) => random.uniform(), 0.5, 1 / 12],
  ['exponential', (random: Random) => random.exponential(3), 3, 9],
  ['normal', (random: Random) => random.normal(), 0, 1],
])('%s has its mean and variance', (name, draw, mean, variance) => {
  const random = Random.named(name);
  const n = 100_000;
  const values = Array.from({ length: n }, () => draw(random));
  const found = values.reduce((sum, value) => sum + value, 0) / n;
  const spread = values.reduce((sum, value) => sum + (value - found) ** 2, 0) / n;
  expect(Math.abs(found - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
  expect(Math.abs(spread / variance - 1)).toBeLessThan(0.05);
});

test('weights are probabilities', () => {
  const weights = [0, 1, 2, 3, 10, 0.5];
  const choice = new Weighted([...weights.keys()], (at) => weights[at] as number);
  const random = Random.named('weights');
  const n = 100_000;
  const counts = weights.map(() => 0);
  for (let draw = 0; draw < n; draw++) {
    const at = choice.pick(random);
    counts[at] = (counts[at] as number) + 1;
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const chi2 = weights.reduce((sum, weight, at) => {
    const expected = (n * weight) / total;
    return expected === 0 ? sum : sum + ((counts[at] as number) - expected) ** 2 / expected;
  }, 0);
  expect(counts[0]).toBe(0);
  expect(chi2).toBeLessThan(20.5); // 99.9 % of the chi-square distribution with 4 degrees of freedom is 18.5
});
