const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Times in milliseconds: the day that is looked at and the same part of the day a week before. Days are of UTC. */
export function spansOf(until: number) {
  const start = Math.floor((until - 1) / DAY) * DAY;
  const hour = Math.floor(until / HOUR) * HOUR;
  return {
    today: { from: start, to: until },
    before: { from: start - WEEK, to: until - WEEK },
    hours: { from: hour - DAY, to: hour },
  };
}

/** What changed, in words. */
export function changeWords(today: number, before: number): { text: string; direction: -1 | 0 | 1 } {
  if (before === 0) return { text: today === 0 ? 'none then either' : 'none then', direction: today === 0 ? 0 : 1 };
  const change = (today - before) / before;
  const percent = Math.round(Math.abs(change) * 100);
  if (percent > 900)
    return { text: `${Math.round(today / before).toLocaleString('en-US')} times as many as then`, direction: 1 };
  if (percent === 0) return { text: 'as many as then', direction: 0 };
  return {
    text: `${percent.toLocaleString('en-US')} % ${change > 0 ? 'more' : 'fewer'} than then`,
    direction: change > 0 ? 1 : -1,
  };
}
