import type { ComponentType } from 'react';
import type { Format } from '../../types.ts';
import type { Draft } from '../draft.ts';
import { ExperimentForm } from './experiment-form.tsx';
import type { FormProps } from './form.ts';
import { FunnelForm } from './funnel-form.tsx';
import { JsonForm } from './json-form.tsx';
import { PathsForm } from './paths-form.tsx';
import { RetentionForm } from './retention-form.tsx';
import { LifecycleForm, PlainForm, RevenueForm, SegmentsForm, SessionsForm } from './simple-forms.tsx';
import { TrendForm } from './trend-form.tsx';

/** An analysis as the editor offers it. */
export interface OfferedAnalysis {
  readonly name: string;
  readonly label: string;
  /** The question that it answers. */
  readonly question: string;
  readonly Form: ComponentType<FormProps>;
  /** What a new one begins with. */
  readonly begun: Draft;
  /** The format that suits most panels. */
  readonly format: Format;
}

const offered = (
  name: string,
  label: string,
  question: string,
  Form: ComponentType<FormProps>,
  begun: Draft = {},
  format: Format = 'table',
): OfferedAnalysis => ({ name, label, question, Form, begun, format });

/** In the order of the menu. */
export const OFFERED: readonly OfferedAnalysis[] = [
  offered('funnel', 'Funnel', 'Where do people drop out?', FunnelForm, { steps: [{}, {}] }),
  offered('retention', 'Retention', 'Who comes back?', RetentionForm),
  offered('experiment', 'Experiment', 'Did a variant win?', ExperimentForm, {
    metrics: [{ name: 'Metric 1', type: 'conversion' }],
  }),
  offered('trend', 'Trend', 'How much, over time?', TrendForm, { series: [{}] }, 'timeseries'),
  offered('activity', 'Activity', 'How many users per day, week and month?', PlainForm, {}, 'timeseries'),
  offered('lifecycle', 'Lifecycle', 'Who is new, returns, or has gone?', LifecycleForm),
  offered('sessions', 'Sessions', 'How many sessions, and how long?', SessionsForm, {}, 'timeseries'),
  offered('engagement', 'Engagement', 'What is watched, and to the end?', PlainForm),
  offered('revenue', 'Revenue', 'What is sold, and what stays?', RevenueForm, {}, 'timeseries'),
  offered('segments', 'Segments', 'Who is about to leave?', SegmentsForm),
  offered('paths', 'Paths', 'What do people do next?', PathsForm),
];

/** How an analysis is edited; one that has no form is edited as JSON. */
export const offeredAs = (name: string | undefined): OfferedAnalysis =>
  OFFERED.find((one) => one.name === name) ??
  offered(name ?? '', name ?? 'Analysis', 'An analysis without a form', JsonForm);
