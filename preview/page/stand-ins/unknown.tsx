import { css } from '@emotion/css';
import React from 'react';
import { FrameTables } from '../views/frame-tables.tsx';
import { NoData } from './no-data.tsx';
import { type StandInProps } from './props.ts';

/** What stands in for a panel that the preview cannot draw: its data. */
export function UnknownPanel({ data, width, height }: StandInProps) {
  if (data.series.length === 0) return <NoData text="The preview has no such panel" />;
  return (
    <div className={styles.scroll} style={{ width, height }} tabIndex={0} role="region" aria-label="Data">
      <FrameTables frames={data.series} />
    </div>
  );
}

const styles = { scroll: css({ overflow: 'auto' }) };
