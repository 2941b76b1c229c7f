import { type PanelProps } from '@grafana/data';

/** Options of core panels that the stand-ins honour; a dashboard file may leave out any of them. */
export interface StandInOptions {
  readonly legend?: {
    readonly showLegend?: boolean;
    readonly displayMode?: 'list' | 'table' | 'hidden';
    readonly placement?: 'bottom' | 'right';
    readonly calcs?: string[];
  };
  readonly reduceOptions?: {
    readonly values?: boolean;
    readonly calcs?: string[];
    readonly fields?: string;
    readonly limit?: number;
  };
  readonly orientation?: 'auto' | 'horizontal' | 'vertical';
  readonly colorMode?: 'none' | 'value' | 'background';
  readonly graphMode?: 'none' | 'area';
  readonly textMode?: string;
  readonly justifyMode?: string;
  readonly displayMode?: string;
  readonly mode?: 'markdown' | 'html' | 'code';
  readonly content?: string;
  readonly xField?: string;
  readonly stacking?: string;
}

export type StandInProps = PanelProps<StandInOptions>;
