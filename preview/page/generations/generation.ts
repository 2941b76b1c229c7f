import { type NavModelItem } from '@grafana/data';
import { type ComponentType, type ReactNode } from 'react';

/** Props of the frame that an app's pages draw themselves in (PluginPage of @grafana/runtime). */
export interface PluginPageProps {
  readonly pageNav?: NavModelItem;
  readonly subTitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Props of the message that a panel shows instead of a picture (PanelDataErrorView of @grafana/runtime). */
export interface DataErrorProps {
  readonly message?: string;
  readonly data: { readonly series: readonly unknown[] };
}

/** Components of the preview that plugins reach through @grafana/runtime. */
export interface HostComponents {
  readonly PluginPage: ComponentType<PluginPageProps>;
  readonly PanelDataErrorView: ComponentType<DataErrorProps>;
}

/** What differs between the two ends of the supported range of Grafana. */
export interface Generation {
  /** The folder of this generation's page, and the value of ?grafana=. */
  readonly id: '10' | '13';
  /** Whether the registry of transformations holds functions that load them, or the transformations. */
  readonly lazyTransformations: boolean;
  /** Hands components and setters of this generation to @grafana/runtime, then shares its modules with plugins. */
  prepare(components: HostComponents): Promise<void>;
  /** Loads a plugin's module by its address, as `module` of the frontend settings gives it. */
  importModule(address: string, version: string): Promise<Record<string, unknown>>;
  /** The router that this generation wraps its pages in. */
  readonly Router: ComponentType<{ readonly children: ReactNode }>;
  /** A route that hands everything under its path to its children, with their own routes relative to it. */
  readonly SubtreeRoute: ComponentType<{ readonly path: string; readonly children: ReactNode }>;
  /** Fonts and the base styles of the page. */
  readonly BaseStyles: ComponentType;
}
