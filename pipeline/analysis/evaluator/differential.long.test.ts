import { testAgreement } from './suite.ts';

/** More than 20,000 cases; a failure names its seed, and FUZZ_SEED asks the same again. */
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

testAgreement(
  {
    funnel: [400, 10],
    retention: [250, 10],
    trend: [250, 12],
    sessions: [200, 10],
    revenue: [200, 10],
    engagement: [200, 8],
    activity: [200, 8],
    lifecycle: [200, 8],
    segments: [200, 8],
    paths: [200, 10],
    experiment: [100, 4],
  },
  seed,
  180,
);
