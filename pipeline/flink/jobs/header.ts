import { SuuupraError } from '@suuupra/core';
import * as v from 'valibot';

/** How a changed job takes over from the one that runs. */
export const UPGRADES = {
  savepoint: 'stop with a savepoint and go on from it; a change that cannot take the state over is refused',
  'last-state': 'cancel and go on from the newest checkpoint, for jobs that cannot be stopped cleanly',
  stateless: 'stop with a savepoint and begin with empty state at the offsets read so far; rebuild what was open',
} as const;
export type Upgrade = keyof typeof UPGRADES;

const wholeNumber = v.pipe(v.string(), v.regex(/^[1-9]\d*$/, 'must be a whole number from 1 on'), v.transform(Number));
const duration = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d* (ms|s|min|h|d)$/, 'must be a duration such as `5 s`, `30 min` or `24 h`'),
);
const names = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ),
  v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]*$/, 'must be names of lower-case letters, digits and _'))),
);

const Header = v.strictObject({
  version: wholeNumber,
  owner: v.pipe(v.string(), v.nonEmpty('must name a team or person')),
  parallelism: v.optional(wholeNumber, '1'),
  'checkpoint-interval': v.optional(duration, '5 s'),
  'state-ttl': duration,
  upgrade: v.optional(
    v.picklist(Object.keys(UPGRADES) as Upgrade[], `must be ${Object.keys(UPGRADES).join(', ')}`),
    'savepoint',
  ),
  include: v.optional(names, ''),
  reads: names,
  writes: names,
});

export interface JobHeader {
  /** Grows with every change that a person should know of. */
  readonly version: number;
  readonly owner: string;
  readonly parallelism: number;
  /** As Flink writes durations: `5 s`. Also how long results wait before they are committed. */
  readonly checkpointInterval: string;
  /** How long state that no window owns (such as ids for de-duplication) is kept after it was last touched. */
  readonly stateTtl: string;
  readonly upgrade: Upgrade;
  /** Files of sql/flink/shared whose statements run first. */
  readonly include: readonly string[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** What the job is for: the comment lines that are not keys. */
  readonly description: string;
}

/**
 * Reads the comment at the head of a job's file: lines of text, and lines `-- @key value`.
 * @param sql the file
 * @param file its name, for the error
 * @throws SuuupraError input_invalid with all faults
 */
export function parseHeader(sql: string, file: string): JobHeader {
  const entries: Record<string, string> = {};
  const description: string[] = [];
  const faults: string[] = [];
  for (const line of sql.split('\n')) {
    const comment = /^--\s?(.*)$/.exec(line)?.[1];
    if (comment === undefined) break;
    const entry = /^@(\S+)\s*(.*)$/.exec(comment);
    if (!entry) description.push(comment);
    else if (entries[entry[1] as string] !== undefined) faults.push(`@${entry[1] as string} stands twice`);
    else entries[entry[1] as string] = (entry[2] as string).trim();
  }
  const parsed = v.safeParse(Header, entries);
  if (!parsed.success) faults.push(...parsed.issues.map(describe));
  if (!parsed.success || faults.length > 0)
    throw new SuuupraError('input_invalid', `${file}: ${faults.join('; ')}`, {
      hint: 'sql/flink/README.md describes the header of a job.',
      details: { file, faults },
    });
  const { 'checkpoint-interval': checkpointInterval, 'state-ttl': stateTtl, include, ...rest } = parsed.output;
  return {
    ...rest,
    checkpointInterval,
    stateTtl,
    include,
    description: description.join('\n').trim(),
  };
}

function describe(issue: v.BaseIssue<unknown>): string {
  const key = `@${String(issue.path?.[0]?.key)}`;
  if (issue.type === 'strict_object') return issue.expected === 'never' ? `${key} is not known` : `${key} is missing`;
  return `${key} ${issue.message}, not ${JSON.stringify(issue.input)}`;
}
