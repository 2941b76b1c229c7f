import { SuuupraError, errorMessage, type Config } from '@suuupra/core';
import { artifactDirectories, ensureArtifacts } from '../artifacts/resolve.ts';
import { BOOTSTRAP, MEANWHILE, type BootstrapStep } from '../bootstrap.ts';
import type { HomePaths } from '../home.ts';
import { coreParts } from '../parts/catalog.ts';
import { assertJava } from '../parts/java.ts';
import type { Part } from '../parts/part.ts';
import { serviceParts } from '../parts/services.ts';
import { assertPortsFree, planInnerPorts, type Claim } from '../ports/plan.ts';
import { Backoff } from './backoff.ts';
import type { EventLog } from './event-log.ts';
import { logFileOf } from './log-files.ts';
import { writeNote } from './note.ts';
import { withPatience } from './patience.ts';
import { sleep } from './sleep.ts';
import type { StackSnapshot, StackState } from './snapshot.ts';
import { inStopOrder } from './stop-order.ts';
import { SupervisedPart, type PartObserver } from './supervised-part.ts';
import { Timeline } from './timeline.ts';

export interface StackOptions {
  /** Services beside the parts that every stack has. */
  readonly services: readonly string[];
  /** Whether topics, tables and jobs are made. */
  readonly bootstrap: boolean;
}

/**
 * All parts of one home:
 *
 *   checks → artifacts → parts (side by side, as far as they depend on each other) → bootstrap → services → ready
 */
export class Stack {
  readonly #config: Config;
  readonly #paths: HomePaths;
  readonly #options: StackOptions;
  readonly #log: EventLog;
  readonly #changed: () => void;
  readonly #timeline: Timeline;
  readonly #startedAt = Date.now();
  readonly #stopping = new AbortController();
  #state: StackState = 'starting';
  #parts: readonly SupervisedPart[] = [];
  #readyAt: number | undefined;
  #noted: string | undefined;

  /** @param changed is called whenever a snapshot would show something new */
  constructor(config: Config, paths: HomePaths, options: StackOptions, log: EventLog, changed: () => void) {
    this.#config = config;
    this.#paths = paths;
    this.#options = options;
    this.#log = log;
    this.#timeline = new Timeline(changed);
    this.#changed = () => {
      this.#noteProcesses();
      changed();
    };
  }

  /**
   * Starts everything.
   * @returns when all parts work and the bootstrap is done
   * @throws SuuupraError port_taken, tool_missing, artifact_…, part_failed, or what a step of the bootstrap throws
   */
  async start(): Promise<void> {
    const { core, services } = await this.#timeline.run('checks', () => this.#plan());
    this.#parts = [...core, ...services].map((part) => this.#supervise(part));
    this.#changed();
    await this.#timeline.run('artifacts', () => ensureArtifacts(this.#config.cacheDir, this.#stopping.signal));
    const meanwhile = this.#options.bootstrap ? MEANWHILE : [];
    await Promise.all([this.#startAll(core), ...meanwhile.map((step) => this.#run(step))]);
    if (this.#options.bootstrap) for (const step of BOOTSTRAP) await this.#run(step);
    await this.#startAll(services);
    if (this.#stopping.signal.aborted) throw interrupted();
    this.#readyAt = Date.now();
    this.#enter('ready');
  }

  /**
   * Adds services to the running stack; those that run already stay as they are.
   * @returns when all of them work
   * @throws SuuupraError home_in_use while the stack starts or stops; usage_invalid, port_taken, part_failed
   */
  async addServices(names: readonly string[]): Promise<void> {
    if (this.#state !== 'ready')
      throw new SuuupraError('home_in_use', `The stack is ${this.#state}: services can be added once it is ready`);
    const parts = serviceParts(
      this.#config,
      names.filter((name) => !this.#parts.some(({ part }) => part.name === name)),
    );
    await assertPortsFree(claimsOf(parts));
    this.#parts = [...this.#parts, ...parts.map((part) => this.#supervise(part))];
    try {
      await this.#startAll(parts);
    } catch (error) {
      // What could not be started is as if it had never been asked for, so that it can be asked for again.
      await Promise.all(parts.map(({ name }) => this.#find(name).stop()));
      this.#parts = this.#parts.filter(({ part }) => !parts.includes(part));
      throw error;
    }
  }

  /**
   * Stops everything in the reverse order.
   * @param force kills instead of asking; may be called while a gentle stop is under way
   */
  async stop(force = false): Promise<void> {
    this.#stopping.abort();
    if (this.#state !== 'stopping') this.#enter('stopping');
    if (force) await Promise.all(this.#parts.map((part) => part.stop(true)));
    else await inStopOrder(this.#parts, (part) => part.stop());
    this.#enter('stopped');
  }

  snapshot(): StackSnapshot {
    return {
      state: this.#state,
      home: this.#paths.home,
      pid: process.pid,
      startedAt: new Date(this.#startedAt).toISOString(),
      parts: this.#parts.map((part) => part.snapshot()),
      steps: this.#timeline.snapshot(),
      seconds: this.#readyAt === undefined ? null : (this.#readyAt - this.#startedAt) / 1000,
    };
  }

  async #plan(): Promise<{ core: Part[]; services: Part[] }> {
    await assertJava();
    const services = serviceParts(this.#config, this.#options.services);
    const inner = await planInnerPorts(this.#config.ports);
    const artifacts = artifactDirectories(this.#config.cacheDir);
    const core = coreParts({ config: this.#config, paths: this.#paths, artifacts, inner });
    await assertPortsFree(claimsOf([...core, ...services]));
    return { core, services };
  }

  #supervise(part: Part): SupervisedPart {
    const observer: PartObserver = {
      changed: this.#changed,
      ready: (_part, restarts) => {
        this.#log.write(`${part.name} is ready`);
        if (restarts > 0) void this.#repeatForgotten(part.name);
      },
      failed: (_part, reason, delayMs) => {
        this.#log.write(`${part.name} ended: ${reason}; starts again in ${String(delayMs)} ms`);
      },
    };
    return new SupervisedPart(part, logFileOf(this.#paths.logs, part.name), this.#paths.home, observer);
  }

  /** Starts parts side by side; each waits for those it depends on. */
  async #startAll(parts: readonly Part[]): Promise<void> {
    const started = new Map<string, Promise<void>>();
    const start = ({ part }: { part: Part }): Promise<void> => {
      const known = started.get(part.name);
      if (known) return known;
      const supervised = this.#find(part.name);
      const needed = parts.filter(({ name }) => part.dependsOn.includes(name));
      const done = Promise.all(needed.map((other) => start({ part: other }))).then(() => {
        if (this.#stopping.signal.aborted) throw interrupted();
        return this.#timeline.run(part.name, () => supervised.start());
      });
      started.set(part.name, done);
      return done;
    };
    await Promise.all(parts.map((part) => start({ part })));
  }

  #find(name: string): SupervisedPart {
    const found = this.#parts.find(({ part }) => part.name === name);
    if (!found) throw new Error(`no part ${name}`);
    return found;
  }

  async #run(step: BootstrapStep): Promise<void> {
    if (this.#stopping.signal.aborted) throw interrupted();
    const { signal } = this.#stopping;
    await this.#timeline.run(step.name, () => withPatience(() => step.run(this.#config), signal));
    this.#log.write(`${step.name}: done`);
  }

  /** A part that was started again may have forgotten what the bootstrap told it. */
  async #repeatForgotten(name: string): Promise<void> {
    if (this.#state !== 'ready' || !this.#options.bootstrap) return;
    for (const step of BOOTSTRAP.filter(({ forgottenBy }) => forgottenBy === name)) {
      const backoff = new Backoff();
      while (!this.#stopping.signal.aborted) {
        try {
          await this.#run(step);
          break;
        } catch (error) {
          const delay = backoff.next(0);
          this.#log.write(`${step.name} failed: ${errorMessage(error)}; again in ${String(delay)} ms`);
          await sleep(delay, this.#stopping.signal);
        }
      }
    }
  }

  #enter(state: StackState): void {
    this.#state = state;
    this.#log.write(`stack is ${state}`);
    this.#changed();
  }

  /** Keeps stack.json in step with the running processes. */
  #noteProcesses(): void {
    const processes = this.#parts.flatMap(({ part, process }) => (process ? [{ part: part.name, ...process }] : []));
    const key = processes.map(({ pid }) => pid).join();
    if (key === this.#noted) return;
    this.#noted = key;
    const { portBase, ports } = this.#config;
    writeNote(this.#paths.note, { ...(portBase === undefined ? {} : { portBase }), ports, processes });
  }
}

const claimsOf = (parts: readonly Part[]): Claim[] =>
  parts.flatMap(({ name, ports }) => ports.map((port) => ({ part: name, port })));

const interrupted = (): SuuupraError =>
  new SuuupraError('part_failed', 'The start was interrupted', { hint: 'Start again with `suuupra up`.' });
