/** Offsets from `from` to `to`, both ends in. */
export interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

export const lengthOf = ({ from, to }: Range): bigint => to - from + 1n;

/** What of `within` is in none of the ranges. */
export function gaps(within: Range, ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  let next = within.from;
  for (const { from, to } of ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (to < next) continue;
    if (from > within.to) break;
    if (from > next) found.push({ from: next, to: from - 1n });
    next = to + 1n;
  }
  if (next <= within.to) found.push({ from: next, to: within.to });
  return found;
}

/** Consecutive numbers of one class as ranges; the input need not be sorted. */
export function classed<C extends string>(offsets: ReadonlyMap<bigint, C>): (Range & { readonly class: C })[] {
  const found: { from: bigint; to: bigint; class: C }[] = [];
  for (const [offset, kind] of [...offsets].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const last = found.at(-1);
    if (last?.class === kind && last.to === offset - 1n) last.to = offset;
    else found.push({ from: offset, to: offset, class: kind });
  }
  return found;
}
