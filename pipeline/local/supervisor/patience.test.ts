import { expect, test } from 'vitest';
import { withPatience } from './patience.ts';

const never = new AbortController().signal;
const retriable = (): Error => Object.assign(new Error('no such topic'), { retriable: true });

test('an error that passes is waited out, also where it is the cause of another', async () => {
  let calls = 0;
  const result = await withPatience(() => {
    calls++;
    if (calls === 1) return Promise.reject(retriable());
    if (calls === 2) return Promise.reject(new Error('outer', { cause: retriable() }));
    return Promise.resolve('done');
  }, never);
  expect([result, calls]).toEqual(['done', 3]);
});

test('any other error is final at once', async () => {
  let calls = 0;
  const work = () => {
    calls++;
    return Promise.reject(new Error('edited'));
  };
  await expect(withPatience(work, never)).rejects.toThrow('edited');
  expect(calls).toBe(1);
});

test('a stop ends the waiting', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(withPatience(() => Promise.reject(retriable()), stop.signal)).rejects.toThrow('no such topic');
});
