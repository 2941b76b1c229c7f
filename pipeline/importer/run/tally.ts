import type { AnalyticsEvent } from '@suuupra/contracts';

/** Most event types that are counted one by one. */
const MAX_TYPES = 500;
const OTHER = '(other)';

/** What an import has seen, in a form that a checkpoint can hold. */
export interface TallyState {
  readonly rows: number;
  readonly events: number;
  readonly rejected: number;
  /** Events whose id was derived from their row. */
  readonly derivedIds: number;
  readonly eventTypes: Readonly<Record<string, number>>;
  readonly firstTimestamp: string | null;
  readonly lastTimestamp: string | null;
}

const EMPTY: TallyState = {
  rows: 0,
  events: 0,
  rejected: 0,
  derivedIds: 0,
  eventTypes: {},
  firstTimestamp: null,
  lastTimestamp: null,
};

/** Counts rows and events. */
export class Tally {
  rows: number;
  events: number;
  rejected: number;
  private derivedIds: number;
  private readonly types: Map<string, number>;
  private first: string | null;
  private last: string | null;

  constructor(state: TallyState = EMPTY) {
    this.rows = state.rows;
    this.events = state.events;
    this.rejected = state.rejected;
    this.derivedIds = state.derivedIds;
    this.types = new Map(Object.entries(state.eventTypes));
    this.first = state.firstTimestamp;
    this.last = state.lastTimestamp;
  }

  addEvent({ event_type: type, timestamp }: AnalyticsEvent, idIsDerived: boolean): void {
    this.rows += 1;
    this.events += 1;
    if (idIsDerived) this.derivedIds += 1;
    const counted = this.types.has(type) || this.types.size < MAX_TYPES ? type : OTHER;
    this.types.set(counted, (this.types.get(counted) ?? 0) + 1);
    // Canonical timestamps sort as text.
    if (this.first === null || timestamp < this.first) this.first = timestamp;
    if (this.last === null || timestamp > this.last) this.last = timestamp;
  }

  addReject(): void {
    this.rows += 1;
    this.rejected += 1;
  }

  state(): TallyState {
    return {
      rows: this.rows,
      events: this.events,
      rejected: this.rejected,
      derivedIds: this.derivedIds,
      eventTypes: Object.fromEntries([...this.types].sort(([a], [b]) => (a < b ? -1 : 1))),
      firstTimestamp: this.first,
      lastTimestamp: this.last,
    };
  }
}
