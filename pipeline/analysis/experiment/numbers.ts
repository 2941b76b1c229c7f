import { call, over } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';

/** Not a number: what does not apply, or cannot be computed. The answer turns it into null. */
export const NOTHING = over(call('toFloat64', 0), 0);

export const when = (condition: Expression, then: Expression): Expression => call('if', condition, then, NOTHING);
