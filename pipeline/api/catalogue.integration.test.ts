import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemIn, startTestApi, type TestApi } from './testing/api.ts';
import { createDatabase, type TestDatabase } from './testing/database.ts';
import { storeShop } from './testing/shop.ts';

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createDatabase();
  await storeShop(database.warehouse);
  await database.warehouse.command(
    `INSERT INTO events (event_id, event_type, user_id, timestamp, country, properties) VALUES
     ('00000000-0000-4000-8000-000000000001', 'odd', '00000000-0000-4000-8000-00000000000a', '2026-05-01 00:00:00.000', NULL,
      '{"plan": "pro \\\\u0027; x", "seats.paid": 3, "trial": true, "country": 7}')`,
  );
  api = await startTestApi({ clickhouseDatabase: database.name });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const get = async <T>(path: string): Promise<T> => {
  const response = await api.ask(path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
};

interface Named {
  readonly event: string;
  readonly events: number;
  readonly last_seen: string;
}

describe('events', () => {
  test('are named with their volume and when they were seen, the most frequent first', async () => {
    const { events } = await get<{ events: Named[] }>('/events');
    const stored = await database.warehouse.rows<{ event: string; events: string }>(
      'SELECT event_type AS event, count() AS events FROM events FINAL GROUP BY event ORDER BY events DESC, event',
    );
    expect(events.map(({ event, events: count }) => [event, count])).toEqual(
      stored.map(({ event, events: count }) => [event, Number(count)]),
    );
    expect(events.find(({ event }) => event === 'odd')).toEqual({
      event: 'odd',
      events: 1,
      users: 1,
      first_seen: '2026-05-01T00:00:00.000Z',
      last_seen: '2026-05-01T00:00:00.000Z',
    });
  });

  test('of a range, as many as are asked for', async () => {
    expect(await get('/events?from=2026-05-01&to=2026-05-01T00:00:00.001Z')).toMatchObject({
      events: [{ event: 'odd' }],
    });
    expect(await get('/events?to=2026-05-01T00:00:00.000Z&limit=1')).toMatchObject({ events: [{ users: 150 }] });
  });

  test.each(['limit=0', 'limit=1001', 'limit=x', 'from=yesterday', 'color=red'])('%s is refused', async (query) => {
    const response = await api.ask(`/events?${query}`);
    expect(response.status).toBe(400);
    const problem = await problemIn(response);
    expect(problem.code).toBe('input_invalid');
    expect(problem.faults?.[0]?.path).toBe(query.split('=')[0]);
  });
});

describe('properties', () => {
  test('of an event are columns that hold something and paths of the rest', async () => {
    const { properties } = await get<{ properties: object[] }>('/properties?event=odd');
    expect(properties).toEqual(['country', 'plan', 'seats.paid', 'trial'].map((name) => ({ name, events: 1 })));
  });

  test.each([
    ['plan', "pro '; x"],
    ['seats.paid', '3'],
    ['trial', 'true'],
    ['country', '7'],
  ])('the value of %s is %s', async (name, value) => {
    const answer = await get(`/properties?event=odd&name=${name}`);
    expect(answer).toEqual({ name, values: [{ value, events: 1 }] });
  });

  test('the values of a column come with how many events have them', async () => {
    const { values } = await get<{ values: { value: string; events: number }[] }>('/properties?name=currency');
    const stored = await database.warehouse.rows<{ value: string; events: string }>(
      'SELECT currency AS value, count() AS events FROM events FINAL WHERE isNotNull(currency) GROUP BY value ORDER BY events DESC, value',
    );
    expect(values).toEqual(stored.map(({ value, events }) => ({ value, events: Number(events) })));
  });

  test.each(["x') OR 1=1 --", '`', 'a b', 'ü', '"'])('the name %s is a name and nothing else', async (name) => {
    const query = new URLSearchParams({ name }).toString();
    expect(await get(`/properties?${query}`)).toEqual({ name, values: [] });
  });
});

describe('members of a segment', () => {
  interface Page {
    readonly members: { readonly user_id: string; readonly segment: string }[];
    readonly next: string | null;
  }

  test('come page by page, each once', async () => {
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const page = await get<Page>(`/segments/churn_risk/members?limit=60${after}`);
      expect(page.members.every(({ segment }) => segment === 'churn_risk')).toBe(true);
      seen.push(...page.members.map(({ user_id }) => user_id));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toHaveLength(150);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  test('a segment that does not exist is refused with those that do', async () => {
    const response = await api.ask('/segments/nobody/members');
    expect(response.status).toBe(400);
    const [fault] = (await problemIn(response)).faults ?? [];
    expect(fault?.path).toBe('segment');
    expect(fault?.allowed).toContain('churn_risk');
  });
});

describe('the timeline of a user', () => {
  interface Page {
    readonly events: { readonly event_id: string; readonly timestamp: string }[];
    readonly next: string | null;
  }
  const USER = '00000000-000f-4241-0000-000000000000';

  test('has every event once, the newest first, page by page', async () => {
    const seen: { event_id: string; timestamp: string }[] = [];
    let before = '';
    for (;;) {
      const page = await get<Page>(`/users/${USER}/timeline?limit=7${before}`);
      seen.push(...page.events);
      if (page.next === null) break;
      before = `&before=${page.next}`;
    }
    expect(seen).toHaveLength(40);
    expect(new Set(seen.map(({ event_id }) => event_id)).size).toBe(40);
    const times = seen.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('has the properties of an event together, wherever they are stored', async () => {
    const { events } = await get<{ events: unknown[] }>('/users/00000000-0000-4000-8000-00000000000a/timeline');
    expect(events).toMatchObject([
      { event_type: 'odd', session_id: null, properties: { plan: "pro '; x", trial: true } },
    ]);
  });

  test('of an id that is none is refused', async () => {
    expect((await api.ask('/users/me/timeline')).status).toBe(400);
  });
});
