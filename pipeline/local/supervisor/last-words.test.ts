import { expect, test } from 'vitest';
import { lastWords } from './last-words.ts';

test('finds the innermost cause of a Java stack trace', () => {
  const output = `INFO starting\nException in thread "main" java.lang.RuntimeException: outer
\tat a.B.c(B.java:1)\nCaused by: java.net.BindException: Address already in use\n\tat a.B.d(B.java:2)\n\t... 6 more\n`;
  expect(lastWords(output)).toBe('Caused by: java.net.BindException: Address already in use');
});

test('takes the last line where none speaks of an error', () => {
  expect(lastWords('one\ntwo\n\n')).toBe('two');
});

test('does not take the name of a class for an error', () => {
  expect(lastWords('INFO o.a.ExceptionHandlerFactory made\nINFO bye')).toBe('INFO bye');
});

test('is undefined for no output', () => {
  expect(lastWords('\n')).toBeUndefined();
});
