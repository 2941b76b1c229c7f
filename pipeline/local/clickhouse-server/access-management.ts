import { raise } from './errors.ts';
import type { Token } from './lexer.ts';

const KINDS = new Set(['USER', 'ROLE', 'QUOTA', 'POLICY', 'PROFILE', 'ROW', 'SETTINGS', 'MASKING']);

/**
 * The engine would refuse these statements too, but in words that send the reader looking for a grant.
 * @throws ClickHouseError 497 for statements about users, roles, quotas, policies and profiles
 */
export function refuseAccessManagement(statement: readonly Token[]): void {
  const [first, second, third] = statement.map((token) => token.keyword);
  const defines = ['CREATE', 'ALTER', 'DROP'].includes(first ?? '') && KINDS.has(second ?? '');
  const sets = first === 'SET' && (second === 'ROLE' || (second === 'DEFAULT' && third === 'ROLE'));
  const grants = first === 'GRANT' || first === 'REVOKE' || (first === 'EXECUTE' && second === 'AS');
  if (defines || sets || grants)
    throw raise.accessDenied(
      'This server has one user and no roles, quotas, row policies or settings profiles; the user is named by SUUUPRA_CLICKHOUSE_USER',
    );
}
