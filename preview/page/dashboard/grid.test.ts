import { describe, expect, it } from 'vitest';
import { gridHeight, layout, place, visiblePanels } from './grid.ts';
import { type PanelJson } from './model.ts';

const panel = (id: number, x: number, y: number, w: number, h: number, more: Partial<PanelJson> = {}): PanelJson => ({
  id,
  type: 'stat',
  gridPos: { x, y, w, h },
  ...more,
});
const row = (id: number, y: number, more: Partial<PanelJson> = {}) => panel(id, 0, y, 24, 1, { type: 'row', ...more });
const places = (panels: PanelJson[]) => panels.map(({ id, gridPos }) => [id, gridPos.x, gridPos.y]);

describe('place', () => {
  it('gives a full-width panel the whole width', () => {
    expect(place({ x: 0, y: 0, w: 24, h: 8 }, 1200)).toEqual({ left: 0, top: 0, width: 1200, height: 296 });
  });

  it('leaves the gap of the grid between neighbours and rows', () => {
    const left = place({ x: 0, y: 0, w: 12, h: 4 }, 1208);
    const right = place({ x: 12, y: 4, w: 12, h: 4 }, 1208);
    expect(right.left - left.width).toBe(8);
    expect(right.top - left.height).toBe(8);
  });
});

describe('layout', () => {
  it('stacks panels over the whole width when the grid is narrow', () => {
    const rectangles = layout([panel(1, 0, 0, 12, 2), panel(2, 12, 0, 12, 3)], 500);
    expect(rectangles.map(({ left, top, width }) => [left, top, width])).toEqual([
      [0, 0, 500],
      [0, 76, 500],
    ]);
    expect(gridHeight(rectangles)).toBe(76 + 106);
  });

  it('has no height without panels', () => {
    expect(gridHeight(layout([], 1000))).toBe(0);
  });
});

describe('visiblePanels', () => {
  const open = [panel(1, 0, 0, 12, 4), row(2, 4), panel(3, 0, 5, 12, 4), row(4, 9), panel(5, 0, 10, 12, 4)];
  const closed = [row(1, 0, { collapsed: true, panels: [panel(2, 0, 1, 12, 6)] }), row(3, 1), panel(4, 0, 2, 12, 4)];

  it('leaves panels where the file has them', () => {
    expect(places(visiblePanels(open, new Set()))).toEqual(places(open));
  });

  it('hides what a closed row holds and moves up what follows', () => {
    expect(places(visiblePanels(open, new Set([2])))).toEqual([
      [1, 0, 0],
      [2, 0, 4],
      [4, 0, 5],
      [5, 0, 6],
    ]);
  });

  it('shows the panels of a row that the file has closed once it is opened, and makes room for them', () => {
    expect(places(visiblePanels(closed, new Set([1])))).toEqual([
      [1, 0, 0],
      [2, 0, 1],
      [3, 0, 7],
      [4, 0, 8],
    ]);
  });

  it('takes panels in reading order whatever the order of the file', () => {
    expect(visiblePanels([...open].reverse(), new Set()).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });
});
