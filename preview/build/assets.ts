import { copyFile, cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DIST, ROOT, STACKS } from './paths.ts';

const MODULES = path.join(ROOT, 'node_modules');
const PUBLIC = path.join(DIST, 'public');

/** Fonts of the packages, and the names under which the styles of Grafana ask for them. */
const FONTS: readonly (readonly [string, readonly string[]])[] = [
  ['@fontsource/inter/files/inter-latin-400-normal.woff2', ['inter/Inter-Regular.woff2']],
  ['@fontsource/inter/files/inter-latin-500-normal.woff2', ['inter/Inter-Medium.woff2']],
  ['@fontsource/inter/files/inter-latin-400-italic.woff2', ['inter/Inter-Italic.woff2']],
  ['@fontsource/inter/files/inter-latin-500-italic.woff2', ['inter/Inter-MediumItalic.woff2']],
  [
    '@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2',
    ['roboto/RobotoMono-Regular.woff2', 'roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2'],
  ],
  ['@fontsource/roboto-mono/files/roboto-mono-latin-500-normal.woff2', ['roboto/RobotoMono-Medium.woff2']],
];

/**
 * Copies the icons. @grafana/ui carries only a part of those that its Icon knows; the others are in Grafana's server.
 * Most of Grafana's icons are Unicons, so the missing ones come from there, under the same names.
 */
async function copyIcons(): Promise<void> {
  const unicons = path.join(MODULES, '@iconscout/unicons/svg/line');
  const own = path.join(MODULES, '@grafana/ui/dist/public/img/icons');
  // 13 asks for icons under public/build; 10.1, which has most of its icons in its scripts, for the rest under public.
  for (const target of [path.join(PUBLIC, 'build/img/icons'), path.join(PUBLIC, 'img/icons')]) {
    await cp(unicons, path.join(target, 'unicons'), { recursive: true });
    await cp(own, target, { recursive: true });
  }
}

/** Copies what a Grafana server has under /public: icons, fonts, and the editor's files for 10.1. */
export async function copyAssets(): Promise<void> {
  await copyIcons();
  for (const [file, names] of FONTS)
    for (const name of names) {
      const target = path.join(PUBLIC, 'fonts', name);
      await mkdir(path.dirname(target), { recursive: true });
      await copyFile(path.join(MODULES, file), target);
    }
  const [ten] = STACKS;
  if (ten)
    await cp(path.join(ten.packages, 'node_modules/monaco-editor/min/vs'), path.join(PUBLIC, 'lib/monaco/min/vs'), {
      recursive: true,
    });
}
