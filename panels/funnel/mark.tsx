import { DataLinksContextMenu } from '@grafana/ui';
import type { Field, LinkModel } from '@grafana/data';
import { cx } from '@emotion/css';
import React, { type CSSProperties, type MouseEvent, type ReactNode } from 'react';
import type { FunnelStep } from './model.ts';
import { useFunnelStyles } from './styles.ts';
import type { Place, Stage } from './use-stage.ts';

interface Props {
  readonly stage: Stage;
  readonly place: Place;
  readonly step: FunnelStep;
  readonly label: string;
  readonly field: Field;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly children?: ReactNode;
}

/** The data links of a step. */
export const linksOf = (field: Field, { row }: FunnelStep): LinkModel<Field>[] =>
  row === undefined || (field.config.links ?? []).length === 0 ? [] : (field.getLinks?.({ valueRowIndex: row }) ?? []);

/** A click by the keyboard has no place on the screen: the menu opens below the bar then. */
function atElement(event: MouseEvent<HTMLElement>): MouseEvent<HTMLElement> {
  if (event.detail > 0) return event;
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  return { ...event, pageX: left + window.scrollX, pageY: bottom + window.scrollY };
}

/** What of a step can be pointed at, focused and, where it has data links, followed. */
export function Mark({ stage, place, step, label, field, className, style, children }: Props) {
  const styles = useFunnelStyles();
  const links = linksOf(field, step);
  const shared = { ...stage.markProps(place), className: cx(styles.mark, className), style, 'aria-label': label };
  const [only] = links;
  if (only === undefined) {
    return (
      <div {...shared} role="img">
        {children}
      </div>
    );
  }
  if (links.length === 1) {
    return (
      <a
        {...shared}
        aria-label={`${label} ${only.title}`}
        href={only.href}
        target={only.target}
        rel={only.target === '_blank' ? 'noreferrer' : undefined}
        onClick={only.onClick}
      >
        {children}
      </a>
    );
  }
  return (
    <DataLinksContextMenu links={() => links}>
      {({ openMenu }) => (
        <button
          {...shared}
          type="button"
          aria-haspopup="menu"
          onClick={(event) => {
            openMenu?.(atElement(event));
          }}
        >
          {children}
        </button>
      )}
    </DataLinksContextMenu>
  );
}
