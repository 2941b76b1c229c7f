import type { SelectableValue } from '@grafana/data';
import { useCallback, useRef, useState } from 'react';
import type { Found } from '../types.ts';

export interface Lookup {
  readonly options: SelectableValue<string>[];
  readonly isLoading: boolean;
  /** Why nothing was found, where the look-up failed: the field still takes what is typed. */
  readonly problem: string | undefined;
  readonly load: () => void;
}

const asOption = ({ name, type, count }: Found): SelectableValue<string> => ({
  label: name,
  value: name,
  ...(count === undefined
    ? type === undefined
      ? {}
      : { description: type }
    : { description: `${count.toLocaleString()} seen` }),
});

/** Options of a select that are looked up when it is opened. */
export function useLookup(find: () => Promise<Found[]>): Lookup {
  const [state, setState] = useState<Omit<Lookup, 'load'>>({ options: [], isLoading: false, problem: undefined });
  const latest = useRef(0);
  const load = useCallback(() => {
    const own = ++latest.current;
    setState((before) => ({ ...before, isLoading: true }));
    find().then(
      (found) => {
        if (own === latest.current) setState({ options: found.map(asOption), isLoading: false, problem: undefined });
      },
      (error: unknown) => {
        const problem = error instanceof Error ? error.message : 'The look-up failed';
        if (own === latest.current) setState({ options: [], isLoading: false, problem });
      },
    );
  }, [find]);
  return { ...state, load };
}
