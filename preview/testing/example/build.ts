import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/** What the example takes from its host; everything else is in its bundle, as in a plugin built with webpack. */
const EXTERNAL = [
  '@grafana/data',
  '@grafana/runtime',
  '@grafana/ui',
  'react',
  'react/jsx-runtime',
  'react-dom',
  'react-router',
];

const info = {
  author: { name: 'Example' },
  description: 'Example',
  links: [],
  logos: { small: '', large: '' },
  screenshots: [],
  updated: '2026-01-01',
  version: '1.0.0',
};

/** The plugins of the example: the folder below the app, the source file and plugin.json. */
const PLUGINS = [
  {
    folder: '.',
    source: 'app.tsx',
    json: {
      id: 'example-app',
      type: 'app',
      name: 'Example app',
      includes: [{ type: 'page', name: 'Start', path: '/a/example-app', addToNav: true, defaultNav: true }],
    },
  },
  {
    folder: 'datasource',
    source: 'datasource.tsx',
    json: { id: 'example-datasource', type: 'datasource', name: 'Example source', metrics: true },
  },
  { folder: 'panel', source: 'panel.tsx', json: { id: 'example-panel', type: 'panel', name: 'Example panel' } },
  {
    folder: 'jsx-panel',
    source: 'jsx-panel.tsx',
    json: { id: 'example-jsx-panel', type: 'panel', name: 'Example with JSX runtime' },
  },
];

/** A module in the form that webpack gives plugins for Grafana: define(names, function), without a name of its own. */
function asAmd(commonJs: string): string {
  const used = EXTERNAL.filter((name) => commonJs.includes(`require("${name}")`));
  return `define(${JSON.stringify(used)}, function () {
  var given = arguments, module = { exports: {} };
  (function (require, module, exports) {
${commonJs}
  })(function (name) { return given[${JSON.stringify(used)}.indexOf(name)]; }, module, module.exports);
  return module.exports;
});
`;
}

/** Builds the example, an app with nested plugins, into a directory. */
export async function buildExample(directory: string): Promise<void> {
  for (const { folder, source, json } of PLUGINS) {
    const out = path.join(directory, folder);
    await mkdir(out, { recursive: true });
    const { outputFiles } = await build({
      entryPoints: [path.join(import.meta.dirname, source)],
      bundle: true,
      format: 'cjs',
      target: 'es2020',
      jsx: 'transform',
      external: EXTERNAL,
      alias: { 'react-router-dom-v5-compat': 'react-router' },
      write: false,
    });
    await writeFile(path.join(out, 'module.js'), asAmd(outputFiles[0]?.text ?? ''));
    await writeFile(path.join(out, 'plugin.json'), JSON.stringify({ ...json, info }));
  }
}
