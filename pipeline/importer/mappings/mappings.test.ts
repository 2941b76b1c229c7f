import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { derivedId, type AnalyticsEvent } from '@suuupra/contracts';
import { projectPath } from '@suuupra/core';
import { describe, expect, test } from 'vitest';
import { importFile } from '../import-file.ts';

// The data sets are public but not ours to pass on: they lie beside the repository, or the tests say that they do not.
const CLIQUE_BAIT = projectPath('..', 'shared', 'data', 'clique-bait');
const CDNOW = projectPath('..', 'shared', 'data', 'cdnow', 'CDNOW_sample.txt');
const needs = (data: string): string =>
  fs.existsSync(data) ? '' : ` (skipped: ${path.relative(projectPath(), data)} is absent)`;

/** The events that an import sends. */
async function eventsOf(file: string, mapping: string): Promise<AnalyticsEvent[]> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-mappings-'));
  const events: AnalyticsEvent[] = [];
  try {
    await importFile({
      file,
      mapping,
      home,
      topic: 'events',
      brokers: [],
      maxRejects: 0,
      openSink: () =>
        Promise.resolve({
          send: (event) => Promise.resolve(void events.push(event as AnalyticsEvent)),
          flush: () => Promise.resolve(),
          stats: () => ({ accepted: events.length, delivered: events.length, failed: 0 }),
        }),
    });
  } finally {
    fs.rmSync(home, { recursive: true });
  }
  return events;
}

/** The rows of a CSV file without quotes, read in the plainest way. */
function plainRows(file: string): Record<string, string>[] {
  const [header = '', ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, at) => [names[at] as string, value])));
}

const distinct = (values: readonly unknown[]): number => new Set(values).size;

describe.skipIf(needs(CLIQUE_BAIT) !== '')(`Clique Bait${needs(CLIQUE_BAIT)}`, async () => {
  const events = needs(CLIQUE_BAIT) === '' ? await eventsOf(path.join(CLIQUE_BAIT, 'events.csv'), 'clique-bait') : [];
  const bought = new Set(events.filter(({ event_type: type }) => type === 'purchase').map((event) => event.session_id));

  test('has the known numbers of events, visits, cookies, users and visits with a purchase', () => {
    expect(events).toHaveLength(32_734);
    expect(distinct(events.map(({ event_id: id }) => id))).toBe(32_734);
    expect(distinct(events.map((event) => event.session_id))).toBe(3_564);
    expect(distinct(events.map(({ properties }) => properties['source_cookie_id']))).toBe(1_782);
    expect(distinct(events.map((event) => event.user_id))).toBe(500);
    expect(bought.size).toBe(1_777);
  });

  test('lobster is viewed 1,547 times and put into 968 carts; 754 of these are in visits with a purchase', () => {
    const of = (type: string): AnalyticsEvent[] =>
      events.filter((event) => event.event_type === type && event.content_id === 'Lobster');
    expect(of('page_view')).toHaveLength(1_547);
    expect(of('add_to_cart')).toHaveLength(968);
    expect(of('add_to_cart').filter((event) => bought.has(event.session_id))).toHaveLength(754);
    expect(of('purchase')).toHaveLength(0);
  });

  test('326 of the 2,103 visits that view the checkout do not purchase', () => {
    const checkout = events.filter(
      ({ event_type: type, properties: { page_name: page } }) => type === 'page_view' && page === 'Checkout',
    );
    const visits = new Set(checkout.map((event) => event.session_id));
    expect(visits.size).toBe(2_103);
    expect([...visits].filter((visit) => !bought.has(visit))).toHaveLength(326);
  });

  test('is, event by event, what a plain reading of the files gives', () => {
    const users = new Map(
      plainRows(path.join(CLIQUE_BAIT, 'users.csv')).map((row) => [row['cookie_id'], row['user_id']]),
    );
    const pages = new Map(plainRows(path.join(CLIQUE_BAIT, 'page_hierarchy.csv')).map((row) => [row['page_id'], row]));
    const types = ['', 'page_view', 'add_to_cart', 'purchase', 'ad_impression', 'ad_click'];
    const expected = plainRows(path.join(CLIQUE_BAIT, 'events.csv')).map((row) => {
      const page = pages.get(row['page_id']);
      const [seconds = '', fraction = ''] = (row['event_time'] as string).split('.');
      return {
        event_type: types[Number(row['event_type'])],
        user_id: derivedId('user', users.get(row['cookie_id']) as string),
        session_id: row['visit_id'],
        content_id: page?.['product_id'] === '' ? null : page?.['page_name'],
        timestamp: `${seconds.replace(' ', 'T')}.${fraction.padEnd(3, '0').slice(0, 3)}Z`,
      };
    });
    const found = events.map(({ event_type, user_id, session_id, content_id, timestamp }) => ({
      event_type,
      user_id,
      session_id,
      content_id,
      timestamp,
    }));
    expect(found).toEqual(expected);
  });

  test('gives the same ids in every import', () => {
    expect(events[0]?.event_id).toBe('6c4957a0-06c4-55fb-97ae-b58b7c4307df');
  });
});

describe.skipIf(needs(CDNOW) !== '')(`CDNOW${needs(CDNOW)}`, async () => {
  const events = needs(CDNOW) === '' ? await eventsOf(CDNOW, 'cdnow') : [];
  const lines = needs(CDNOW) === '' ? fs.readFileSync(CDNOW, 'utf8').trimEnd().split('\r\n') : [];

  test('every row is a purchase of its own, also where rows are equal', () => {
    expect(events).toHaveLength(lines.length);
    expect(distinct(lines)).toBeLessThan(lines.length);
    expect(distinct(events.map(({ event_id: id }) => id))).toBe(lines.length);
    expect(distinct(events.map(({ properties }) => properties['order_id']))).toBe(lines.length);
    expect(events.every(({ event_type: type }) => type === 'purchase')).toBe(true);
  });

  test('customers, days, units and dollars are those of the file, to the cent', () => {
    const expected = lines.map((line) => {
      const [customer = '', , date = '', units, dollars = ''] = line.trim().split(/ +/);
      const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
      return [derivedId('user', customer), `${day}T00:00:00.000Z`, Number(units), Math.round(Number(dollars) * 100)];
    });
    const found = events.map(({ user_id: user, timestamp, properties: { units, amount } }) => [
      user,
      timestamp,
      units,
      Math.round(Number(amount) * 100),
    ]);
    expect(found).toEqual(expected);
  });
});
