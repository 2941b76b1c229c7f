export { main } from './main.ts';
export type { Register, VerbContext } from './context.ts';
