import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Portal, useStyles2 } from '@grafana/ui';
import React, { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

/** Where a tooltip belongs, in pixels of the window. */
export interface Anchor {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Props {
  readonly anchor: Anchor;
  /** It stays and takes the focus, so that what is in it can be used. */
  readonly isPinned?: boolean;
  readonly children: ReactNode;
}

const GAP = 8;

/**
 * Where a box of a size goes so that it lies beside its anchor and inside the window: below it, else above it, else
 * where it covers least.
 */
export function place(
  anchor: Anchor,
  box: { width: number; height: number },
  view: { width: number; height: number },
): { left: number; top: number } {
  const clamp = (value: number, most: number): number => Math.max(GAP, Math.min(value, most - GAP));
  const left = clamp((anchor.left + anchor.right - box.width) / 2, view.width - box.width);
  const below = anchor.bottom + GAP;
  if (below + box.height + GAP <= view.height) return { left, top: below };
  return { left, top: clamp(anchor.top - GAP - box.height, view.height - box.height) };
}

/** A box over everything that never leaves the window. */
export function FloatingTooltip({ anchor, isPinned = false, children }: Props) {
  const styles = useStyles2(tooltipStyles);
  const box = useRef<HTMLDivElement>(null);
  const [position, setPosition] = useState<{ left: number; top: number }>();
  useLayoutEffect(() => {
    const size = box.current?.getBoundingClientRect();
    if (size === undefined) return;
    const next = place(anchor, size, { width: window.innerWidth, height: window.innerHeight });
    setPosition((before) => (before?.left === next.left && before.top === next.top ? before : next));
  }, [anchor, children]);
  useEffect(() => {
    if (isPinned) box.current?.querySelector('a')?.focus();
  }, [isPinned]);
  return (
    <Portal>
      <div
        ref={box}
        className={styles}
        {...(isPinned ? { role: 'dialog', 'aria-label': 'Details' } : { role: 'tooltip' })}
        style={{
          ...(position ?? { visibility: 'hidden', left: 0, top: 0 }),
          pointerEvents: isPinned ? 'auto' : 'none',
        }}
      >
        {children}
      </div>
    </Portal>
  );
}

const tooltipStyles = (theme: GrafanaTheme2): string =>
  css({
    position: 'fixed',
    zIndex: theme.zIndex.tooltip,
    maxWidth: `min(320px, calc(100vw - ${String(2 * GAP)}px))`,
    padding: theme.spacing(1, 1.5),
    color: theme.colors.text.primary,
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.borderRadius(1),
    boxShadow: theme.shadows.z3,
    fontSize: theme.typography.bodySmall.fontSize,
  });
