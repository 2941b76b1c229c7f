import path from 'node:path';

/** The folder of this workspace and of the repository. */
export const PREVIEW = path.resolve(import.meta.dirname, '..');
export const ROOT = path.resolve(PREVIEW, '..');
export const DIST = path.join(PREVIEW, 'dist');
export const HOST_BINARY = path.join(
  DIST,
  process.platform === 'win32' ? 'suuupra-preview-host.exe' : 'suuupra-preview-host',
);

/** A generation of Grafana: where its packages are installed and which modules its page starts with. */
export interface Stack {
  readonly generation: '10' | '13';
  /** The folder whose node_modules hold the packages of this generation. */
  readonly packages: string;
}

export const STACKS: readonly Stack[] = [
  { generation: '10', packages: path.join(PREVIEW, 'grafana-10') },
  { generation: '13', packages: ROOT },
];
