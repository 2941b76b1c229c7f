import { type FieldDisplay, getFieldDisplayValues, ReducerID } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { type StandInProps } from './props.ts';

/** The values that a stat, gauge or bar gauge shows: one per field, or one per row, as its options say. */
export function useDisplayValues(props: StandInProps, sparkline = false): FieldDisplay[] {
  const theme = useTheme2();
  const { values = false, calcs, fields = '', limit } = props.options.reduceOptions ?? {};
  return getFieldDisplayValues({
    fieldConfig: props.fieldConfig,
    reduceOptions: {
      values,
      calcs: calcs?.length ? calcs : [ReducerID.lastNotNull],
      fields,
      ...(limit ? { limit } : {}),
    },
    replaceVariables: props.replaceVariables,
    theme,
    data: props.data.series,
    sparkline,
    timeZone: props.timeZone,
  });
}
