import { testAgreement } from './suite.ts';

/** Queries that take the engine longest to plan, the experiment's by far: beside the others, in a file of their own. */
testAgreement({ funnel: [25, 8], retention: [25, 8], experiment: [8, 3] }, 6, 20);
