import type { Launch } from '../process/launch.ts';

/** A launch that is waited for. */
export interface Launched {
  readonly pid: number;
  /** What the process wrote since it was launched. */
  output(): Promise<string>;
}

/**
 * One supervised process of the stack, as data: how it starts, how one sees that it works, how it ends.
 */
export interface Part {
  readonly name: string;
  /** What it is, in a few words, for people. */
  readonly summary: string;
  /** Ports that must be free before it starts; the first is the one that is shown. */
  readonly ports: readonly number[];
  /** Parts that must be ready before this one starts; they are also stopped after it. */
  readonly dependsOn: readonly string[];
  /** Parts that this one talks to, and that are therefore stopped after it, but need not be there when it starts. */
  readonly uses?: readonly string[];
  /** Runs before every launch: directories, configuration, the first formatting of a disk. */
  prepare?(): Promise<void>;
  /** Asked anew for every launch. */
  launch(): Launch;
  /** Whether the process does its work now; asked many times a second until it says yes. */
  ready(launched: Launched): Promise<boolean>;
  /** Whether it still does its work; asked every few seconds. */
  healthy(): Promise<boolean>;
  readonly stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed. */
  readonly stopGraceMs: number;
}
