import {
  isLoopback,
  isSameSecret,
  SCOPES,
  SuuupraError,
  type ApiToken,
  type Config,
  type Scope,
  type TokenLimits,
} from '@suuupra/core';

/** Who asks, without the secret. */
export interface Principal {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly limits: TokenLimits;
}

type TokenConfig = Pick<Config, 'apiToken' | 'apiTokens'>;

/** Without a token everybody on this machine may do everything. */
const ANYBODY: Principal = { name: 'anybody', scopes: SCOPES, limits: {} };

/** All tokens that are taken; the single one has every scope. */
export const tokensOf = ({ apiToken, apiTokens }: TokenConfig): readonly ApiToken[] =>
  apiToken === undefined ? apiTokens : [{ name: 'default', token: apiToken, scopes: SCOPES }, ...apiTokens];

/**
 * Without a token only this machine may ask.
 * @throws SuuupraError config_invalid
 */
export function checkExposure(config: TokenConfig & Pick<Config, 'host'>): void {
  if (tokensOf(config).length === 0 && !isLoopback(config.host))
    throw new SuuupraError(
      'config_invalid',
      `SUUUPRA_HOST is ${config.host}, which other machines reach, and there is no token`,
      { hint: 'Set SUUUPRA_API_TOKEN or SUUUPRA_API_TOKENS, or listen on 127.0.0.1.' },
    );
}

export interface RequestCredentials {
  /** The value of `Authorization`. */
  readonly authorization: string | undefined;
  /** The name under which the server was addressed, with its port. */
  readonly host: string | undefined;
}

/** Says who asks. @throws SuuupraError unauthorized, forbidden */
export type Authenticate = (request: RequestCredentials) => Principal;

/**
 * Digests are compared, all of them and each in constant time: how long it takes says neither where a wrong token
 * differs, nor how long the right one is, nor which of several it resembles.
 */
export function createAuthenticate(config: TokenConfig): Authenticate {
  const known = tokensOf(config).map(({ name, scopes, token, ...limits }) => ({
    token,
    principal: { name, scopes, limits },
  }));
  if (known.length === 0) return fromThisMachine;
  return ({ authorization }) => {
    const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (given === undefined) throw new SuuupraError('unauthorized', 'no token was sent');
    const [match] = known.filter((entry) => isSameSecret(entry.token, given));
    if (match === undefined) throw new SuuupraError('unauthorized', 'the token is not valid');
    return match.principal;
  };
}

/** A page of a stranger can name this machine by a domain of its own; its requests carry that name. */
function fromThisMachine({ host }: RequestCredentials): Principal {
  const name = (host ?? '').replace(/:\d+$/, '');
  if (isLoopback(name)) return ANYBODY;
  throw new SuuupraError('forbidden', `without a token the API answers to 127.0.0.1 and localhost, not to ${name}`, {
    hint: 'Address it by one of these, or set SUUUPRA_API_TOKEN.',
  });
}

/** @throws SuuupraError forbidden */
export function demandScope({ name, scopes }: Principal, scope: Scope): void {
  if (!scopes.includes(scope))
    throw new SuuupraError('forbidden', `the token ${name} has the scopes ${scopes.join(', ')}, needed is ${scope}`);
}
