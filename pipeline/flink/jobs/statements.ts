import { FLINK_SQL, SuuupraError, splitStatements, type SqlStatement } from '@suuupra/core';

/** A statement and where it stands, so that an error can name the place. */
export interface JobStatement extends SqlStatement {
  readonly file: string;
}

/** What a job's file does: statements that prepare the session, then the one that starts the job. */
export interface JobScript {
  readonly prepare: readonly JobStatement[];
  /** `EXECUTE STATEMENT SET BEGIN … END` or one `INSERT INTO …`, without a semicolon at its end. */
  readonly run: JobStatement;
}

const COMMENTS = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;
const withoutLead = (text: string): string => text.replace(COMMENTS, '');

const SET_BEGINS = /^EXECUTE\s+STATEMENT\s+SET\s+BEGIN\b/i;
const SET_ENDS = /^END$/i;
const STARTS_A_JOB = /^(EXECUTE|INSERT|SELECT|UPDATE|DELETE|CREATE\s+TABLE\s+\S+\s+AS)\b/i;

/**
 * The statements of a job's file.
 * @throws SuuupraError input_invalid unless the last statement starts the job and no other one does
 */
export function parseScript(sql: string, file: string): JobScript {
  const statements = parse(sql, file);
  const starting = statements.filter(startsJob);
  const run = statements.at(-1);
  if (run && starting.length === 1 && starting[0] === run) return { prepare: statements.slice(0, -1), run };
  const lines = starting.map(({ line }) => line);
  const found = lines.length === 0 ? 'none does' : `those on lines ${lines.join(', ')} do`;
  throw new SuuupraError('input_invalid', `${file}: the last statement, and no other, must start the job; ${found}`, {
    hint: 'Put all INSERT statements of the job into one EXECUTE STATEMENT SET BEGIN … END at the end of the file.',
    details: { file, lines },
  });
}

/**
 * The statements of a file that jobs include.
 * @throws SuuupraError input_invalid if one of them starts a job
 */
export function parsePreparation(sql: string, file: string): readonly JobStatement[] {
  const statements = parse(sql, file);
  const starting = statements.find(startsJob);
  if (!starting) return statements;
  throw new SuuupraError('input_invalid', `${file}: line ${String(starting.line)} starts a job in an included file`);
}

const startsJob = ({ text }: JobStatement): boolean => STARTS_A_JOB.test(withoutLead(text));

/** The semicolons inside a statement set do not end it. */
function parse(sql: string, file: string): JobStatement[] {
  const statements: JobStatement[] = [];
  let open: { line: number; texts: string[] } | undefined;
  for (const { text, line } of splitStatements(sql, FLINK_SQL)) {
    const code = withoutLead(text);
    if (!open && SET_BEGINS.test(code)) open = { line, texts: [text] };
    else if (!open) statements.push({ text, line, file });
    else if (!SET_ENDS.test(code)) open.texts.push(text);
    else {
      statements.push({ text: `${open.texts.join(';\n')};\nEND`, line: open.line, file });
      open = undefined;
    }
  }
  if (open)
    throw new SuuupraError('input_invalid', `${file}: the statement set on line ${String(open.line)} has no END`);
  return statements;
}
