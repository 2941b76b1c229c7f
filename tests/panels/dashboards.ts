import { projectPath } from '@suuupra/core';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Target } from './target.ts';

/** A panel on a page of its own. */
export interface PanelCase {
  /** Also the address of its page. */
  readonly uid: string;
  readonly type: string;
  readonly target: Target;
  readonly options?: object;
  readonly fieldConfig?: object;
  /** In the grid of 24 columns. */
  readonly width?: number;
  readonly height?: number;
}

const DATA_SOURCE = { type: 'suuupra-analytics-datasource', uid: 'suuupra-clickhouse' };

const dashboardOf = ({ uid, type, target, options = {}, fieldConfig = {}, width = 12, height = 10 }: PanelCase) => ({
  uid,
  title: uid,
  schemaVersion: 38,
  time: { from: 'now-28d', to: 'now' },
  panels: [
    {
      id: 1,
      type,
      title: uid,
      gridPos: { x: 0, y: 0, w: width, h: height },
      datasource: DATA_SOURCE,
      options,
      fieldConfig: { defaults: fieldConfig, overrides: [] },
      targets: [{ refId: 'A', mode: 'sql', format: 'table', datasource: DATA_SOURCE, ...target }],
    },
  ],
});

/** A temporary folder in Grafana's provisioning format: the project's data source, and a dashboard for each case. */
export function provisionCases(cases: readonly PanelCase[]): { readonly directory: string; remove(): void } {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-panels-'));
  const dashboards = path.join(directory, 'dashboards');
  fs.mkdirSync(dashboards);
  fs.cpSync(projectPath('provisioning/datasources'), path.join(directory, 'datasources'), { recursive: true });
  fs.writeFileSync(
    path.join(dashboards, 'provider.yaml'),
    `apiVersion: 1\nproviders: [{ name: cases, type: file, options: { path: ${JSON.stringify(dashboards)} } }]\n`,
  );
  for (const item of cases)
    fs.writeFileSync(path.join(dashboards, `${item.uid}.json`), JSON.stringify(dashboardOf(item)));
  return {
    directory,
    remove: () => {
      fs.rmSync(directory, { recursive: true });
    },
  };
}
