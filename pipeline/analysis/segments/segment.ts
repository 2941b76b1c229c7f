/** Which segment a user is in as of a day, from the numbers of the user's active days. */
import { and, call, column, compare, equal, lambda, minus } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { SEGMENTS, type Segment } from './schema.ts';

/** A user is new on the first day and the six after it. */
const NEW_DAYS = 7;
/** A user without an event on this many days is about to leave. */
const CHURN_DAYS = 14;
/** A power user is active on at least 12 of the last 28 days. */
export const POWER_DAYS = 28;
const POWER_ACTIVE = 12;

const active = column('active');
const numberOf = (segment: Segment): number => SEGMENTS.indexOf(segment) + 1;

/** How many of the `days` up to a day, itself included, the user was active on. */
export const activeDays = (day: Expression, days: number): Expression =>
  call(
    'arrayCount',
    lambda(['active'], and(compare(active, '>', minus(day, days)), compare(active, '<=', day))),
    active,
  );

/** The first day of the user's `active` days, which are sorted. */
export const firstDay: Expression = call('arrayElement', active, 1);

/** The number of the segment as of a day, in the order of SEGMENTS from 1; the first rule that holds decides. */
export const segmentOn = (day: Expression): Expression =>
  call(
    'multiIf',
    compare(firstDay, '>', minus(day, NEW_DAYS)),
    numberOf('new'),
    equal(activeDays(day, CHURN_DAYS), 0),
    numberOf('churn_risk'),
    compare(activeDays(day, POWER_DAYS), '>=', POWER_ACTIVE),
    numberOf('power'),
    numberOf('casual'),
  );
