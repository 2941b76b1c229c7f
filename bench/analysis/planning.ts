/**
 * What ClickHouse spends on planning an experiment, in milliseconds of processor time: the query over a hundred events, of
 * which reading and counting them is the part up to the statistics of each variant. In process, no stack needed.
 *
 *   npx tsx bench/analysis/planning.ts
 */
import { compile } from '../../pipeline/analysis/compile.ts';
import { Engine, type TestEvent } from '../../pipeline/analysis/testing/engine.ts';

const EVENTS = 100;
const ROUNDS = 7;
const TYPES = ['experiment_exposure', 'purchase', 'page_view'] as const;

const events = Array.from({ length: EVENTS }, (_, index): TestEvent => {
  const user = Math.floor(index / 3);
  const type = TYPES[index % 3] ?? 'page_view';
  return {
    event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    event_type: type,
    user_id: `00000000-0000-4000-8000-${String(user).padStart(12, '0')}`,
    timestamp: new Date(Date.UTC(2025, 2, 1) + index * 60_000).toISOString(),
    properties:
      type === 'experiment_exposure'
        ? { experiment_key: 'button', variant: user % 2 === 0 ? 'blue' : 'red' }
        : { amount: (index * 7) % 50 },
  };
});

const METRICS = [
  { type: 'conversion', name: 'bought', event: 'purchase' },
  { type: 'mean', name: 'spent', event: 'purchase', measure: { sum: 'amount' } },
  { type: 'ratio', name: 'per view', numerator: { event: 'purchase' }, denominator: { event: 'page_view' } },
  { type: 'quantile', name: 'median spent', event: 'purchase', measure: { sum: 'amount' }, quantile: 0.5 },
];
const experiment = { analysis: 'experiment', experiment: 'button', control: 'blue' };
const DEFINITIONS = [
  ['1 metric', { ...experiment, metrics: METRICS.slice(0, 1) }],
  ['4 metrics', { ...experiment, metrics: METRICS }],
  ['4 metrics, covariate', { ...experiment, metrics: METRICS, covariate: { event: 'page_view' } }],
] as const;

/** The least of several rounds, in milliseconds of processor time of the process, which is the engine's too. */
async function cost(run: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

async function main(): Promise<void> {
  const engine = await Engine.start();
  await engine.store(events);
  console.log('| definition | whole query | up to the variants | kB of SQL |\n|---|---|---|---|');
  for (const [name, definition] of DEFINITIONS) {
    const { sql, params } = compile(definition);
    const scan = `${sql.slice(0, sql.lastIndexOf('\nSELECT'))}\nSELECT * FROM arms`;
    const whole = await cost(() => engine.query({ sql, params }));
    const reading = await cost(() => engine.query({ sql: scan, params }));
    console.log(`| ${name} | ${whole.toFixed(0)} ms | ${reading.toFixed(0)} ms | ${(sql.length / 1000).toFixed(0)} |`);
  }
  engine.stop();
}

await main();
