import { formattedValueToString, PanelPlugin, type PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React from 'react';

interface Options {
  readonly greeting: string;
}

/** Shows what the host gives a panel. */
function ExamplePanel({ options, data, width, height, replaceVariables }: PanelProps<Options>) {
  const theme = useTheme2();
  const rates = data.series.flatMap((frame) => frame.fields.filter((field) => field.name === 'rate'));
  return (
    <dl data-testid="example-panel" style={{ color: theme.colors.text.primary }}>
      <dt>Greeting</dt>
      <dd>{replaceVariables(options.greeting)}</dd>
      <dt>Theme</dt>
      <dd>{theme.isDark ? 'dark' : 'light'}</dd>
      <dt>Rates</dt>
      <dd>
        {rates
          .flatMap((field) => field.values.map((value) => field.display?.(value)))
          .map((value) => (value ? formattedValueToString(value) : '-'))
          .join(' ')}
      </dd>
      <dt>Size</dt>
      <dd>{width > 0 && height > 0 ? 'measured' : 'unknown'}</dd>
    </dl>
  );
}

export const plugin = new PanelPlugin<Options>(ExamplePanel)
  .useFieldConfig()
  .setPanelOptions((builder) =>
    builder.addTextInput({ path: 'greeting', name: 'Greeting', defaultValue: 'Hello, $country' }),
  );
