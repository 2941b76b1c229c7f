import { expect, it } from 'vitest';
import { changeRange, pValue, shortNumber, signedPercent } from './format.ts';

it('changes have a sign, unless they are 0', () => {
  expect([0.1, -0.003, 0.00001, null].map((value) => signedPercent(value))).toEqual(['+10.0 %', '−0.3 %', '0 %', '–']);
  expect(changeRange(-0.012, 0.189)).toBe('−1.2 to +18.9 %');
});

it('p-values never read as 0', () => {
  expect([0.00001, 0.00023, 0.6345, null].map(pValue)).toEqual(['< 0.0001', '0.00023', '0.63', '–']);
});

it('numbers are short', () => {
  expect([1279, 101_456, 10.895, 0.030159, null].map(shortNumber)).toEqual(['1,279', '101.5K', '10.9', '0.03016', '–']);
});
