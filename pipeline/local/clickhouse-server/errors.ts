import { errorMessage } from '@suuupra/core';

/** An error in ClickHouse's own terms, as its clients expect it. */
export class ClickHouseError extends Error {
  override readonly name = 'ClickHouseError';
  readonly code: number;
  /** The name of the code in capitals, such as SYNTAX_ERROR. */
  readonly type: string;

  constructor(code: number, type: string, message: string) {
    super(message);
    this.code = code;
    this.type = type;
  }
}

/** The codes that this server raises itself; all others come from the engine. Numbers are ClickHouse's. */
export const raise = {
  badArguments: (message: string) => new ClickHouseError(36, 'BAD_ARGUMENTS', message),
  notImplemented: (message: string) => new ClickHouseError(48, 'NOT_IMPLEMENTED', message),
  syntax: (message: string) => new ClickHouseError(62, 'SYNTAX_ERROR', message),
  unknownFormat: (name: string) => new ClickHouseError(73, 'UNKNOWN_FORMAT', `Unknown format ${name}`),
  readonly: () => new ClickHouseError(164, 'READONLY', 'default: Cannot execute query in readonly mode'),
  tooManyQueries: (message: string) => new ClickHouseError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', message),
  duplicateQueryId: (id: string) =>
    new ClickHouseError(216, 'QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING', `Query with id = ${id} is already running`),
  sessionNotFound: (id: string) => new ClickHouseError(372, 'SESSION_NOT_FOUND', `Session ${id} not found`),
  sessionLocked: (id: string) =>
    new ClickHouseError(373, 'SESSION_IS_LOCKED', `Session ${id} is locked by a concurrent client`),
  sessionTimeout: (message: string) => new ClickHouseError(374, 'INVALID_SESSION_TIMEOUT', message),
  tooLarge: (message: string) => new ClickHouseError(229, 'QUERY_IS_TOO_LARGE', message),
  cancelled: () => new ClickHouseError(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled'),
  accessDenied: (message: string) => new ClickHouseError(497, 'ACCESS_DENIED', message),
  unknownRole: (role: string) =>
    new ClickHouseError(511, 'UNKNOWN_ROLE', `There is no role \`${role}\`: this server has no roles`),
  authentication: (user: string) =>
    new ClickHouseError(
      516,
      'AUTHENTICATION_FAILED',
      `${user}: Authentication failed: password is incorrect, or there is no user with such name`,
    ),
} as const;

const UNKNOWN_EXCEPTION = 1002;
const ENGINE_ERROR = /^Code: (\d+)\. DB::Exception: ([^]*?)\.? \(([A-Z0-9_]+)\)$/;

/**
 * Reads an error that the addon has thrown. Its text repeats the prefix where the engine's client wraps the engine's
 * error, ends with the version, and names the pipe through which the data went; none of that is of use to a client.
 */
export function engineError(thrown: unknown): ClickHouseError {
  if (thrown instanceof ClickHouseError) return thrown;
  const text = errorMessage(thrown)
    .trim()
    .replace(/^(Code: \d+\. DB::Exception: )(?=Code: \d+\. DB::Exception: )/, '')
    .replace(/ \(version [^()]*(\([^()]*\))?\)(?=\.? \([A-Z0-9_]+\)$|$)/, '')
    .replace(/(\([A-Z0-9_]+\))\.? \1$/, '$1')
    .replace(/\(in file\/uri [^)]*\): /g, '')
    .replace(/: data for INSERT was parsed from file/g, '')
    .replace(/ INTO OUTFILE '[^']*' TRUNCATE COMPRESSION '[a-z0-9]*'/g, '');
  const match = ENGINE_ERROR.exec(text);
  if (match === null) return new ClickHouseError(UNKNOWN_EXCEPTION, 'UNKNOWN_EXCEPTION', text || 'Unknown exception');
  return new ClickHouseError(Number(match[1]), match[3] as string, match[2] as string);
}

/** The text of an error response, in the words and form of a ClickHouse server. */
export const renderError = (error: ClickHouseError, version: string): string =>
  `Code: ${String(error.code)}. DB::Exception: ${error.message}. (${error.type}) (version ${version} (official build))\n`;

/** Statuses of ClickHouse's exceptionCodeToHTTPStatus.cpp, and 503 where too many queries wait; all other codes are 500. */
const STATUS = new Map<number, number>(
  Object.entries({
    400: [6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 675, 676],
    401: [194],
    403: [192, 193, 497, 512, 516],
    404: [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511],
    408: [159],
    411: [381],
    413: [229],
    415: [779],
    501: [48],
    503: [76, 202, 209, 439],
  }).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);

/** HTTP status of an error code. */
export const statusOf = (code: number): number => STATUS.get(code) ?? 500;
