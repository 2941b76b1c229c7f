import type { Field, GrafanaTheme2 } from '@grafana/data';
import type { FunnelSeries } from './model.ts';

/** The color of each series: that of the field while there is one funnel, else one of the palette for each value. */
export function colorsOf(series: readonly FunnelSeries[], countField: Field, theme: GrafanaTheme2): string[] {
  const { visualization } = theme;
  const own = countField.display?.(0).color ?? visualization.getColorByName(visualization.palette[0] ?? 'blue');
  if (series.length === 1) return [own];
  let next = 0;
  return series.map(({ kind }) => {
    if (kind === 'overall') return theme.isDark ? '#9fa7b3' : '#6e7687';
    if (kind === 'other') return theme.isDark ? '#5a606b' : '#b4b7bd';
    const name = visualization.palette[next++ % visualization.palette.length];
    return visualization.getColorByName(name ?? 'blue');
  });
}
