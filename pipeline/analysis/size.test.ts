import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { expect, test } from 'vitest';

const NO_WHY: Plugin = {
  name: 'no-why',
  setup({ onLoad }) {
    onLoad({ filter: /analysis\/why\/why\.ts$/ }, () => ({ contents: 'export const why = {};' }));
  },
};

async function bundled(plugins: Plugin[]): Promise<{ packages: string[]; bytes: number }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [path.resolve(import.meta.dirname, 'index.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    // Neutral knows no built-in modules of Node: an import of one fails the build.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
    metafile: true,
    plugins,
  });
  const files = Object.keys(metafile.inputs);
  const packages = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return { packages: [...new Set(packages)], bytes: gzipSync(outputFiles[0]?.contents ?? new Uint8Array()).length };
}

/** Panels and editor carry the compiler along: it must stay small, and run where there is neither Node nor Grafana. */
test('the bundle needs nothing but a language and valibot', async () => {
  const { packages } = await bundled([]);
  expect(packages).toEqual(['valibot']);
});

test('what compiles the analyses is under 40 kB gzipped, with the explanations of why under 48', async () => {
  expect((await bundled([NO_WHY])).bytes).toBeLessThan(40_000);
  expect((await bundled([])).bytes).toBeLessThan(48_000);
});
