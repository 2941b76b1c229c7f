import { loadCatalogue } from '@suuupra/clickhouse';
import type { NamedDefinition } from './named.ts';

/** The definitions of the repository, which only a change of its files changes. */
export const repositoryDefinitions = async (): Promise<readonly NamedDefinition[]> =>
  Object.entries((await loadCatalogue()).definitions).map(([name, definition]) => ({
    name,
    origin: 'repo',
    definition,
    saved_by: null,
    saved_at: null,
  }));
