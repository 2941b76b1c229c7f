import type { StackSnapshot } from '@suuupra/local';
import logUpdate from 'log-update';
import { seconds, stackPicture } from './picture.ts';

/** Shows how a stack does, as long as it is watched. */
export interface LiveView {
  update(snapshot: StackSnapshot): void;
  /** Leaves the last picture standing. */
  close(): void;
}

const REFRESH_MS = 500;

/** On a terminal one picture that changes in place, elsewhere a line per event. */
export const createLiveView = (stream: NodeJS.WriteStream): LiveView =>
  stream.isTTY ? new PictureView() : new LineView((line) => void stream.write(`${line}\n`));

class PictureView implements LiveView {
  #latest: StackSnapshot | undefined;
  // Seconds and memory move on between events.
  readonly #timer = setInterval(() => {
    this.#draw();
  }, REFRESH_MS);

  update(snapshot: StackSnapshot): void {
    this.#latest = snapshot;
    this.#draw();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#draw();
    logUpdate.done();
  }

  #draw(): void {
    if (this.#latest) logUpdate(stackPicture(this.#latest));
  }
}

/** Writes what has changed since the last snapshot. */
export class LineView implements LiveView {
  readonly #write: (line: string) => void;
  readonly #said = new Map<string, string>();

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  update(snapshot: StackSnapshot): void {
    for (const step of snapshot.steps)
      if (step.state !== 'running')
        this.#say(`step ${step.name}`, `${step.name}: ${step.state} (${seconds(step.seconds)})`);
    for (const part of snapshot.parts)
      if (part.state === 'restarting' || part.state === 'unhealthy')
        this.#say(
          `part ${part.name}`,
          `${part.name}: ${part.state}${part.lastFailure === null ? '' : `: ${part.lastFailure}`}`,
        );
      else if (part.state === 'ready' && this.#said.has(`part ${part.name}`))
        this.#say(`part ${part.name}`, `${part.name}: ready again (restarts: ${String(part.restarts)})`);
    if (snapshot.state !== 'starting') this.#say('stack', `stack: ${snapshot.state}`);
  }

  close(): void {
    this.#said.clear();
  }

  #say(key: string, line: string): void {
    if (this.#said.get(key) === line) return;
    this.#said.set(key, line);
    this.#write(line);
  }
}
