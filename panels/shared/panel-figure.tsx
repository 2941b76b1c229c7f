import React, { type ReactNode } from 'react';
import { visuallyHidden } from './hidden.ts';
import { usePanelStyles } from './styles.ts';
import { FloatingTooltip } from './tooltip.tsx';
import type { Stage } from './use-stage.ts';

interface Props {
  readonly label: string;
  /** The whole drawing in words, for screen readers. */
  readonly summary: string;
  readonly width: number;
  readonly height: number;
  readonly stage: Stage;
  /** Stands above the drawing. */
  readonly legend?: ReactNode;
  /** Stands below the drawing. */
  readonly notes?: ReactNode;
  readonly isTruncated: boolean;
  readonly children: ReactNode;
  /** Details of the mark that is pointed at. */
  readonly details?: ReactNode;
}

/** The frame of a panel: drawing, its legend, what is missing of the data, and the tooltip. */
export function PanelFigure(props: Props) {
  const { label, summary, width, height, stage, legend, notes, isTruncated, children, details } = props;
  const styles = usePanelStyles();
  const { pointed } = stage;
  return (
    <figure className={styles.panel} style={{ width, height }} aria-label={label} {...stage.rootProps}>
      <figcaption className={visuallyHidden}>{summary}</figcaption>
      {legend}
      <div className={styles.body} onScroll={stage.onScroll}>
        {children}
      </div>
      {notes}
      {isTruncated && (
        <p className={styles.warning} role="note">
          Only a part of the rows arrived: the result was cut by a limit.
        </p>
      )}
      {pointed !== undefined && hasContent(details) && (
        <FloatingTooltip anchor={pointed.anchor} isPinned={pointed.isPinned}>
          {details}
        </FloatingTooltip>
      )}
    </figure>
  );
}

const hasContent = (node: ReactNode): boolean => node !== undefined && node !== null && node !== false;
