import { errorMessage } from '@suuupra/core';
import { openLineSource } from './line-source.ts';
import type { RowContent, Source } from './source.ts';

const LONGEST_FOUND = 80;

function parseObject(text: string): RowContent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: { path: '', found: `no JSON (${errorMessage(error)})`, allowed: 'a JSON object' } };
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { values: value as Record<string, unknown> };
  return { fault: { path: '', found: text.slice(0, LONGEST_FOUND), allowed: 'a JSON object' } };
}

/** A file with one JSON object per line. */
export const openNdjson = (file: string): Promise<Source> => openLineSource(file, undefined, parseObject);
