import { css } from '@emotion/css';
import React from 'react';
import { FrameTable } from '../views/frame-tables.tsx';
import { NoData } from './no-data.tsx';
import { type StandInProps } from './props.ts';

/** Stand-in for Grafana's table panel: the first frame, as a plain table that scrolls. */
export function TablePanel({ data, width, height }: StandInProps) {
  const [frame] = data.series;
  if (!frame || frame.length === 0) return <NoData />;
  return (
    <div className={styles.scroll} style={{ width, height }} tabIndex={0} role="region" aria-label="Table">
      <FrameTable frame={frame} />
    </div>
  );
}

const styles = { scroll: css({ overflow: 'auto' }) };
