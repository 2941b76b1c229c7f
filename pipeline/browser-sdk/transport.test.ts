import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Problem } from './options.ts';
import { Queue } from './queue.ts';
import { memoryStorage } from './storage.ts';
import { Transport } from './transport.ts';

type Answer = () => Promise<Response>;

let queue: Queue;
let transport: Transport;
let problems: Problem[];
let sent: string[][];
let answers: Answer[];

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
const taken = answer(200, { events: [{ status: 'accepted' }] });
const ids = (...names: string[]): string[] => names.map((name) => JSON.stringify(name));

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  queue = new Queue(memoryStorage(), 1000);
  problems = [];
  sent = [];
  answers = [];
  transport = new Transport('https://events.example/v1/events', queue, (problem) => problems.push(problem));
  vi.stubGlobal('fetch', (_address: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as string[]);
    return (answers.shift() ?? taken)();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('batches follow each other until nothing is left', async () => {
  queue.add(...Array.from({ length: 120 }, (_, index) => JSON.stringify(index)));
  await transport.flush();
  expect(sent.map(({ length }) => length)).toEqual([50, 50, 20]);
  expect(queue.size).toBe(0);
});

test.each([
  ['the network is away', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['the collector is full', answer(503, { detail: 'full' })],
  ['the answer is no JSON', () => Promise.resolve(new Response('<html>', { status: 502 }))],
  ['the key is not valid', answer(401, { detail: 'the write key is not valid' })],
])('when %s, events stay and are sent again', async (_what, first) => {
  queue.add(...ids('a'));
  answers = [first];
  await transport.flush();
  expect(queue.size).toBe(1);
  expect(problems).toMatchObject([{ code: 'unreachable' }]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual([['a'], ['a']]);
  expect(queue.size).toBe(0);
});

test('each failure doubles the pause, up to five minutes', async () => {
  queue.add(...ids('a'));
  answers = Array.from({ length: 12 }, () => answer(503, {}));
  await transport.flush();
  for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
    const before = sent.length;
    await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
    expect(sent).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(before + 1);
  }
});

test('Retry-After is kept, and back online nothing is waited for', async () => {
  queue.add(...ids('a'));
  answers = [answer(429, {}, { 'retry-after': '60' })];
  await transport.flush();
  await vi.advanceTimersByTimeAsync(59_999);
  expect(sent).toHaveLength(1);
  transport.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.size).toBe(0);
});

test('refused events are told and not sent again', async () => {
  queue.add(...ids('a', 'b'));
  answers = [answer(200, { events: [{ status: 'accepted' }, { status: 'refused', message: 'user_id is 7' }] })];
  await transport.flush();
  expect(problems).toEqual([{ code: 'refused', message: 'user_id is 7' }]);
  expect(queue.size).toBe(0);
});

test('a batch that is too large is halved; one event that is too large is given up', async () => {
  queue.add(...ids('a', 'b', 'c'));
  const tooLarge = answer(413, { detail: 'too large' });
  answers = [tooLarge, tooLarge, taken, taken];
  await transport.flush();
  expect(sent).toEqual([['a', 'b', 'c'], ['a', 'b'], ['a'], ['b'], ['c']]);
  queue.add(...ids('d'));
  answers = [tooLarge];
  await transport.flush();
  expect(queue.size).toBe(0);
  expect(problems).toEqual([{ code: 'refused', message: 'an event is too large' }]);
});

test('events that come while a batch is under way are sent after it', async () => {
  queue.add(...ids('a'));
  const first = transport.flush();
  queue.add(...ids('b'));
  await Promise.all([first, transport.flush()]);
  expect(sent).toEqual([['a'], ['b']]);
});
