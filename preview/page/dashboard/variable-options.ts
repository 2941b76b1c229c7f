import { type VariableJson, type VariableOption } from './model.ts';

/** The value that stands for every option of a variable, as Grafana writes it. */
export const ALL = '$__all';

/** Options of a custom variable: a, b, "label : value"; a comma is escaped by a backslash. */
export function customOptions(query: string): VariableOption[] {
  const items = query.match(/(?:\\,|[^,])+/g) ?? [];
  return items
    .map((item) => item.replaceAll('\\,', ',').trim())
    .filter((item) => item !== '')
    .map((item) => {
      const [, text, value] = /^(.+?)\s+:\s+(.+)$/.exec(item) ?? [];
      return { text: (text ?? item).trim(), value: (value ?? item).trim() };
    });
}

/** A regular expression written as /…/flags, or plain. */
function toRegExp(text: string): RegExp {
  const [, source, flags] = /^\/(.*)\/([gimsuy]*)$/s.exec(text) ?? [];
  return new RegExp(source ?? text, (flags ?? '').replace('g', ''));
}

/**
 * The options that a variable's `regex` lets through. Groups named text and value, or else the first group, say what
 * is shown and what is used; equal values are taken once.
 */
export function filtered(options: readonly VariableOption[], regex: string | undefined): VariableOption[] {
  const unique = new Map<string, VariableOption>();
  const expression = regex ? toRegExp(regex) : undefined;
  for (const option of options) {
    const match = expression?.exec(option.value);
    if (expression && !match) continue;
    const value = match?.groups?.['value'] ?? match?.[1] ?? option.value;
    const text = match?.groups?.['text'] ?? (match && match.length > 1 ? value : option.text);
    if (!unique.has(value)) unique.set(value, { text, value });
  }
  return [...unique.values()];
}

const compare: Record<number, (a: string, b: string) => number> = {
  1: (a, b) => a.localeCompare(b),
  3: (a, b) =>
    (Number.parseFloat(/\d+/.exec(a)?.[0] ?? '-1') || 0) - (Number.parseFloat(/\d+/.exec(b)?.[0] ?? '-1') || 0),
  5: (a, b) => a.toLowerCase().localeCompare(b.toLowerCase()),
  7: (a, b) => a.localeCompare(b, undefined, { numeric: true }),
};

/** The options in the order that `sort` of the variable asks for: odd numbers ascend, the even one after descends. */
export function sorted(options: VariableOption[], sort = 0): VariableOption[] {
  const ascending = compare[sort % 2 === 0 ? sort - 1 : sort];
  if (!ascending) return options;
  const direction = sort % 2 === 0 ? -1 : 1;
  return [...options].sort((a, b) => direction * ascending(a.text, b.text));
}

/** What is chosen: of the address, else of the file, else the first option; what is no option is dropped. */
export function chosenValues(
  variable: VariableJson,
  options: readonly VariableOption[],
  fromAddress: readonly string[],
): string[] {
  const inFile = [variable.current?.value ?? []].flat();
  const wanted = fromAddress.length > 0 ? fromAddress : inFile;
  const free = variable.type === 'textbox' || variable.type === 'constant';
  const known = wanted
    .map((value) => (value.toLowerCase() === 'all' && variable.includeAll ? ALL : value))
    .filter((value) => free || value === ALL || options.some((option) => option.value === value));
  if (known.length > 0) return variable.multi ? known : known.slice(0, 1);
  if (variable.includeAll && wanted.length === 0) return [ALL];
  const [first] = options;
  return first ? [first.value] : [];
}
