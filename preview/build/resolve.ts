import path from 'node:path';
import { type Plugin } from 'esbuild';
import { PREVIEW, type Stack } from './paths.ts';

const BARE = /^[^./]/;
const INTERNAL = /^grafana-runtime:/;
const PAGE = path.join(PREVIEW, 'page') + path.sep;

/** Lets the same page be built with the packages of either generation: what it imports by name comes from there. */
export const packagesOf = ({ packages }: Stack): Plugin => ({
  name: 'packages-of-generation',
  setup(build) {
    // Files of @grafana/runtime that its index does not export, see page/generations/runtime-internals.d.ts.
    build.onResolve({ filter: INTERNAL }, ({ path: name }) => ({
      path: path.join(packages, 'node_modules/@grafana/runtime/dist/esm', `${name.replace(INTERNAL, '')}.mjs`),
    }));
    build.onResolve({ filter: BARE }, async ({ path: name, importer, kind, pluginData }) => {
      if (pluginData === 'resolved' || !importer.startsWith(PAGE)) return undefined;
      return build.resolve(name, { kind, resolveDir: packages, pluginData: 'resolved' });
    });
  },
});

/**
 * Monaco imports a style sheet with each of its parts, which esbuild would write beside chunks where nothing loads
 * them. The page loads the editor's whole style sheet instead (entry-13.ts).
 */
export const noMonacoStyles: Plugin = {
  name: 'no-monaco-styles',
  setup(build) {
    build.onLoad({ filter: /monaco-editor[\\/]esm[\\/].*\.css$/ }, () => ({ contents: '', loader: 'js' }));
  },
};
