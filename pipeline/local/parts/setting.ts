import type { Config } from '@suuupra/core';
import type { ArtifactDirectories } from '../artifacts/resolve.ts';
import type { HomePaths } from '../home.ts';
import type { InnerPorts } from '../ports/plan.ts';

/** All that a part is made from. */
export interface PartSetting {
  readonly config: Config;
  readonly paths: HomePaths;
  readonly artifacts: ArtifactDirectories;
  readonly inner: InnerPorts;
  /** Configuration of log4j for the parts in Java. */
  readonly log4jFile: string;
}
