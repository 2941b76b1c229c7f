import { type PanelData } from '@grafana/data';
import { Drawer } from '@grafana/ui';
import React from 'react';
import { FrameTables } from '../views/frame-tables.tsx';
import { OptionList } from './option-list.tsx';
import { type LoadedPanel } from './use-panel-plugin.ts';

/** What the drawer beside a panel shows. */
export type DrawerKind = 'data' | 'options';

interface Props {
  readonly kind: DrawerKind;
  readonly title: string;
  readonly loaded: LoadedPanel;
  readonly data: PanelData;
  readonly onClose: () => void;
}

/** The drawer of a panel: its frames, or its options to try out. Nothing of it is saved. */
export function PanelDrawer({ kind, title, loaded, data, onClose }: Props) {
  const name = title || loaded.plugin?.meta.name || 'Panel';
  return (
    <Drawer
      title={kind === 'data' ? `Data: ${name}` : `Options: ${name}`}
      subtitle={
        kind === 'data'
          ? data.series.length === 1
            ? '1 frame'
            : `${String(data.series.length)} frames`
          : 'To try out; the file stays as it is'
      }
      size="md"
      onClose={onClose}
    >
      {kind === 'data' ? <FrameTables frames={data.series} /> : <OptionList loaded={loaded} data={data} />}
    </Drawer>
  );
}
