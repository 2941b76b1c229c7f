/**
 * How often the rule `conversion-drops` pages, and how soon, on invented days: `npx tsx bench/alerts/conversion-evidence.ts`.
 *
 * The rule adds up, over today's visits, the log-likelihood ratio of 70 % of the usual rate against 90 %, and pages when the
 * ratio exceeds 100. Visits of an hour are taken in one step, as the rule sees them when they are over. Days are cut from a
 * long history, with the usual rate of an hour taken from the 28 days before, as in the rule.
 */
const DAYS = 3_000;
const HISTORY = 28;
const PAGE_AT = Math.log(100);
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

let state = 20_261_125;
/** Mulberry32: small, seeded, good enough for shares of thousands. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
const binomial = (n: number, p: number): number => {
  let hits = 0;
  for (let i = 0; i < n; i++) if (random() < p) hits++;
  return hits;
};
const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

interface Hour {
  readonly visits: number;
  readonly buying: number;
}
interface World {
  readonly name: string;
  /** Visits of an hour. */
  readonly visits: number;
  /** True rate of an hour of a day, without any drop. */
  readonly rate: (day: number, hour: number) => number;
  /** What is left of the rate on the days that are judged. */
  readonly left: number;
  /** Whether the rule knows the true rate instead of the median of what was seen. */
  readonly known?: boolean;
}

const dayTime = (hour: number): number => 0.07 * (1 + 0.3 * Math.sin(((hour - 6) * Math.PI) / 12));
const weekly = (day: number, hour: number): number => dayTime(hour) * (day % 7 < 2 ? 0.85 : 1);
const drifting = (day: number, hour: number): number => dayTime(hour) * (1 + 0.1 * Math.sin((day * 2 * Math.PI) / 90));

const WORLDS: readonly World[] = [
  { name: 'as usual, usual rate known', visits: 100, rate: (_, hour) => dayTime(hour), left: 1, known: true },
  {
    name: 'at 90 %, the edge of what is allowed, known',
    visits: 100,
    rate: (_, hour) => dayTime(hour),
    left: 0.9,
    known: true,
  },
  { name: 'as usual', visits: 100, rate: (_, hour) => dayTime(hour), left: 1 },
  { name: 'at 90 %', visits: 100, rate: (_, hour) => dayTime(hour), left: 0.9 },
  { name: 'as usual, weekends at 85 %', visits: 100, rate: weekly, left: 1 },
  { name: 'as usual, drift of ±10 % in 90 days', visits: 100, rate: drifting, left: 1 },
  { name: 'at 70 %', visits: 100, rate: (_, hour) => dayTime(hour), left: 0.7 },
  { name: 'at 70 %, 1,000 visits per hour', visits: 1_000, rate: (_, hour) => dayTime(hour), left: 0.7 },
  { name: 'at 50 %', visits: 100, rate: (_, hour) => dayTime(hour), left: 0.5 },
];

/** Shares of days that page, and the median hour at which they do. */
function run(world: World, days: number): { paged: number; hour: number | undefined } {
  const history: Hour[][] = [];
  const hours: number[] = [];
  let paged = 0;
  for (let day = 0; day < days + HISTORY; day++) {
    const judged = day >= HISTORY;
    let evidence = 0;
    let at: number | undefined;
    const seen = HOURS.map((hour): Hour => {
      const usual = world.known
        ? world.rate(day, hour)
        : median(
            history.slice(-HISTORY).flatMap((past) => (past[hour] ? [past[hour].buying / past[hour].visits] : [])),
          );
      // The history is of days without a drop; the judged day is thrown anew with it.
      const now = binomial(world.visits, world.rate(day, hour) * (judged ? world.left : 1));
      if (judged && usual > 0 && usual < 1) {
        evidence += now * Math.log(0.7 / 0.9) + (world.visits - now) * Math.log((1 - 0.7 * usual) / (1 - 0.9 * usual));
        if (evidence > PAGE_AT) at ??= hour;
      }
      return { visits: world.visits, buying: judged ? binomial(world.visits, world.rate(day, hour)) : now };
    });
    history.push(seen);
    if (history.length > HISTORY) history.shift();
    if (at !== undefined) {
      paged++;
      hours.push(at);
    }
  }
  return { paged: paged / days, hour: hours.length === 0 ? undefined : median(hours) };
}

console.log(`${String(DAYS)} days each; a page at evidence 100, so at most 1 % of days without a drop\n`);
console.log('| world | days that page | median hour of the page |\n|---|---|---|');
for (const world of WORLDS) {
  const { paged, hour } = run(world, world.visits > 500 ? DAYS / 10 : DAYS);
  console.log(
    `| ${world.name} | ${(100 * paged).toFixed(2)} % | ${hour === undefined ? '–' : `${String(Math.floor(hour))}:00`} |`,
  );
}
