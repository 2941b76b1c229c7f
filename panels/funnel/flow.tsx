import { Icon } from '@grafana/ui';
import React from 'react';
import { duration, percent } from '../shared/format.ts';
import { Bar } from './bar.tsx';
import { Mark } from './mark.tsx';
import type { FunnelSeries, FunnelStep } from './model.ts';
import { useFunnelStyles } from './styles.ts';
import type { ViewProps } from './view.ts';

/** Steps below each other. Fits every width. */
export function Flow({ funnel, series, colors, options, stage, count, words }: ViewProps) {
  const styles = useFunnelStyles();
  const steps = series[0]?.steps ?? [];
  const lead = series.find(({ kind }) => kind === 'overall') ?? (series.length === 1 ? series[0] : undefined);
  return (
    <div className={styles.flow}>
      {steps.map((step, at) => (
        <div key={step.number}>
          {at > 0 && lead !== undefined && <Passage step={lead.steps[at]} options={options} count={count} />}
          <div className={styles.flowName} title={step.name}>
            <span className={styles.muted}>{step.number}.</span> {step.name}
          </div>
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
                <Bar
                  rate={own.fromFirst}
                  color={colors[index] ?? ''}
                  direction="right"
                  showInterval={options.showIntervals && at > 0}
                />
                <FlowNumbers series={item} step={own} count={count} isOne={series.length === 1} />
              </Mark>
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface NumbersProps {
  readonly series: FunnelSeries;
  readonly step: FunnelStep;
  readonly count: ViewProps['count'];
  readonly isOne: boolean;
}

function FlowNumbers({ series, step, count, isOne }: NumbersProps) {
  const styles = useFunnelStyles();
  return (
    <span className={styles.flowNumbers}>
      {!isOne && <span className={styles.flowLabel}>{series.label}</span>}
      <span className={styles.flowRate}>
        {percent(step.fromFirst.value)}
        {isOne && <span className={styles.rateName}> of first</span>}
      </span>
      <span className={styles.flowCount}>{count(step.count)}</span>
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
  if (options.showDropOff && step.dropped !== null) parts.push(`−${count(step.dropped)} lost`);
  if (options.times !== 'none' && median !== null) parts.push(`median ${duration(median)}`);
  if (options.times === 'p90' && p90 !== null) parts.push(`90 % ${duration(p90)}`);
  return (
    <div className={styles.passage}>
      <Icon name="arrow-down" size="sm" /> {parts.join(' · ')}
    </div>
  );
}
