import { formattedValueToString, type PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { DataTable } from '../shared/data-table.tsx';
import { Details } from '../shared/details.tsx';
import { Fill } from '../shared/fill.tsx';
import { percent } from '../shared/format.ts';
import { linksAt } from '../shared/links.ts';
import { PanelFigure } from '../shared/panel-figure.tsx';
import { usePanelStyles } from '../shared/styles.ts';
import { Unread } from '../shared/unread.tsx';
import { useStage } from '../shared/use-stage.ts';
import { edgeWords, Flow } from './flow.tsx';
import { largestOf, OTHER, readPaths, type Paths } from './model.ts';
import { DEFAULT_OPTIONS, type PathsOptions } from './options.ts';

/** The panel: says what is missing, or shows which way users go. */
export function PathsPanel(props: PanelProps<PathsOptions>) {
  const { data, id, fieldConfig } = props;
  const reading = useMemo(() => readPaths(data.series), [data.series]);
  if (reading.kind === 'paths') return <PathsBody {...props} paths={reading.paths} />;
  const what = { what: 'a list of paths', analysis: 'paths' };
  return <Unread reading={reading} {...what} data={data} id={id} fieldConfig={fieldConfig} />;
}

interface BodyProps extends PanelProps<PathsOptions> {
  readonly paths: Paths;
}

const COLUMNS = [
  { name: 'Step' },
  { name: 'From', isText: true },
  { name: 'To', isText: true },
  { name: 'Users' },
  { name: 'Of those who went on' },
];

const nameOf = (key: string): string => key.slice(key.indexOf('/') + 1);

function PathsBody({ paths, width, height, ...props }: BodyProps) {
  const options = { ...DEFAULT_OPTIONS, ...props.options };
  const styles = usePanelStyles();
  const { visualization, colors } = useTheme2();
  const drawn = useMemo(() => largestOf(paths, options.maxEdges), [paths, options.maxEdges]);
  const { countField } = paths;
  const count = (value: number): string => {
    const shown = countField.display?.(value);
    return shown === undefined ? value.toLocaleString('en') : formattedValueToString(shown);
  };
  // An event has one color at all steps.
  const names = useMemo(
    () => [...new Set(paths.nodes.map(({ name }) => name))].filter((name) => name !== OTHER),
    [paths],
  );
  const colorOf = (name: string): string => {
    const at = names.indexOf(name);
    return at === -1
      ? colors.text.disabled
      : visualization.getColorByName(visualization.palette[at % visualization.palette.length] ?? 'blue');
  };
  const linksOf = (column: number) => linksAt(countField, drawn.edges[column]?.row);
  const stage = useStage({ rows: 1, columns: drawn.edges.length, canPin: ({ column }) => linksOf(column).length > 0 });
  const { pointed } = stage;
  const edge = pointed === undefined ? undefined : drawn.edges[pointed.column];
  const largest = [...paths.edges].sort((a, b) => b.count - a.count).slice(0, 3);
  const left = paths.edges.length - drawn.edges.length;
  return (
    <PanelFigure
      label="Paths"
      summary={`${String(paths.edges.length)} ways in ${String(paths.steps)} steps. The largest: ${largest.map((item) => edgeWords(item, count)).join(' ')}`}
      width={width}
      height={height}
      stage={stage}
      notes={
        left > 0 &&
        options.view === 'flow' && <p className={styles.note}>{count(left)} smaller connections are not drawn.</p>
      }
      isTruncated={paths.isTruncated}
      details={
        edge !== undefined &&
        pointed !== undefined && (
          <Details
            title={`${nameOf(edge.source)} → ${nameOf(edge.target)}`}
            color={colorOf(nameOf(edge.target))}
            rows={[
              ['Step', String(edge.step)],
              ['Users', count(edge.count)],
              ['Of those who went on', percent(edge.share)],
            ]}
            links={linksOf(pointed.column)}
            isPinned={pointed.isPinned}
          />
        )
      }
    >
      {options.view === 'table' ? (
        <DataTable
          label="Ways from event to event"
          columns={COLUMNS}
          count={paths.edges.length}
          height={height}
          row={(index) => {
            const item = paths.edges[index];
            if (item === undefined) return [];
            const { step, source, target, share } = item;
            return [step, nameOf(source), nameOf(target), count(item.count), percent(share)];
          }}
        />
      ) : (
        <Fill canScroll>
          {(ownWidth, ownHeight) => (
            <Flow
              paths={drawn}
              stage={stage}
              colorOf={colorOf}
              count={count}
              words={(item) => edgeWords(item, count)}
              width={ownWidth}
              height={ownHeight}
            />
          )}
        </Fill>
      )}
    </PanelFigure>
  );
}
