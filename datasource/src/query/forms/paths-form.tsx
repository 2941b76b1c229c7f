import React from 'react';
import { compact } from '../draft.ts';
import { useEditorStyles } from '../styles.ts';
import { CommonFields } from './common-fields.tsx';
import { DurationField, NumberField, OptionField, PropertyField, TextField } from './fields.tsx';
import { numberOf, textOf, type FormProps } from './form.ts';

const HALF_AN_HOUR = 1800;
const ANCHORS = [
  { value: 'none', label: 'begin of the session' },
  { value: 'start', label: 'from the first …', description: 'Paths from its first occurrence on' },
  { value: 'end', label: 'up to the first …', description: 'Paths that lead to it' },
];

/** The form of paths. */
export function PathsForm({ definition, lookups, onChange }: FormProps) {
  const styles = useEditorStyles();
  const change = (changed: Record<string, unknown>): void => {
    onChange(compact({ ...definition, ...changed }));
  };
  const anchor = ['start', 'end'].find((field) => definition[field] !== undefined) ?? 'none';
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <OptionField
          label="Paths"
          width={24}
          options={ANCHORS}
          value={anchor}
          onChange={(chosen) => {
            const node = textOf(definition, anchor) ?? 'page_view';
            const anchors = { start: undefined, end: undefined };
            change(chosen === 'none' ? anchors : { ...anchors, [chosen]: node });
          }}
        />
        {anchor !== 'none' && (
          <TextField
            label="Node"
            value={textOf(definition, anchor)}
            onChange={(node) => {
              change({ [anchor]: node });
            }}
          />
        )}
        <PropertyField
          label="Nodes are"
          tooltip="What an event is called in a path"
          placeholder="types of events"
          lookups={lookups}
          value={textOf(definition, 'node')}
          onChange={(node) => {
            change({ node });
          }}
        />
      </div>
      <div className={styles.row}>
        <NumberField
          label="Depth"
          tooltip="Most nodes of a path"
          placeholder="5"
          min={2}
          max={10}
          value={numberOf(definition, 'depth')}
          onChange={(depth) => {
            change({ depth });
          }}
        />
        <NumberField
          label="Nodes per position"
          tooltip="The most frequent ones; the rest is “other”"
          placeholder="10"
          min={1}
          max={100}
          value={numberOf(definition, 'limit')}
          onChange={(limit) => {
            change({ limit });
          }}
        />
        <DurationField
          label="Session ends after"
          tooltip="A pause of more than this"
          value={numberOf(definition, 'gap_seconds') ?? HALF_AN_HOUR}
          onChange={(gap_seconds) => {
            change({ gap_seconds });
          }}
        />
      </div>
      <CommonFields definition={definition} lookups={lookups} onChange={onChange} />
    </div>
  );
}
