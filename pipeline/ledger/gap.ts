/**
 * What an offset can be that is neither a row nor a dead letter:
 * `empty` a message without content, which the engine passes over; `control` a record of the broker's own, such as the
 * end mark of a transaction; `aborted` a message of a transaction that was not committed; `expired` gone by retention
 * before it could be asked for; `lost` a message that should have come and did not.
 */
export const GAP_CLASSES = ['empty', 'control', 'aborted', 'expired', 'lost'] as const;
export type GapClass = (typeof GAP_CLASSES)[number];
