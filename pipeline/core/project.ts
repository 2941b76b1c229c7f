import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this repository: the folder with sql/, provisioning/ and docker-compose.yml. */
export const PROJECT_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** An absolute path inside the repository. */
export const projectPath = (...parts: string[]): string => path.join(PROJECT_ROOT, ...parts);
