import * as v from 'valibot';
import { columns, defineAnalysis, type Plan } from '../analysis.ts';
import { commonEntries, integerSchema, secondsSchema } from '../definitions/common.ts';
import { quoteFound, type DefinitionFault } from '../definitions/error.ts';
import { propertySchema } from '../definitions/filters.ts';
import { object } from '../definitions/object.ts';
import { allOf } from '../parts/events.ts';
import { propertyForms } from '../parts/properties.ts';
import { timeValue } from '../parts/values.ts';
import { DEFAULT_GAP_SECONDS, sessionQueries } from '../sessions/split.ts';
import {
  ascending,
  call,
  column,
  compare,
  constant,
  descending,
  equal,
  from,
  itself,
  lambda,
  minus,
  named,
  plus,
  select,
  value,
  windowed,
} from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';

const MAX_LIMIT = 100;
const nodeName = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));

export const pathsSchema = v.pipe(
  object({
    analysis: v.literal('paths'),
    ...commonEntries,
    node: v.optional(v.pipe(propertySchema, v.description('What an event is called; events without it are left out'))),
    start: v.optional(v.pipe(nodeName, v.description('Paths from its first occurrence in a session on'))),
    end: v.optional(v.pipe(nodeName, v.description('Paths that lead to its first occurrence in a session'))),
    depth: v.optional(v.pipe(integerSchema(2, 10), v.description('Most nodes of a path')), 5),
    limit: v.optional(
      v.pipe(integerSchema(1, MAX_LIMIT), v.description('Nodes shown at each position; the rest is "other"')),
      10,
    ),
    gap_seconds: v.optional(
      v.pipe(secondsSchema, v.description('A pause of more than this ends a session')),
      DEFAULT_GAP_SECONDS,
    ),
  }),
  v.description('What people do one after the other within a session'),
);
export type PathsDefinition = v.InferOutput<typeof pathsSchema>;

/** A path has one anchor. */
export const pathsFaults = ({ start, end }: PathsDefinition): DefinitionFault[] =>
  start === undefined || end === undefined
    ? []
    : [{ path: 'end', found: quoteFound(end), allowed: 'nothing where `start` is given' }];

const COLUMNS = columns({ step: 'count', source: 'text', target: 'text', count: 'count' });

const nodes = column('nodes');
const PATH = [column('user_id'), column('session')];

/** Of the events of a session, in order, those with a node. */
const withNode = call(
  'arrayFilter',
  lambda(['one'], call('isNotNull', call('tupleElement', column('one'), 3))),
  call('arraySort', call('groupArray', call('tuple', column('at'), column('id'), column('node')))),
);
const partOf = (index: number): Expression => call('tupleElement', column('one'), index);

/**
 * The queries up to `sessions`: the nodes of each session in order, for sessions that start in `[from, to)`.
 * @param identified whether the identifiers of their events are needed too, as `ids`
 */
export function sessions(definition: PathsDefinition, identified = false): Select['with'] {
  const { node, gap_seconds: gap, from: first, to } = definition;
  const name = node === undefined ? call('toString', column('event_type')) : propertyForms(node).text;
  const start = call('min', column('at'));
  const instant = (parameter: string, at: string): Expression =>
    call('toUnixTimestamp64Milli', timeValue(parameter, at));
  return [
    ...sessionQueries(definition, gap, [named('node', call('toNullable', name))]),
    {
      name: 'sessions',
      is: select({
        columns: [
          itself('user_id'),
          itself('session'),
          named('nodes', call('arrayMap', lambda(['one'], call('assumeNotNull', partOf(3))), withNode)),
          ...(identified ? [named('ids', call('arrayMap', lambda(['one'], partOf(2)), withNode))] : []),
        ],
        from: from('numbered'),
        groupBy: PATH,
        having: allOf(
          first === undefined ? undefined : compare(start, '>=', instant('from', first)),
          to === undefined ? undefined : compare(start, '<', instant('to', to)),
        ),
      }),
    },
  ];
}

/** Where in a session its path begins and how many nodes it has, and the position of the first of them. */
export function anchored({ start, end, depth }: PathsDefinition): Record<'begin' | 'length' | 'first', Expression> {
  if (end !== undefined) {
    const at = call('indexOf', nodes, value('end', 'String', end));
    const length = call('least', at, depth);
    // Positions are counted from the end, so that all paths arrive at the same one.
    return { begin: plus(minus(at, length), 1), length, first: plus(minus(depth, length), 1) };
  }
  if (start === undefined) return { begin: constant(1), length: constant(depth), first: constant(1) };
  const at = call('indexOf', nodes, value('start', 'String', start));
  return { begin: call('greatest', at, 1), length: call('if', equal(at, 0), 0, depth), first: constant(1) };
}

function plan(definition: PathsDefinition): Plan {
  const { begin, length, first } = anchored(definition);
  const path = call('arraySlice', nodes, begin, length);
  const [position, node] = [column('position'), column('node')];
  const whole = { unit: 'rows', from: 'unbounded', to: 'unbounded' } as const;
  const rank = windowed(call('dense_rank'), {
    partitionBy: [position],
    orderBy: [descending(column('frequency')), ascending(node)],
  });
  const shown = compare(column('rank'), '<=', definition.limit);
  const label = call('if', shown, node, value('other', 'String', 'other'));
  const query = select({
    with: [
      ...sessions(definition),
      {
        name: 'paths',
        is: select({
          columns: [itself('user_id'), itself('session'), named('path', path), named('first', first)],
          from: from('sessions'),
        }),
      },
      {
        name: 'visits',
        is: select({
          columns: [
            itself('user_id'),
            itself('session'),
            itself('node'),
            named('position', call('toInt64', minus(plus(column('first'), column('number')), 1))),
          ],
          from: from('paths'),
          arrayJoin: [named('node', column('path')), named('number', call('arrayEnumerate', column('path')))],
        }),
      },
      {
        name: 'frequencies',
        is: select({
          columns: [
            ...['user_id', 'session', 'position', 'node'].map(itself),
            named('frequency', windowed(call('count'), { partitionBy: [position, node] })),
          ],
          from: from('visits'),
        }),
      },
      {
        name: 'ranked',
        is: select({
          columns: [...['user_id', 'session', 'position', 'node'].map(itself), named('rank', rank)],
          from: from('frequencies'),
        }),
      },
      {
        name: 'labelled',
        is: select({
          columns: [...['user_id', 'session', 'position'].map(itself), named('label', label)],
          from: from('ranked'),
        }),
      },
      {
        name: 'edges',
        is: select({
          columns: [
            named('step', position),
            named('source', column('label')),
            named(
              'following',
              windowed(call('leadInFrame', call('toNullable', column('label'))), {
                partitionBy: PATH,
                orderBy: [ascending(position)],
                frame: whole,
              }),
            ),
          ],
          from: from('labelled'),
        }),
      },
    ],
    columns: [
      itself('step'),
      itself('source'),
      named('target', call('assumeNotNull', column('following'))),
      named('count', call('count')),
    ],
    from: from('edges'),
    where: call('isNotNull', column('following')),
    groupBy: [column('step'), column('source'), column('following')],
    orderBy: [ascending(column('step')), ascending(column('source')), ascending(column('target'))],
  });
  return { query, columns: COLUMNS };
}

/**
 * Paths: what follows what within sessions, step by step from an anchor.
 *
 *     sessions      the nodes of each session
 *     paths         those from the anchor on, or up to it
 *     visits        a row per node and position
 *     labelled      rare nodes of a position are "other"
 *     edges         from each position to the next
 */
export const paths = defineAnalysis({ name: 'paths', schema: pathsSchema, check: pathsFaults, compile: plan });
