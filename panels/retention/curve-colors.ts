import type { GrafanaTheme2 } from '@grafana/data';
import type { Line } from './view.ts';

/** All together, and the newest cohorts that are old enough to have a curve. */
export function curvesOf(lines: readonly Line[], most: number): Line[] {
  const mean = lines.filter(({ cohort }) => cohort.start === null);
  const cohorts = lines.filter(
    ({ cohort }) => cohort.start !== null && cohort.cells.filter((cell) => cell !== undefined).length > 1,
  );
  return [...mean, ...(most === 0 ? [] : cohorts.slice(-most))];
}

/** The color of the field for all together, others of the palette for cohorts; small ones are grey. */
export function curveColors(lines: readonly Line[], color: string, theme: GrafanaTheme2): string[] {
  const { visualization } = theme;
  const palette = visualization.palette
    .map((name) => visualization.getColorByName(name))
    .filter((own) => own !== color);
  let next = 0;
  return lines.map(({ cohort, isSmall }) => {
    if (cohort.start === null) return color;
    if (isSmall) return theme.colors.text.disabled;
    return palette[next++ % palette.length] ?? color;
  });
}
