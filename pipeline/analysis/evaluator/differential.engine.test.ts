import { testAgreement } from './suite.ts';

testAgreement(
  {
    trend: [30, 10],
    sessions: [20, 10],
    revenue: [25, 10],
    engagement: [25, 8],
    activity: [25, 8],
    lifecycle: [25, 10],
    segments: [25, 8],
    paths: [25, 10],
  },
  6,
  20,
);
