import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { SuuupraError } from '@suuupra/core';
import { isPortOpen } from '../ports/probe.ts';
import { commonJavaOptions, emptyDirectory, jarsOf, javaProgram } from './java.ts';
import type { PartSetting } from './setting.ts';
import type { Part } from './part.ts';

const run = promisify(execFile);

/** Largest message in bytes: an event of 2 MB and a batch of imports must fit with room to spare. */
const MESSAGE_MAX_BYTES = 8 * 1024 * 1024;

/**
 * Configuration of one node that is broker and controller.
 * @param port of the clients
 * @param controllerPort of the node's own controller
 */
export function kafkaProperties(port: number, controllerPort: number, dataDir: string): string {
  const broker = `127.0.0.1:${String(port)}`;
  const controller = `127.0.0.1:${String(controllerPort)}`;
  const properties: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${controller}`,
    listeners: `PLAINTEXT://${broker},CONTROLLER://${controller}`,
    'advertised.listeners': `PLAINTEXT://${broker}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': dataDir,
    // Topics are created on purpose, with their partitions and settings; a typing error must not make one.
    'auto.create.topics.enable': false,
    'message.max.bytes': MESSAGE_MAX_BYTES,
    'replica.fetch.max.bytes': MESSAGE_MAX_BYTES,
    // There is one node: inner topics cannot have more copies, and few partitions start faster.
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    // Small: this machine runs everything else as well.
    'num.network.threads': 2,
    'num.io.threads': 4,
    'num.recovery.threads.per.data.dir': 2,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${propertyText(String(value))}\n`)
    .join('');
}

/** Java reads such a file as Latin-1 with escapes. */
const propertyText = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A Kafka broker (KRaft, one node). */
export function kafkaPart({ config, paths, artifacts, inner, log4jFile }: PartSetting): Part {
  const port = config.ports.kafka;
  const dataDir = path.join(paths.data, 'kafka');
  const temporary = path.join(paths.run, 'kafka');
  const propertiesFile = path.join(paths.conf, 'kafka.properties');
  const java = (heap: readonly string[], main: string, ...args: string[]): string[] => {
    return [...heap, ...commonJavaOptions(log4jFile, temporary), '-cp', jarsOf(artifacts.kafka), main, ...args];
  };

  /** Gives the data directory its identity; once, and again if the first time was interrupted. */
  async function format(): Promise<void> {
    if (fs.existsSync(path.join(dataDir, 'meta.properties'))) return;
    await emptyDirectory(dataDir);
    const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
    const args = java(['-XX:TieredStopAtLevel=1'], 'kafka.tools.StorageTool', 'format');
    try {
      await run(javaProgram(), [...args, '--cluster-id', clusterId, '--config', propertiesFile]);
    } catch (error) {
      await fs.promises.rm(dataDir, { recursive: true, force: true });
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new SuuupraError('part_failed', `Kafka's data directory could not be formatted: ${stderr}${stdout}`.trim());
    }
  }

  return {
    name: 'kafka',
    summary: 'Kafka broker',
    ports: [port, inner.kafkaController],
    dependsOn: [],
    async prepare() {
      await emptyDirectory(temporary);
      await fs.promises.writeFile(propertiesFile, kafkaProperties(port, inner.kafkaController, dataDir));
      await format();
    },
    launch: () => ({ file: javaProgram(), args: java(['-Xms192m', '-Xmx512m'], 'kafka.Kafka', propertiesFile) }),
    // The port answers before the broker has taken up its work.
    ready: async ({ output }) => (await output()).includes('Kafka Server started'),
    healthy: () => isPortOpen(port),
    stopSignal: 'SIGTERM',
    stopGraceMs: 20_000,
  };
}
