import path from 'node:path';
import CopyPlugin from 'copy-webpack-plugin';
import { type Configuration } from 'webpack';
import { SubresourceIntegrityPlugin } from 'webpack-subresource-integrity';
import { fillIn } from './build/placeholders.ts';
import { PLUGIN_PARTS, ROOT, type PluginPart } from './build/plugins.ts';

/**
 * What Grafana shares with plugins, at both ends of the supported range (10.1 and 13). Anything else is bundled; what is
 * not here and not shared must not be imported: react/jsx-runtime is not shared by 10.1.
 */
const SHARED = [
  '@emotion/css',
  '@emotion/react',
  '@grafana/data',
  '@grafana/runtime',
  '@grafana/ui',
  'd3',
  'jquery',
  'lodash',
  'moment',
  'prismjs',
  'react',
  'react-dom',
  'react-redux',
  'react-router',
  'redux',
  'rxjs',
  'rxjs/operators',
];

/** One build per plugin: each has its own module.js, public path and names of chunks. */
function configurationOf(part: PluginPart, production: boolean): Configuration {
  return {
    name: part.id,
    mode: production ? 'production' : 'development',
    devtool: 'source-map', // no eval: Grafana's content security policy may forbid it
    context: part.source,
    entry: { module: './module' },
    externals: SHARED,
    output: {
      path: part.target,
      filename: '[name].js',
      chunkFilename: '[name].[contenthash:8].js',
      library: { type: 'amd' },
      publicPath: `public/plugins/${part.id}/`,
      uniqueName: part.id,
      crossOriginLoading: 'anonymous',
      clean: false, // plugins are nested in each other; build.ts empties the bundle
    },
    cache: {
      type: 'filesystem',
      cacheDirectory: path.join(ROOT, '.cache/webpack', production ? 'production' : 'development', part.id),
      buildDependencies: { config: [import.meta.filename] },
    },
    module: {
      rules: [
        {
          test: /\.tsx?$/,
          use: {
            loader: 'swc-loader',
            options: {
              jsc: {
                target: 'es2021',
                parser: { syntax: 'typescript', tsx: true },
                transform: { react: { runtime: 'classic' } },
              },
            },
          },
        },
        { test: /\.(svg|png)$/, type: 'asset/resource', generator: { filename: 'img/[name].[hash:8][ext]' } },
      ],
    },
    plugins: [
      new CopyPlugin({
        patterns: [
          { from: 'plugin.json', to: '.', transform: fillIn },
          { from: 'img', to: 'img', noErrorOnMissing: true },
          ...part.files.map((file) => ({ from: path.join(ROOT, file), to: '.', transform: fillIn })),
        ],
      }),
      new SubresourceIntegrityPlugin({ hashFuncNames: ['sha256'] }),
    ],
    resolve: { extensions: ['.ts', '.tsx', '.js'] },
    performance: { hints: false },
    stats: 'errors-warnings',
  };
}

/** Configurations of every plugin that ships. */
export const configurations = (production: boolean): Configuration[] =>
  PLUGIN_PARTS.map((part) => configurationOf(part, production));
