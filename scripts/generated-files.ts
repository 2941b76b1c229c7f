import { contractFiles } from '@suuupra/contracts/generate';
import { projectPath } from '@suuupra/core';
import { intakeFiles } from '@suuupra/migrator';
import { renderConfigurationPage } from './docs/configuration.ts';
import { renderErrorsPage } from './docs/errors.ts';

/** Every generated file of the repository by absolute path, with the text it must have. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ...(await contractFiles()),
    ...intakeFiles(),
    [projectPath('docs/configuration.md'), renderConfigurationPage()],
    [projectPath('docs/errors.md'), renderErrorsPage()],
  ]);
}
