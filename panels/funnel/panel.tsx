import { formattedValueToString, type PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { visuallyHidden } from '../shared/hidden.ts';
import { FloatingTooltip } from '../shared/tooltip.tsx';
import { Unread } from '../shared/unread.tsx';
import { Bars } from './bars.tsx';
import { colorsOf } from './colors.ts';
import { StepDetails } from './details.tsx';
import { Flow } from './flow.tsx';
import { Legend } from './legend.tsx';
import { readFunnel, type Funnel } from './model.ts';
import { DEFAULT_OPTIONS, type FunnelOptions, type View } from './options.ts';
import { useFunnelStyles } from './styles.ts';
import { FunnelTable } from './table.tsx';
import { useStage } from './use-stage.ts';
import type { ViewProps } from './view.ts';
import { panelWords, stepWords } from './words.ts';

const VIEW_OF = { bars: Bars, flow: Flow, table: FunnelTable } as const;
/** A step needs so much room beside the others; narrower panels show the steps below each other. */
const LEAST_COLUMN = 110;

/** The panel: says what is missing, or shows the funnel. */
export function FunnelPanel(props: PanelProps<FunnelOptions>) {
  const { data, id, fieldConfig } = props;
  const options = { ...DEFAULT_OPTIONS, ...props.options };
  const reading = useMemo(() => readFunnel(data.series, options.maxSeries), [data.series, options.maxSeries]);
  if (reading.kind === 'funnel') return <FunnelBody {...props} options={options} funnel={reading.funnel} />;
  const what = { what: 'a funnel', analysis: 'funnel' };
  return <Unread reading={reading} {...what} data={data} id={id} fieldConfig={fieldConfig} />;
}

interface BodyProps extends PanelProps<FunnelOptions> {
  readonly funnel: Funnel;
}

const viewFor = (view: View, width: number, steps: number): View =>
  view === 'bars' && width < steps * LEAST_COLUMN ? 'flow' : view;

function FunnelBody({ funnel, options, width, height }: BodyProps) {
  const styles = useFunnelStyles();
  const theme = useTheme2();
  const series = useMemo(() => {
    const values = funnel.series.filter(({ kind }) => kind !== 'overall');
    return values.length > 0 && !options.showOverall ? values : funnel.series;
  }, [funnel, options.showOverall]);
  const colors = useMemo(() => colorsOf(series, funnel.countField, theme), [series, funnel.countField, theme]);
  const steps = series[0]?.steps.length ?? 0;
  const stage = useStage(steps, series.length);
  const count = (value: number): string => {
    const shown = funnel.countField.display?.(value);
    return shown === undefined ? value.toLocaleString() : formattedValueToString(shown);
  };
  const view = viewFor(options.view, width, steps);
  const View = VIEW_OF[view];
  const words: ViewProps['words'] = (step, item) =>
    (item.kind === 'overall' ? '' : `${item.label}. `) + stepWords(step, steps, funnel.unit, count);
  const pointed = stage.pointed;
  const [pointedSeries, pointedColor] = pointed === undefined ? [] : [series[pointed.series], colors[pointed.series]];
  const pointedStep = pointed === undefined ? undefined : pointedSeries?.steps[pointed.step];
  return (
    <figure className={styles.panel} style={{ width, height }} data-stage="" aria-label="Funnel">
      <figcaption className={visuallyHidden}>{panelWords({ ...funnel, series }, count)}</figcaption>
      {series.length > 1 && options.showLegend && view !== 'table' && <Legend series={series} colors={colors} />}
      <div className={styles.body} onScroll={stage.leave}>
        <View
          funnel={funnel}
          series={series}
          colors={colors}
          options={options}
          stage={stage}
          count={count}
          words={words}
          width={width}
          height={height}
        />
      </div>
      {funnel.isTruncated && (
        <p className={styles.warning} role="note">
          Only a part of the rows arrived: the result was cut by a limit.
        </p>
      )}
      {pointed !== undefined && pointedStep !== undefined && pointedSeries !== undefined && (
        <FloatingTooltip anchor={pointed.anchor}>
          <StepDetails
            step={pointedStep}
            series={pointedSeries}
            color={pointedColor ?? ''}
            unit={funnel.unit}
            count={count}
          />
        </FloatingTooltip>
      )}
    </figure>
  );
}
