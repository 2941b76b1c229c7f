import { defineAnalysis, type AnyDefinition, type DefinitionTools } from '../analysis.ts';
import { activity } from '../activity/activity.ts';
import { lifecycle } from '../activity/lifecycle.ts';
import { DefinitionError, quoteFound } from '../definitions/error.ts';
import { engagement } from '../engagement/engagement.ts';
import { experiment } from '../experiment/experiment.ts';
import { funnel } from '../funnel/funnel.ts';
import { paths } from '../paths/paths.ts';
import { retention } from '../retention/retention.ts';
import { revenue } from '../revenue/revenue.ts';
import { segments } from '../segments/segments.ts';
import { sessions } from '../sessions/sessions.ts';
import { trend } from '../trend/trend.ts';
import { explainActivity, explainLifecycle } from './activity.ts';
import { explainEngagement } from './engagement.ts';
import { explainExperiment } from './experiment.ts';
import { answer, type Explanation } from './explanation.ts';
import { explainFunnel } from './funnel.ts';
import { explainPaths } from './paths.ts';
import { explainRetention } from './retention.ts';
import { explainRevenue } from './revenue.ts';
import { whySchema, type WhyDefinition } from './schema.ts';
import { explainSegments } from './segments.ts';
import { explainSessions } from './sessions.ts';
import { explainTrend } from './trend.ts';

type Explain = (definition: AnyDefinition, user: string, tools: DefinitionTools) => Explanation;

/** The definition has been normalised, so that its name proves its type. */
const explains = <D>(
  _: { readonly compile: (definition: D, tools: DefinitionTools) => unknown },
  explain: (definition: D, user: string, tools: DefinitionTools) => Explanation,
): Explain => explain as unknown as Explain;

/** How each analysis of users is explained. */
const EXPLAIN: ReadonlyMap<string, Explain> = new Map([
  ['funnel', explains(funnel, explainFunnel)],
  ['retention', explains(retention, explainRetention)],
  ['activity', explains(activity, explainActivity)],
  ['lifecycle', explains(lifecycle, explainLifecycle)],
  ['trend', explains(trend, explainTrend)],
  ['experiment', explains(experiment, explainExperiment)],
  ['engagement', explains(engagement, explainEngagement)],
  ['sessions', explains(sessions, explainSessions)],
  ['revenue', explains(revenue, explainRevenue)],
  ['segments', explains(segments, explainSegments)],
  ['paths', explains(paths, explainPaths)],
]);

function explainOf({ of }: WhyDefinition): Explain {
  const explain = EXPLAIN.get(of.analysis);
  if (explain !== undefined) return explain;
  const allowed = [...EXPLAIN.keys()].map(quoteFound).join(' or ');
  throw new DefinitionError([{ path: 'of.analysis', found: quoteFound(of.analysis), allowed }]);
}

/**
 * Why: one user's events as another analysis sees them.
 *
 *     own        every stored event of the user
 *     …          the analysis' own queries over this user, from which the role of each event is taken
 *     explained  a row per event: role, cell, reason
 */
export const why = defineAnalysis({
  name: 'why',
  schema: whySchema,
  complete: (definition, tools) => {
    const completed = { ...definition, of: tools.normalize(definition.of, 'of') };
    explainOf(completed);
    return completed;
  },
  compile: (definition, tools) => answer(explainOf(definition)(definition.of, definition.user, tools)),
});
