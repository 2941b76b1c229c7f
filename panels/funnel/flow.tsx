import React from 'react';
import { duration, percent } from '../shared/format.ts';
import { Bar } from './bar.tsx';
import { Mark } from './mark.tsx';
import type { FunnelStep } from './model.ts';
import { useFunnelStyles } from './styles.ts';
import type { ViewProps } from './view.ts';
import { lostWords } from './words.ts';

/** What a step takes in pixels: without, and with what lies between it and the one before. */
const STEP_HEIGHT = { bare: 42, withPassage: 66 };
const BAR_HEIGHT = 34;

/** Steps below each other. Fits every width; what lies between two steps is shown where there is room for it. */
export function Flow({ funnel, series, colors, options, stage, count, words, height }: ViewProps) {
  const styles = useFunnelStyles();
  const steps = series[0]?.steps ?? [];
  const lead = series.find(({ kind }) => kind === 'overall') ?? (series.length === 1 ? series[0] : undefined);
  const more = (series.length - 1) * BAR_HEIGHT;
  const hasRoom = height >= steps.length * (STEP_HEIGHT.withPassage + more);
  return (
    <div className={styles.flow}>
      {steps.map((step, at) => (
        <div key={step.number} className={styles.flowStep}>
          {at > 0 && lead !== undefined && hasRoom && <Passage step={lead.steps[at]} options={options} count={count} />}
          {series.length > 1 && <StepName step={step} />}
          {series.map((item, index) => {
            const own = item.steps[at];
            if (own === undefined) return null;
            return (
              <Mark
                key={`${item.kind} ${item.label}`}
                stage={stage}
                place={{ step: at, series: index }}
                step={own}
                label={words(own, item)}
                field={funnel.countField}
                className={styles.flowMark}
              >
                <span className={styles.flowNumbers}>
                  {series.length > 1 ? (
                    <span className={styles.flowLabel}>{item.label}</span>
                  ) : (
                    <StepName step={step} />
                  )}
                  <span className={styles.flowRate}>{percent(own.fromFirst.value)}</span>
                  <span className={styles.flowCount}>{count(own.count)}</span>
                </span>
                <Bar
                  rate={own.fromFirst}
                  color={colors[index] ?? ''}
                  direction="right"
                  showInterval={options.showIntervals && at > 0}
                />
              </Mark>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function StepName({ step }: { readonly step: FunnelStep }) {
  const styles = useFunnelStyles();
  return (
    <span className={styles.flowName} title={step.name}>
      <span className={styles.muted}>{step.number}.</span> {step.name}
    </span>
  );
}

interface PassageProps {
  readonly step: FunnelStep | undefined;
  readonly options: ViewProps['options'];
  readonly count: ViewProps['count'];
}

/** What happens between two steps. */
function Passage({ step, options, count }: PassageProps) {
  const styles = useFunnelStyles();
  if (step === undefined) return null;
  const { medianFromPrevious: median, p90FromPrevious: p90 } = step.seconds;
  const parts = [`${percent(step.fromPrevious.value)} of previous`];
  if (options.showDropOff && step.dropped !== null) parts.push(lostWords(step.dropped, count));
  if (options.times !== 'none' && median !== null) parts.push(`median ${duration(median)}`);
  if (options.times === 'p90' && p90 !== null) parts.push(`90 % ${duration(p90)}`);
  return <div className={styles.passage}>↓ {parts.join(' · ')}</div>;
}
