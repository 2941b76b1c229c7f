import type { LinkModel } from '@grafana/data';
import React, { type ReactNode } from 'react';
import { usePanelStyles } from './styles.ts';

export type DetailRow = readonly [label: ReactNode, value: string, note?: string];

interface Props {
  readonly title: ReactNode;
  readonly color?: string | undefined;
  readonly rows: readonly DetailRow[];
  /** Data links: they can be followed once the details are pinned. */
  readonly links?: readonly LinkModel[];
  readonly isPinned?: boolean;
}

/** All numbers of one mark: the content of a tooltip. */
export function Details({ title, color, rows, links = [], isPinned = false }: Props) {
  const styles = usePanelStyles();
  return (
    <>
      <div className={styles.detailsTitle}>
        {color !== undefined && <span className={styles.swatch} style={{ background: color }} />}
        {title}
      </div>
      <table className={styles.details}>
        <tbody>
          {rows.map(([label, value, note], index) => (
            <tr key={index}>
              <th scope="row">{label}</th>
              <td>{value}</td>
              {note !== undefined && <td className={styles.muted}>{note}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {links.length > 0 && (
        <div className={styles.detailsLinks}>
          {isPinned
            ? links.map((link, index) => (
                <a
                  key={index}
                  className={styles.link}
                  href={link.href}
                  target={link.target}
                  rel={link.target === '_blank' ? 'noreferrer' : undefined}
                  onClick={link.onClick}
                >
                  {link.title}
                </a>
              ))
            : `Click for ${links.length === 1 ? 'the link' : `${String(links.length)} links`}`}
        </div>
      )}
    </>
  );
}
