import { css } from '@emotion/css';
import { type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { useWidth } from '../layout/use-width.ts';
import { templateSrv } from '../services/templates.ts';
import { gridHeight, layout, visiblePanels } from './grid.ts';
import { type PanelJson } from './model.ts';
import { PanelFrame } from './panel-frame.tsx';
import { type ChangeTimeRange } from './use-time-range.ts';

interface Props {
  readonly panels: readonly PanelJson[];
  readonly dashboardUid: string;
  readonly timeRange: TimeRange;
  readonly timeZone: string;
  readonly run: number;
  readonly onChangeTimeRange: ChangeTimeRange;
}

/** The panels of a dashboard on Grafana's grid of 24 columns. */
export function Grid({ panels, dashboardUid, timeRange, timeZone, run, onChangeTimeRange }: Props) {
  const styles = useStyles2(getStyles);
  const [width, measure] = useWidth();
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const context = useMemo(() => ({ dashboardUid, timeRange, timeZone, run }), [dashboardUid, timeRange, timeZone, run]);
  const visible = useMemo(() => visiblePanels(panels, toggled), [panels, toggled]);
  const rectangles = layout(visible, width);
  // The panel objects of the file, so that a row that opens above does not make the queries below run again.
  const originals = useMemo(
    () => new Map(panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).map((panel) => [panel.id, panel])),
    [panels],
  );
  return (
    <div ref={measure} className={styles.grid} style={{ height: gridHeight(rectangles) }}>
      {width > 0 &&
        visible.map((panel, index) => {
          const rectangle = rectangles[index];
          if (!rectangle) return null;
          return (
            <div key={panel.id} className={styles.cell} style={{ ...rectangle }}>
              {panel.type === 'row' ? (
                <RowHeader
                  row={panel}
                  onToggle={() => {
                    setToggled((last) => toggle(last, panel.id));
                  }}
                />
              ) : (
                <PanelFrame
                  panel={originals.get(panel.id) ?? panel}
                  width={rectangle.width}
                  height={rectangle.height}
                  context={context}
                  onChangeTimeRange={onChangeTimeRange}
                />
              )}
            </div>
          );
        })}
    </div>
  );
}

function toggle(ids: ReadonlySet<number>, id: number): Set<number> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

function RowHeader({ row, onToggle }: { row: PanelJson; onToggle: () => void }) {
  const styles = useStyles2(getStyles);
  const count = row.panels?.length ?? 0;
  return (
    <button type="button" className={styles.row} aria-expanded={!row.collapsed} onClick={onToggle}>
      <Icon name={row.collapsed ? 'angle-right' : 'angle-down'} />
      {templateSrv.replace(row.title ?? 'Row', {}, 'text')}
      {row.collapsed && count > 0 && (
        <span className={styles.count}>({count === 1 ? '1 panel' : `${String(count)} panels`})</span>
      )}
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({ position: 'relative', width: '100%' }),
  cell: css({ position: 'absolute' }),
  row: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    width: '100%',
    height: '100%',
    padding: 0,
    border: 0,
    background: 'transparent',
    color: theme.colors.text.primary,
    fontSize: theme.typography.h5.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    cursor: 'pointer',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  count: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
});
