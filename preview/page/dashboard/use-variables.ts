import { type TimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { useEffect, useRef, useState } from 'react';
import { useSearch } from '../views/use-search.ts';
import { type VariableJson } from './model.ts';
import { type ResolvedVariable, resolveVariables } from './variables.ts';

interface State {
  /** Undefined until they are resolved for the first time. */
  readonly variables: readonly ResolvedVariable[] | undefined;
  /** Grows each time something else is chosen: the panels then run their queries again. */
  readonly revision: number;
}

const NONE: readonly VariableJson[] = [];

const fromAddress = (name: string): string[] =>
  new URLSearchParams(locationService.getLocation().search).getAll(`var-${name}`);

const choices = (variables: readonly ResolvedVariable[]): string =>
  JSON.stringify(variables.map(({ json, chosen }) => [json.name, chosen]));

/**
 * The variables of a dashboard, with what the address chooses (var-NAME=VALUE). Options are asked for again when the
 * address chooses something else, not with each move of the time range: few queries of options depend on it.
 */
export function useVariables(list: readonly VariableJson[] = NONE, range: TimeRange): State {
  const search = useSearch();
  const chosen = [...search].filter(([name]) => name.startsWith('var-')).map((pair) => pair.join('='));
  const key = chosen.join('&');
  const latestRange = useRef(range);
  latestRange.current = range;
  const [state, setState] = useState<State>({ variables: list.length === 0 ? [] : undefined, revision: 0 });
  useEffect(() => {
    if (list.length === 0) return undefined;
    let current = true;
    void resolveVariables(list, latestRange.current, fromAddress).then((variables) => {
      if (!current) return;
      setState((last) => ({
        variables,
        revision: last.revision + (last.variables && choices(last.variables) !== choices(variables) ? 1 : 0),
      }));
    });
    return () => {
      current = false;
    };
  }, [list, key]);
  return state;
}
