import { describe, expect, it } from 'vitest';
import { type VariableJson } from './model.ts';
import { ALL, chosenValues, customOptions, filtered, sorted } from './variable-options.ts';

const options = (...values: string[]) => values.map((value) => ({ text: value, value }));
const variable = (more: Partial<VariableJson>): VariableJson => ({ type: 'custom', name: 'v', ...more });

describe('customOptions', () => {
  it('reads values, labels and escaped commas', () => {
    expect(customOptions('a, Big B : b , c\\,d,')).toEqual([
      { text: 'a', value: 'a' },
      { text: 'Big B', value: 'b' },
      { text: 'c,d', value: 'c,d' },
    ]);
  });
});

describe('filtered', () => {
  it('takes equal values once', () => {
    expect(filtered(options('a', 'b', 'a'), undefined)).toEqual(options('a', 'b'));
  });

  it('keeps what the expression matches and takes its first group', () => {
    expect(filtered(options('eu-DE', 'eu-FR', 'us-US'), '/eu-(.*)/')).toEqual(options('DE', 'FR'));
    expect(filtered(options('EU', 'us'), '/^eu$/i')).toEqual(options('EU'));
  });

  it('takes text and value of groups with these names', () => {
    expect(filtered(options('1=one'), '/(?<value>.*)=(?<text>.*)/')).toEqual([{ text: 'one', value: '1' }]);
  });
});

describe('sorted', () => {
  it('sorts as the variable says', () => {
    expect(sorted(options('b', 'a'))).toEqual(options('b', 'a'));
    expect(sorted(options('b', 'a', 'c'), 1)).toEqual(options('a', 'b', 'c'));
    expect(sorted(options('b', 'a', 'c'), 2)).toEqual(options('c', 'b', 'a'));
    expect(sorted(options('v10', 'v9'), 3)).toEqual(options('v9', 'v10'));
    expect(sorted(options('v9', 'v10'), 4)).toEqual(options('v10', 'v9'));
  });
});

describe('chosenValues', () => {
  const abc = options('a', 'b', 'c');

  it('puts the address before the file and the file before the first option', () => {
    expect(chosenValues(variable({ current: { value: 'b' } }), abc, ['c'])).toEqual(['c']);
    expect(chosenValues(variable({ current: { value: 'b' } }), abc, [])).toEqual(['b']);
    expect(chosenValues(variable({}), abc, [])).toEqual(['a']);
  });

  it('drops what is no option', () => {
    expect(chosenValues(variable({ multi: true }), abc, ['a', 'gone'])).toEqual(['a']);
    expect(chosenValues(variable({}), abc, ['gone'])).toEqual(['a']);
    expect(chosenValues(variable({}), [], ['gone'])).toEqual([]);
  });

  it('takes one value unless several may be chosen', () => {
    expect(chosenValues(variable({}), abc, ['b', 'c'])).toEqual(['b']);
    expect(chosenValues(variable({ multi: true }), abc, ['b', 'c'])).toEqual(['b', 'c']);
  });

  it('knows All, and starts with it where it is offered', () => {
    expect(chosenValues(variable({ includeAll: true }), abc, ['All'])).toEqual([ALL]);
    expect(chosenValues(variable({ includeAll: true }), abc, [])).toEqual([ALL]);
  });

  it('takes any text for a text box', () => {
    expect(chosenValues(variable({ type: 'textbox' }), options('x'), ['free text'])).toEqual(['free text']);
  });
});
