import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { DIST, PREVIEW, type Stack } from './paths.ts';
import { noMonacoStyles, packagesOf } from './resolve.ts';

/** Builds the page of one generation into dist/GENERATION. */
export async function buildPage(stack: Stack): Promise<void> {
  const { generation } = stack;
  const out = path.join(DIST, generation);
  await build({
    entryPoints: { entry: path.join(PREVIEW, 'page', `entry-${generation}.ts`) },
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    mainFields: ['module', 'browser', 'main'],
    jsx: 'transform',
    minify: true,
    legalComments: 'linked',
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    external: ['fs'], // SystemJS 0.20 asks for it in Node only
    loader: { '.ttf': 'file', '.woff2': 'file', '.svg': 'dataurl', '.png': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'window' },
    plugins: [packagesOf(stack), noMonacoStyles],
    logLevel: 'warning',
    // What esbuild rightly wonders about in the packages of others; they are not ours to change.
    logOverride: {
      'package.json': 'silent',
      'direct-eval': 'silent',
      'equals-negative-zero': 'silent',
      'import-is-undefined': 'silent',
      'ignored-bare-import': 'silent',
    },
  });
  const html = await readFile(path.join(PREVIEW, 'page', 'page.html'), 'utf8');
  await writeFile(path.join(out, 'page.html'), html.replaceAll('GENERATION', generation));
}

/** Builds Monaco's workers for the page of Grafana 13; that of 10.1 loads them from the editor's own files. */
export async function buildMonacoWorkers({ generation, packages }: Stack): Promise<void> {
  const monaco = path.join(packages, 'node_modules/monaco-editor/esm/vs');
  await build({
    entryPoints: {
      editor: path.join(monaco, 'editor/editor.worker.js'),
      json: path.join(monaco, 'language/json/json.worker.js'),
    },
    outdir: path.join(DIST, generation, 'workers'),
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
}
