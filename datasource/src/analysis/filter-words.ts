const OPERATORS: Readonly<Record<string, string>> = {
  eq: 'is',
  neq: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  matches: 'matches',
  exists: 'is there',
  not_exists: 'is missing',
};

/** Operators of filters by the words that the editor shows, in the order of its menu. */
export const OPERATOR_WORDS: readonly (readonly [operator: string, words: string])[] = Object.entries(OPERATORS);

const quote = (value: unknown): string => (typeof value === 'string' ? `“${value}”` : String(value));

function valueWords(value: unknown): string {
  if (value === undefined) return '';
  return ` ${Array.isArray(value) ? value.map(quote).join(', ') : quote(value)}`;
}

function filterWords(filter: unknown): string {
  if (typeof filter !== 'object' || filter === null) return '…';
  if ('any' in filter && Array.isArray(filter.any)) {
    return `either ${filter.any.map((member) => (Array.isArray(member) ? formatFilters(member) : filterWords(member))).join(' or ')}`;
  }
  const { property, op, value } = filter as { property?: string; op?: string; value?: unknown };
  return `${property === undefined || property === '' ? '…' : property} ${OPERATORS[op ?? ''] ?? '…'}${valueWords(value)}`;
}

/** A list of filters, all of which hold, in words; empty if there is none. */
export const formatFilters = (filters: readonly unknown[] | undefined): string =>
  (filters ?? []).map(filterWords).join(' and ');
