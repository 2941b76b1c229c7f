/** What each analysis explains, and how it becomes an answer: a row per event of the user, one row about the user. */
import { columns, type Plan, type ResultColumn } from '../analysis.ts';
import type { CommonDefinition } from '../definitions/common.ts';
import type { Condition } from '../definitions/filters.ts';
import { asOf, milliseconds } from '../parts/events.ts';
import { allFilters } from '../parts/filters.ts';
import {
  ascending,
  call,
  cast,
  column,
  compare,
  equal,
  from,
  itself,
  named,
  not,
  select,
  storedEvents,
  value,
  type Operand,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { because, type Reason } from './reasons.ts';

/** The columns that say how far the user as a whole came; null where an analysis has nothing of the kind. */
export type Verdict = Readonly<Partial<Record<'level' | 'cell' | 'segment' | 'variant' | 'reason', Expression>>>;

/** What the module of an analysis gives. */
export interface Explanation {
  /** Queries that lead to `explained`: `EVENT` and `role`, `cell`, `reason`, a row per event. */
  readonly queries: Select['with'];
  /** About the user, over the one row of `verdictFrom`. */
  readonly verdict: Verdict;
  /** Further queries, and the one of one row that the verdict is taken from. */
  readonly verdictFrom: { readonly queries: Select['with']; readonly name: string };
  /** Further columns of the verdict. */
  readonly extra?: { readonly columns: readonly ResultColumn[]; readonly values: Readonly<Record<string, Expression>> };
}

/** The condition that an event is the user's. */
export const ofUser = (user: string): Condition => ({ property: 'user_id', op: 'eq', value: user });

/** The definition of the same analysis over the events of one user. */
export const restricted = <D extends CommonDefinition>(definition: D, user: string): D => ({
  ...definition,
  filters: [...definition.filters, ofUser(user)],
});

/** Columns of every event that is explained. */
const EVENT = ['timestamp', 'event_id', 'event_type', 'at', 'id', 'is_late', 'passes'] as const;
/** Columns of `explained`. */
export const eventColumns: readonly Named[] = EVENT.map(itself);

/**
 * `own`: every stored event of the user, those that the analysis does not see too, with what is asked for. `is_late`
 * events come after the end of the data, `passes` says whether the filters of the definition let them through.
 */
export const ownEvents = (
  definition: CommonDefinition,
  user: string,
  extra: readonly Named[],
): Select['with'][number] => ({
  name: 'own',
  is: select({
    columns: [
      ...['timestamp', 'event_id', 'event_type'].map(itself),
      named('at', milliseconds),
      named('id', call('UUIDToNum', column('event_id'))),
      named('is_late', compare(column('timestamp'), '>', call('assumeNotNull', asOf(definition)))),
      named('passes', allFilters(definition.filters)),
      ...extra,
    ],
    from: storedEvents,
    where: equal(column('user_id'), value('user', 'UUID', user)),
  }),
});

/** The reason of an event that is counted. */
export const COUNTED = null;

/** The cases of a reason, behind those that every analysis has; null is an event that is counted. */
export const reasonOf = (...cases: readonly Operand[]): Expression =>
  call('multiIf', column('is_late'), because('after_as_of'), not(column('passes')), because('filtered'), ...cases);

/** No text. */
export const NO_TEXT = cast(null, 'Nullable(String)');

/** `explained`, from a query with the columns of `own`. */
export const explained = (
  source: string,
  of: Readonly<Record<'role' | 'cell' | 'reason', Expression>>,
): Select['with'][number] => ({
  name: 'explained',
  is: select({
    columns: [...eventColumns, ...Object.entries(of).map(([name, is]) => named(name, is))],
    from: from(source),
  }),
});

const COLUMNS = columns({
  time: 'time',
  event_id: 'text',
  event: 'text',
  role: 'text?',
  counted: 'boolean',
  reason: 'text?',
  cell: 'text?',
});

const VERDICT = columns({ level: 'count?', cell: 'text?', segment: 'text?', variant: 'text?', reason: 'text?' });
const NO_COUNT = cast(null, 'Nullable(UInt64)');

/** The answer: rows in the order of the user's events, and the verdict as meta. */
export function answer({ queries, verdict, verdictFrom, extra }: Explanation): Plan {
  const rows = select({
    with: queries,
    columns: [
      named('time', column('timestamp')),
      named('event_id', call('toString', column('event_id'))),
      named('event', call('toString', column('event_type'))),
      itself('role'),
      named('counted', cast(call('isNull', column('reason')), 'Bool')),
      itself('reason'),
      itself('cell'),
    ],
    from: from('explained'),
    orderBy: [ascending(column('at')), ascending(column('id'))],
  });
  const facts = select({
    with: [...queries, ...verdictFrom.queries],
    columns: [
      ...VERDICT.map(({ name, type }) =>
        named(name, verdict[name as keyof Verdict] ?? (type === 'count' ? NO_COUNT : NO_TEXT)),
      ),
      ...Object.entries(extra?.values ?? {}).map(([name, is]) => named(name, is)),
    ],
    from: from(verdictFrom.name),
  });
  return {
    query: rows,
    columns: COLUMNS,
    meta: { query: facts, columns: [...VERDICT, ...(extra?.columns ?? [])] },
  };
}

const isCounted: Expression = call('isNull', column('reason'));

/** Over `explained`: how many events are counted. */
export const countedEvents: Expression = call('countIf', isCounted);

/** Over `explained`: how many cells counted events are in. */
export const countedCells: Expression = call('uniqExactIf', column('cell'), isCounted);

/** Over `explained`: the first of the reasons that any event has; null where one counts. */
export const firstReason = (...reasons: readonly Reason[]): Expression =>
  call(
    'multiIf',
    compare(countedEvents, '>', 0),
    null,
    ...reasons.flatMap((reason) => [
      compare(call('countIf', call('ifNull', equal(column('reason'), because(reason)), false)), '>', 0),
      because(reason),
    ]),
    because('no_event'),
  );

/** A verdict that is counted over `explained`: how many there are of something, and why there is nothing. */
export const tallied = (
  level: Expression,
  ...reasons: readonly Reason[]
): Pick<Explanation, 'verdict' | 'verdictFrom'> => ({
  verdict: { level: call('toNullable', column('number')), reason: column('verdict_reason') },
  verdictFrom: {
    queries: [
      {
        name: 'tally',
        is: select({
          columns: [named('number', call('toUInt64', level)), named('verdict_reason', firstReason(...reasons))],
          from: from('explained'),
        }),
      },
    ],
    name: 'tally',
  },
});
