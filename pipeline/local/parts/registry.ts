import fs from 'node:fs';
import path from 'node:path';
import { answers, putJson } from './http.ts';
import { commonJavaOptions, emptyDirectory, javaProgram } from './java.ts';
import type { Part } from './part.ts';
import type { PartSetting } from './setting.ts';

/** Apicurio Registry with its Confluent-compatible API; schemas in a database file, so that they outlive any crash. */
export function registryPart({ config, paths, artifacts, log4jFile }: PartSetting): Part {
  const port = config.ports.registry;
  const api = `http://127.0.0.1:${String(port)}/apis/ccompat/v7`;
  const dataDir = path.join(paths.data, 'registry');
  const temporary = path.join(paths.run, 'registry');
  return {
    name: 'registry',
    summary: 'schema registry',
    ports: [port],
    dependsOn: [],
    async prepare() {
      await emptyDirectory(temporary);
      await fs.promises.mkdir(dataDir, { recursive: true });
    },
    launch: () => ({
      file: javaProgram(),
      args: [
        '-Xms64m',
        '-Xmx256m',
        '-XX:TieredStopAtLevel=1', // starts sooner, and it never has much to do
        ...commonJavaOptions(log4jFile, temporary),
        '-Dquarkus.http.host=127.0.0.1',
        `-Dquarkus.http.port=${String(port)}`,
        '-Dquarkus.datasource.jdbc.initial-size=2',
        '-Dquarkus.datasource.jdbc.min-size=2',
        '-jar',
        path.join(artifacts.registry, runnerJar(artifacts.registry)),
      ],
      env: { REGISTRY_DATASOURCE_URL: `jdbc:h2:file:${path.join(dataDir, 'registry')}` },
    }),
    async ready() {
      if (!(await answers(`${api}/subjects`))) return false;
      // The registry's own default lets every change pass.
      await putJson(`${api}/config`, { compatibility: 'BACKWARD' });
      return true;
    },
    healthy: () => answers(`${api}/subjects`),
    stopSignal: 'SIGTERM',
    stopGraceMs: 10_000,
  };
}

function runnerJar(directory: string): string {
  const name = fs.readdirSync(directory).find((entry) => entry.endsWith('-runner.jar'));
  if (name === undefined) throw new Error(`${directory} has no -runner.jar`);
  return name;
}
