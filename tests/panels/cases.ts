import experiment from '../../panels/experiment/testing/answer.json' with { type: 'json' };
import lifecycle from '../../panels/lifecycle/testing/answer.json' with { type: 'json' };
import paths from '../../panels/paths/testing/answer.json' with { type: 'json' };
import retention from '../../panels/retention/testing/answer.json' with { type: 'json' };
import segments from '../../panels/segments/testing/answer.json' with { type: 'json' };
import type { PanelCase } from './dashboards.ts';
import { limited, targetOf, type Target } from './target.ts';

/** What every panel is tried with. */
export type Situation = 'full' | 'empty' | 'one-row' | 'huge' | 'truncated' | 'unfit' | 'error';

interface PanelUnderTest {
  readonly full: Target;
  /** Many rows, made by ClickHouse. */
  readonly huge: Target;
}

const HUGE_EXPERIMENT = `
  SELECT concat('Metric ', toString(intDiv(number, 4))) AS metric, concat('variant ', toString(number % 4)) AS variant,
    1000 AS users_control, 1000 AS users_variant, 1 AS value_control, 1.1 AS value_variant, 0.1 AS lift,
    0.1 - number / 1000 AS lift_low, 0.1 + number / 1000 AS lift_high, 0.04 AS p_value, 'keep running' AS decision
  FROM numbers(400)`;

/** 200 cohorts of up to 60 periods. */
const HUGE_RETENTION = `
  SELECT toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + toIntervalDay(intDiv(number, 60)) AS cohort,
    intDiv(number, 60) % 90 + 10 AS size, number % 60 AS period, intDiv(size, period + 1) AS count,
    intDiv(number, 60) + period < 199 AS complete
  FROM numbers(12000) WHERE intDiv(number, 60) + period < 200`;

/** 10,000 hours. */
const HOURS = `toDateTime64('2025-09-01 00:00:00', 3, 'UTC') + toIntervalHour(number)`;
const HUGE_LIFECYCLE = `
  SELECT ${HOURS} AS time, 300 + number % 100 AS new, 900 + number % 70 AS returning, number % 200 AS resurrecting,
    250 + number % 90 AS dormant
  FROM numbers(10000)`;
const HUGE_SEGMENTS = `
  SELECT ${HOURS} AS time, segment, 100 + (number * length(segment)) % 500 AS users
  FROM numbers(10000) ARRAY JOIN ['power', 'casual', 'new', 'churn_risk'] AS segment`;

const HUGE_PATHS = `
  SELECT 1 + intDiv(number, 400) AS step, concat('event ', toString(intDiv(number, 20) % 20)) AS source,
    concat('event ', toString(number % 20)) AS target, 1 + (number * 7919) % 1000 AS count
  FROM numbers(4000)`;

export const PANELS: Readonly<Record<string, PanelUnderTest>> = {
  experiment: { full: targetOf(experiment), huge: { rawSql: HUGE_EXPERIMENT } },
  retention: { full: targetOf(retention), huge: { rawSql: HUGE_RETENTION } },
  lifecycle: { full: targetOf(lifecycle), huge: { rawSql: HUGE_LIFECYCLE } },
  segments: { full: targetOf(segments), huge: { rawSql: HUGE_SEGMENTS } },
  paths: { full: targetOf(paths), huge: { rawSql: HUGE_PATHS } },
};

const LINKS = { links: [{ title: 'Its users', url: '/dashboards?metric=${__data.fields[0]}' }] };

/** Each panel in each situation. */
export const casesOf = (name: string, { full, huge }: PanelUnderTest): PanelCase[] => {
  const targets: Readonly<Record<Situation, Target>> = {
    full,
    empty: limited(full, 0),
    'one-row': limited(full, 1),
    huge,
    truncated: { ...full, rowLimit: 3 },
    unfit: { rawSql: 'SELECT 1 AS something' },
    error: { rawSql: "SELECT throwIf(1, 'as planned')" },
  };
  return Object.entries(targets).map(([situation, target]) => ({
    uid: `${name}-${situation}`,
    type: `suuupra-${name}-panel`,
    target,
    fieldConfig: situation === 'full' ? LINKS : {},
  }));
};
