import { expect, it } from 'vitest';
import { channelsOf, contrast, readableOn } from './contrast.ts';

it('colors are read in the forms that themes and scales write', () => {
  expect(channelsOf('#5794f2')).toEqual([87, 148, 242]);
  expect(channelsOf('#fff')).toEqual([255, 255, 255]);
  expect(channelsOf('rgb(1, 2, 3)')).toEqual([1, 2, 3]);
  expect(channelsOf('rgba(1, 2, 3, 0.5)')).toEqual([1, 2, 3]);
  expect(channelsOf('tomato')).toBeUndefined();
});

it('contrast is that of WCAG', () => {
  expect(contrast('#000', '#fff')).toBeCloseTo(21, 6);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
});

it('text is readable on every grey', () => {
  for (let grey = 0; grey < 256; grey++) {
    const color = `rgb(${String(grey)}, ${String(grey)}, ${String(grey)})`;
    expect(contrast(readableOn(color), color)).toBeGreaterThan(4.3);
  }
});
