import { createRequire } from 'node:module';
import { dateTime, type TimeRange } from '@grafana/data';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setTemplateTimeRange, templateSrv } from './templates.ts';
import { currentVariables, variableParameters } from './variables.ts';

// The real package, in the form that Node can load: its other form imports CommonJS packages by name.
vi.mock('@grafana/data', () => createRequire(import.meta.url)('@grafana/data') as object);

const from = dateTime(1_700_000_000_000);
const to = dateTime(1_700_003_600_000);
const range: TimeRange = { from, to, raw: { from, to } };

const choose = (name: string, value: string | string[], text: string | string[] = value) => {
  currentVariables.set({ type: 'custom', name, current: { value, text } });
};

afterEach(() => {
  currentVariables.clear();
});

describe('templateSrv.replace', () => {
  it('knows the three ways to write a reference', () => {
    choose('device', 'phone');
    expect(templateSrv.replace('$device ${device} [[device]]')).toBe('phone phone phone');
  });

  it('leaves what no variable stands for', () => {
    expect(templateSrv.replace('$none ${none:csv} costs $5 a{b}')).toBe('$none ${none:csv} costs $5 a{b}');
  });

  it('takes the format of the reference before that of the call', () => {
    choose('country', ['DE', 'FR'], ['Germany', 'France']);
    expect(templateSrv.replace('${country:csv} $country', {}, 'pipe')).toBe('DE,FR DE|FR');
    expect(templateSrv.replace('${country:text}')).toBe('Germany + France');
  });

  it('hands value and variable to a format that is a function', () => {
    choose('country', ['DE', 'FR']);
    const format = (value: string[], variable: { name: string }) => `${variable.name}=${value.join('/')}`;
    expect(templateSrv.replace('$country', {}, format)).toBe('country=DE/FR');
  });

  it('puts scoped variables before those of the dashboard and follows their paths', () => {
    choose('device', 'phone');
    const scoped = { device: { text: 'x', value: 'desktop' }, row: { text: '', value: { a: { b: 7 } } } };
    expect(templateSrv.replace('$device ${row.a.b}', scoped)).toBe('desktop 7');
  });

  it('never replaces inside of what it has put in', () => {
    choose('a', '$b');
    choose('b', 'deep');
    expect(templateSrv.replace('$a')).toBe('$b');
  });

  it('knows the time range, as milliseconds and as dates', () => {
    setTemplateTimeRange(range);
    expect(templateSrv.replace('$__from ${__to}')).toBe('1700000000000 1700003600000');
    expect(templateSrv.replace('${__from:date}')).toBe('2023-11-14T22:13:20.000Z');
    expect(templateSrv.replace('${__from:date:YYYY-MM}')).toBe('2023-11');
    expect(templateSrv.replace('${__to:date:seconds}')).toBe('1700003600');
    expect(templateSrv.replace('/d/x?${__url_time_range}')).toBe('/d/x?from=1700000000000&to=1700003600000');
  });

  it('carries all variables in a link', () => {
    choose('country', ['DE', 'FR']);
    choose('device', 'phone');
    expect(templateSrv.replace('?${__all_variables}')).toBe('?var-country=DE&var-country=FR&var-device=phone');
    expect(variableParameters()).toEqual({ 'var-country': ['DE', 'FR'], 'var-device': ['phone'] });
  });

  it('gives back what is no text', () => {
    expect(templateSrv.replace(undefined)).toBe('');
  });
});

describe('templateSrv.containsTemplate', () => {
  it('sees references and nothing else', () => {
    expect(['$a', '${a}', '[[a]]', 'a$', '{a}', undefined].map((text) => templateSrv.containsTemplate(text))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
