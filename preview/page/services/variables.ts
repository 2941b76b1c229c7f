import { type VariableValue } from './formats.ts';

/** A dashboard variable with what is chosen now. */
export interface CurrentVariable {
  readonly type: string;
  readonly name: string;
  readonly label?: string;
  readonly current: { readonly text: string | readonly string[]; readonly value: VariableValue };
}

const variables = new Map<string, CurrentVariable>();

/** What `$name` in queries, titles and links stands for; a dashboard sets it, leaving clears it. */
export const currentVariables = {
  all: (): CurrentVariable[] => [...variables.values()],
  get: (name: string): CurrentVariable | undefined => variables.get(name),
  set(variable: CurrentVariable): void {
    variables.set(variable.name, variable);
  },
  clear(): void {
    variables.clear();
  },
};

/** The variables as parameters of an address: var-NAME, once for each value. */
export const variableParameters = (): Record<string, string[]> =>
  Object.fromEntries(
    currentVariables.all().map(({ name, current }) => [`var-${name}`, [current.value].flat().map(String)]),
  );
