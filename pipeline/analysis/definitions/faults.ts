import type * as v from 'valibot';
import { quoteFound, type DefinitionFault } from './error.ts';

type Issue = v.BaseIssue<unknown>;

/** valibot's words for types in the words of a definition's author. */
const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
};

const inWords = (expected: string): string =>
  expected
    .replaceAll(/[()]/g, '')
    .split(' | ')
    .map((part) => WORDS[part] ?? part)
    .join(' or ')
    .replace(/^>=/, 'at least ')
    .replace(/^<=/, 'at most ');

/** Kinds of issues whose expectation is no sentence. */
const BY_KIND: Readonly<Record<string, (words: string, input: unknown) => string>> = {
  integer: () => 'a whole number',
  finite: () => 'a finite number',
  min_length: (words, input) => `${words} ${Array.isArray(input) ? 'entries' : 'characters'}`,
  max_length: (words, input) => `${words} ${Array.isArray(input) ? 'entries' : 'characters'}`,
};

function allowed(issue: Issue): string {
  // A message that is not valibot's own was written in the schema and says what is allowed.
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  const words = inWords(issue.expected ?? 'something else');
  return BY_KIND[issue.type]?.(words, issue.input) ?? words;
}

/** A path as faults write it. */
export const formatPath = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** Turns what valibot found into faults. */
export const faultsOf = (issues: readonly Issue[]): DefinitionFault[] =>
  issues.map((issue) => {
    const last = issue.path?.at(-1);
    return {
      path: formatPath((issue.path ?? []).map((item) => item.key as PropertyKey)),
      // For an unknown field valibot's input is its name; what was found is its value.
      found: quoteFound(last?.origin === 'key' ? last.value : issue.input),
      allowed: allowed(issue),
    };
  });
