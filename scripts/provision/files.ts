import { projectPath } from '@suuupra/core';
import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import prettier from 'prettier';
import { alertFiles } from './alerts/files.ts';
import { activity } from './dashboards/activity.ts';
import { content } from './dashboards/content.ts';
import { experiments } from './dashboards/experiments.ts';
import { funnels } from './dashboards/funnels.ts';
import { overview } from './dashboards/overview.ts';
import { pipeline } from './dashboards/pipeline.ts';
import { retention } from './dashboards/retention.ts';
import { revenue } from './dashboards/revenue.ts';
import { segments } from './dashboards/segments.ts';

/** Every dashboard, by the name of its file. */
const DASHBOARDS: Readonly<Record<string, () => DashboardBuilder>> = {
  overview,
  activity,
  funnels,
  retention,
  experiments,
  content,
  revenue,
  segments,
  pipeline,
};

async function asText(file: string, value: unknown): Promise<string> {
  const options = await prettier.resolveConfig(file);
  return prettier.format(JSON.stringify(value), { ...options, filepath: file });
}

/** Every file of provisioning/ that is generated, by absolute path, with the text it must have. */
export async function provisionedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = Object.entries(DASHBOARDS).map(async ([name, build]): Promise<[string, string]> => {
    const file = projectPath('provisioning/dashboards', `${name}.json`);
    return [file, await asText(file, build().build())];
  });
  const alerts = Object.entries(alertFiles()).map(([name, text]): [string, string] => [
    projectPath('provisioning/alerting', name),
    text,
  ]);
  return new Map([...(await Promise.all(files)), ...alerts]);
}
