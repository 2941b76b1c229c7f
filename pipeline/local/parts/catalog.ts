import fs from 'node:fs';
import path from 'node:path';
import { clickhousePart } from './clickhouse.ts';
import { flinkParts } from './flink.ts';
import { kafkaPart } from './kafka.ts';
import { log4jXml } from './log4j.ts';
import type { Part } from './part.ts';
import { registryPart } from './registry.ts';
import type { PartSetting } from './setting.ts';

/** The names of the parts that every stack has, in the order in which they are shown. */
export const CORE_PART_NAMES = [
  'kafka',
  'registry',
  'flink-jobmanager',
  'flink-taskmanager',
  'sql-gateway',
  'clickhouse',
] as const;

/** The parts that every stack has. */
export function coreParts(setting: Omit<PartSetting, 'log4jFile'>): Part[] {
  const log4jFile = path.join(setting.paths.conf, 'log4j2.xml');
  fs.writeFileSync(log4jFile, log4jXml);
  const complete = { ...setting, log4jFile };
  return [kafkaPart(complete), registryPart(complete), ...flinkParts(complete), clickhousePart(complete)];
}
