import { describeFault, type DefinitionFault } from '@suuupra/analysis';
import { isSuuupraError, SuuupraError } from '@suuupra/core';

/** A refused definition with one line per fault, for people; any other error as it is. */
export function withFaultLines(error: unknown): unknown {
  if (!isSuuupraError(error) || error.code !== 'definition_invalid') return error;
  const faults = (error.details.faults ?? []) as readonly DefinitionFault[];
  const lines = faults.map((fault) => `\n  ${describeFault(fault)}`).join('');
  return new SuuupraError('definition_invalid', `the definition is refused${lines}`, {
    details: error.details,
    cause: error,
  });
}
