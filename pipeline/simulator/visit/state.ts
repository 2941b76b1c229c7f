import type { EventProperties } from '@suuupra/contracts';
import type { Random } from '../chance/random.ts';
import type { Device } from '../world/countries.ts';
import type { Person } from '../world/people.ts';

const SITE = 'https://www.reelhouse.example';
const SECOND = 1_000;

/** An event before it gets its identity, and what follows from it later. */
export interface Draft {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly type: string;
  readonly contentId: string | null;
  readonly properties: EventProperties;
  /** A refund of this purchase: an event of its own days later, outside of any session. */
  readonly refund?: Draft;
}

/** A visit, as its steps change it. */
export interface Visit {
  readonly person: Person;
  readonly random: Random;
  readonly device: Device;
  /** The time of the last event, in milliseconds since 1970. */
  now: number;
  /** The page that the visitor is on, or comes from; empty for those who typed the address. */
  url: string;
}

/** Lets time pass; two events of a visit never share a millisecond. */
export function pass(visit: Visit, meanSeconds: number): void {
  visit.now += 1 + Math.floor(visit.random.exponential(meanSeconds * SECOND));
}

/** Something that happens now. Every event of a visit carries the device and the country. */
export const draft = (visit: Visit, type: string, contentId: string | null, more: EventProperties): Draft => ({
  at: visit.now,
  type,
  contentId,
  properties: { device: visit.device, country: visit.person.market.country, ...more },
});

/** The visitor goes to a page. */
export function open(
  visit: Visit,
  path: string,
  type = 'page_view',
  contentId: string | null = null,
  more: EventProperties = {},
): Draft {
  const referrer = visit.url;
  visit.url = SITE + path;
  return draft(visit, type, contentId, { url: visit.url, ...(referrer === '' ? {} : { referrer }), ...more });
}
