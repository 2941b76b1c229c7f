import { fileURLToPath } from 'node:url';
import { build, type Format } from 'esbuild';

/**
 * The SDK in one file for browsers from 2021 on.
 * @param format `iife` for a script tag, where it is `window.suuupra`; `esm` for `import`
 */
export async function bundle(format: Extract<Format, 'iife' | 'esm'>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format,
    globalName: 'suuupra',
    target: ['es2022'],
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}
