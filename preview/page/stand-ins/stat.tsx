import { type FieldDisplay, type VizOrientation } from '@grafana/data';
import {
  BigValue,
  type BigValueColorMode,
  BigValueGraphMode,
  type BigValueJustifyMode,
  type BigValueTextMode,
  useTheme2,
  VizRepeater,
} from '@grafana/ui';
import React from 'react';
import { useDisplayValues } from './display-values.ts';
import { NoData } from './no-data.tsx';
import { type StandInProps } from './props.ts';

/** Stand-in for Grafana's stat panel, drawn with the same component. */
export function Stat(props: StandInProps) {
  const theme = useTheme2();
  const { width, height, options, renderCounter, data } = props;
  const withGraph = options.graphMode !== 'none';
  const values = useDisplayValues(props, withGraph);
  if (data.series.length === 0) return <NoData text={props.fieldConfig.defaults.noValue ?? 'No data'} />;
  return (
    <VizRepeater<FieldDisplay>
      getValues={() => values}
      source={data}
      renderCounter={renderCounter}
      orientation={(options.orientation ?? 'auto') as VizOrientation}
      width={width}
      height={height}
      renderValue={({ value, width: itemWidth, height: itemHeight, count }) => (
        <BigValue
          value={value.display}
          count={count}
          width={itemWidth}
          height={itemHeight}
          theme={theme}
          {...(value.sparkline ? { sparkline: value.sparkline } : {})}
          colorMode={(options.colorMode ?? 'value') as BigValueColorMode}
          graphMode={withGraph ? BigValueGraphMode.Area : BigValueGraphMode.None}
          justifyMode={(options.justifyMode ?? 'auto') as BigValueJustifyMode}
          textMode={(options.textMode ?? 'auto') as BigValueTextMode}
        />
      )}
    />
  );
}
