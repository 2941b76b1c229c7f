import { PanelPlugin } from '@grafana/data';
import { jsx } from 'react/jsx-runtime';

/** A panel built with the automatic JSX runtime, which Grafana 10.1 does not share with plugins. */
export const plugin = new PanelPlugin(() => jsx('p', { 'data-testid': 'jsx-panel', children: 'automatic runtime' }));
