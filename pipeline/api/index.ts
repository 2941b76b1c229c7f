export type { ApiContext } from './context.ts';
export { createApi } from './server.ts';
export { serveApi, startApi, type RunningApi } from './start.ts';
