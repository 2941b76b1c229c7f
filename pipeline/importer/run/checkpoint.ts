import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Position } from '../source/source.ts';
import type { ImportIdentity } from './identity.ts';
import type { TallyState } from './tally.ts';

/** What was dealt with up to a position: every event before it is stored by the broker, every refused row written. */
export interface Progress {
  readonly position: Position;
  readonly tally: TallyState;
  /** The file of refused rows and its length. */
  readonly rejects: { readonly file: string | null; readonly bytes: number };
}

interface Checkpoint extends Progress {
  readonly identity: ImportIdentity;
  readonly written: string;
}

/** What is known of an earlier, unfinished import of the same file. */
export type Earlier =
  | { readonly kind: 'none' }
  | { readonly kind: 'changed'; readonly written: string }
  | { readonly kind: 'unfinished'; readonly written: string; readonly progress: Progress };

const FILE = 'checkpoint.json';

/** The note of how far an import has come, in the folder of its state. */
export class Checkpoints {
  private readonly file: string;
  private readonly identity: ImportIdentity;

  constructor(folder: string, identity: ImportIdentity) {
    this.file = path.join(folder, FILE);
    this.identity = identity;
  }

  /** What an earlier run has left. A note of another content of the file or of the mapping is not gone on from. */
  read(): Earlier {
    let note: Checkpoint;
    try {
      note = JSON.parse(fs.readFileSync(this.file, 'utf8')) as Checkpoint;
    } catch {
      return { kind: 'none' }; // no earlier run, or a note that a crash of the machine has torn: begin anew
    }
    const { identity, written, ...progress } = note;
    return isDeepStrictEqual(identity, this.identity)
      ? { kind: 'unfinished', written, progress }
      : { kind: 'changed', written };
  }

  /** Replaces the note in one step, so that whoever is killed leaves the old one or the new one. */
  write(progress: Progress): void {
    const note: Checkpoint = { identity: this.identity, written: new Date().toISOString(), ...progress };
    const next = `${this.file}.next`;
    fs.writeFileSync(next, JSON.stringify(note, undefined, 2));
    fs.renameSync(next, this.file);
  }

  remove(): void {
    fs.rmSync(this.file, { force: true });
  }
}
