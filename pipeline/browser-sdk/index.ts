export { createAnalytics, type Analytics } from './analytics.ts';
export type { AnalyticsOptions, Problem } from './options.ts';
export type { DefaultEvents, KnownValues, Properties } from './events.ts';
