import type { ImportProgress } from '@suuupra/importer';
import cliProgress from 'cli-progress';

const { Format, SingleBar } = cliProgress;
const count = (n: number): string => Math.round(n).toLocaleString('en');
const PHASES = { scan: 'looking for equal rows', import: 'sending' } as const;

export interface ProgressView {
  update(progress: ImportProgress): void;
  stop(): void;
}

/** What is shown where nobody looks: nothing. */
const NO_VIEW: ProgressView = { update: () => undefined, stop: () => undefined };

/** A bar on standard error with throughput and the time that is left; nothing where standard error is no terminal. */
export function progressView(): ProgressView {
  if (!process.stderr.isTTY) return NO_VIEW;
  const bar = new SingleBar({
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    etaBuffer: 50,
    format: (options, params, payload: { phase: string; rate: string; refused: string }) => {
      const drawn = Format.BarFormat(params.progress, options);
      const left = Number.isFinite(params.eta) ? `${Format.TimeFormat(params.eta, options, 5)} left` : '';
      return `${payload.phase} ${drawn} ${String(Math.floor(params.progress * 100))} %  ${payload.rate} ${left}${payload.refused}`;
    },
  });
  let phase: ImportProgress['phase'] | undefined;
  let startedAt = 0;
  let eventsBefore = 0;
  return {
    update(progress) {
      const now = performance.now();
      const { events, rejected } = progress;
      if (progress.phase !== phase) {
        if (phase !== undefined) bar.stop();
        phase = progress.phase;
        startedAt = now;
        eventsBefore = events;
        bar.start(Math.max(1, progress.size), progress.done, { phase: PHASES[phase], rate: '', refused: '' });
        return;
      }
      const seconds = (now - startedAt) / 1000;
      bar.update(progress.done, {
        phase: PHASES[phase],
        rate: phase === 'import' && seconds > 0 ? `${count((events - eventsBefore) / seconds)} events/s ` : '',
        refused: rejected > 0 ? `  ${count(rejected)} refused` : '',
      });
    },
    stop() {
      if (phase !== undefined) bar.stop();
    },
  };
}
