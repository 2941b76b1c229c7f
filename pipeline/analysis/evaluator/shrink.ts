/** Makes a failing case small: fewer events, fewer fields, as long as it fails. */
import type { Event } from './definition.ts';
import type { Case } from './differential.ts';

type Fails = (candidate: Case) => Promise<boolean>;

/** Leaves out halves, then quarters, … then single events. */
async function fewerEvents(failing: Case, fails: Fails): Promise<Case> {
  let { events } = failing;
  for (let size = Math.ceil(events.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let first = events.length - size; first > -size; first -= size) {
      const without = events.filter((_, index) => index < first || index >= first + size);
      if (without.length < events.length && (await fails({ ...failing, events: without }))) events = without;
    }
  return { ...failing, events };
}

/** Every copy of a JSON value that lacks one field or element somewhere. */
function* without(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield value.filter((_, other) => other !== index);
      for (const smaller of without(item)) yield value.map((one: unknown, other) => (other === index ? smaller : one));
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
      for (const smaller of without(item)) yield { ...value, [key]: smaller };
    }
  }
}

/** Takes the first smaller value that still fails, again and again. */
async function smallest<T>(value: T, fails: (candidate: T) => Promise<boolean>): Promise<T> {
  for (const candidate of without(value)) if (await fails(candidate as T)) return smallest(candidate as T, fails);
  return value;
}

/**
 * A smaller case that fails as well.
 * @param fails whether a case fails; a definition that is refused does not
 */
export async function shrink(failing: Case, fails: Fails): Promise<Case> {
  let { definition, events } = await fewerEvents(failing, fails);
  definition = await smallest(definition, (candidate) => fails({ definition: candidate, events }));
  for (const [index, event] of events.entries()) {
    const smaller = await smallest<Partial<Event>>(optional(event), (candidate) =>
      fails({ definition, events: events.with(index, { ...required(event), ...candidate }) }),
    );
    events = events.with(index, { ...required(event), ...smaller });
  }
  return fewerEvents({ definition, events }, fails);
}

const required = ({ event_id, event_type, user_id, timestamp }: Event): Event => ({
  event_id,
  event_type,
  user_id,
  timestamp,
});

const optional = ({ event_id: _, event_type: __, user_id: ___, timestamp: ____, ...rest }: Event): Partial<Event> =>
  rest;
