import React from 'react';
import { shortNumber } from '../shared/format.ts';
import type { Comparison } from './model.ts';
import { useExperimentStyles } from './styles.ts';
import { progressOf } from './verdict.ts';

/** Users of the smaller arm against those that each needs. */
export function SampleSize({ comparison }: { readonly comparison: Comparison }) {
  const styles = useExperimentStyles();
  const progress = progressOf(comparison);
  if (progress === undefined) return <span className={styles.small}>–</span>;
  const { users, required, share } = progress;
  return (
    <span>
      <span className={styles.progress} style={{ display: 'block' }} aria-hidden="true">
        <span className={styles.progressFill} style={{ width: `${String(Math.min(1, share) * 100)}%` }} />
      </span>
      <span className={styles.small}>
        {shortNumber(users)} of {shortNumber(required)} users
      </span>
    </span>
  );
}
