/** Directions of the layers (docs/architecture.md): domain <- workflows, db, activities, api, audit <- entry points. */
const entries = '^((worker|server|cli|start)|reference-broker/main)\\.ts$';
const layer = (name, path, allowed) => ({
  name,
  severity: 'error',
  from: { path },
  to: { dependencyTypesNot: ['core', 'npm', 'npm-dev', 'npm-optional'], pathNot: [path, ...allowed], path: '\\.(tsx?|json)$' },
});

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-entry-point-imported', severity: 'error', from: { pathNot: '^(test|bin)/' }, to: { path: entries } },
    { name: 'no-test-imported', severity: 'error', from: { pathNot: '^(test|bench)/' }, to: { path: '^test/' } },
    layer('domain-imports-itself', '^domain/', []),
    layer('workflows-import-domain', '^workflows/', ['^domain/', '^activities/ports\\.ts$']),
    layer('db-imports-domain', '^db/', ['^domain/', '^telemetry/', '^tlog/']),
    layer('tlog-is-pure', '^tlog/', []),
    layer('dossier-reads-store-and-log', '^dossier/', ['^domain/', '^db/', '^tlog/', '^console/words/']),
    layer('telemetry-stands-alone', '^telemetry/', []),
    layer('simulation-hosts-processes', '^simulation/', ['^domain/', '^workflows/(case-loop|case-port|steps)\\.ts$']),
    layer('engine-speaks-to-workflows', '^engine/', ['^domain/', '^db/', '^workflows/', '^activities/(ports|index)\\.ts$', '^config\\.ts$', '^telemetry/']),
    layer('activities-do-the-work', '^activities/', ['^domain/', '^db/', '^engine/(engine|archive/archiver)\\.ts$', '^workflows/case-port\\.ts$', '^telemetry/', '^brokers/']),
    layer('feed-reads-the-store', '^feed/', ['^domain/', '^db/', '^outgoing/']),
    layer('outgoing-stands-alone', '^outgoing/', []),
    layer('osb-stands-alone', '^osb/', []),
    layer('brokers-speak-osb', '^brokers/', ['^domain/', '^db/', '^osb/', '^outgoing/', '^telemetry/']),
    layer('api-above-db-and-engine', '^api/', ['^domain/', '^db/', '^activities/ports\\.ts$', '^engine/', '^feed/', '^brokers/', '^osb/', '^config\\.ts$', '^log\\.ts$', '^telemetry/', '^console/', '^tlog/', '^dossier/', '^simulation/forecast/']),
    // The pages read and send what the interface does, by the same code; of its routes they know nothing.
    layer('console-over-the-interface', '^console/', ['^domain/', '^db/', '^simulation/forecast/', '^api/(auth|campaigns|cases|constitution|forecasts|http|pages|territory)/', '^api/(bodies|catalogue|context|personal|problems)\\.ts$']),
    layer('audit-above-db-and-engine', '^audit/', ['^domain/', '^db/', '^engine/', '^workflows/', '^tlog/', '^dossier/']),
    layer('reference-broker-knows-nothing-of-the-project', '^reference-broker/', ['^config(-values)?\\.ts$', '^log\\.ts$']),
    layer('embedded-stands-alone', '^embedded/', ['^config\\.ts$']),
    {
      name: 'the-deterministic-zone-has-no-builtin', severity: 'error',
      from: { path: '^(domain|workflows)/' }, to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-deterministic-zone-has-its-libraries-only', severity: 'error',
      from: { path: '^(domain|workflows)/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional'], pathNot: ['node_modules/(zod|temporal-polyfill|temporal-spec|@temporalio/workflow)/'] },
    },
    {
      name: 'the-client-is-called-by-the-engine-only', severity: 'error',
      from: { pathNot: '^(engine|embedded|test|bench)/' }, to: { path: 'node_modules/@temporalio/(client|worker)/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-type-of-a-schema-pulls-zod', severity: 'error', from: { path: '^domain/', pathNot: '/(commands|schemas)[./]' }, to: { path: 'node_modules/zod', dependencyTypesNot: ['type-only'] } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: 'specify',
    detectProcessBuiltinModuleCalls: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^node_modules/.*/node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
