import type { Warehouse } from '@suuupra/clickhouse';

/**
 * Stores 6,000 events of 150 users over 60 days, made inside the engine and the same every time: content, carts, orders in
 * two currencies, refunds, an experiment of two variants, and texts that would break a query if they became part of one.
 */
export const storeShop = (warehouse: Warehouse): Promise<void> =>
  warehouse.command(`
    INSERT INTO events (event_id, event_type, user_id, session_id, content_id, timestamp, country, device, order_id, amount,
                        currency, experiment_key, variant, watch_time_seconds, duration_seconds, properties)
    WITH
      number % 150 AS user,
      intDiv(number, 150) AS step,
      ['page_view', 'content_view', 'video_progress', 'add_to_cart', 'purchase', 'experiment_exposure'] AS types,
      if(step = 0, 'experiment_exposure', types[1 + sipHash64(number) % 5]) AS type
    SELECT
      reinterpretAsUUID(toUInt128(number + 1)), type, reinterpretAsUUID(toUInt128(1000000 + user)),
      if(user % 10 = 0, NULL, toString(intDiv(step, 4))), ['ü\\'; DROP', 'film', 'show'][1 + sipHash64(number, 1) % 3],
      toDateTime64('2026-01-01 00:00:00.001', 3, 'UTC')
        + toIntervalMillisecond(intDiv(step, 4) * 518400000 + step % 4 * 600000 + user * 61003 + sipHash64(number, 2) % 590000),
      ['DE', 'FR', '', 'a\\tb'][1 + user % 4], if(user % 3 = 0, NULL, 'phone'),
      if(type = 'purchase', toString(intDiv(number, 2)), NULL),
      if(type = 'purchase', toDecimal64(toInt64(sipHash64(number, 3) % 20000) - 2000, 6) / 100, NULL),
      if(type = 'purchase', ['EUR', 'USD'][1 + user % 2], NULL),
      if(type = 'experiment_exposure', 'button', NULL), if(type = 'experiment_exposure', ['a', 'b'][1 + user % 2], NULL),
      if(type = 'video_progress', (sipHash64(number, 4) % 600) / 7, NULL), if(type = 'video_progress', 80, NULL),
      '{}'
    FROM numbers(6000)`);

const USER = '00000000-000f-4241-0000-000000000000';

/** A definition of every analysis, with what makes its rows differ from one another. */
export const DEFINITIONS: Readonly<Record<string, object>> = {
  funnel: {
    analysis: 'funnel',
    steps: [
      { event: 'page_view', filters: [{ property: 'country', op: 'neq', value: "'; DROP TABLE events; --" }] },
      { event: 'add_to_cart' },
      { event: 'purchase' },
    ],
    window_seconds: 1_209_600,
    breakdown: 'country',
  },
  retention: { analysis: 'retention', period: 'week', timezone: 'Europe/Berlin' },
  activity: { analysis: 'activity', timezone: 'America/New_York' },
  lifecycle: { analysis: 'lifecycle', interval: 'week' },
  trend: {
    analysis: 'trend',
    series: [{ event: 'purchase', measure: { sum: 'amount' } }, { measure: 'unique_users' }],
    interval: 'week',
    formula: 'A / B',
    breakdown: 'country',
  },
  experiment: {
    analysis: 'experiment',
    experiment: 'button',
    control: 'a',
    window_seconds: 2_592_000,
    metrics: [
      { name: 'buyers', type: 'conversion', event: 'purchase' },
      { name: 'revenue', type: 'mean', event: 'purchase', measure: { sum: 'amount' } },
    ],
  },
  engagement: { analysis: 'engagement' },
  sessions: { analysis: 'sessions' },
  revenue: { analysis: 'revenue', interval: 'month' },
  segments: { analysis: 'segments' },
  paths: { analysis: 'paths', depth: 4 },
  power: { analysis: 'power', metric: { name: 'buyers', type: 'conversion', event: 'purchase' }, daily_users: 100 },
  why: {
    analysis: 'why',
    of: { analysis: 'funnel', steps: [{ event: 'page_view' }, { event: 'purchase' }] },
    user: USER,
  },
};
