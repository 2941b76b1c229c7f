import { createRequire } from 'node:module';
import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import { describe, expect, it, vi } from 'vitest';
import { type DataContext, macro } from './macros.ts';

// The real package, in the form that Node can load: its other form imports CommonJS packages by name.
vi.mock('@grafana/data', () => createRequire(import.meta.url)('@grafana/data') as object);

function context(rowIndex?: number): DataContext {
  const frame: DataFrame = toDataFrame({
    name: 'funnel',
    fields: [
      { name: 'time', type: FieldType.time, values: [1000, 2000] },
      { name: 'step', type: FieldType.string, values: ['view', 'cart'] },
      {
        name: 'count',
        type: FieldType.number,
        values: [10, 4],
        labels: { country: 'DE' },
        config: { displayName: 'Users' },
      },
    ],
  });
  const field = frame.fields[2];
  if (!field) throw new Error('no field');
  return { data: [frame], frame, field, ...(rowIndex === undefined ? {} : { rowIndex }) };
}

describe('macro', () => {
  it.each([
    ['__value', '', '4'],
    ['__value', '.raw', '4'],
    ['__value', '.numeric', '4'],
    ['__value', '.time', '2000'],
    ['__field', '.name', 'count'],
    ['__field', '', 'Users'],
    ['__field', '.labels.country', 'DE'],
    ['__field', '.labels', 'country="DE"'],
    ['__series', '.name', 'funnel'],
    ['__data', '.fields.step', 'cart'],
    ['__data', '.fields["step"]', 'cart'],
    ['__data', '.fields[1]', 'cart'],
    ['__data', '.fields.Users.numeric', '4'],
  ])('%s%s is %s', (name, path, text) => {
    expect(macro(name, path, context(1))).toBe(text);
  });

  it.each([
    ['__value', '.other'],
    ['__data', '.fields.none'],
    ['__data', '.rows'],
    ['__series', ''],
    ['__interval', ''],
  ])('%s%s means nothing', (name, path) => {
    expect(macro(name, path, context(1))).toBeUndefined();
  });

  it('has no time of a value that belongs to no row', () => {
    expect(macro('__value', '.time', context())).toBeUndefined();
  });
});
