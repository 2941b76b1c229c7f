import { InlineSwitch } from '@grafana/ui';
import React from 'react';
import { pValue, shortNumber } from '../shared/format.ts';
import { usePanelStyles } from '../shared/styles.ts';
import type { Decision, Experiment } from './model.ts';
import { useExperimentStyles } from './styles.ts';
import { verdictsOf } from './verdict.ts';

interface Props {
  readonly experiment: Experiment;
  /** Undefined where the data has no such estimates. */
  readonly isCuped: boolean | undefined;
  readonly onCuped: (isCuped: boolean) => void;
}

const LOOK_OF: Readonly<Record<Decision, 'ship' | 'stop' | 'waiting'>> = {
  'no data': 'waiting',
  'broken split': 'stop',
  stop: 'stop',
  ship: 'ship',
  'keep running': 'waiting',
};
const WORD_OF: Readonly<Record<Decision, string>> = {
  'no data': 'No data',
  'broken split': 'Broken split',
  stop: 'Stop',
  ship: 'Ship',
  'keep running': 'Keep running',
};

/** What to do about each variant and why; a loud word about a broken split; who is not in the numbers. */
export function Head({ experiment, isCuped, onCuped }: Props) {
  const styles = useExperimentStyles();
  const verdicts = verdictsOf(experiment);
  return (
    <>
      {experiment.split.isBroken && <BrokenSplit experiment={experiment} />}
      {(verdicts.length > 0 || isCuped !== undefined) && (
        <div className={styles.head}>
          <div className={styles.verdicts}>
            {verdicts.map(({ variant, decision, reason }) => (
              <div key={variant} className={styles.verdict}>
                <span className={styles[LOOK_OF[decision]]}>{WORD_OF[decision]}</span>
                <span className={styles.reason}>
                  {experiment.variants.length > 1 && <strong>{variant}: </strong>}
                  {reason}
                </span>
              </div>
            ))}
          </div>
          {isCuped !== undefined && (
            <InlineSwitch
              label="CUPED"
              showLabel
              transparent
              value={isCuped}
              onChange={({ currentTarget }) => {
                onCuped(currentTarget.checked);
              }}
            />
          )}
        </div>
      )}
    </>
  );
}

/** How far the users of the variants are from what was planned. */
function BrokenSplit({ experiment: { split, metrics, control } }: { readonly experiment: Experiment }) {
  const styles = useExperimentStyles();
  const comparisons = metrics[0]?.comparisons ?? [];
  const users = [
    `${control} ${shortNumber(comparisons[0]?.users.control)}`,
    ...comparisons.map((comparison) => `${comparison.variant} ${shortNumber(comparison.users.variant)}`),
  ];
  return (
    <div className={styles.banner} role="alert">
      <strong>Broken split.</strong> Users did not fall into the variants as planned ({users.join(', ')}; p{' '}
      {pValue(split.pValue)}). Until the cause is found, no number here can be trusted.
    </div>
  );
}

/** Who is not in the numbers, or not yet wholly. */
export function Notes({ experiment: { users, confidence }, isCuped }: Pick<Props, 'experiment' | 'isCuped'>) {
  const styles = usePanelStyles();
  const notes = [`${String(Number((confidence * 100).toFixed(2)))} % intervals`];
  if (isCuped === true) notes.push('with CUPED, relative to the control; the sequential band is without');
  if (users.exposed !== null) notes.push(`${shortNumber(users.exposed)} users exposed`);
  if (users.excluded > 0) notes.push(`${shortNumber(users.excluded)} saw more than one variant and are left out`);
  if (users.incomplete > 0) notes.push(`${shortNumber(users.incomplete)} are still within their time window`);
  return <p className={styles.note}>{notes.join(' · ')}</p>;
}
