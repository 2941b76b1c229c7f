import { CommanderError, type Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { SuuupraError } from '@suuupra/core';
import { describeFailure } from './failure.ts';
import { createProgram, verbOf } from './program.ts';
import { VERBS } from './verb-table.ts';

test.each([
  [['up', '--detach'], 'up'],
  [['--home', 'up', 'status'], 'status'],
  [['--home=x', '--port-base', '9000', 'logs', 'kafka'], 'logs'],
  [['--help'], undefined],
  [[], undefined],
])('of %j the verb is %s', (args, verb) => {
  expect(verbOf(args)).toBe(verb);
});

const named = (program: Command, name: string): Command | undefined =>
  program.commands.find((command) => command.name() === name);

test.each(Object.keys(VERBS))('the file of %s registers a command of that name with a description', async (verb) => {
  const command = named(await createProgram(verb), verb);
  expect(command?.description()).not.toBe('');
  expect(command?.summary()).toBe(VERBS[verb]?.summary);
});

test('every verb is listed in the help of the program although none is loaded', async () => {
  const help = (await createProgram(undefined)).helpInformation();
  for (const [name, { summary }] of Object.entries(VERBS))
    expect(help).toMatch(new RegExp(`^ +${name} .*${summary}$`, 'm'));
});

describe('a wrong call', () => {
  const call = async (...args: string[]): Promise<unknown> => {
    try {
      return await (await createProgram(verbOf(args))).parseAsync(args, { from: 'user' });
    } catch (error) {
      return describeFailure(error, false);
    }
  };

  test.each([
    [['stauts'], "unknown command 'stauts'"],
    [['--port-base', '80', 'status'], "argument '80' is invalid"],
    [['status', '--jsno'], "unknown option '--jsno'"],
    [['logs'], "missing required argument 'part'"],
  ])('%j ends with 2 and says what is wrong', async (args, message) => {
    const failure = await call(...args);
    expect(failure).toMatchObject({ exitCode: 2, text: expect.stringContaining(message) as string });
    expect(failure).toMatchObject({ text: expect.stringContaining('usage_invalid') as string });
  });
});

test('an error of ours is code, message and hint on their own lines, and no stack', () => {
  const failure = describeFailure(new SuuupraError('port_taken', 'port 1 is taken', { hint: 'move' }), false);
  expect(failure.exitCode).toBe(1);
  expect(failure.text).toMatch(/port_taken.*: port 1 is taken\n.*hint: move/);
  expect(failure.text.trim().split('\n')).toHaveLength(2);
});

test('a wrong configuration ends with 2', () => {
  expect(describeFailure(new SuuupraError('config_invalid', 'x'), false).exitCode).toBe(2);
});

test('a fault of the program shows its stack and causes', () => {
  const failure = describeFailure(new Error('outer', { cause: new Error('inner') }), false);
  expect(failure.text).toMatch(/internal.*: outer[^]*caused by: Error: inner/);
});

test('help is no failure', () => {
  expect(describeFailure(new CommanderError(0, 'commander.helpDisplayed', ''), false)).toEqual({
    exitCode: 0,
    text: '',
  });
});
