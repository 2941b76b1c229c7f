import { SETTINGS, type Setting } from '@suuupra/core';

const described = ({ default: value }: Setting<unknown>): string => {
  if ('value' in value) return value.value === '' ? 'empty' : `\`${value.value}\``;
  return 'derived' in value ? value.derived : 'none';
};

/** docs/configuration.md: every variable with its default. */
export function renderConfigurationPage(): string {
  const rows = Object.values<Setting<unknown>>(SETTINGS).map(
    (setting) =>
      `| \`${setting.env}\` | ${described(setting)} | ${setting.description}${setting.secret ? ' Secret: never logged.' : ''} |`,
  );
  return `# Configuration

<!-- Generated from pipeline/core/settings.ts by \`npm run generate\`. -->

Everything is configured by environment variables; \`.env.example\` has those that one usually sets. All faults are reported
together at the start, and a variable that begins with \`SUUUPRA_\` and is not listed here is one of them. Relative paths start
in the project's folder. The options \`--home\` and \`--port-base\` of \`suuupra\` go before their variables.

| variable | default | meaning |
|---|---|---|
${rows.join('\n')}
`;
}
