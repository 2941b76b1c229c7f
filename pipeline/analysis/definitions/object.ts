import * as v from 'valibot';

/**
 * An object with these fields and no others; an unknown field is answered with the list of those that exist.
 * Schemas of definitions use this in place of v.strictObject.
 */
export function object<const Entries extends v.ObjectEntries>(entries: Entries) {
  const fields = Object.keys(entries).join(', ');
  return v.strictObject(entries, (issue) => {
    if (issue.expected === 'never') return `no such field, only ${fields}`;
    return issue.expected === 'Object' ? 'an object' : 'a value: the field is required';
  });
}
