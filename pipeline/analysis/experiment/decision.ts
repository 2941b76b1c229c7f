import { type Stage } from '../parts/stages.ts';
import { and, call, column, compare, equal, minus, named, not, value, windowed } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';

/** p-values adjusted over all metrics and variants, and the decision. */
export function decisionStages(): readonly Stage[] {
  const isMember = and(not(column('is_guardrail')), call('isFinite', column('p_value')));
  const adjusted = (name: 'suuupra_holm' | 'suuupra_benjamini_hochberg'): Expression =>
    call('if', isMember, call(name, column('p_value'), column('family')), column('p_value'));
  const rises = compare(column('goal'), '>', 0);
  const below = compare(column('sequential_high'), '<', 0);
  const above = compare(column('sequential_low'), '>', 0);
  const [worse, better] = [call('if', rises, below, above), call('if', rises, above, below)];
  const word = (name: string, text: string): Expression => value(name, 'String', text);
  const [stop, ship, undecided] = [word('stop', 'stop'), word('ship', 'ship'), word('keep_running', 'keep running')];
  const noData = word('no_data', 'no data');
  /** The first that holds: the decision, and the reason in words. */
  const cases: readonly (readonly [Expression, Expression, Expression])[] = [
    [equal(column('users_control'), 0), noData, word('why_no_control', 'the control has no users')],
    [equal(column('users_variant'), 0), noData, word('why_no_variant', 'the variant has no users')],
    [
      column('srm_mismatch'),
      word('broken_split', 'broken split'),
      word('why_broken', 'users came to the variants in other proportions than planned'),
    ],
    [column('guardrail_harmed'), stop, word('why_harmed', 'a guardrail of the variant got worse')],
    [column('worse'), stop, word('why_worse', 'the sequential interval lies wholly on the wrong side of 0')],
    [column('better'), ship, word('why_better', 'the sequential interval lies wholly on the right side of 0')],
  ];
  const openReason = call(
    'if',
    column('testable'),
    word('why_open', 'the sequential interval contains 0'),
    word('why_untestable', 'too few users or no variance to test'),
  );
  return [
    {
      name: 'families',
      columns: [
        named('family', windowed(call('groupArrayIf', column('p_value'), isMember), {})),
        named('better', better),
        named('worse', worse),
        named(
          'guardrail_harmed',
          windowed(call('max', and(column('is_guardrail'), worse)), { partitionBy: [column('variant')] }),
        ),
      ],
    },
    {
      name: 'decided',
      columns: [
        named('p_holm', adjusted('suuupra_holm')),
        named('p_benjamini_hochberg', adjusted('suuupra_benjamini_hochberg')),
        named(
          'chance_to_beat_control',
          call('if', rises, column('chance_of_more'), minus(1, column('chance_of_more'))),
        ),
        named('expected_loss_variant', call('if', rises, column('loss_of_more'), column('loss_of_less'))),
        named('expected_loss_control', call('if', rises, column('loss_of_less'), column('loss_of_more'))),
        named('decision', call('multiIf', ...cases.flatMap(([holds, decided]) => [holds, decided]), undecided)),
        named('decision_reason', call('multiIf', ...cases.flatMap(([holds, , why]) => [holds, why]), openReason)),
      ],
    },
  ];
}
