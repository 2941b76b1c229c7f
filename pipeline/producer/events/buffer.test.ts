import { expect, test } from 'vitest';
import { Buffered, sizeOf, type Pending } from './buffer.ts';

const message = (bytes: number): Pending => ({
  key: '',
  value: Buffer.alloc(bytes - sizeOf({ key: '', value: Buffer.alloc(0) })),
  takenAt: 0,
  settle: () => undefined,
  mayWait: true,
});
const LIMITS = { bufferBytes: 1_000, batchEvents: 3, batchBytes: 600 };

test('a batch ends at the number of events and at the number of bytes', () => {
  const buffer = new Buffered(LIMITS);
  for (const bytes of [100, 100, 100, 100, 300, 300]) buffer.add(message(bytes));
  expect(buffer.batchIsFull).toBe(true);
  expect(buffer.takeBatch()).toHaveLength(3);
  expect(buffer.takeBatch()).toHaveLength(2);
  expect(buffer.takeBatch()).toHaveLength(1);
  expect(buffer.count).toBe(0);
});

test('a message larger than a batch makes one of its own, one larger than the buffer fits when it is empty', () => {
  const buffer = new Buffered(LIMITS);
  expect(buffer.fits(5_000)).toBe(true);
  buffer.add(message(5_000));
  expect(buffer.fits(1)).toBe(false);
  expect(buffer.takeBatch()).toHaveLength(1);
});

test('those who wait for room get it when a batch is settled, not when it is taken', async () => {
  const buffer = new Buffered(LIMITS);
  buffer.add(message(900));
  let admitted = false;
  const waiting = buffer.room(200).then(() => (admitted = true));
  const batch = buffer.takeBatch();
  await Promise.resolve();
  expect([admitted, buffer.bytes]).toEqual([false, 900]);
  buffer.release(batch);
  await waiting;
  expect([admitted, buffer.bytes]).toEqual([true, 0]);
});
