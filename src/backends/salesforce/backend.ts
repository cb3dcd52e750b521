/**
 * Salesforce, put together: settings in, ports out. The login goes out through the same upstream as everything else.
 */
import type { CredentialName } from '../../domain/scope.js';
import { matches } from '../../upstream/path.js';
import type { Upstream } from '../../upstream/endpoint.js';
import type { UpstreamRequest } from '../../upstream/request.js';
import type { BackendDeps } from '../deps.js';
import { createAuthenticator, type SalesforceCredentials } from './auth.js';
import { API_VERSION, createJudge, login, SOURCE } from './client.js';
import { createSalesforceSources, type SalesforceSources } from './loaders.js';
import type { AccountColumn } from './orders-query.js';

export interface SalesforceSettings extends SalesforceCredentials {
  /** `v59.0` unless said otherwise. */
  readonly apiVersion?: string | undefined;
  /** From a service order to its ramp rows; `Service_Order_Details__r` unless said otherwise. */
  readonly orderRelationship?: string | undefined;
  /** `lookup` unless said otherwise (`backends.md` C7). */
  readonly accountColumn?: AccountColumn | undefined;
}

export interface Salesforce {
  readonly source: typeof SOURCE;
  readonly upstream: Upstream;
  /** Fresh ports; one set for each request. */
  sources(request: UpstreamRequest): SalesforceSources;
}

const RELATIONSHIP = /^[A-Za-z][A-Za-z0-9_]{0,79}$/;

/** Throws RangeError for a version or relationship that is not of its form. */
export function createSalesforce(settings: SalesforceSettings, deps: BackendDeps): Salesforce {
  const { clock, drift, createUpstream } = deps;
  const apiVersion = settings.apiVersion ?? 'v59.0';
  if (!matches(API_VERSION, apiVersion)) {
    throw new RangeError(`apiVersion is not of the form v59.0: ${JSON.stringify(apiVersion)}`);
  }
  const relationship = settings.orderRelationship ?? 'Service_Order_Details__r';
  if (!matches(RELATIONSHIP, relationship)) {
    throw new RangeError(`orderRelationship is not a name: ${JSON.stringify(relationship)}`);
  }

  // Logins belong to no organization. By the time that one is needed, `upstream` below is there.
  const loginScope = { kind: 'service', credential: 'salesforce#login' as CredentialName } as const;
  const authenticator = createAuthenticator(settings, async (client) => {
    const { body } = await upstream.call(login, client, loginScope);
    return body.access_token;
  });
  const upstream: Upstream = createUpstream({ source: SOURCE, authenticator, judge: createJudge(clock) });
  const shape = { relationship, accountColumn: settings.accountColumn ?? 'lookup' } as const;
  return {
    source: SOURCE,
    upstream,
    sources: (request) =>
      createSalesforceSources({ upstream: upstream.within(request), apiVersion, shape, clock, drift }),
  };
}
