/** Red, green and blue of a color that CSS writes as `#rgb`, `#rrggbb` or `rgb(…)`; undefined for others. */
export function channelsOf(color: string): [number, number, number] | undefined {
  const hex = /^#([\da-f]{3}|[\da-f]{6})(?:[\da-f]{2})?$/i.exec(color)?.[1];
  if (hex !== undefined) {
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const at = (from: number): number => parseInt(full.slice(from, from + 2), 16);
    return [at(0), at(2), at(4)];
  }
  const [red, green, blue] = (/^rgba?\((.*)\)$/.exec(color)?.[1] ?? '').split(/[\s,/]+/).map(Number);
  return red === undefined || green === undefined || blue === undefined ? undefined : [red, green, blue];
}

/** Relative luminance, WCAG 2.1. */
export function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (channelsOf(color) ?? []).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colors, WCAG 2.1: from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const DARK = '#111217';
const LIGHT = '#ffffff';

/** The text that is read best on a color; its contrast is never below 4.3. */
export const readableOn = (background: string): string =>
  contrast(DARK, background) >= contrast(LIGHT, background) ? DARK : LIGHT;
