import React from 'react';
import { compact } from '../draft.ts';
import { useEditorStyles } from '../styles.ts';
import { CommonFields } from './common-fields.tsx';
import { DurationField, NumberField, OptionField, SwitchField, ValueField } from './fields.tsx';
import { numberOf, textOf, type FormProps } from './form.ts';

const HALF_AN_HOUR = 1800;
const options = (...values: string[]): { value: string; label: string }[] =>
  values.map((value) => ({ value, label: value.replaceAll('_', ' ') }));

/** The form of analyses that have nothing of their own to say. */
export function PlainForm(props: FormProps) {
  const styles = useEditorStyles();
  return (
    <div className={styles.stack}>
      <CommonFields {...props} days />
    </div>
  );
}

/** The form of analyses that count per interval. */
function intervalForm(intervals: readonly string[], label: string) {
  return function IntervalForm(props: FormProps) {
    const styles = useEditorStyles();
    return (
      <div className={styles.stack}>
        <div className={styles.row}>
          <OptionField
            label={label}
            width={14}
            options={options(...intervals)}
            value={textOf(props.definition, 'interval') ?? 'day'}
            onChange={(interval) => {
              props.onChange(compact({ ...props.definition, interval }));
            }}
          />
        </div>
        <CommonFields {...props} days />
      </div>
    );
  };
}

export const LifecycleForm = intervalForm(['day', 'week', 'month'], 'Per');

const RevenueInterval = intervalForm(['minute', 'hour', 'day', 'week', 'month'], 'Per');

export function RevenueForm(props: FormProps) {
  const styles = useEditorStyles();
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <ValueField
          label="Currency"
          tooltip="Rows of one currency only"
          placeholder="all"
          property="currency"
          event="purchase"
          lookups={props.lookups}
          value={textOf(props.definition, 'currency')}
          onChange={(currency) => {
            props.onChange(compact({ ...props.definition, currency }));
          }}
        />
      </div>
      <RevenueInterval {...props} />
    </div>
  );
}

export function SessionsForm(props: FormProps) {
  const styles = useEditorStyles();
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <DurationField
          label="Session ends after"
          tooltip="A pause of more than this"
          value={numberOf(props.definition, 'gap_seconds') ?? HALF_AN_HOUR}
          onChange={(gap_seconds) => {
            props.onChange(compact({ ...props.definition, gap_seconds }));
          }}
        />
      </div>
      <CommonFields {...props} days />
    </div>
  );
}

export function SegmentsForm(props: FormProps) {
  const styles = useEditorStyles();
  const { definition } = props;
  const members = definition['members'] === true;
  const change = (changed: Record<string, unknown>): void => {
    props.onChange(compact({ ...definition, ...changed }));
  };
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <SwitchField
          label="List users"
          tooltip="The users of the last day, instead of how many there are each day"
          value={members}
          onChange={(listed) => {
            change(listed ? { members: true } : { members: undefined, segment: undefined, after: undefined });
          }}
        />
        {members && (
          <>
            <OptionField
              label="Segment"
              options={[{ value: '', label: 'all' }, ...options('new', 'casual', 'power', 'churn_risk')]}
              value={textOf(definition, 'segment') ?? ''}
              onChange={(segment) => {
                change({ segment });
              }}
            />
            <NumberField
              label="Most users"
              placeholder="100"
              min={1}
              max={10_000}
              value={numberOf(definition, 'limit')}
              onChange={(limit) => {
                change({ limit });
              }}
            />
          </>
        )}
      </div>
      <CommonFields {...props} days />
    </div>
  );
}
