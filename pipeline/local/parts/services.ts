import fs from 'node:fs';
import { SuuupraError, projectPath, type Config } from '@suuupra/core';
import { isPortOpen } from '../ports/probe.ts';
import { nodeLaunch, stackEnvironment } from '../process/node.ts';
import { provisioningEnvironment } from '../process/provisioning.ts';
import type { Part } from './part.ts';

/** What a service is made of; what all of them have in common is added below. */
interface Service extends Pick<Part, 'summary' | 'ports' | 'launch'> {
  /** The program that runs; a service whose program is not there cannot be asked for. */
  readonly program: string;
  /** How to get the program where it is built. */
  readonly missing: string;
}

type ServiceTable = Readonly<Record<string, (config: Config) => Service>>;

/** Parts that `up --with` adds. They start when topics, tables and jobs are there. */
const SERVICES: ServiceTable = {
  api: (config) => {
    const program = projectPath('pipeline/api/main.ts');
    return {
      summary: 'HTTP API',
      ports: [config.ports.api],
      program,
      missing: 'The checkout is not complete.',
      launch: () => nodeLaunch(config, program),
    };
  },
  collector: (config) => {
    const program = projectPath('pipeline/collector/main.ts');
    return {
      summary: 'collector of events over HTTP',
      ports: [config.ports.collector],
      program,
      missing: 'The checkout is not complete.',
      launch: () => nodeLaunch(config, program),
    };
  },
  preview: (config) => {
    const program = projectPath('preview/dist/suuupra-preview-host');
    const files = ['--plugins', projectPath('plugin/dist'), '--provisioning', projectPath('provisioning')];
    return {
      summary: 'preview of the dashboards',
      ports: [config.ports.preview],
      program,
      missing: 'Build it with `npm run build`.',
      launch: () => ({
        file: program,
        args: ['--port', String(config.ports.preview), ...files],
        env: { ...stackEnvironment(config), ...provisioningEnvironment(config) },
      }),
    };
  },
  simulator: (config) => {
    const program = projectPath('pipeline/cli/bin/suuupra.mjs');
    return {
      summary: 'simulated video and shop service',
      ports: [],
      program,
      missing: 'The checkout is not complete.',
      launch: () => nodeLaunch(config, program, 'simulate', '--rate', '0.5'),
    };
  },
};

/** A service that cannot run says so in its first seconds; one without a port has no other way to show that it works. */
const SETTLED_MS = 2000;

export const SERVICE_NAMES: readonly string[] = Object.keys(SERVICES);

/**
 * @param names of services
 * @throws SuuupraError usage_invalid for a name that is none, part_failed for a program that is not built
 */
export function serviceParts(config: Config, names: readonly string[]): Part[] {
  return names.map((name) => {
    const service = SERVICES[name]?.(config);
    if (!service)
      throw new SuuupraError('usage_invalid', `There is no service ${name}`, {
        hint: `Services are ${SERVICE_NAMES.join(', ')}.`,
      });
    if (!fs.existsSync(service.program))
      throw new SuuupraError('part_failed', `${name}: ${service.program} does not exist`, { hint: service.missing });
    let launchedAt = 0;
    const works = async (): Promise<boolean> => {
      const open = await Promise.all(service.ports.map((port) => isPortOpen(port)));
      return open.every(Boolean);
    };
    return {
      name,
      summary: service.summary,
      ports: service.ports,
      dependsOn: ['kafka', 'clickhouse'],
      launch: () => {
        launchedAt = Date.now();
        return service.launch();
      },
      ready: async () => Date.now() - launchedAt >= SETTLED_MS && (await works()),
      healthy: works,
      stopSignal: 'SIGTERM',
      stopGraceMs: 10_000,
    };
  });
}
