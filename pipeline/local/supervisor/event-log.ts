import fs from 'node:fs';

/** What the supervisor did, one line per event, for `suuupra logs supervisor`. */
export class EventLog {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  write(text: string): void {
    fs.appendFileSync(this.#file, `${new Date().toISOString()} ${text}\n`);
  }
}
