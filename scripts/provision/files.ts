import { projectPath } from '@suuupra/core';
import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import prettier from 'prettier';
import { funnels } from './dashboards/funnels.ts';

/** Every dashboard, by the name of its file. */
const DASHBOARDS: Readonly<Record<string, () => DashboardBuilder>> = { funnels };

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
  return new Map(await Promise.all(files));
}
