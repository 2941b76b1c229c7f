/**
 * A rate as a percentage. Computed here and not by Grafana's unit "percent", which finds a minimum and maximum of its own.
 * A rate that is not zero never reads as 0 %, one that is not one never as 100 %.
 */
export function percent(rate: number | null | undefined): string {
  if (rate === null || rate === undefined || !Number.isFinite(rate)) return '–';
  const value = rate * 100;
  if (value === 0 || value === 100) return `${String(value)} %`;
  if (value > 0 && value < 0.05) return '< 0.1 %';
  if (value < 100 && value >= 99.95) return '> 99.9 %';
  return `${value.toFixed(1)} %`;
}

/** The two ends of an interval of rates: 44.1–47.0 %. */
export function percentRange(low: number | null, high: number | null): string {
  if (low === null || high === null) return '–';
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`;
}

const SPANS = [
  { seconds: 86_400, unit: 'd' },
  { seconds: 3600, unit: 'h' },
  { seconds: 60, unit: 'min' },
] as const;

/** A span of time in at most two units: 2 d 4 h, 3 min 20 s, 0.4 s. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds < 10) return `${trim(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const at = SPANS.findIndex((span) => whole >= span.seconds);
  const large = SPANS[at];
  if (large === undefined) return `${String(whole)} s`;
  const small = SPANS[at + 1] ?? { seconds: 1, unit: 's' };
  const count = Math.floor(whole / large.seconds);
  const rest = Math.round((whole - count * large.seconds) / small.seconds);
  if (rest * small.seconds === large.seconds) return `${String(count + 1)} ${large.unit}`;
  return rest === 0 ? `${String(count)} ${large.unit}` : `${String(count)} ${large.unit} ${String(rest)} ${small.unit}`;
}

const trim = (text: string): string => text.replace(/\.0$/, '');

/** A relative change with its sign: +10.0 %, −0.3 %, 0 %. */
export function signedPercent(change: number | null | undefined, decimals = 1): string {
  if (change === null || change === undefined || !Number.isFinite(change)) return '–';
  const text = Math.abs(change * 100).toFixed(decimals);
  if (Number(text) === 0) return '0 %';
  return `${change < 0 ? '−' : '+'}${text} %`;
}

/** The two ends of an interval of changes: +1.2 to +18.9 %. */
export function changeRange(low: number | null, high: number | null): string {
  if (low === null || high === null) return '–';
  return `${signedPercent(low).replace(' %', '')} to ${signedPercent(high)}`;
}

/** A p-value: as small as it is told apart from 0. */
export function pValue(p: number | null | undefined): string {
  if (p === null || p === undefined || !Number.isFinite(p)) return '–';
  if (p < 0.0001) return '< 0.0001';
  return p < 0.1 ? p.toPrecision(2) : p.toFixed(2);
}

/** A number of any size in few characters: 0.0302, 12.1, 1,235, 1.2 M. */
export function shortNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 100_000) return value.toLocaleString('en');
  const notation = Math.abs(value) >= 100_000 ? 'compact' : 'standard';
  return new Intl.NumberFormat('en', { notation, maximumSignificantDigits: 4 }).format(value);
}
