import type { EventProducer, ProducerStats } from '@suuupra/producer';
import type { Progress } from './checkpoint.ts';

/** Where events go. */
export interface EventSink extends Pick<EventProducer, 'send' | 'flush'> {
  stats(): Pick<ProducerStats, 'accepted' | 'delivered' | 'failed'>;
}

const SAVE_INTERVAL_MS = 250;

/**
 * Knows which progress is safe: the broker acknowledges events in the order in which they were taken, so that a count of
 * delivered events says up to which position of the file everything is stored.
 */
export class DeliveryWindow {
  private readonly sink: EventSink;
  private readonly save: (progress: Progress) => void;
  private readonly waiting: { readonly accepted: number; readonly progress: Progress }[] = [];
  private safe: Progress | undefined;
  private savedAt = performance.now();

  constructor(sink: EventSink, save: (progress: Progress) => void) {
    this.sink = sink;
    this.save = save;
  }

  /** Every event up to here has been given to the sink. */
  passed(progress: Progress): void {
    this.waiting.push({ accepted: this.sink.stats().accepted, progress });
    this.advance();
    if (performance.now() - this.savedAt >= SAVE_INTERVAL_MS) this.saveNow();
  }

  /** Saves the last progress that is safe. */
  saveNow(): void {
    this.advance();
    if (this.safe !== undefined) this.save(this.safe);
    this.safe = undefined;
    this.savedAt = performance.now();
  }

  private advance(): void {
    const { delivered, failed } = this.sink.stats();
    if (failed > 0) return; // after a failure the count no longer says which events were delivered
    let passed = 0;
    for (; passed < this.waiting.length; passed++) {
      const { accepted, progress } = this.waiting[passed] as (typeof this.waiting)[number];
      if (accepted > delivered) break;
      this.safe = progress;
    }
    this.waiting.splice(0, passed);
  }
}
