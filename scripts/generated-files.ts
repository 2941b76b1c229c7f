import { contractFiles } from '@suuupra/contracts/generate';
import { intakeFiles } from '@suuupra/migrator';

/** Every generated file of the repository by absolute path, with the text it must have. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([...(await contractFiles()), ...intakeFiles()]);
}
