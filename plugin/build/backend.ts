import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { DIST, ROOT } from './plugins.ts';

/** A machine that the backend is built for, in Go's words. */
export interface Target {
  readonly os: string;
  readonly architecture: string;
}

/** What a release ships. */
export const ALL_TARGETS: readonly Target[] = ['linux', 'darwin', 'windows'].flatMap((os) =>
  ['amd64', 'arm64'].map((architecture) => ({ os, architecture })),
);

/** `executable` of plugin.json, to which Grafana adds the machine. */
const EXECUTABLE = 'gpx_suuupra_analytics_datasource';
const MODULE = path.join(ROOT, 'datasource');

function run(command: string, args: string[], environment: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: MODULE, env: { ...process.env, ...environment } });
    let output = '';
    let problems = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (problems += text.toString()));
    child.on('error', () => {
      reject(new Error(`${command} cannot be started: install Go 1.26.5 or newer`));
    });
    child.on('close', (code) => {
      if (code === 0) resolve(output.trim());
      else reject(new Error(`${command} ${args.join(' ')} failed:\n${problems}`));
    });
  });
}

/** The machine that this runs on. */
export async function ownTarget(): Promise<Target> {
  const [os = '', architecture = ''] = (await run('go', ['env', 'GOOS', 'GOARCH'])).split('\n');
  return { os, architecture };
}

/**
 * Builds the backend of the data source into the bundle.
 * @returns the file that was written
 */
export async function buildBackend({ os, architecture }: Target): Promise<string> {
  const file = path.join(DIST, 'datasource', `${EXECUTABLE}_${os}_${architecture}${os === 'windows' ? '.exe' : ''}`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await run('go', ['build', '-trimpath', '-ldflags', `-s -w -X '${BUILD_INFO}'`, '-o', file, './pkg'], {
    CGO_ENABLED: '0',
    GOOS: os,
    GOARCH: architecture,
  });
  return file;
}

/** What the SDK tells of the build: in its user agent, and to Grafana as a metric. */
const BUILD_INFO = `github.com/grafana/grafana-plugin-sdk-go/build/buildinfo.buildInfoJSON=${JSON.stringify({
  pluginID: 'suuupra-analytics-datasource',
  version: (JSON.parse(fs.readFileSync(path.join(MODULE, 'package.json'), 'utf8')) as { version: string }).version,
})}`;
