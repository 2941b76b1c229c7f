import { SuuupraError } from '@suuupra/core';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * What a body holds, not yet looked at: one value, or those of an array.
 * @param body JSON in UTF-8
 * @param maxEvents most values
 * @throws SuuupraError input_invalid, input_too_large
 */
export function parseBody(body: Buffer, maxEvents: number): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(body));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message : 'it is not UTF-8';
    throw new SuuupraError('input_invalid', `the body is no JSON: ${reason}`, { cause });
  }
  const events: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  if (events.length === 0) throw new SuuupraError('input_invalid', 'the array of events is empty');
  if (events.length > maxEvents)
    throw new SuuupraError(
      'input_too_large',
      `the body holds ${String(events.length)} events, allowed are ${String(maxEvents)}`,
    );
  return events;
}
