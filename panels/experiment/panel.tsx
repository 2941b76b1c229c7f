import { formattedValueToString, type PanelProps } from '@grafana/data';
import React, { useMemo, useState } from 'react';
import { percent } from '../shared/format.ts';
import { linksAt } from '../shared/links.ts';
import { PanelFigure } from '../shared/panel-figure.tsx';
import { Unread } from '../shared/unread.tsx';
import { useStage } from '../shared/use-stage.ts';
import { Head, Notes } from './head.tsx';
import { LineDetails } from './line-details.tsx';
import { Lines } from './lines.tsx';
import { readExperiment, type Experiment } from './model.ts';
import { DEFAULT_OPTIONS, type ExperimentOptions } from './options.ts';
import { ExperimentTable } from './table.tsx';
import { linesOf, type ViewProps } from './view.ts';
import { panelWords } from './words.ts';

/** Pixels of a panel that has room for more than its drawing. */
const ROOM_FOR_NOTES = 80_000;

const VIEW_OF = { intervals: Lines, table: ExperimentTable } as const;

/** The panel: says what is missing, or shows the results of the experiment. */
export function ExperimentPanel(props: PanelProps<ExperimentOptions>) {
  const { data, id, fieldConfig } = props;
  const options = { ...DEFAULT_OPTIONS, ...props.options };
  const reading = useMemo(() => readExperiment(data.series), [data.series]);
  if (reading.kind === 'experiment')
    return <ExperimentBody {...props} options={options} experiment={reading.experiment} />;
  const what = { what: 'an experiment', analysis: 'experiment' };
  return <Unread reading={reading} {...what} data={data} id={id} fieldConfig={fieldConfig} />;
}

interface BodyProps extends PanelProps<ExperimentOptions> {
  readonly experiment: Experiment;
}

function ExperimentBody({ experiment, options, width, height }: BodyProps) {
  const [wanted, setWanted] = useState<boolean>();
  const hasCuped = useMemo(
    () => experiment.metrics.some(({ comparisons }) => comparisons.some(({ cuped }) => cuped !== undefined)),
    [experiment],
  );
  const isCuped = hasCuped && options.view !== 'table' ? (wanted ?? options.cuped) : undefined;
  const lines = useMemo(() => linesOf(experiment, isCuped === true), [experiment, isCuped]);
  const linksOf = (row: number) => linksAt(experiment.valueField, lines[row]?.comparison.row);
  const stage = useStage({ rows: lines.length, columns: 1, canPin: ({ row }) => linksOf(row).length > 0 });
  const value: ViewProps['value'] = (of, metric) => {
    if (of === null) return '–';
    if (metric.kind === 'conversion') return percent(of);
    const shown = experiment.valueField.display?.(of);
    return shown === undefined ? String(of) : formattedValueToString(shown);
  };
  const View = VIEW_OF[options.view];
  const { pointed } = stage;
  const line = pointed === undefined ? undefined : lines[pointed.row];
  return (
    <PanelFigure
      label={experiment.name === undefined ? 'Experiment' : `Experiment ${experiment.name}`}
      summary={panelWords(experiment, lines, value)}
      width={width}
      height={height}
      stage={stage}
      legend={<Head experiment={experiment} isCuped={isCuped} onCuped={setWanted} />}
      notes={width * height >= ROOM_FOR_NOTES && <Notes experiment={experiment} isCuped={isCuped} />}
      isTruncated={experiment.isTruncated}
      details={
        line !== undefined &&
        pointed !== undefined && (
          <LineDetails
            experiment={experiment}
            line={line}
            value={value}
            links={linksOf(pointed.row)}
            isPinned={pointed.isPinned}
          />
        )
      }
    >
      <View
        experiment={experiment}
        lines={lines}
        options={options}
        stage={stage}
        value={value}
        width={width}
        height={height}
      />
    </PanelFigure>
  );
}
