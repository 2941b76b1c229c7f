import type { AppRootProps } from '@grafana/data';
import React from 'react';
import { HomePage } from './home.tsx';

/** The pages of the app, by the address below /a/suuupra-analytics-app. */
export default function Pages(_props: AppRootProps) {
  return <HomePage />;
}
