import { css } from '@emotion/css';
import { type GrafanaTheme2, type PanelData, type QueryResultMetaNotice, renderMarkdown } from '@grafana/data';
import { Badge, Icon, Menu, PanelChrome, Tooltip, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { templateSrv } from '../services/templates.ts';
import { isStandIn } from '../stand-ins/index.ts';
import { PanelDrawer, type DrawerKind } from './panel-drawer.tsx';
import { type PanelJson } from './model.ts';
import { PanelBody } from './panel-body.tsx';
import { panelRange } from './time.ts';
import { type QueryContext, usePanelData } from './use-panel-data.ts';
import { usePanelPlugin } from './use-panel-plugin.ts';
import { type ChangeTimeRange } from './use-time-range.ts';

interface Props {
  readonly panel: PanelJson;
  readonly width: number;
  readonly height: number;
  readonly context: QueryContext;
  readonly onChangeTimeRange: ChangeTimeRange;
}

/** The queries see the width in steps, so that resizing a window does not ask the database at each pixel. */
const WIDTH_STEP = 16;

/** A panel in its frame: title, description, notices, state of its queries, menu. */
export function PanelFrame({ panel, width, height, context, onChangeTimeRange }: Props) {
  const [drawer, setDrawer] = useState<DrawerKind>();
  const loaded = usePanelPlugin(panel);
  const { plugin, error } = loaded;
  const range = React.useMemo(
    () => panelRange(context.timeRange, panel.timeFrom, context.timeZone),
    [context.timeRange, context.timeZone, panel.timeFrom],
  );
  const panelContext = React.useMemo(() => ({ ...context, timeRange: range }), [context, range]);
  const steppedWidth = Math.floor(width / WIDTH_STEP) * WIDTH_STEP;
  const data = usePanelData(panel, plugin, plugin && loaded.fieldConfig, panelContext, steppedWidth);
  const title = templateSrv.replace(panel.title ?? '', {}, 'text');
  const message = error ?? data.error?.message ?? data.errors?.[0]?.message;
  return (
    <section
      data-testid="panel"
      data-panel-id={panel.id}
      data-panel-type={panel.type}
      data-error={message}
      data-state={data.state}
      aria-label={title || panel.type}
    >
      <PanelChrome
        width={width}
        height={height}
        title={title}
        {...(panel.description ? { description: () => renderMarkdown(templateSrv.replace(panel.description)) } : {})}
        {...(message === undefined ? {} : { statusMessage: message })}
        loadingState={data.state}
        padding={plugin?.noPadding ? 'none' : 'md'}
        displayMode={panel.transparent ? 'transparent' : 'default'}
        titleItems={<TitleItems panel={panel} data={data} />}
        menu={
          <Menu>
            <Menu.Item
              label="Data"
              icon="info-circle"
              onClick={() => {
                setDrawer('data');
              }}
            />
            <Menu.Item
              label="Options"
              icon="sliders-v-alt"
              onClick={() => {
                setDrawer('options');
              }}
            />
          </Menu>
        }
      >
        {(innerWidth, innerHeight) => (
          <PanelBody
            panel={panel}
            title={title}
            loaded={loaded}
            data={data}
            width={innerWidth}
            height={innerHeight}
            timeZone={context.timeZone}
            onChangeTimeRange={onChangeTimeRange}
          />
        )}
      </PanelChrome>
      {drawer && plugin && (
        <PanelDrawer
          kind={drawer}
          title={title}
          loaded={loaded}
          data={data}
          onClose={() => {
            setDrawer(undefined);
          }}
        />
      )}
    </section>
  );
}

/** What stands beside the title: that the panel is a stand-in, its own time range, what the answer warns of. */
function TitleItems({ panel, data }: { panel: PanelJson; data: PanelData }) {
  const styles = useStyles2(getStyles);
  const notices = data.series.flatMap((frame) => frame.meta?.notices ?? []);
  return (
    <>
      {isStandIn(panel.type) && (
        <span className={styles.item}>
          <Badge
            text="stand-in"
            color="purple"
            tooltip={`Drawn by the preview in place of Grafana's ${panel.type} panel`}
          />
        </span>
      )}
      {panel.timeFrom && (
        <span className={styles.item}>
          <Icon name="clock-nine" size="sm" /> Last {panel.timeFrom}
        </span>
      )}
      {notices.length > 0 && <Notices notices={notices} />}
    </>
  );
}

function Notices({ notices }: { notices: QueryResultMetaNotice[] }) {
  const styles = useStyles2(getStyles);
  const severe = notices.some((notice) => notice.severity !== 'info');
  return (
    <Tooltip
      content={
        <>
          {notices.map((notice, index) => (
            <p key={index}>{notice.text}</p>
          ))}
        </>
      }
    >
      <span
        className={styles.item}
        tabIndex={0}
        role="img"
        aria-label={notices.map((notice) => notice.text).join('; ')}
      >
        <Icon name={severe ? 'exclamation-triangle' : 'info-circle'} size="sm" />
      </span>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  item: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0, 0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
  }),
});
