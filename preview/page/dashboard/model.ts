import { type DataQuery, type DataSourceRef, type DataTransformerConfig, type FieldConfigSource } from '@grafana/data';

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A panel of a dashboard file. */
export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly transparent?: boolean;
  readonly gridPos: GridPosition;
  readonly datasource?: DataSourceRef | string | null;
  readonly targets?: readonly (DataQuery & { datasource?: DataSourceRef | null })[];
  readonly options?: Record<string, unknown>;
  readonly fieldConfig?: FieldConfigSource;
  readonly transformations?: readonly DataTransformerConfig[];
  readonly pluginVersion?: string;
  readonly interval?: string;
  readonly maxDataPoints?: number | null;
  readonly timeFrom?: string | null;
  readonly collapsed?: boolean;
  readonly panels?: readonly PanelJson[];
}

export interface VariableOption {
  readonly text: string;
  readonly value: string;
  readonly selected?: boolean;
}

/** A variable of a dashboard file. */
export interface VariableJson {
  readonly type: string;
  readonly name: string;
  readonly label?: string | null;
  readonly hide?: 0 | 1 | 2;
  readonly query?: unknown;
  readonly definition?: string;
  readonly datasource?: DataSourceRef | string | null;
  readonly regex?: string;
  readonly sort?: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
  readonly auto?: boolean;
  readonly current?: { readonly text?: string | readonly string[]; readonly value?: string | readonly string[] };
  readonly options?: readonly VariableOption[];
}

/** A dashboard file, as far as it is drawn. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly time?: { readonly from: string; readonly to: string };
  readonly timezone?: string;
  readonly refresh?: string | false;
  readonly timepicker?: { readonly refresh_intervals?: string[]; readonly hidden?: boolean };
  readonly templating?: { readonly list?: readonly VariableJson[] };
  readonly panels?: readonly PanelJson[];
  readonly links?: readonly { title: string; url?: string; targetBlank?: boolean }[];
}
