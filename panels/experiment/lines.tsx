import { cx } from '@emotion/css';
import React from 'react';
import { changeRange, percent, pValue, signedPercent } from '../shared/format.ts';
import { liftAxis, type LiftAxis } from './axis.ts';
import { Interval } from './interval.tsx';
import { SampleSize } from './sample-size.tsx';
import { useExperimentStyles } from './styles.ts';
import { directionOf } from './verdict.ts';
import type { Line, ViewProps } from './view.ts';
import { lineWords } from './words.ts';

/** Panels this wide have a column for each kind of number; in narrower ones they share; the narrowest have none. */
const WIDE = 760;
const MEDIUM = 480;
/** Pixels that a label of the axis needs. */
const LABEL = 64;

type Layout = 'wide' | 'medium' | 'narrow';

const templateOf = (layout: Layout, showSample: boolean): string | undefined => {
  if (layout === 'narrow') return undefined;
  if (layout === 'medium') return 'minmax(110px, 1fr) minmax(120px, 1.6fr) 128px';
  return `minmax(150px, 1.2fr) minmax(180px, 3fr) 128px 112px${showSample ? ' minmax(100px, 160px)' : ''}`;
};

/** A line for each metric and variant, with their lifts on one axis. */
export function Lines({ experiment, lines, options, stage, value, width }: ViewProps) {
  const styles = useExperimentStyles();
  const layout: Layout = width >= WIDE ? 'wide' : width >= MEDIUM ? 'medium' : 'narrow';
  const plotWidth = layout === 'narrow' ? width : layout === 'medium' ? width * 0.4 : width * 0.4;
  const axis = liftAxis(
    lines.map(({ lift, comparison: { sequentialLift } }) => ({
      low: lift.low,
      high: lift.high,
      sequentialLow: options.showSequential ? sequentialLift.low : null,
      sequentialHigh: options.showSequential ? sequentialLift.high : null,
    })),
    Math.floor(plotWidth / LABEL),
  );
  const template = { gridTemplateColumns: templateOf(layout, options.showSampleSize) };
  const firstGuardrail = lines.findIndex(({ metric }) => metric.isGuardrail);
  return (
    <div className={styles.list}>
      <Columns layout={layout} axis={axis} options={options} template={template} />
      {lines.map((line, row) => (
        <React.Fragment key={`${line.metric.name} ${line.comparison.variant}`}>
          {row === firstGuardrail && <div className={styles.group}>Guardrails: must not get worse</div>}
          <div
            {...stage.markProps({ row, column: 0 })}
            className={cx(styles.line, styles.mark)}
            style={template}
            role="img"
            aria-label={lineWords(line, value, experiment.control)}
          >
            <LineCells
              line={line}
              layout={layout}
              axis={axis}
              experiment={experiment}
              options={options}
              value={value}
            />
          </div>
        </React.Fragment>
      ))}
    </div>
  );
}

interface ColumnsProps {
  readonly layout: Layout;
  readonly axis: LiftAxis;
  readonly options: ViewProps['options'];
  readonly template: { readonly gridTemplateColumns: string | undefined };
}

const CHANCE_HEADS = { p: 'p-value', chance: 'Chance to win', both: 'Chance to win' } as const;

/** Names of the columns, and the axis. */
function Columns({ layout, axis, options, template }: ColumnsProps) {
  const styles = useExperimentStyles();
  const scale = (
    <div className={styles.axis}>
      {axis.ticks
        .map((tick) => ({ tick, at: axis.at(tick) }))
        .filter(({ at }) => at > 0.05 && at < 0.95)
        .map(({ tick, at }) => (
          <span key={tick} className={styles.axisLabel} style={{ left: `${String(at * 100)}%` }}>
            {signedPercent(tick, axis.decimals)}
          </span>
        ))}
    </div>
  );
  return (
    <div className={cx(styles.line, styles.columns)} style={template} aria-hidden="true">
      {layout === 'narrow' ? (
        scale
      ) : (
        <>
          <span>Metric, control → variant</span>
          {scale}
          <span>Lift</span>
          {layout === 'wide' && <span>{CHANCE_HEADS[options.chances]}</span>}
          {layout === 'wide' && options.showSampleSize && <span>Sample size</span>}
        </>
      )}
    </div>
  );
}

interface CellsProps extends Pick<ViewProps, 'experiment' | 'options' | 'value'> {
  readonly line: Line;
  readonly layout: Layout;
  readonly axis: LiftAxis;
}

function LineCells({ line, layout, axis, experiment, options, value }: CellsProps) {
  const styles = useExperimentStyles();
  const { metric, comparison, lift } = line;
  const { values } = comparison;
  const direction = directionOf(metric, lift.low, lift.high);
  const interval = <Interval line={line} axis={axis} showSequential={options.showSequential} />;
  const liftText = (
    <span
      className={cx(
        styles.lift,
        direction === 'better' && styles.betterText,
        direction === 'worse' && styles.worseText,
      )}
    >
      {signedPercent(lift.value)}
    </span>
  );
  const names = experiment.variants.length > 1 ? `${comparison.variant}: ` : '';
  const valueText = (
    <span className={styles.small}>
      {names}
      {value(values.control, metric)} → {value(values.variant, metric)}
    </span>
  );
  const name = (
    <span className={styles.name}>
      {metric.name}
      {metric.goal === 'decrease' && <span className={styles.small}> (less is better)</span>}
    </span>
  );
  if (layout === 'narrow')
    return (
      <>
        <span className={styles.narrowTop}>
          {name}
          {liftText}
        </span>
        {interval}
        {valueText}
        <span className={styles.small}>{chanceTexts(line, options, ' to win').join(' · ')}</span>
        {options.showSampleSize && <SampleSize comparison={comparison} />}
      </>
    );
  const [chance, ...more] = chanceTexts(line, options);
  return (
    <>
      <span className={styles.cell}>
        {name}
        {valueText}
        {layout === 'medium' && options.showSampleSize && <SampleSize comparison={comparison} />}
      </span>
      {interval}
      <span className={styles.cell}>
        {liftText}
        <span className={styles.small}>{changeRange(lift.low, lift.high)}</span>
        {layout === 'medium' && (
          <span className={styles.small}>{chanceTexts(line, options, ' to win').join(', ')}</span>
        )}
      </span>
      {layout === 'wide' && (
        <span className={styles.cell}>
          <span>{chance}</span>
          {more.map((text) => (
            <span key={text} className={styles.small}>
              {text}
            </span>
          ))}
        </span>
      )}
      {layout === 'wide' && options.showSampleSize && <SampleSize comparison={comparison} />}
    </>
  );
}

/** Chance to win and p-value, as far as they are wanted. */
function chanceTexts({ comparison, p }: Line, { chances }: ViewProps['options'], ofWhat = ''): string[] {
  const texts: string[] = [];
  if (chances !== 'p') texts.push(`${percent(comparison.chance)}${ofWhat}`);
  if (chances !== 'chance') texts.push(`p ${pValue(p)}`);
  return texts;
}
