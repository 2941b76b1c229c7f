import type { BoundParameters } from '../../../datasource/src/types.ts';
import { DATA_SOURCE } from '../queries.ts';

/** Where the sections of docs/operations.md are read. */
const RUNBOOKS = 'https://github.com/suuupra/analytics/blob/main/docs/operations.md';

/** A rule that fires while a number is beyond a line. */
export interface AlertRule {
  /** Without the prefix; also the anchor of its section in docs/operations.md. */
  readonly name: string;
  readonly title: string;
  /** What is wrong, for whoever is woken by it. */
  readonly summary: string;
  /** `page` wakes somebody, `ticket` waits until morning. */
  readonly severity: 'page' | 'ticket';
  readonly rawSql: string;
  readonly params?: BoundParameters;
  /** `analysis` if the SQL holds a compiled definition. */
  readonly mode?: 'sql' | 'analysis';
  /** Seconds before now from which the range of the query begins. */
  readonly rangeSeconds?: number;
  /** Fires while the number is above, or below, this. */
  readonly line: { readonly above: number } | { readonly below: number };
  /** How long it must be so before it fires, such as `5m`. */
  readonly for: string;
  /** What no row means. */
  readonly noData: 'OK' | 'NoData' | 'Alerting';
  /** The panel that shows why. */
  readonly panel: { readonly dashboard: string; readonly id: number };
}

/** A rule in the form of Grafana's provisioning files. */
export function provisionedRule(rule: AlertRule): Record<string, unknown> {
  const [type, limit] = 'above' in rule.line ? ['gt', rule.line.above] : ['lt', rule.line.below];
  return {
    uid: `suuupra-${rule.name}`,
    title: rule.title,
    condition: 'LINE',
    data: [
      {
        refId: 'NUMBER',
        relativeTimeRange: { from: rule.rangeSeconds ?? 3600, to: 0 },
        datasourceUid: DATA_SOURCE.uid,
        model: {
          refId: 'NUMBER',
          datasource: DATA_SOURCE,
          mode: rule.mode ?? 'sql',
          format: 'numeric',
          rawSql: rule.rawSql,
          ...(rule.params === undefined ? {} : { params: rule.params }),
        },
      },
      {
        refId: 'LINE',
        relativeTimeRange: { from: 0, to: 0 },
        datasourceUid: '__expr__',
        model: {
          refId: 'LINE',
          datasource: { type: '__expr__', uid: '__expr__' },
          type: 'threshold',
          expression: 'NUMBER',
          conditions: [{ type: 'query', evaluator: { type, params: [limit] } }],
        },
      },
    ],
    dashboardUid: `suuupra-${rule.panel.dashboard}`,
    panelId: rule.panel.id,
    noDataState: rule.noData,
    execErrState: 'Error',
    for: rule.for,
    annotations: {
      summary: rule.summary,
      runbook_url: `${RUNBOOKS}#${rule.name}`,
      __dashboardUid__: `suuupra-${rule.panel.dashboard}`,
      __panelId__: String(rule.panel.id),
    },
    labels: { severity: rule.severity, product: 'suuupra' },
    isPaused: false,
  };
}

/** Whether a number is beyond the line of a rule. */
export const isBeyond = ({ line }: AlertRule, value: number): boolean =>
  'above' in line ? value > line.above : value < line.below;
