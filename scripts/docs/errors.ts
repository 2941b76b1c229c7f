import { ERROR_CODES } from '@suuupra/core';

/** docs/errors.md: every error code with what it means and what to do. */
export function renderErrorsPage(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { summary, solve }]) => `| \`${code}\` | ${summary} | ${solve} |`,
  );
  return `# Errors

<!-- Generated from pipeline/core/errors.ts by \`npm run generate\`. -->

Every error that a user can meet has one of these codes, a message that says what was wrong and where, and a hint. The
command line prints them on standard error, the HTTP API answers with them. A code never changes its meaning.

| code | meaning | what to do |
|---|---|---|
${rows.join('\n')}
`;
}
