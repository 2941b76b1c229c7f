/** What the dashboard and the alert rules ask of the simulated shop's experiments. */
export const METRICS = [
  { name: 'Bought', type: 'conversion', event: 'purchase', filters: [{ property: 'amount', op: 'gt', value: 0 }] },
  {
    name: 'Dollars per user',
    type: 'mean',
    event: 'purchase',
    measure: { sum: 'amount' },
    filters: [{ property: 'currency', op: 'eq', value: 'USD' }],
    winsorize: 0.99,
  },
  { name: 'Views per user', type: 'mean', event: 'content_view' },
  {
    name: 'Refunded',
    type: 'conversion',
    event: 'purchase',
    filters: [{ property: 'amount', op: 'lt', value: 0 }],
    goal: 'decrease',
    guardrail: true,
  },
];

/** @param experiment its key, or a variable that holds one */
export const experimentDefinition = (experiment: string): Record<string, unknown> => ({
  analysis: 'experiment',
  experiment,
  control: 'control',
  metrics: METRICS,
  covariate: { event: 'content_view', measure: 'count' },
});
