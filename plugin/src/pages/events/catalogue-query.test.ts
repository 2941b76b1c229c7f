import { expect, it } from 'vitest';
import { examplesOf, propertiesQuestion, typeWords } from './catalogue-query.ts';

it('says types of JSON in words, each once', () => {
  expect(typeWords('Double, Int64')).toBe('number');
  expect(typeWords('Int64, String')).toBe('number or text');
});

it('shows values as they are, and where one was cut', () => {
  expect(examplesOf(JSON.stringify(['"EUR"', '12.5', '{"a":1}', '"a long te']))).toEqual([
    'EUR',
    '12.5',
    '{"a":1}',
    'a long te…',
  ]);
});

it('binds the event type, and never writes it into SQL', () => {
  const question = propertiesQuestion("x' OR 1 --");
  expect('sql' in question && question.sql).not.toContain('OR 1');
});
