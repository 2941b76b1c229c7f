export type { ApiConfig, ApiContext } from './context.ts';
export { createApi } from './server.ts';
export { startApi, type RunningApi } from './start.ts';
