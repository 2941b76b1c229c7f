import { Global } from '@emotion/react';
import { type GrafanaTheme2 } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React from 'react';

const FACES = [
  ['Inter', 400, 'normal', 'inter/Inter-Regular.woff2'],
  ['Inter', 500, 'normal', 'inter/Inter-Medium.woff2'],
  ['Inter', 400, 'italic', 'inter/Inter-Italic.woff2'],
  ['Roboto Mono', 400, 'normal', 'roboto/RobotoMono-Regular.woff2'],
  ['Roboto Mono', 500, 'normal', 'roboto/RobotoMono-Medium.woff2'],
] as const;

const fonts = FACES.map(([fontFamily, fontWeight, fontStyle, file]) => ({
  '@font-face': {
    fontFamily,
    fontWeight,
    fontStyle,
    fontDisplay: 'swap',
    src: `url(/public/fonts/${file}) format("woff2")`,
  },
}));

/**
 * The base styles of the page for 10.1. A Grafana of that time has them in a stylesheet of its server that is not in
 * npm; its components expect a reset like this one. (Since then they are part of GlobalStyles of @grafana/ui.)
 */
export function BaseStyles10() {
  const theme = useTheme2();
  return <Global styles={[...fonts, reset(theme)]} />;
}

const reset = (theme: GrafanaTheme2) => ({
  '*, *::before, *::after': { boxSizing: 'inherit' as const },
  html: { boxSizing: 'border-box' as const, fontSize: theme.typography.htmlFontSize },
  body: { margin: 0 },
  'button, input, select, textarea': { margin: 0, fontFamily: 'inherit', fontSize: 'inherit', lineHeight: 'inherit' },
  button: { padding: 0, border: 'none', background: 'none', cursor: 'pointer' },
  fieldset: { margin: 0, padding: 0, border: 0, minWidth: 0 },
  p: { margin: theme.spacing(0, 0, 2) },
  'h1, h2, h3, h4, h5, h6': { marginTop: 0 },
  'ul, ol': { margin: theme.spacing(0, 0, 2), paddingLeft: theme.spacing(3) },
  table: { borderCollapse: 'collapse' as const, borderSpacing: 0 },
  label: { display: 'inline-block' },
  'img, svg': { verticalAlign: 'middle' },
  a: { color: 'inherit', textDecoration: 'none' },
  'pre, code, kbd': { fontFamily: theme.typography.fontFamilyMonospace },
});
