import { formatFilters } from './filter-words.ts';

/** What the words of a funnel are made of; a definition that is still being written may lack anything. */
interface Step {
  event?: string;
  name?: string;
  filters?: unknown[];
}
interface Funnel {
  steps?: Step[];
  window_seconds?: number;
  order?: string;
  unit?: unknown;
  breakdown?: string;
  filters?: unknown[];
  exclusions?: { event?: string; after_step?: number; before_step?: number }[];
}

const UNITS = [
  [604_800, 'week'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** Seconds in the largest unit that they are a whole number of: 7 days, 90 minutes. */
export function inWords(seconds: number): string {
  if (seconds === 604_800) return '7 days';
  const [size, unit] = UNITS.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}

function unitWords(unit: unknown): string {
  if (unit === 'session') return 'sessions';
  if (typeof unit === 'object' && unit !== null && 'property' in unit) return `values of ${String(unit.property)}`;
  return 'users';
}

const ORDER: Readonly<Record<string, string>> = {
  ordered: 'in this order, with anything in between',
  strict: 'in this order, with nothing in between',
  any: 'in any order',
};

const stepWords = (step: Step): string => {
  const filters = formatFilters(step.filters);
  return (step.event ?? '…') + (filters === '' ? '' : ` (${filters})`);
};

/** What a funnel asks. */
export function funnelWords(funnel: Funnel): string {
  const [first, ...later] = funnel.steps ?? [];
  if (first === undefined) return 'A funnel without steps.';
  const filters = formatFilters(funnel.filters);
  const exclusions = (funnel.exclusions ?? []).map(
    ({ event, after_step, before_step }) =>
      ` Those that did ${event ?? '…'} between step ${String(after_step ?? '…')} and step ${String(before_step ?? '…')} do not count.`,
  );
  return [
    `Of ${unitWords(funnel.unit)} that did ${stepWords(first)} in the time range`,
    later.length === 0 ? '.' : `, how many then did ${later.map(stepWords).join(', then ')}`,
    later.length === 0 ? '' : `: ${ORDER[funnel.order ?? 'ordered'] ?? ''}, `,
    later.length === 0 ? '' : `within ${inWords(funnel.window_seconds ?? 86_400)} of the first.`,
    filters === '' ? '' : ` Only events with ${filters} are looked at.`,
    funnel.breakdown === undefined || funnel.breakdown === '' ? '' : ` Side by side for each ${funnel.breakdown}.`,
    ...exclusions,
  ].join('');
}
