import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { percent } from '../shared/format.ts';
import type { Stage } from '../shared/use-stage.ts';
import { layoutOf, NODE_WIDTH } from './layout.ts';
import { OTHER, type PathEdge, type PathNode, type Paths } from './model.ts';

interface Props {
  readonly paths: Paths;
  readonly stage: Stage;
  readonly colorOf: (name: string) => string;
  readonly count: (value: number) => string;
  readonly words: (edge: PathEdge) => string;
  readonly width: number;
  readonly height: number;
}

/** Each step needs so much room; narrower panels are scrolled. */
const LEAST_STEP = 110;
/** At the right, for labels of the last step. */
const MOST_MARGIN = 150;
const CHARACTER = 6.6;
/** Nodes that have less room, with what is between them, have no label. */
const LABEL_HEIGHT = 13;

/** Nodes at each step, and ways between them: the wider, the more users. */
export function Flow({ paths, stage, colorOf, count, words, width, height }: Props) {
  const styles = useStyles2(flowStyles);
  const drawn = Math.max(width, paths.steps * LEAST_STEP + 60);
  const margin = Math.min(MOST_MARGIN, drawn / (paths.steps + 1));
  const layout = useMemo(() => layoutOf(paths, drawn - margin, height), [paths, drawn, margin, height]);
  const first = Math.min(...paths.nodes.map(({ column }) => column));
  const step = (drawn - margin) / paths.steps - NODE_WIDTH;
  const pointed = stage.pointed === undefined ? undefined : paths.edges[stage.pointed.column];
  return (
    <svg width={drawn} height={height} className={styles.svg}>
      {layout.edges.map(({ edge, source, target, path, width: stroke }) => (
        <path
          key={`${edge.source} ${edge.target}`}
          {...stage.markProps({ row: 0, column: paths.edges.indexOf(edge) })}
          role="img"
          aria-label={words(edge)}
          className={cx(styles.edge, pointed === edge && styles.pointed)}
          d={path}
          stroke={colorOf(target.name === OTHER ? source.name : target.name)}
          strokeWidth={stroke}
        />
      ))}
      {layout.nodes.map(({ node, left, top, width: nodeWidth, height: nodeHeight }) => (
        <g key={node.key} aria-hidden="true">
          <rect x={left} y={top} width={nodeWidth} height={nodeHeight} fill={colorOf(node.name)} rx={1} />
          {nodeHeight + layout.padding >= LABEL_HEIGHT && (
            <Label
              node={node}
              x={left + nodeWidth + 5}
              y={top + nodeHeight / 2}
              room={(node.column === first + paths.steps ? margin : step) - 14}
              count={count}
            />
          )}
        </g>
      ))}
    </svg>
  );
}

interface LabelProps {
  readonly node: PathNode;
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly count: Props['count'];
}

/** The name of a node as far as there is room, and how many are there. */
function Label({ node, x, y, room, count }: LabelProps) {
  const styles = useStyles2(flowStyles);
  const number = count(node.count);
  const most = Math.floor(room / CHARACTER);
  const hasNumber = most >= node.name.length + number.length + 1;
  const name = node.name.length <= most ? node.name : `${node.name.slice(0, Math.max(1, most - 1))}…`;
  return (
    <text className={styles.label} x={x} y={y} dy="0.32em">
      {name}
      {hasNumber && <tspan className={styles.number}> {number}</tspan>}
    </text>
  );
}

/** A way as a sentence. */
export const edgeWords = (edge: PathEdge, count: Props['count']): string => {
  const name = (key: string): string => key.slice(key.indexOf('/') + 1);
  return `Step ${String(edge.step)}, from ${name(edge.source)} to ${name(edge.target)}: ${count(edge.count)}, ${percent(edge.share)} of those who went on.`;
};

const flowStyles = (theme: GrafanaTheme2) => ({
  svg: css({ display: 'block', flex: 'none' }),
  edge: css({
    fill: 'none',
    strokeOpacity: theme.isDark ? 0.35 : 0.3,
    cursor: 'default',
    outline: 'none',
    '&:hover, &:focus-visible': { strokeOpacity: 0.7 },
  }),
  pointed: css({ strokeOpacity: 0.7 }),
  label: css({
    fontSize: 12,
    fill: theme.colors.text.primary,
    stroke: theme.colors.background.primary,
    strokeWidth: 3,
    paintOrder: 'stroke',
    pointerEvents: 'none',
  }),
  number: css({ fill: theme.colors.text.secondary }),
});
