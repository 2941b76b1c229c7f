import type * as v from 'valibot';
import { activity } from './activity/activity.ts';
import { lifecycle } from './activity/lifecycle.ts';
import type { Analysis } from './analysis.ts';
import { engagement } from './engagement/engagement.ts';
import { experiment } from './experiment/experiment.ts';
import { funnel } from './funnel/funnel.ts';
import { paths } from './paths/paths.ts';
import { power } from './power/power.ts';
import { retention } from './retention/retention.ts';
import { revenue } from './revenue/revenue.ts';
import { segments } from './segments/segments.ts';
import { sessions } from './sessions/sessions.ts';
import { trend } from './trend/trend.ts';
import { why } from './why/why.ts';

/** Every analysis that exists, by its name on the wire. A new one is a folder and a line here. */
export const ANALYSIS_LIST = {
  funnel,
  retention,
  activity,
  lifecycle,
  trend,
  experiment,
  engagement,
  sessions,
  revenue,
  segments,
  paths,
  power,
  why,
} as const;

export type AnalysisName = keyof typeof ANALYSIS_LIST;

/** A normalised definition. */
export type Definition = v.InferOutput<(typeof ANALYSIS_LIST)[AnalysisName]['schema']>;

/** A definition as it may be written: what has a default may be left out. */
export type DefinitionInput = v.InferInput<(typeof ANALYSIS_LIST)[AnalysisName]['schema']>;

/**
 * The same list with the types of the single definitions forgotten: whoever calls an analysis from here has validated
 * the definition by the schema of that very analysis.
 */
export const ANALYSES = ANALYSIS_LIST as unknown as Readonly<Record<string, Analysis>>;

/** @throws Error if there is none of the name; names of normalised definitions always exist */
export function analysisNamed(name: string): Analysis {
  const analysis = ANALYSES[name];
  if (analysis === undefined) throw new Error(`there is no analysis ${name}`);
  return analysis;
}
