import { value } from '../tree/build.ts';
import type { Value } from '../tree/nodes.ts';

/**
 * Why an event was not counted, or why a user got no further: a closed list, in docs/analyses.md word by word. Segments
 * give the sentences that the analysis of segments has itself.
 */
export const REASONS = [
  'after_as_of',
  'before_exposure',
  'both_variants',
  'excluded',
  'exclusion',
  'filtered',
  'incomplete',
  'no_event',
  'no_unit',
  'no_value',
  'not_consecutive',
  'not_exposed',
  'not_in_order',
  'orphan',
  'other_event',
  'out_of_range',
  'outside_path',
  'repeated',
  'shorter_path',
  'step_missing',
  'tie',
  'window_expired',
] as const;
export type Reason = (typeof REASONS)[number];

/** A text of the compiler's own, bound under a name that says what it is. */
export const word = (text: string): Value =>
  value(
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^[_0-9]+|_$/g, '') || 'text',
    'String',
    text,
  );

/** A reason as a bound text. */
export const because = (reason: Reason): Value => word(reason);
