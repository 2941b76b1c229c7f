import { type FieldDisplay, VizOrientation } from '@grafana/data';
import { BarGauge, type BarGaugeDisplayMode, useTheme2, VizRepeater } from '@grafana/ui';
import React from 'react';
import { useDisplayValues } from './display-values.ts';
import { NoData } from './no-data.tsx';
import { type StandInProps } from './props.ts';

const HEIGHT = 24;

/** Stand-in for Grafana's bar gauge, gauge and pie chart: a bar for each value. */
export function BarGauges(props: StandInProps) {
  const theme = useTheme2();
  const { width, height, data, renderCounter, options } = props;
  const values = useDisplayValues(props);
  if (data.series.length === 0) return <NoData />;
  return (
    <VizRepeater<FieldDisplay>
      getValues={() => values}
      source={data}
      renderCounter={renderCounter}
      orientation={VizOrientation.Horizontal}
      width={width}
      height={height}
      minVizHeight={HEIGHT}
      itemSpacing={6}
      renderValue={({ value, width: itemWidth, height: itemHeight, orientation }) => (
        <BarGauge
          value={value.display}
          field={value.field}
          theme={theme}
          width={itemWidth}
          height={itemHeight}
          orientation={orientation}
          displayMode={(options.displayMode ?? 'basic') as BarGaugeDisplayMode}
        />
      )}
    />
  );
}
