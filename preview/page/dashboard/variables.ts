import { rangeUtil, type TimeRange } from '@grafana/data';
import { dataSourceSrv } from '../services/datasources.ts';
import { type CurrentVariable, currentVariables } from '../services/variables.ts';
import { type VariableJson, type VariableOption } from './model.ts';
import { ALL, chosenValues, customOptions, filtered, sorted } from './variable-options.ts';
import { queryOptions } from './variable-query.ts';

/** A variable with its options, what is chosen of them, and why it has none where it failed. */
export interface ResolvedVariable {
  readonly json: VariableJson;
  readonly options: readonly VariableOption[];
  readonly chosen: readonly string[];
  readonly error?: string;
}

async function optionsOf(variable: VariableJson, range: TimeRange): Promise<VariableOption[]> {
  const query = typeof variable.query === 'string' ? variable.query : '';
  switch (variable.type) {
    case 'custom':
      return customOptions(query);
    case 'interval':
      return [
        ...(variable.auto ? [{ text: 'auto', value: `$__auto_interval_${variable.name}` }] : []),
        ...customOptions(query),
      ];
    case 'textbox':
    case 'constant':
      return [{ text: query, value: query }];
    case 'datasource':
      return dataSourceSrv
        .getList({ type: query })
        .filter(({ name }) => filtered([{ text: name, value: name }], variable.regex).length > 0)
        .map(({ name, uid }) => ({ text: name, value: uid }));
    case 'query':
      return sorted(filtered(await queryOptions(variable, range), variable.regex), variable.sort);
    default:
      throw new Error(`Variables of type ${variable.type} are not part of the preview`);
  }
}

/** What a reference to the variable stands for. */
export function currentOf({ json, options, chosen }: ResolvedVariable, range: TimeRange): CurrentVariable {
  const shared = { type: json.type, name: json.name, ...(json.label ? { label: json.label } : {}) };
  if (chosen.includes(ALL)) {
    const value = json.allValue || options.map((option) => option.value);
    return { ...shared, current: { text: 'All', value } };
  }
  const texts = chosen.map((value) => options.find((option) => option.value === value)?.text ?? value);
  if (json.multi) return { ...shared, current: { text: texts, value: chosen } };
  const [value = ''] = chosen;
  if (value.startsWith('$__auto_interval'))
    return { ...shared, current: { text: 'auto', value: rangeUtil.calculateInterval(range, 30, '1m').interval } };
  return { ...shared, current: { text: texts[0] ?? '', value } };
}

/**
 * Resolves the variables of a dashboard one after the other, because a query may use those before it, and makes each
 * known to templates as soon as it is.
 * @param fromAddress the values of var-NAME in the address
 */
export async function resolveVariables(
  list: readonly VariableJson[],
  range: TimeRange,
  fromAddress: (name: string) => string[],
): Promise<ResolvedVariable[]> {
  const resolved: ResolvedVariable[] = [];
  for (const json of list) {
    let variable: ResolvedVariable;
    try {
      const options = await optionsOf(json, range);
      variable = { json, options, chosen: chosenValues(json, options, fromAddress(json.name)) };
    } catch (cause) {
      const error = cause instanceof Error ? cause.message : String(cause);
      variable = { json, options: [], chosen: fromAddress(json.name), error };
    }
    resolved.push(variable);
    currentVariables.set(currentOf(variable, range));
  }
  return resolved;
}
