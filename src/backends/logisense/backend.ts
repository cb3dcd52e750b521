/**
 * LogiSense, put together once for the life of the process. Refuses settings that could only fail later, at the first
 * call of a customer.
 */
import type { ContractCommitmentChange } from '../../domain/change.js';
import type { ChangePort } from '../../domain/change-port.js';
import type { ContractCommitment } from '../../domain/commitment.js';
import type { CommitmentPort } from '../../domain/ports.js';
import type { Authenticator } from '../../upstream/endpoint.js';
import type { UpstreamRequest } from '../../upstream/request.js';
import type { BackendDeps } from '../deps.js';
import { createLoginAuthenticator, createStaticAuthenticator } from './auth.js';
import { createChangePort } from './changes.js';
import { createJudge, createLoginJudge } from './client.js';
import { createCommitmentPort } from './loaders.js';
import { SERVICE_SCOPE } from './scopes.js';

export interface LogisenseSettings {
  /** Ends before `/Contract/…`, such as `https://host/ResourceServer/api/v6`. */
  readonly url: string;
  /** The whole address of the login, ending in `/Access/Login`. Left out: the authorization server beside `url`. */
  readonly loginUrl?: string | undefined;
  /** With `password` and `clientId`: tokens are fetched by login. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly clientId?: string | undefined;
  /** A token that is used as it is, instead of a login. */
  readonly accessToken?: string | undefined;
  /** Rows asked for on one page, from 1; 100 unless given. */
  readonly pageSize?: number | undefined;
  /** Pages of the scan at most, from 1; 200 unless given. */
  readonly maxPages?: number | undefined;
}

export interface LogisenseBackend {
  readonly source: 'LOGISENSE';
  /** The ports of one request. */
  sources(request: UpstreamRequest): { readonly contractCommitments: CommitmentPort<ContractCommitment> };
  /** How commitments are changed, for one request. Its reads must be fresh: `withinMs` 0. */
  changes(request: UpstreamRequest): ChangePort<ContractCommitmentChange>;
}

const LOGIN_PATH = '/Access/Login';

/** Throws RangeError for settings that cannot work. */
export function createLogisense(settings: LogisenseSettings, deps: BackendDeps): LogisenseBackend {
  const { clock, drift, createUpstream } = deps;
  const pageSize = positive('pageSize', settings.pageSize ?? 100);
  const maxPages = positive('maxPages', settings.maxPages ?? 200);
  const upstream = createUpstream({
    source: 'LOGISENSE',
    authenticator: authenticatorOf(settings, deps),
    judge: createJudge(clock),
  });
  return {
    source: 'LOGISENSE',
    sources: (request) => ({
      contractCommitments: createCommitmentPort({
        upstream: upstream.within(request),
        drift,
        clock,
        pageSize,
        maxPages,
      }),
    }),
    changes: (request) =>
      createChangePort({ upstream: upstream.within(request), drift, clock, pageSize, maxPages }),
  };
}

/**
 * The base URL that `Access/Login` hangs off. The authorization server stands beside the resource server
 * (`backends.md` §3.1); the last occurrence is replaced, because a host may bear the word too.
 */
export function loginBaseUrl({ url, loginUrl }: Pick<LogisenseSettings, 'url' | 'loginUrl'>): string {
  if (loginUrl !== undefined) {
    const address = withoutTrailingSlash(loginUrl);
    if (!address.endsWith(LOGIN_PATH)) throw new RangeError(`loginUrl must end with ${LOGIN_PATH}`);
    return address.slice(0, -LOGIN_PATH.length);
  }
  const base = withoutTrailingSlash(url);
  const at = base.lastIndexOf('ResourceServer');
  return at < 0 ? base : `${base.slice(0, at)}AuthorizationServer${base.slice(at + 'ResourceServer'.length)}`;
}

function authenticatorOf(settings: LogisenseSettings, { clock, createUpstream }: BackendDeps): Authenticator {
  const { accessToken, username, password, clientId } = settings;
  if (accessToken !== undefined) return createStaticAuthenticator(accessToken);
  if (username === undefined || password === undefined || clientId === undefined) {
    throw new RangeError('LogiSense needs an accessToken, or a username, a password and a clientId');
  }
  const upstream = createUpstream({
    source: 'LOGISENSE',
    authenticator: { headers: () => Promise.resolve({}), renew: () => false },
    judge: createLoginJudge(clock),
    baseUrl: loginBaseUrl(settings),
  });
  return createLoginAuthenticator({ username, password, clientId }, upstream, SERVICE_SCOPE, clock);
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new RangeError(`${name} must be a whole number from 1, not ${value}`);
}

function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
