import { CLICKHOUSE_SQL, sqlTokens } from '@suuupra/core';

/** What a statement can do to a running installation. */
export interface Danger {
  readonly kind: 'loses data' | 'rewrites data' | 'stops ingestion' | 'cannot be repeated';
  readonly why: string;
}

interface Rule extends Danger {
  readonly applies: (code: string) => boolean;
}

const matches =
  (...patterns: RegExp[]) =>
  (code: string): boolean =>
    patterns.some((pattern) => pattern.test(code));

const RULES: readonly Rule[] = [
  {
    kind: 'loses data',
    why: 'what is dropped or deleted is gone',
    applies: matches(
      /^DROP (TABLE|DATABASE|DICTIONARY)\b/,
      /^TRUNCATE\b/,
      /^DELETE\b/,
      /^ALTER TABLE\b.*\b(DROP (COLUMN|PARTITION|PART)|CLEAR COLUMN|DELETE|REPLACE PARTITION|MODIFY TTL)\b/,
    ),
  },
  {
    kind: 'loses data',
    why: 'a table that is replaced begins empty (a Kafka table holds nothing and goes on where its group stands)',
    applies: (code) => /^(CREATE OR )?REPLACE TABLE\b/.test(code) && !/\bENGINE = (KAFKA|NULL)\b/.test(code),
  },
  {
    kind: 'rewrites data',
    why: 'every part is written again, which takes disk and time on a large table',
    applies: matches(
      /^ALTER TABLE\b.*\b(UPDATE|MATERIALIZE|MODIFY ORDER BY|APPLY DELETED MASK)\b/,
      /^ALTER TABLE\b.*\bMODIFY COLUMN\b(?!.*\b(COMMENT|DEFAULT|REMOVE)\b)/,
      /^OPTIMIZE\b/,
    ),
  },
  {
    kind: 'stops ingestion',
    why: 'while the view or table is away nothing is read from Kafka; what comes meanwhile waits there',
    applies: matches(/^DROP (VIEW|TABLE)\b.*(_MV|KAFKA_\w+)\b/, /^DETACH\b/, /^SYSTEM STOP\b/),
  },
  {
    kind: 'cannot be repeated',
    why: 'a run that dies right after it will meet it again: write IF NOT EXISTS, IF EXISTS or OR REPLACE',
    applies: (code) =>
      /^(CREATE|DROP|RENAME|ALTER TABLE\b.*\b(ADD|DROP) (COLUMN|INDEX|PROJECTION|CONSTRAINT))\b/.test(code) &&
      !/\b(IF NOT EXISTS|IF EXISTS|OR REPLACE)\b/.test(code),
  },
];

/** The words of a statement in upper case, one space apart, without comments and with strings emptied. */
function codeOf(statement: string): string {
  let code = '';
  for (const { kind, text } of sqlTokens(statement, CLICKHOUSE_SQL))
    if (kind === 'quoted') code += text.startsWith("'") || text.startsWith('$') ? "''" : text.slice(1, -1);
    else code += kind === 'comment' ? ' ' : text;
  return code.toUpperCase().replace(/\s+/g, ' ').replace(/ ?= ?/g, ' = ').trim();
}

/** The dangers of one statement of a migration; most have none. */
export function dangersOf(statement: string): readonly Danger[] {
  const code = codeOf(statement);
  return RULES.filter(({ applies }) => applies(code)).map(({ kind, why }) => ({ kind, why }));
}
