import { expect, it } from 'vitest';
import { propertiesOf, timelineQuestion } from './timeline-query.ts';

it('names known properties first, then the others, objects with a dot', () => {
  const row = {
    amount: 12.5,
    device: 'web',
    country: null,
    more: '{"plan":{"name":"pro","seats":3},"tags":["a"],"x":""}',
  };
  expect(propertiesOf(row)).toEqual([
    ['device', 'web'],
    ['amount', '12.5'],
    ['plan.name', 'pro'],
    ['plan.seats', '3'],
    ['tags', '["a"]'],
    ['x', ''],
  ]);
});

it('shows an event without further properties', () => {
  expect(propertiesOf({ more: null })).toEqual([]);
});

it('binds the user, and never writes it into SQL', () => {
  const question = timelineQuestion('00000000-0000-4000-8000-000000000001');
  expect('sql' in question && question.sql).not.toContain('00000000');
});
