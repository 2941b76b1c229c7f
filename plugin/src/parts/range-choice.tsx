import { locationService } from '@grafana/runtime';
import { Field, RadioButtonGroup } from '@grafana/ui';
import React from 'react';
import { RANGES } from '../asking/range.ts';

const OPTIONS = Object.entries(RANGES).map(([value, label]) => ({ value, label }));

/** The time range of a page, which is part of its address; any other range can be written there. */
export const RangeChoice = ({ from }: { from: string }) => (
  <Field label="Last" style={{ margin: 0 }}>
    <RadioButtonGroup
      options={OPTIONS}
      value={from}
      onChange={(value) => {
        locationService.partial({ from: value, to: null });
      }}
    />
  </Field>
);
