import * as emotion from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as data from '@grafana/data';
import * as runtime from '@grafana/runtime';
import * as ui from '@grafana/ui';
import * as d3 from 'd3';
import jquery from 'jquery';
import lodash from 'lodash';
import moment from 'moment';
import prism from 'prismjs';
import React from 'react';
import ReactDOM from 'react-dom';
import * as redux from 'redux';
import * as reactRedux from 'react-redux';
import * as routerDom from 'react-router-dom';
import * as routerCompat from 'react-router-dom-v5-compat';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';
import slate from 'slate';
import slatePlain from 'slate-plain-serializer';
import slateReact from 'slate-react';
import { type HostComponents } from './generation.ts';

/**
 * The modules that Grafana 10.1 shares with plugins, and no others: there is no react/jsx-runtime, no i18next, no
 * @grafana/i18n and no `unstable` entry, so that a bundle which wants one of them fails here as it fails there.
 * Modules under app/ (Angular's inheritance) are left out; they fail with 404 too.
 */
export const sharedModules = ({ PluginPage, PanelDataErrorView }: HostComponents): Record<string, unknown> => ({
  '@emotion/css': emotion,
  '@emotion/react': emotionReact,
  '@grafana/data': data,
  // 10.1 sets these two by functions that its npm package does not contain.
  '@grafana/runtime': { ...runtime, PluginPage, PanelDataErrorView },
  '@grafana/slate-react': slateReact,
  '@grafana/ui': {
    ...ui,
    PanelPlugin: data.PanelPlugin,
    DataSourcePlugin: data.DataSourcePlugin,
    AppPlugin: data.AppPlugin,
    DataSourceApi: data.DataSourceApi,
  },
  d3,
  emotion,
  jquery,
  lodash,
  moment,
  prismjs: prism,
  react: React,
  'react-dom': ReactDOM,
  'react-redux': reactRedux,
  'react-router': routerCompat,
  'react-router-dom': routerDom,
  redux,
  rxjs,
  'rxjs/operators': rxjsOperators,
  slate,
  'slate-plain-serializer': slatePlain,
  'slate-react': slateReact,
});
