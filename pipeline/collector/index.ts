export type { CollectorConfig, CollectorContext } from './context.ts';
export { createCollector } from './server.ts';
export { serveCollector, startCollector, type RunningCollector } from './start.ts';
