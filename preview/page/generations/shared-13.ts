import * as emotion from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as data from '@grafana/data';
import * as dataUnstable from '@grafana/data/unstable';
import * as runtime from '@grafana/runtime';
import * as runtimeUnstable from '@grafana/runtime/unstable';
import * as ui from '@grafana/ui';
import * as uiUnstable from '@grafana/ui/unstable';
import * as d3 from 'd3';
import i18next from 'i18next';
import jquery from 'jquery';
import lodash from 'lodash';
import moment from 'moment';
import prism from 'prismjs';
import * as React from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as jsxDevRuntime from 'react/jsx-dev-runtime';
import * as ReactDOM from 'react-dom';
import * as ReactDOMClient from 'react-dom/client';
import * as redux from 'redux';
import * as reactRedux from 'react-redux';
import * as routerDom from 'react-router-dom';
import * as routerCompat from 'react-router-dom-v5-compat';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';

/**
 * The modules that Grafana 13 shares with plugins and that a plugin of today asks for. Those for plugins of Angular's
 * time (app/…, jquery.flot, slate) are left out.
 */
export const sharedModules = (): Record<string, unknown> => ({
  '@emotion/css': emotion,
  '@emotion/react': emotionReact,
  '@grafana/data': data,
  '@grafana/data/unstable': dataUnstable,
  '@grafana/runtime': runtime,
  '@grafana/runtime/unstable': runtimeUnstable,
  '@grafana/ui': ui,
  '@grafana/ui/unstable': uiUnstable,
  d3,
  emotion,
  i18next: useDefault(i18next),
  jquery: useDefault(jquery),
  lodash: useDefault(lodash),
  moment: useDefault(moment),
  prismjs: useDefault(prism),
  react: React,
  'react/jsx-runtime': jsxRuntime,
  'react/jsx-dev-runtime': jsxDevRuntime,
  'react-dom': ReactDOM,
  'react-dom/client': ReactDOMClient,
  'react-redux': reactRedux,
  'react-router': routerCompat,
  'react-router-dom': routerDom,
  redux,
  rxjs,
  'rxjs/operators': rxjsOperators,
});

/** A module that is one function or object: SystemJS hands out its default export in place of the module. */
function useDefault(value: unknown): Record<string, unknown> {
  return { default: value, __useDefault: true };
}
