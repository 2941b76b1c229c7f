import { type DataFrame, type DisplayValue, type Field, getFieldDisplayName } from '@grafana/data';

/** What a data link knows of the place it stands at; @grafana/data puts it into the scoped variables. */
export interface DataContext {
  readonly data: DataFrame[];
  readonly frame: DataFrame;
  readonly field: Field;
  readonly rowIndex?: number;
  readonly calculatedValue?: DisplayValue;
}

const display = (field: Field, value: unknown): DisplayValue =>
  field.display?.(value) ?? { text: String(value), numeric: Number(value) };

/** A path such as `.name`, `["a b"].text` or `[0].numeric`, in its parts. */
const parts = (path: string): string[] =>
  [...path.matchAll(/\.([^.[\]]+)|\[\s*(?:"([^"]*)"|'([^']*)'|([^\]]*?))\s*\]/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '',
  );

function valueOf(field: Field, context: DataContext, kind: string | undefined): string | undefined {
  const { calculatedValue, rowIndex } = context;
  const raw = rowIndex === undefined ? undefined : (field.values[rowIndex] as unknown);
  const shown = field === context.field && calculatedValue ? calculatedValue : display(field, raw);
  switch (kind) {
    case undefined:
    case 'text':
      return shown.text;
    case 'numeric':
      return String(shown.numeric);
    case 'raw':
      return String(raw ?? shown.numeric);
    default:
      return undefined;
  }
}

function timeOf({ frame, rowIndex }: DataContext): string | undefined {
  const time = frame.fields.find((field) => field.type === 'time');
  return time && rowIndex !== undefined ? String(time.values[rowIndex]) : undefined;
}

function fieldText(field: Field, { frame, data }: DataContext, [kind, label]: string[]): string | undefined {
  if (kind === 'name') return field.name;
  if (kind === undefined || kind === 'displayName') return getFieldDisplayName(field, frame, data);
  if (kind !== 'labels') return undefined;
  if (label !== undefined) return field.labels?.[label] ?? '';
  return Object.entries(field.labels ?? {})
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');
}

/**
 * The text of a macro of data links: __value, __field, __series and __data, as Grafana documents them.
 * @param path what follows the name, with its first dot or bracket
 * @returns undefined when the macro means nothing at this place; it is then left as it stands
 */
export function macro(name: string, path: string, context: DataContext): string | undefined {
  const [first, ...rest] = parts(path);
  switch (name) {
    case '__value':
      return first === 'time' ? timeOf(context) : valueOf(context.field, context, first);
    case '__field':
      return fieldText(context.field, context, first === undefined ? [] : [first, ...rest]);
    case '__series':
      return first === 'name' ? (context.frame.name ?? fieldText(context.field, context, [])) : undefined;
    case '__data': {
      const [which, kind] = rest;
      if (first !== 'fields' || which === undefined) return undefined;
      const { fields } = context.frame;
      const field = /^\d+$/.test(which)
        ? fields[Number(which)]
        : fields.find((item) => item.name === which || getFieldDisplayName(item, context.frame) === which);
      return field && valueOf(field, context, kind);
    }
    default:
      return undefined;
  }
}
