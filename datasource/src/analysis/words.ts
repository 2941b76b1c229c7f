import { formatFilters } from './filter-words.ts';
import { funnelWords, inWords } from './funnel-words.ts';
import { MEASURE_WORDS } from './measure-words.ts';

type Draft = Readonly<Record<string, unknown>>;

const draft = (value: unknown): Draft => (typeof value === 'object' && value !== null ? (value as Draft) : {});
const drafts = (value: unknown): Draft[] => (Array.isArray(value) ? value.map(draft) : []);
const text = (value: unknown, otherwise = '…'): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;

/** Events of a type with conditions: `purchase (amount > 0)`. */
function eventsWords(selection: Draft, any = 'any event'): string {
  const filters = formatFilters(selection['filters'] as unknown[] | undefined);
  return text(selection['event'], any) + (filters === '' ? '' : ` (${filters})`);
}

function measureWords(measure: unknown): string {
  if (measure === 'unique_users') return 'users with';
  if (measure === 'per_user') return 'events per user of';
  const [aggregate, property] = Object.entries(draft(measure))[0] ?? [];
  if (aggregate === undefined) return 'number of';
  return `${MEASURE_WORDS[aggregate] ?? aggregate} ${text(property)} of`;
}

function retentionWords(definition: Draft): string {
  const period = text(definition['period'], 'day');
  const first = definition['cohort'] === 'recurring' ? `a ${period} with` : `their first`;
  const back: Readonly<Record<string, string>> = {
    on: `in each ${period} after`,
    on_or_after: `in each ${period} after, or later`,
    bracket: 'within each bracket of days',
  };
  return `Of users by the ${period} of ${first} ${eventsWords(draft(definition['start']), 'event')}, how many come back with ${eventsWords(draft(definition['return']))} ${back[text(definition['mode'], 'on')] ?? ''}.`;
}

function trendWords(definition: Draft): string {
  const series = drafts(definition['series']).map(
    (one, index) =>
      `${String.fromCharCode(65 + index)}, the ${measureWords(one['measure'])} ${eventsWords(one, 'events of any type')}`,
  );
  const formula = text(definition['formula'], '');
  const breakdown = text(definition['breakdown'], '');
  return `Per ${text(definition['interval'], 'day')}: ${series.join('; ')}${formula === '' ? '' : `; and ${formula}`}${breakdown === '' ? '' : `, for each ${breakdown}`}.`;
}

function experimentWords(definition: Draft): string {
  const metrics = drafts(definition['metrics']).map((metric) => text(metric['name']));
  const window = typeof definition['window_seconds'] === 'number' ? definition['window_seconds'] : 604_800;
  const reduced =
    definition['covariate'] === undefined ? '' : ' Differences that users had before are taken out (CUPED).';
  return `Of users by the variant of ${text(definition['experiment'])} that they saw first, how do ${metrics.join(', ')} differ from ${text(definition['control'])} within ${inWords(window)}? Users who saw two variants are left out.${reduced}`;
}

function pathsWords(definition: Draft): string {
  const nodes = text(definition['node'], '') === '' ? 'types of events' : `values of ${text(definition['node'])}`;
  const anchor =
    definition['start'] !== undefined
      ? `after the first ${text(definition['start'])} of a session`
      : definition['end'] !== undefined
        ? `that lead to the first ${text(definition['end'])} of a session`
        : 'from the beginning of a session';
  return `Which ${nodes} follow each other ${anchor}, up to ${String(definition['depth'] ?? 5)} of them.`;
}

const SENTENCES: Readonly<Record<string, (definition: Draft) => string>> = {
  funnel: funnelWords,
  retention: retentionWords,
  trend: trendWords,
  experiment: experimentWords,
  paths: pathsWords,
  activity: () => 'Users with at least one event: of each day, and of the 7 and 30 days that end with it.',
  lifecycle: ({ interval }) =>
    `Users of each ${text(interval, 'day')}: new, there the ${text(interval, 'day')} before too, back after a break, or gone.`,
  sessions: ({ gap_seconds: gap }) =>
    `Sessions by the day they begin on; a pause of more than ${inWords(typeof gap === 'number' ? gap : 1800)} ends one.`,
  engagement: () => 'For each content: views, viewers, time watched, views to the end, and a score.',
  revenue: ({ interval, currency }) =>
    `Purchases, refunds and what stays of each ${text(interval, 'day')}, by currency${text(currency, '') === '' ? '' : `, for ${text(currency)} only`}.`,
  segments: ({ members, segment }) =>
    members === true
      ? `Users ${text(segment, '') === '' ? 'of each segment' : `of the segment ${text(segment)}`} on the last day, and why they are in it.`
      : 'How many users are new, casual, power users, or at risk of leaving, on each day.',
};

/** A definition as a sentence, so that its reader sees what is asked without knowing the form. */
export function describeDefinition(definition: Readonly<Record<string, unknown>>): string {
  const analysis = text(definition['analysis']);
  const sentence = SENTENCES[analysis]?.(definition) ?? `The analysis ${analysis}.`;
  if (analysis === 'funnel') return sentence;
  const filters = formatFilters(definition['filters'] as unknown[] | undefined);
  return filters === '' ? sentence : `${sentence} Only events with ${filters} are looked at.`;
}
