/** Which start made a user one of a cohort, and which events count as coming back. */
import type { DefinitionTools } from '../analysis.ts';
import { isSelected } from '../parts/events.ts';
import { isShown } from '../retention/answer.ts';
import { isDefault, memberQueries, slotOf } from '../retention/members.ts';
import { retention } from '../retention/retention.ts';
import type { RetentionDefinition } from '../retention/schema.ts';
import {
  and,
  call,
  column,
  compare,
  constant,
  derived,
  equal,
  from,
  itself,
  lambda,
  minus,
  named,
  not,
  or,
  select,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import {
  COUNTED,
  eventColumns,
  explained,
  firstReason,
  ownEvents,
  reasonOf,
  restricted,
  type Explanation,
} from './explanation.ts';
import { because, word } from './reasons.ts';

const begun = (index: number): Expression => call('tupleElement', column('one'), index);
const [SLOT, FIRST, SHOWN] = [1, 2, 3];
const distance = minus(column('event_slot'), begun(SLOT));
const isStartItself = equal(begun(FIRST), call('tuple', column('at'), column('id')));

/** Whether an event in the slot in which a membership begins is a return. */
const returnsAtOnce = (definition: RetentionDefinition): Expression =>
  isDefault(definition)
    ? constant(false)
    : and(not(isStartItself), compare(call('tupleElement', begun(FIRST), 1), '<=', column('at')));

/** Whether a return event counts for one membership. */
function counts(definition: RetentionDefinition): Expression {
  const { mode, brackets = [], periods } = definition;
  const within = (test: Expression): Expression => and(equal(begun(SHOWN), 1), column('is_return'), test);
  if (mode !== 'bracket') {
    const later = compare(distance, '>', 0);
    const ahead = periods === undefined ? later : and(later, compare(distance, '<=', periods));
    return within(or(ahead, and(equal(distance, 0), returnsAtOnce(definition))));
  }
  const tests = brackets.map(([first = 0, last = 0]) =>
    and(compare(distance, '>=', Math.max(first, 1)), compare(distance, '<=', last)),
  );
  const atOnce = brackets.some(([first]) => first === 0) ? [and(equal(distance, 0), returnsAtOnce(definition))] : [];
  return within(or(...tests, ...atOnce));
}

const some = (test: Expression): Expression => call('arrayExists', lambda(['one'], test), column('beginnings'));

/** `begun`: the user's memberships: slot, first start, whether the cohort is shown. */
function beginnings(definition: RetentionDefinition): Select['with'] {
  return [
    {
      name: 'first_starts',
      is: select({ columns: [itself('slot'), itself('first_start')], from: from('slots') }),
    },
    {
      name: 'shown_members',
      is: select({ columns: [itself('slot'), named('shown', isShown(definition) ?? true)], from: from('members') }),
    },
    {
      name: 'begun',
      is: select({
        columns: [
          named(
            'beginnings',
            call('groupArray', call('tuple', column('slot'), column('first_start'), column('shown'))),
          ),
        ],
        from: from('shown_members'),
        joins: [{ type: 'inner', source: from('first_starts'), using: ['slot'] }],
      }),
    },
  ];
}

const OWN = ['event_slot', 'is_start', 'is_return', 'is_type'];

function reason(): Expression {
  return reasonOf(
    not(or(column('is_start'), column('is_return'))),
    call('if', column('is_type'), because('filtered'), because('other_event')),
    or(column('starts'), column('returns')),
    COUNTED,
    equal(call('length', column('beginnings')), 0),
    because('step_missing'),
    not(some(equal(begun(SHOWN), 1))),
    because('out_of_range'),
    not(column('is_return')),
    because('repeated'),
    not(
      some(
        or(
          compare(distance, '>', 0),
          and(equal(distance, 0), compare(call('tupleElement', begun(FIRST), 1), '<=', column('at'))),
        ),
      ),
    ),
    because('not_in_order'),
    some(equal(distance, 0)),
    because('repeated'),
    because('out_of_range'),
  );
}

/** The cells of the analysis over the user's events, such as `2026-01-05T00:00:00.000Z: 0, 1, 3`. */
function cells(definition: RetentionDefinition, user: string, tools: DefinitionTools): Select['with'] {
  const rows = retention.compile(restricted(definition, user), tools).query;
  const isBracket = definition.mode === 'bracket';
  const label = isBracket
    ? call('concat', call('toString', column('from_day')), word('–'), call('toString', column('to_day')))
    : call('toString', column('period'));
  const position = column(isBracket ? 'from_day' : 'period');
  const texts = call(
    'arrayMap',
    lambda(['cell'], call('tupleElement', column('cell'), 2)),
    call('arraySort', call('groupArrayIf', call('tuple', position, label), equal(column('count'), 1))),
  );
  const perCohort = select({
    columns: [
      named('cohort_text', call('suuupra_time_text', call('assumeNotNull', column('cohort')))),
      named('counted_cells', call('countIf', equal(column('count'), 1))),
      named('labels', call('arrayStringConcat', texts, word(', '))),
    ],
    from: derived(rows),
    where: call('isNotNull', column('cohort')),
    groupBy: [column('cohort')],
  });
  const line = call('concat', column('cohort_text'), word(': '), column('labels'));
  return [
    {
      name: 'totals',
      is: select({
        columns: [
          named('cohorts', call('count')),
          named('counted_cells', call('sum', column('counted_cells'))),
          named('lines', call('arrayStringConcat', call('arraySort', call('groupArray', line)), word('; '))),
        ],
        from: derived(perCohort),
      }),
    },
    {
      name: 'counts',
      is: select({
        columns: [
          named(
            'verdict_reason',
            firstReason('out_of_range', 'step_missing', 'filtered', 'other_event', 'after_as_of'),
          ),
        ],
        from: from('explained'),
      }),
    },
    {
      name: 'figures',
      is: select({
        columns: ['cohorts', 'counted_cells', 'lines', 'verdict_reason'].map(itself),
        from: from('totals'),
        joins: [{ type: 'cross', source: from('counts') }],
      }),
    },
  ];
}

export function explainRetention(definition: RetentionDefinition, user: string, tools: DefinitionTools): Explanation {
  const types = [definition.start, definition.return].map(({ event }) => isSelected({ event, filters: [] }));
  const own: readonly Named[] = [
    named('event_slot', slotOf(definition)),
    named('is_start', isSelected(definition.start)),
    named('is_return', isSelected(definition.return)),
    named('is_type', or(...types)),
  ];
  return {
    queries: [
      ...memberQueries(restricted(definition, user)),
      ...beginnings(definition),
      ownEvents(definition, user, own),
      {
        name: 'placed',
        is: select({
          columns: [...eventColumns, ...OWN.map(itself), itself('beginnings')],
          from: from('own'),
          joins: [{ type: 'cross', source: from('begun') }],
        }),
      },
      {
        name: 'judged',
        is: select({
          columns: [
            ...eventColumns,
            ...OWN.map(itself),
            itself('beginnings'),
            named('starts', some(and(isStartItself, equal(begun(SHOWN), 1)))),
            named('returns', some(counts(definition))),
            named(
              'nearest',
              call(
                'arrayMax',
                call(
                  'arrayPushBack',
                  call(
                    'arrayMap',
                    lambda(
                      ['one'],
                      call('if', compare(begun(SLOT), '<=', column('event_slot')), begun(SLOT), -2147483648),
                    ),
                    column('beginnings'),
                  ),
                  -2147483648,
                ),
              ),
            ),
          ],
          from: from('placed'),
        }),
      },
      explained('judged', {
        role: call('multiIf', column('starts'), word('start'), column('returns'), word('return'), null),
        cell: call(
          'if',
          or(column('starts'), column('returns')),
          call(
            'concat',
            word(definition.mode === 'bracket' ? 'day ' : 'period '),
            call('toString', minus(column('event_slot'), column('nearest'))),
          ),
          null,
        ),
        reason: reason(),
      }),
    ],
    verdict: {
      level: call('toNullable', column('counted_cells')),
      cell: call('if', equal(column('cohorts'), 0), null, column('lines')),
      reason: column('verdict_reason'),
    },
    verdictFrom: { queries: cells(definition, user, tools), name: 'figures' },
  };
}
