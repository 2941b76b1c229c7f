// Who may import whom. The table in docs/architecture.md says the same in words.
const pipeline = (name) => `^pipeline/${name}/`;
/** Workspaces of pipeline/ that `from` may import, besides itself and packages of others. */
const allow = (from, to) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment: `pipeline/${from} may import only: ${to.join(', ') || 'nothing of ours'}`,
  from: { path: pipeline(from) },
  to: { path: '^(pipeline|plugin|datasource|panels|preview)/', pathNot: [from, ...to].map(pipeline) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Imports of types alone, and parts that are loaded lazily, make no cycle when the program runs',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    allow('analysis', []),
    allow('contracts', []),
    allow('core', ['contracts']),
    allow('clickhouse', ['core', 'contracts', 'analysis']),
    allow('producer', ['core', 'contracts']),
    allow('flink', ['core', 'contracts', 'producer']),
    allow('migrator', ['core', 'contracts', 'clickhouse']),
    allow('ledger', ['core', 'contracts', 'clickhouse', 'producer']),
    allow('collector', ['core', 'contracts', 'producer']),
    allow('browser-sdk', ['contracts']),
    allow('importer', ['core', 'contracts', 'producer', 'clickhouse']),
    allow('simulator', ['core', 'contracts', 'producer']),
    allow('api', ['core', 'contracts', 'analysis', 'clickhouse', 'flink', 'ledger']),
    allow('local', ['core', 'contracts', 'clickhouse', 'producer', 'flink', 'ledger', 'migrator']),
    {
      name: 'only-cli-is-on-top',
      severity: 'error',
      from: { path: '^(pipeline/(?!cli/)|plugin|datasource|panels|preview)' },
      to: { path: '^pipeline/cli/' },
    },
    {
      name: 'browser-imports',
      severity: 'error',
      comment: 'What runs in the browser imports only analysis and contracts of the pipeline',
      from: { path: '^(plugin/src|datasource/src|panels|preview)/' },
      to: { path: '^pipeline/', pathNot: '^pipeline/(analysis|contracts)/' },
    },
    {
      name: 'panels-never-each-other',
      severity: 'error',
      from: { path: '^panels/([^/]+)/' },
      to: { path: '^panels/[^/]+/', pathNot: ['^panels/$1/', '^panels/shared/'] },
    },
    {
      name: 'panels-datasource-plugin-apart',
      severity: 'error',
      from: { path: '^(panels|datasource|plugin)/' },
      to: { path: '^(panels|datasource|plugin)/', pathNot: '^$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
