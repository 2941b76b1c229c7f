/** What a variable holds: one value or, with multi-selection, several. */
export type VariableValue = string | number | boolean | readonly (string | number | boolean)[];

const asList = (value: VariableValue): string[] => (Array.isArray(value) ? value : [value]).map(String);

const escapeRegExp = (text: string): string => text.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => HTML[mark] ?? mark);
const doubled = (text: string, mark: string): string => text.replaceAll(mark, mark + mark);
const group = (items: string[], separator: string, open = '(', close = ')'): string =>
  items.length === 1 ? String(items[0]) : open + items.join(separator) + close;

type Format = (value: VariableValue, name: string, text: string) => string;

/** The formats of ${name:FORMAT}, as Grafana documents them ("Advanced variable format options"). */
const FORMATS: Record<string, Format> = {
  csv: (value) => asList(value).join(','),
  distributed: (value, name) =>
    asList(value)
      .map((item, index) => (index === 0 ? item : `${name}=${item}`))
      .join(','),
  doublequote: (value) =>
    asList(value)
      .map((item) => `"${item.replaceAll('"', '\\"')}"`)
      .join(','),
  glob: (value) => group(asList(value), ',', '{', '}'),
  html: (value) => asList(value).map(escapeHtml).join(', '),
  json: (value) => JSON.stringify(value),
  percentencode: (value) => encodeURIComponent(group(asList(value), ',', '{', '}')),
  pipe: (value) => asList(value).join('|'),
  queryparam: (value, name) =>
    asList(value)
      .map((item) => `var-${encodeURIComponent(name)}=${encodeURIComponent(item)}`)
      .join('&'),
  raw: (value) => asList(value).join(','),
  regex: (value) => group(asList(value).map(escapeRegExp), '|'),
  singlequote: (value) =>
    asList(value)
      .map((item) => `'${item.replaceAll("'", "\\'")}'`)
      .join(','),
  sqlstring: (value) =>
    asList(value)
      .map((item) => `'${doubled(item, "'")}'`)
      .join(','),
  text: (_value, _name, text) => text,
};

/**
 * Writes the value of a variable.
 * @param format a name of Grafana's formats; an unknown one is `glob`, the default
 * @param text what the variable shows, for the format `text`
 */
export const formatValue = (value: VariableValue, format: string | undefined, name: string, text: string): string =>
  (FORMATS[format ?? 'glob'] ?? (FORMATS['glob'] as Format))(value, name, text);
