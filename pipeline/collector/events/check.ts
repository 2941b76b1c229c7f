import { describeFaults, formatTimestamp, validateEvent, type AnalyticsEvent, type Fault } from '@suuupra/contracts';
import type { Config, ErrorCode } from '@suuupra/core';

/** Why an event was refused. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly faults: readonly Fault[];
}

export type Checked = { readonly event: AnalyticsEvent } | { readonly refusal: Refusal };

export type EventLimits = Pick<Config, 'collectorMaxEventBytes' | 'collectorMaxFutureSeconds'>;

const refuse = (code: ErrorCode, faults: readonly Fault[]): Checked => ({
  refusal: { code, message: describeFaults(faults), faults },
});

/**
 * Checks what claims to be an event against the contract and the limits of the collector, and notes when it came:
 * whatever `received_at` it brought is replaced.
 * @param now when the request came, in milliseconds since 1970
 */
export function checkEvent(input: unknown, now: number, limits: EventLimits): Checked {
  const checked = validateEvent(input);
  if (!checked.ok) return refuse('event_invalid', checked.faults);
  const event = { ...checked.event, received_at: formatTimestamp(now) };

  const latest = now + limits.collectorMaxFutureSeconds * 1000;
  if (Date.parse(event.timestamp) > latest) {
    const allowed = `at most ${formatTimestamp(latest)}, by the clock of the collector`;
    return refuse('event_in_future', [{ path: 'timestamp', found: event.timestamp, allowed }]);
  }

  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > limits.collectorMaxEventBytes) {
    const allowed = `at most ${String(limits.collectorMaxEventBytes)} bytes`;
    return refuse('event_too_large', [{ path: '', found: `${String(bytes)} bytes long`, allowed }]);
  }
  return { event };
}
