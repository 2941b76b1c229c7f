import { randomUUID } from 'node:crypto';
import type { AnalyticsEvent, EventProperties } from '@suuupra/contracts';

/** An event of a user of its own, so that tests do not see each other's. */
export const event = (
  fields: Partial<Omit<AnalyticsEvent, 'properties'>> = {},
  properties: EventProperties = {},
): AnalyticsEvent => ({
  event_id: randomUUID(),
  event_type: 'page_view',
  user_id: randomUUID(),
  session_id: null,
  content_id: null,
  timestamp: '2026-03-01T09:30:00.125Z',
  received_at: null,
  properties,
  ...fields,
});
