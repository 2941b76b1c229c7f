import React from 'react';
import { duration, percent } from '../shared/format.ts';
import { Bar } from './bar.tsx';
import { Mark } from './mark.tsx';
import type { FunnelStep } from './model.ts';
import { useFunnelStyles } from './styles.ts';
import type { ViewProps } from './view.ts';
import { lostWords } from './words.ts';

/** Bars narrower than this have no number of their own above them. */
const LABELLED_BAR = 46;
/** Panels lower than this show names, rates of the first step and bars only. */
const LOW = 190;
/** Columns narrower than this abbreviate. */
const NARROW = 140;

/** Steps side by side. */
export function Bars({ funnel, series, colors, options, stage, count, words, width, height }: ViewProps) {
  const styles = useFunnelStyles();
  const steps = series[0]?.steps ?? [];
  const lead = series.find(({ kind }) => kind === 'overall') ?? (series.length === 1 ? series[0] : undefined);
  const columnWidth = width / Math.max(1, steps.length);
  const barWidth = columnWidth / Math.max(1, series.length);
  const isLow = height < LOW;
  const hasFeet = lead !== undefined && !isLow;
  return (
    <div
      className={styles.bars}
      style={{
        gridTemplateColumns: `repeat(${String(steps.length)}, minmax(0, 1fr))`,
        gridTemplateRows: `auto minmax(40px, 1fr)${hasFeet ? ' auto' : ''}`,
      }}
    >
      {steps.map((step, at) => (
        <React.Fragment key={step.number}>
          <div className={styles.head}>
            <span className={styles.name} title={step.name}>
              <span className={styles.muted}>{step.number}.</span> {step.name}
            </span>
            {lead !== undefined && (
              <Rates
                step={lead.steps[at]}
                isOneOfMany={series.length > 1}
                isNarrow={columnWidth < NARROW}
                isLow={isLow}
              />
            )}
          </div>
          <div className={styles.plot}>
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
                  className={styles.barMark}
                >
                  {series.length > 1 && barWidth >= LABELLED_BAR && (
                    <span className={styles.barLabel}>{percent(own.fromFirst.value)}</span>
                  )}
                  <Bar
                    rate={own.fromFirst}
                    color={colors[index] ?? ''}
                    direction="up"
                    showInterval={options.showIntervals && at > 0}
                  />
                </Mark>
              );
            })}
          </div>
          {hasFeet && (
            <Foot step={lead.steps[at]} count={count} showDropOff={options.showDropOff} times={options.times} />
          )}
        </React.Fragment>
      ))}
    </div>
  );
}

interface RatesProps {
  readonly step: FunnelStep | undefined;
  readonly isOneOfMany: boolean;
  readonly isNarrow: boolean;
  readonly isLow: boolean;
}

/** Conversion since the first step and since the one before, each with its name. */
function Rates({ step, isOneOfMany, isNarrow, isLow }: RatesProps) {
  const styles = useFunnelStyles();
  if (step === undefined) return null;
  const previous = `${percent(step.fromPrevious.value)} of ${isNarrow ? 'prev.' : 'previous'}`;
  return (
    <>
      <span className={styles.rate}>
        {percent(step.fromFirst.value)}{' '}
        <span className={styles.rateName}>{isOneOfMany && !isNarrow ? 'of first (all)' : 'of first'}</span>
      </span>
      {!isLow && <span className={styles.subRate}>{step.number === 1 ? '\u00a0' : previous}</span>}
    </>
  );
}

interface FootProps {
  readonly step: FunnelStep | undefined;
  readonly count: ViewProps['count'];
  readonly showDropOff: boolean;
  readonly times: ViewProps['options']['times'];
}

function Foot({ step, count, showDropOff, times }: FootProps) {
  const styles = useFunnelStyles();
  if (step === undefined) return null;
  const { medianFromPrevious: median, p90FromPrevious: p90 } = step.seconds;
  return (
    <div className={styles.foot}>
      <span className={styles.count}>{count(step.count)}</span>
      {showDropOff && (
        <span className={styles.muted}>{step.dropped === null ? '\u00a0' : lostWords(step.dropped, count)}</span>
      )}
      {times !== 'none' && (
        <span className={styles.muted}>
          {median === null ? '\u00a0' : `median ${duration(median)}`}
          {times === 'p90' && p90 !== null && `, 90 % ${duration(p90)}`}
        </span>
      )}
    </div>
  );
}
