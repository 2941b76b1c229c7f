import fs from 'node:fs/promises';
import path from 'node:path';
import { projectPath } from '@suuupra/core';
import type { NamedDefinition } from './named.ts';

const FOLDER = projectPath('definitions');

/** The definitions of the repository: a file each, which only a change of the repository changes. */
export async function repositoryDefinitions(folder = FOLDER): Promise<readonly NamedDefinition[]> {
  const files = (await fs.readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: path.basename(file, '.json'),
      origin: 'repo' as const,
      definition: JSON.parse(await fs.readFile(path.join(folder, file), 'utf8')) as unknown,
      saved_by: null,
      saved_at: null,
    })),
  );
}
