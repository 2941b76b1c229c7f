export {
  defaultUsers,
  simulate,
  type SimulationOptions,
  type SimulationProgress,
  type SimulationSink,
  type SimulationSummary,
} from './simulate.ts';
export { CHECKOUT_COMPLETION, CHECKOUT_REDESIGN, CHECKOUT_REDESIGN_LIFT, START_PAGE_AA } from './world/experiments.ts';
