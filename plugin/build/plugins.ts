import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, and where the whole bundle is put. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = path.join(ROOT, 'plugin/dist');

/** A plugin of the bundle: where its sources are, and where in the bundle it is nested. */
export interface PluginPart {
  readonly id: string;
  /** Folder with module.ts(x), plugin.json and img/. */
  readonly source: string;
  /** Folder in the bundle; the app itself is the bundle. */
  readonly target: string;
  /** Files that go along, by their path in the project. */
  readonly files: readonly string[];
}

const part = (id: string, source: string, nested: string, files: readonly string[]): PluginPart => ({
  id,
  source: path.join(ROOT, source),
  target: path.join(DIST, nested),
  files,
});

const panel = (name: string): PluginPart =>
  part(`suuupra-${name}-panel`, `panels/${name}`, `panels/${name}`, [`panels/${name}/README.md`]);

/** What ships. A new panel is a folder in panels/ and a line here. */
export const PLUGIN_PARTS: readonly PluginPart[] = [
  part('suuupra-analytics-app', 'plugin/src', '.', ['plugin/README.md', 'CHANGELOG.md', 'LICENSE']),
  part('suuupra-analytics-datasource', 'datasource/src', 'datasource', ['datasource/README.md']),
  panel('funnel'),
  panel('experiment'),
  panel('retention'),
  panel('lifecycle'),
  panel('segments'),
  panel('paths'),
];
