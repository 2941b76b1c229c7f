import { AppPlugin } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { LinkButton } from '@grafana/ui';
import React from 'react';
// The types of version 6; build.ts puts the name in its place under which Grafana shares it, react-router.
import { Route, Routes } from 'react-router-dom-v5-compat';

const Start = () => (
  <PluginPage
    pageNav={{ text: 'Start of the example' }}
    actions={<LinkButton href="/a/example-app/more">More</LinkButton>}
  >
    Welcome
  </PluginPage>
);

const Root = () => (
  <Routes>
    <Route path="more" element={<PluginPage pageNav={{ text: 'More of the example' }}>More</PluginPage>} />
    <Route path="*" element={<Start />} />
  </Routes>
);

export const plugin = new AppPlugin().setRootPage(Root);
