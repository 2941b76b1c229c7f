import { compileForRange } from '../../../datasource/src/analysis/range.ts';
import { definitionOf } from '../queries.ts';
import type { AlertRule } from './rule.ts';

/** Visits that are over: nothing of theirs is to come that is not read yet. */
const CLOSED_VISITS = `visits AS (
  SELECT min(timestamp) AS start, max(timestamp) AS last, countIf(event_type = 'purchase' AND amount > 0) > 0 AS bought
  FROM unique_events
  WHERE session_id IS NOT NULL AND timestamp >= toStartOfDay(now64(3, 'UTC')) - INTERVAL 28 DAY
  GROUP BY user_id, session_id
  HAVING last < (SELECT complete_until FROM completeness) - INTERVAL 30 MINUTE
),
hours AS (
  SELECT toStartOfHour(start) AS hour, count() AS visits, countIf(bought) AS buying
  FROM visits GROUP BY hour
),
expected AS (
  SELECT toHour(hour) AS of_day, median(buying / visits) AS rate
  FROM hours WHERE hour < toStartOfDay(now64(3, 'UTC')) GROUP BY of_day
)`;

/**
 * Evidence of today against "a visit buys at 90 % of the usual rate or more": the likelihood ratio of 70 % of the usual
 * rate against 90 %, multiplied over today's visits. As long as the rate is at least 90 %, its expectation is at most 1 at
 * every time one may look (it is a test supermartingale), so that it ever exceeds 100 in a day has a chance of at most
 * 1 % (Ville's inequality; Shafer & Vovk, Game-Theoretic Foundations for Probability and Finance, 2019, chapter 2).
 * Usual is the median of the same hour in the last four weeks, taken as fixed.
 */
const CONVERSION = `WITH ${CLOSED_VISITS}
SELECT exp(least(700, sum(
    buying * log(0.7 / 0.9)
    + (visits - buying) * log((1 - 0.7 * rate) / (1 - 0.9 * rate))
  ))) AS evidence
FROM hours INNER JOIN expected ON toHour(hours.hour) = expected.of_day
WHERE hour >= toStartOfDay(now64(3, 'UTC')) AND rate > 0 AND rate < 1`;

const PURCHASES = `WITH
  (SELECT complete_until FROM completeness) AS until,
  counts AS (
    SELECT intDiv(dateDiff('second', timestamp, until), 3600) AS hours_ago, count() AS purchases
    FROM unique_events
    WHERE event_type = 'purchase' AND amount > 0 AND timestamp < until AND timestamp >= until - INTERVAL 673 HOUR
    GROUP BY hours_ago
  ),
  (SELECT sum(purchases) FROM counts WHERE hours_ago = 0) AS now_sold,
  (SELECT arraySum(arraySlice(arrayReverseSort(groupArray(purchases)), 1, 28)) / 28 FROM counts WHERE hours_ago > 0 AND hours_ago % 24 = 0) AS usual
SELECT if(usual < 5, 1, now_sold / usual) AS of_usual`;

const { rawSql: experimentSql, params: experimentParams } = compileForRange(definitionOf('checkout-redesign'));
const FOUR_WEEKS = 28 * 86_400;

/** Rules about what people do. They look only at what is complete. */
export const PRODUCT_RULES: readonly AlertRule[] = [
  {
    name: 'conversion-drops',
    title: 'Fewer visits end with a purchase',
    summary: 'Today fewer visits end with a purchase than usual at these hours, by more than chance explains.',
    severity: 'page',
    rawSql: CONVERSION,
    line: { above: 100 },
    for: '0s',
    noData: 'OK',
    panel: { dashboard: 'funnels', id: 3 },
  },
  {
    name: 'purchases-stop',
    title: 'Purchases stop',
    summary: 'In the last hour fewer than a fifth of the usual purchases were made.',
    severity: 'page',
    rawSql: PURCHASES,
    line: { below: 0.2 },
    for: '5m',
    noData: 'OK',
    panel: { dashboard: 'revenue', id: 4 },
  },
  {
    name: 'experiment-split-broken',
    title: 'The split of an experiment is broken',
    summary: 'Variants have other shares of users than planned: its results cannot be believed.',
    severity: 'ticket',
    mode: 'analysis',
    rawSql: `SELECT toUInt8(countIf(decision = 'broken split') > 0) AS broken FROM (\n${experimentSql}\n)`,
    params: experimentParams,
    rangeSeconds: FOUR_WEEKS,
    line: { above: 0 },
    for: '5m',
    noData: 'OK',
    panel: { dashboard: 'experiments', id: 1 },
  },
  {
    name: 'experiment-harms',
    title: 'A variant does harm',
    summary: 'A guardrail is harmed, or a metric is worse than the control by more than chance explains at any look.',
    severity: 'ticket',
    mode: 'analysis',
    rawSql: `SELECT metric, variant, toUInt8(decision = 'stop') AS harms FROM (\n${experimentSql}\n)`,
    params: experimentParams,
    rangeSeconds: FOUR_WEEKS,
    line: { above: 0 },
    for: '5m',
    noData: 'OK',
    panel: { dashboard: 'experiments', id: 1 },
  },
];
