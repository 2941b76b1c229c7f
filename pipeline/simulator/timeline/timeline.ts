import { derivedId, formatTimestamp, type AnalyticsEvent } from '@suuupra/contracts';
import TinyQueue from 'tinyqueue';
import type { Draft } from '../visit/state.ts';
import type { Person } from '../world/people.ts';
import type { Fate } from './mishaps.ts';

/** An event and the moment at which it is sent. */
export interface Sent {
  /** Milliseconds since 1970; the event's own time is the same or, where it is late, earlier. */
  readonly at: number;
  readonly event: AnalyticsEvent;
  readonly kind: 'on time' | 'late' | 'again';
}

/** Something that is going to happen. `happen` gives the event that is sent then, if it is one. */
export interface Due {
  at: number;
  happen(timeline: Timeline): Sent | undefined;
}

/** Whose visit it is and how its events are named. */
export interface VisitIdentity {
  /** Names the visit in all worlds: ids of events are derived from it. */
  readonly name: string;
  readonly sessionId: string;
  readonly person: Person;
}

/** Everything that is going to happen, in the order of time; what is due in the same millisecond in the order of entry. */
export class Timeline {
  private readonly queue = new TinyQueue<{ readonly order: number; readonly due: Due }>(
    [],
    (a, b) => a.due.at - b.due.at || a.order - b.order,
  );
  /** Visits that have begun, of those whose beginning is sent. */
  visits = 0;
  private order = 0;
  private readonly from: number;

  /** @param from what is due before this moment happens, but sends nothing */
  constructor(from: number) {
    this.from = from;
  }

  add(due: Due): void {
    this.queue.push({ order: this.order++, due });
  }

  /** Whether what is due at a moment is to be sent. */
  isWanted(at: number): boolean {
    return at >= this.from;
  }

  /** What is sent, in the order of time, before a moment. */
  *until(end: number): Generator<Sent> {
    for (let next = this.queue.peek(); next !== undefined && next.due.at < end; next = this.queue.peek()) {
      this.queue.pop();
      const sent = next.due.happen(this);
      if (sent !== undefined) yield sent;
    }
  }
}

/** One event of its own: a refund, a late event, a second copy. */
class Alone implements Due {
  readonly at: number;
  private readonly sent: Sent;

  constructor(sent: Sent) {
    this.at = sent.at;
    this.sent = sent;
  }

  happen(): Sent {
    return this.sent;
  }
}

/** A visit in progress: at any time one entry in the timeline, that of its next event. */
export class VisitInProgress implements Due {
  at: number;
  private readonly identity: VisitIdentity;
  private readonly drafts: Iterator<Draft>;
  private readonly fate: () => Fate;
  private next: Draft | undefined;
  private count = 0;

  constructor(identity: VisitIdentity, drafts: Iterator<Draft>, fate: () => Fate) {
    this.identity = identity;
    this.drafts = drafts;
    this.fate = fate;
    this.next = this.take();
    this.at = this.next?.at ?? 0;
  }

  happen(timeline: Timeline): Sent | undefined {
    const draft = this.next as Draft;
    const sent = this.send(draft, timeline);
    this.next = this.take();
    if (this.next !== undefined) {
      this.at = this.next.at;
      timeline.add(this);
    }
    return sent;
  }

  private take(): Draft | undefined {
    const step = this.drafts.next();
    return step.done === true ? undefined : step.value;
  }

  private send(draft: Draft, timeline: Timeline): Sent | undefined {
    const number = this.count++;
    const { delay, again } = this.fate();
    const { at } = draft;
    if (!timeline.isWanted(at)) return undefined;
    if (number === 0) timeline.visits += 1;
    const event = this.event(draft, String(number), this.identity.sessionId);
    if (draft.refund !== undefined) {
      const refund = this.event(draft.refund, `${String(number)}/refund`, null);
      timeline.add(new Alone({ at: draft.refund.at, event: refund, kind: 'on time' }));
    }
    if (again !== undefined) timeline.add(new Alone({ at: at + again, event, kind: 'again' }));
    if (delay === 0) return { at, event, kind: 'on time' };
    timeline.add(new Alone({ at: at + delay, event, kind: 'late' }));
    return undefined;
  }

  private event({ type, contentId, at, properties }: Draft, part: string, sessionId: string | null): AnalyticsEvent {
    return {
      event_id: derivedId('event', `${this.identity.name}/${part}`),
      event_type: type,
      user_id: this.identity.person.userId,
      session_id: sessionId,
      content_id: contentId,
      timestamp: formatTimestamp(at),
      received_at: null,
      properties,
    };
  }
}
