import { type GridPosition, type PanelJson } from './model.ts';

/** Measures of Grafana's grid, in pixels and columns. */
export const COLUMNS = 24;
export const CELL_HEIGHT = 30;
export const GAP = 8;
/** Below this width of the grid panels stand one below the other, as in Grafana. */
export const STACK_BELOW = 769;

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A row with the panels under its header; what stands above the first row has none. */
interface Section {
  readonly row?: PanelJson;
  readonly panels: PanelJson[];
}

const byPlace = (a: PanelJson, b: PanelJson): number => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x;

/** A row that is closed in the file holds its panels; to one that is open belongs what follows up to the next row. */
function sections(panels: readonly PanelJson[]): Section[] {
  let current: Section = { panels: [] };
  const found = [current];
  for (const panel of [...panels].sort(byPlace)) {
    if (panel.type === 'row') {
      current = { row: panel, panels: [...(panel.panels ?? [])].sort(byPlace) };
      found.push(current);
    } else current.panels.push(panel);
  }
  return found;
}

/**
 * The panels to draw, row headers among them, with the positions they have after rows were opened and closed: what a
 * closed row holds is not there, and what stands below it moves up.
 * @param panels of the dashboard file
 * @param toggled ids of the rows that are not as the file has them
 */
export function visiblePanels(panels: readonly PanelJson[], toggled: ReadonlySet<number>): PanelJson[] {
  const visible: PanelJson[] = [];
  let top = 0;
  for (const { row, panels: inside } of sections(panels)) {
    if (row) {
      const collapsed = (row.collapsed ?? false) !== toggled.has(row.id);
      visible.push({ ...row, collapsed, gridPos: { x: 0, y: top, w: COLUMNS, h: 1 } });
      top += 1;
      if (collapsed) continue;
    }
    if (inside.length === 0) continue;
    const first = Math.min(...inside.map(({ gridPos }) => gridPos.y));
    visible.push(
      ...inside.map((panel) => ({ ...panel, gridPos: { ...panel.gridPos, y: top + panel.gridPos.y - first } })),
    );
    top += Math.max(...inside.map(({ gridPos }) => gridPos.y + gridPos.h)) - first;
  }
  return visible;
}

const heightOf = (rows: number): number => rows * CELL_HEIGHT + (rows - 1) * GAP;

/** Where a panel stands in a grid of that width, in pixels. */
export function place({ x, y, w, h }: GridPosition, gridWidth: number): Rectangle {
  const column = (gridWidth - (COLUMNS - 1) * GAP) / COLUMNS;
  return {
    left: Math.round(x * (column + GAP)),
    top: y * (CELL_HEIGHT + GAP),
    width: Math.round(w * column + (w - 1) * GAP),
    height: heightOf(h),
  };
}

/** The rectangles of panels, in their order; narrow grids stack them over the whole width. */
export function layout(panels: readonly PanelJson[], gridWidth: number): Rectangle[] {
  if (gridWidth >= STACK_BELOW) return panels.map((panel) => place(panel.gridPos, gridWidth));
  let top = 0;
  return panels.map((panel) => {
    const height = heightOf(panel.gridPos.h);
    const rectangle = { left: 0, top, width: gridWidth, height };
    top += height + GAP;
    return rectangle;
  });
}

/** The height of the whole grid, in pixels. */
export const gridHeight = (rectangles: readonly Rectangle[]): number =>
  Math.max(0, ...rectangles.map(({ top, height }) => top + height));
