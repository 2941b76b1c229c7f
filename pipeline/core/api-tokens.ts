import * as v from 'valibot';

/** What a token may do: `read` asks, `save` changes what users keep, `operate` sees the pipeline and raw messages. */
export const SCOPES = ['read', 'save', 'operate'] as const;
export type Scope = (typeof SCOPES)[number];

/** Bounds of what one token may ask for; what is left out is bound by the common settings. */
export interface TokenLimits {
  readonly requestsPerMinute?: number | undefined;
  /** Most rows and bytes that ClickHouse may read for one query, and the longest time it may take. */
  readonly maxRowsRead?: number | undefined;
  readonly maxBytesRead?: number | undefined;
  readonly maxSeconds?: number | undefined;
}

export interface ApiToken extends TokenLimits {
  /** Who it was given to; shown in logs and metrics. */
  readonly name: string;
  readonly token: string;
  readonly scopes: readonly Scope[];
}

/** A token as RFC 6750 allows it in `Authorization: Bearer`. */
const TOKEN = /^[\w.~+/-]{16,}=*$/;
const TOKEN_RULE = 'must be at least 16 of the characters A–Z a–z 0–9 - . _ ~ + /';
export const tokenSchema = v.pipe(v.string(TOKEN_RULE), v.regex(TOKEN, TOKEN_RULE));

const bound = v.optional(
  v.pipe(v.number('must be a number'), v.safeInteger('must be whole'), v.minValue(1, 'must be at least 1')),
);
const name = v.pipe(v.string('must be a text'), v.regex(/^[\w-]{1,64}$/, 'must be 1 to 64 of A–Z a–z 0–9 _ -'));

const entrySchema = v.pipe(
  v.strictObject(
    {
      name,
      token: tokenSchema,
      scopes: v.pipe(
        v.array(v.picklist(SCOPES, `must be of ${SCOPES.join(', ')}`), 'must be a list'),
        v.nonEmpty('must not be empty'),
      ),
      requests_per_minute: bound,
      max_rows_read: bound,
      max_bytes_read: bound,
      max_seconds: bound,
    },
    // The default message would show what was found, which may be a secret.
    'must be an object with name, token, scopes and no unknown key',
  ),
  v.transform((entry): ApiToken => ({
    name: entry.name,
    token: entry.token,
    scopes: entry.scopes,
    requestsPerMinute: entry.requests_per_minute,
    maxRowsRead: entry.max_rows_read,
    maxBytesRead: entry.max_bytes_read,
    maxSeconds: entry.max_seconds,
  })),
);

const distinct = (tokens: readonly ApiToken[], key: 'name' | 'token'): boolean =>
  new Set(tokens.map((token) => token[key])).size === tokens.length;

const listSchema = v.pipe(
  v.array(entrySchema, 'must be a list'),
  v.check((tokens) => distinct(tokens, 'name'), 'two tokens have one name'),
  v.check((tokens) => distinct(tokens, 'token'), 'two entries have one token'),
);

/** The value of SUUUPRA_API_TOKENS: JSON. No message of a fault shows a value. */
export const apiTokensSchema = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): readonly ApiToken[] => {
    let json: unknown;
    try {
      json = JSON.parse(dataset.value);
    } catch {
      addIssue({ message: 'must be JSON such as [{"name": "grafana", "token": "…", "scopes": ["read"]}]' });
      return NEVER;
    }
    const result = v.safeParse(listSchema, json);
    if (result.success) return result.output;
    const [issue] = result.issues;
    addIssue({ message: `${v.getDotPath(issue) ?? 'it'}: ${issue.message}` });
    return NEVER;
  }),
);
