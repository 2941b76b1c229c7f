import { EVENT_TYPE, type DefaultEvents, type PageEvent, type Properties } from './events.ts';
import { Identity } from './identity.ts';
import type { AnalyticsOptions, Problem } from './options.ts';
import { asksNotToTrack, cleanAddress, deviceKind, onNavigation } from './page.ts';
import { Queue } from './queue.ts';
import { PREFIX, keysOf, pageStorage, type KeyValue } from './storage.ts';
import { Transport } from './transport.ts';
import { randomId } from './uuid.ts';

export interface Analytics<Events extends object = DefaultEvents> {
  /**
   * Notes that something happened.
   * @param type 1 to 100 characters of `[a-z][a-z0-9_]*`
   * @param contentId what was viewed or bought
   */
  track<Type extends keyof Events & string>(
    type: Type,
    ...rest: Record<never, never> extends Events[Type]
      ? [properties?: Events[Type], contentId?: string]
      : [properties: Events[Type], contentId?: string]
  ): void;
  /** Notes a view of the page; done by itself unless `pageViews` is false. */
  page(properties?: Properties): void;
  /** The visitor is this user of yours from now on; any id, a UUID is kept as it is. */
  identify(userId: string): void;
  /** Somebody else uses the browser now: after a sign-out. */
  reset(): void;
  /** Sends what waits. Resolves when it is sent or the collector is not there. */
  flush(): Promise<void>;
  /** Stops and forgets everything, also on later visits. */
  optOut(): void;
  /** Takes an `optOut` back. */
  optIn(): void;
  /** Ends all timers and listeners; what was not sent stays stored. */
  stop(): void;
}

const OPT_OUT = `${PREFIX}opt-out`;
/** No batch may be larger than what a browser sends for a page that is left. */
const MAX_EVENT_LENGTH = 20_000;

class PageAnalytics {
  readonly #options: AnalyticsOptions;
  readonly #storage: KeyValue;
  readonly #identity: Identity;
  readonly #queue: Queue;
  readonly #transport: Transport;
  readonly #endings: (() => void)[] = [];
  #referrer = document.referrer;

  constructor(options: AnalyticsOptions) {
    this.#options = options;
    this.#storage = pageStorage(options.storage ?? 'local');
    this.#identity = new Identity(this.#storage);
    this.#queue = new Queue(this.#storage, options.maxQueued ?? 1000);
    const key = options.writeKey === undefined ? '' : `?write_key=${encodeURIComponent(options.writeKey)}`;
    this.#transport = new Transport(`${options.url.replace(/\/$/, '')}/v1/events${key}`, this.#queue, this.#report);
    if (this.#storage.getItem(OPT_OUT) === null && this.#mayTrack()) this.#start();
  }

  track(type: string, properties: Properties = {}, contentId?: string): void {
    if (!this.#isOn()) return;
    if (!EVENT_TYPE.test(type)) {
      this.#report({ code: 'invalid', message: `"${type}" is no event type: a-z, 0-9 and _, a letter first` });
      return;
    }
    const event: PageEvent = {
      event_id: randomId(),
      event_type: type,
      user_id: this.#identity.userId(),
      session_id: this.#identity.sessionId(),
      content_id: contentId ?? null,
      timestamp: new Date().toISOString(),
      properties: {
        url: cleanAddress(location.href, this.#options.keepParameters),
        device: deviceKind(),
        ...properties,
      },
    };
    const text = JSON.stringify(event);
    if (text.length > MAX_EVENT_LENGTH) this.#report({ code: 'dropped', message: `${type} is too large` });
    else {
      this.#reportDropped(this.#queue.add(text));
      this.#transport.schedule(this.#options.flushMs ?? 2000);
    }
  }

  page(properties: Properties = {}): void {
    const { keepParameters } = this.#options;
    const referrer = cleanAddress(this.#referrer, keepParameters);
    this.track('page_view', { referrer, title: document.title || undefined, ...properties });
    this.#referrer = location.href;
  }

  identify(userId: string): void {
    if (!this.#isOn()) return;
    const before = this.#identity.userId();
    const now = this.#identity.identify(userId);
    if (now !== before) this.track('identify', { anonymous_id: before });
  }

  reset(): void {
    this.#identity.reset();
  }

  flush(): Promise<void> {
    return this.#isOn() ? this.#transport.flush() : Promise.resolve();
  }

  optOut(): void {
    this.stop();
    this.#queue.clear();
    for (const key of keysOf(this.#storage, PREFIX)) this.#storage.removeItem(key);
    this.#storage.setItem(OPT_OUT, '1');
  }

  optIn(): void {
    this.#storage.removeItem(OPT_OUT);
    if (!this.#isOn() && this.#mayTrack()) this.#start();
  }

  stop(): void {
    this.#transport.cancel();
    this.#queue.save(0);
    for (const end of this.#endings.splice(0)) end();
  }

  readonly #report = (problem: Problem): void => {
    try {
      this.#options.onProblem?.(problem);
    } catch {
      // a fault of the page's own is not ours to raise here
    }
  };

  #reportDropped(events: number): void {
    if (events > 0) this.#report({ code: 'dropped', message: `${String(events)} events: too many wait` });
  }

  #mayTrack(): boolean {
    return this.#options.respectDoNotTrack === false || !asksNotToTrack();
  }

  #isOn(): boolean {
    return this.#endings.length > 0;
  }

  #start(): void {
    const listen = (target: EventTarget, type: string, handler: () => void): void => {
      target.addEventListener(type, handler);
      this.#endings.push(() => {
        target.removeEventListener(type, handler);
      });
    };
    listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#transport.beacon();
      else {
        this.#reportDropped(this.#queue.adopt());
        void this.#transport.flush();
      }
    });
    listen(window, 'pagehide', () => {
      this.#queue.save(0);
    });
    listen(window, 'online', () => {
      this.#transport.retryNow();
    });
    this.#reportDropped(this.#queue.adopt());
    if (this.#queue.size > 0) this.#transport.schedule(0);
    if (this.#options.pageViews === false) return;
    this.#endings.push(
      onNavigation(() => {
        this.page();
      }),
    );
    this.page();
  }
}

/**
 * Begins to send page views and events of this page. Where the visitor's browser asks not to be tracked, or `optOut` was
 * called, every method does nothing and nothing is stored.
 * @typeParam Events the events of the page with their properties, for the type check of `track`
 */
export const createAnalytics = <Events extends object = DefaultEvents>(options: AnalyticsOptions): Analytics<Events> =>
  new PageAnalytics(options) as unknown as Analytics<Events>;
