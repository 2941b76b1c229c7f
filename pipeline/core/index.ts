export { SCOPES, type ApiToken, type Scope, type TokenLimits } from './api-tokens.ts';
export { loadConfig, stackFile, type Config, type Environment, type Overrides, type WriteKey } from './config.ts';
export {
  ERROR_CODES,
  SuuupraError,
  errorMessage,
  isSuuupraError,
  type ErrorCode,
  type ErrorOptions,
} from './errors.ts';
export { isLoopback, isSameSecret } from './http/access.ts';
export { closeListener, listenOn } from './http/listener.ts';
export { problemOf, type Problem } from './http/problem.ts';
export { requestId } from './http/request-id.ts';
export { createLogger, type Logger } from './log.ts';
export { DEFAULT_PORTS, PORT_NAMES, portsFrom, type PortName, type Ports } from './ports.ts';
export { PROJECT_ROOT, projectPath } from './project.ts';
export { SETTINGS, type Setting, type SettingKey } from './settings.ts';
export {
  CLICKHOUSE_SQL,
  FLINK_SQL,
  splitStatements,
  sqlTokens,
  type SqlDialect,
  type SqlStatement,
  type SqlTokenKind,
} from './sql-statements.ts';
export { stopSignal } from './stop-signal.ts';
