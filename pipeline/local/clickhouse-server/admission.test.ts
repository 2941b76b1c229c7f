import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Admission', () => {
  it('lets as many run as there are places, and the others in order', async () => {
    const admission = new Admission(2, 10, 1000);
    const order: number[] = [];
    const leave = [await admission.enter(), await admission.enter()];
    const third = admission.enter().then((left) => (order.push(3), left));
    const fourth = admission.enter().then((left) => (order.push(4), left));
    await tick();
    expect([admission.running, order]).toEqual([2, []]);
    leave[0]?.();
    await tick();
    expect([admission.running, order]).toEqual([2, [3]]);
    leave[1]?.();
    (await third)();
    (await fourth)();
    expect([admission.running, order]).toEqual([0, [3, 4]]);
  });

  it('turns away who finds no seat', async () => {
    const admission = new Admission(1, 1, 1000);
    const leave = await admission.enter();
    const waiting = admission.enter();
    await expect(admission.enter()).rejects.toMatchObject({ code: 202, type: 'TOO_MANY_SIMULTANEOUS_QUERIES' });
    leave();
    (await waiting)();
  });

  it('turns away who has waited too long, and does not hand him the place later', async () => {
    const admission = new Admission(1, 1, 10);
    const leave = await admission.enter();
    await expect(admission.enter()).rejects.toMatchObject({ code: 202 });
    leave();
    expect(admission.running).toBe(0);
  });

  it('counts a place that is given back twice once', async () => {
    const admission = new Admission(2, 1, 10);
    const leave = await admission.enter();
    await admission.enter();
    leave();
    leave();
    expect(admission.running).toBe(1);
  });
});
