import type { DataSourceJsonData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

/** Which editor a query is written in. */
export type Mode = 'analysis' | 'builder' | 'sql';

/** The shape of the answer. `heatmap` and `numeric` are for panels and alert rules of their kind. */
export type Format = 'table' | 'timeseries' | 'numeric' | 'logs' | 'annotations' | 'heatmap';

/** A value for a placeholder {name:type}: given, or taken from the request. */
export interface BoundParameter {
  type: string;
  value?: unknown;
  /** `from` and `to`: the time range; `interval`: milliseconds that suit the panel's width. */
  bind?: 'from' | 'to' | 'interval';
  /** Milliseconds that are added to a bound time. */
  offset_ms?: number;
}

export type BoundParameters = Record<string, BoundParameter>;

/** SQL with placeholders and their values. */
export interface BoundSql {
  rawSql: string;
  params?: BoundParameters;
}

/**
 * What a panel, an alert rule or Explore stores. The SQL is complete beside its definition, so that the backend, which
 * compiles nothing, can run the query without an editor: for alert rules and public dashboards.
 */
export interface SuuupraQuery extends DataQuery, BoundSql {
  mode: Mode;
  /** JSON of the analysis. Times that it leaves out are the time range of the dashboard. */
  definition?: Record<string, unknown>;
  /** A query of one row whose columns become metadata of the frame. */
  facts?: BoundSql | undefined;
  format: Format;
  /** Missing intervals of time series: `null`, `previous` or a number. */
  fill?: string;
  /** Settings of ClickHouse, as far as the data source allows them. */
  settings?: Record<string, string>;
  rowLimit?: number;
}

/** jsonData of the data source; the backend reads the same names (pkg/settings). */
export interface SuuupraOptions extends DataSourceJsonData {
  database?: string;
  queryTimeoutSeconds?: number;
  rowLimit?: number;
  byteLimitMegabytes?: number;
  compression?: '' | 'gzip' | 'zstd';
  settings?: { name: string; value: string }[];
  allowedSettings?: string[];
  userSetting?: string;
  userHeader?: string;
  oauthPassThru?: boolean;
  tlsSkipVerify?: boolean;
  tlsAuth?: boolean;
  tlsAuthWithCACert?: boolean;
  serverName?: string;
  enableSecureSocksProxy?: boolean;
  dialTimeout?: number;
  httpMaxConnsPerHost?: number;
}

/** secureJsonData: written, never read back. */
export interface SuuupraSecrets {
  password?: string;
  tlsCACert?: string;
  tlsClientCert?: string;
  tlsClientKey?: string;
}

/** What an editor offers: a table, a column, an event type, a value, … */
export interface Found {
  name: string;
  type?: string;
  count?: number;
  text?: string;
}
