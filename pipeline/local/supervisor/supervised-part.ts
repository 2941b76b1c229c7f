import { SuuupraError, errorMessage } from '@suuupra/core';
import { residentBytes, type ProcessIdentity } from '../process/identity.ts';
import { exitText, launchProcess, type PartProcess } from '../process/launch.ts';
import type { Part } from '../parts/part.ts';
import { Backoff } from './backoff.ts';
import { lastWords } from './last-words.ts';
import { sleep } from './sleep.ts';
import type { PartSnapshot, PartState } from './snapshot.ts';

/** A part that never worked is given up after so many tries; one that worked once is restarted for ever. */
const FIRST_TRIES = 3;
const READY_TIMEOUT_MS = 180_000;
const READY_POLL_MS = 100;
const HEALTH_POLL_MS = 5000;

export interface PartObserver {
  /** Something that a snapshot shows has changed. */
  changed(): void;
  /** The part works, for the first time or again. */
  ready(part: Part, restarts: number): void;
  /** Its process ended unasked. */
  failed(part: Part, reason: string, delayMs: number): void;
}

/** Runs one part: starts it, sees that it works, starts it again when it dies, stops it. */
export class SupervisedPart {
  readonly part: Part;
  readonly #logFile: string;
  readonly #directory: string;
  readonly #observer: PartObserver;
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  readonly #backoff = new Backoff();
  #state: PartState = 'waiting';
  #process: PartProcess | undefined;
  #readySince: number | undefined;
  #worked = false;
  #restarts = 0;
  #lastFailure: string | undefined;
  #running: Promise<void> | undefined;

  /**
   * @param logFile receives what the part writes
   * @param directory in which it runs
   */
  constructor(part: Part, logFile: string, directory: string, observer: PartObserver) {
    this.part = part;
    this.#logFile = logFile;
    this.#directory = directory;
    this.#observer = observer;
  }

  get process(): ProcessIdentity | undefined {
    return this.#process && { pid: this.#process.pid, started: this.#process.started };
  }

  snapshot(): PartSnapshot {
    const pid = this.#process?.pid;
    return {
      name: this.part.name,
      summary: this.part.summary,
      state: this.#state,
      port: this.part.ports[0] ?? null,
      pid: pid ?? null,
      memoryBytes: pid === undefined ? null : (residentBytes(pid) ?? null),
      restarts: this.#restarts,
      lastFailure: this.#lastFailure ?? null,
      readySince: this.#readySince === undefined ? null : new Date(this.#readySince).toISOString(),
    };
  }

  /**
   * Starts the part and keeps it running until `stop`.
   * @returns when it works
   * @throws SuuupraError part_failed when the first tries all failed
   */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#running = this.#supervise(resolve).then(reject, reject);
    });
  }

  /**
   * Ends the part: gently, then by force.
   * @param force leaves out the gentle attempt, also of a stop that is under way
   */
  async stop(force = false): Promise<void> {
    if (force) this.#kill.abort();
    this.#stop.abort();
    if (this.#process) this.#set('stopping');
    await this.#running;
    if (this.#state !== 'failed') this.#set('stopped');
  }

  /** @returns why it ended: given up or stopped */
  async #supervise(onReady: () => void): Promise<SuuupraError> {
    const { name } = this.part;
    while (!this.#stop.signal.aborted) {
      const reason = await this.#runOnce(onReady);
      if (this.#stop.signal.aborted) break;
      this.#lastFailure = reason;
      if (!this.#worked && this.#restarts + 1 >= FIRST_TRIES) {
        this.#set('failed');
        return new SuuupraError('part_failed', `${name} did not start: ${reason}`, {
          hint: `Read \`suuupra logs ${name}\`; \`suuupra doctor\` checks the machine.`,
        });
      }
      const delay = this.#backoff.next(this.#readySince === undefined ? 0 : Date.now() - this.#readySince);
      this.#readySince = undefined;
      this.#restarts++;
      this.#set('restarting');
      this.#observer.failed(this.part, reason, delay);
      await sleep(delay, this.#stop.signal);
    }
    return new SuuupraError('part_failed', `${name} was stopped before it was ready`);
  }

  /** One life of the process. @returns why it ended */
  async #runOnce(onReady: () => void): Promise<string> {
    this.#set('starting');
    let process: PartProcess;
    try {
      await this.part.prepare?.();
      if (this.#stop.signal.aborted) return 'stopped';
      process = await launchProcess(this.part.launch(), this.#logFile, this.#directory);
    } catch (error) {
      return errorMessage(error);
    }
    const gone = new AbortController();
    const exited = process.exited.finally(() => {
      gone.abort();
    });
    this.#process = process;
    this.#set('starting');
    const ended = AbortSignal.any([gone.signal, this.#stop.signal]);
    const verdict = await this.#untilReady(process, ended);
    if (verdict === undefined && !ended.aborted) {
      this.#worked = true;
      this.#readySince = Date.now();
      this.#set('ready');
      this.#observer.ready(this.part, this.#restarts);
      onReady();
      await this.#watchHealth(ended);
    }
    if (!gone.signal.aborted) await this.#end(process, verdict !== undefined && !this.#stop.signal.aborted);
    const exit = await exited;
    this.#process = undefined;
    if (this.#stop.signal.aborted) return 'stopped';
    // A process that was killed had no time for last words.
    const words = exit.signal === 'SIGKILL' && verdict === undefined ? undefined : lastWords(await process.output());
    return [verdict ?? exitText(exit), ...(words === undefined ? [] : [words])].join(': ');
  }

  /** @returns undefined once the part is ready or has ended, else why it is given up */
  async #untilReady(process: PartProcess, ended: AbortSignal): Promise<string | undefined> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    let lastError: string | undefined;
    while (!ended.aborted) {
      try {
        if (await this.part.ready(process)) return undefined;
      } catch (error) {
        lastError = errorMessage(error);
      }
      if (Date.now() > deadline)
        return `not ready within ${String(READY_TIMEOUT_MS / 1000)} s${lastError === undefined ? '' : ` (${lastError})`}`;
      await sleep(READY_POLL_MS, ended);
    }
    return undefined;
  }

  async #watchHealth(ended: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(HEALTH_POLL_MS, ended);
      if (ended.aborted) return;
      const healthy = await this.part.healthy().catch(() => false);
      if (!ended.aborted) this.#set(healthy ? 'ready' : 'unhealthy');
    }
  }

  /** Ends a process: its own signal, then SIGKILL when its time is over or nobody wants to wait. */
  async #end(process: PartProcess, force: boolean): Promise<void> {
    if (!force && !this.#kill.signal.aborted) {
      this.#set('stopping');
      process.signal(this.part.stopSignal);
      const patience = new AbortController();
      const enough = AbortSignal.any([patience.signal, this.#kill.signal]);
      await Promise.race([process.exited, sleep(this.part.stopGraceMs, enough)]);
      patience.abort();
    }
    process.signal('SIGKILL');
    await process.exited;
  }

  #set(state: PartState): void {
    this.#state = state;
    this.#observer.changed();
  }
}
