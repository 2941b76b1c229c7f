import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Queue } from './queue.ts';
import { memoryStorage } from './storage.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const events = (...names: string[]): string[] => names.map((name) => JSON.stringify({ name }));
const all = (queue: Queue): string[] => queue.first(1_000_000, 100_000_000);

test('the oldest events go when there are more than allowed, and their number is told', () => {
  const queue = new Queue(memoryStorage(), 3);
  expect(queue.add(...events('a', 'b', 'c'))).toBe(0);
  expect(queue.add(...events('d', 'e'))).toBe(2);
  expect(all(queue)).toEqual(events('c', 'd', 'e'));
});

test('the length of all events together has a bound, too', () => {
  const queue = new Queue(memoryStorage(), 1_000);
  const long = 'x'.repeat(200_000);
  expect(queue.add(long, long)).toBe(0);
  expect(queue.add(long)).toBe(1);
  expect(queue.size).toBe(2);
});

test('a batch ends at either limit, and always holds one event', () => {
  const queue = new Queue(memoryStorage(), 100);
  queue.add('aaaa', 'bbbb', 'cccc');
  expect(queue.first(2, 1_000)).toEqual(['aaaa', 'bbbb']);
  expect(queue.first(9, 10)).toEqual(['aaaa', 'bbbb']);
  expect(queue.first(9, 1)).toEqual(['aaaa']);
});

test('the next page takes over what a page left behind: at once if it said so, after a while if it died', () => {
  const storage = memoryStorage();
  const left = new Queue(storage, 100);
  left.add(...events('a'));
  left.save(0);
  const died = new Queue(storage, 100);
  died.add(...events('b'));

  const next = new Queue(storage, 100);
  next.adopt();
  expect(all(next)).toEqual(events('a'));
  vi.advanceTimersByTime(30_000);
  next.adopt();
  expect(all(next)).toEqual(events('a', 'b'));
  expect(storage.length).toBe(1);
});

test('two pages at a time do not overwrite each other, and an empty queue leaves nothing behind', () => {
  const storage = memoryStorage();
  const [one, other] = [new Queue(storage, 100), new Queue(storage, 100)];
  one.add(...events('a'));
  other.add(...events('b'));
  expect([all(one), all(other)]).toEqual([events('a'), events('b')]);
  one.clear();
  other.remove(events('b'));
  expect(storage.length).toBe(0);
});

test('texts with line breaks and commas come back unchanged', () => {
  const storage = memoryStorage();
  const text = JSON.stringify({ text: 'a\nb,c\u2028"' });
  const left = new Queue(storage, 10);
  left.add(text);
  left.save(0);
  const next = new Queue(storage, 10);
  next.adopt();
  expect(all(next)).toEqual([text]);
});
