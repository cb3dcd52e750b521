/**
 * MonetizeNow, put together once for the life of the process.
 */
import type { ContractPort } from '../../domain/ports.js';
import type { BackendDeps } from '../deps.js';
import type { UpstreamRequest } from '../../upstream/request.js';
import { createAuthenticator } from './auth.js';
import { createJudge } from './client.js';
import { createContractPort } from './loaders.js';

export interface MonetizenowSettings {
  readonly apiKey: string;
}

export interface MonetizenowBackend {
  readonly source: 'MONETIZENOW';
  /** The ports of one request. */
  sources(request: UpstreamRequest): { readonly contracts: ContractPort };
}

export function createMonetizenow(settings: MonetizenowSettings, deps: BackendDeps): MonetizenowBackend {
  const { clock, drift, createUpstream } = deps;
  const upstream = createUpstream({
    source: 'MONETIZENOW',
    authenticator: createAuthenticator(settings.apiKey),
    judge: createJudge(clock),
  });
  return {
    source: 'MONETIZENOW',
    sources: (request) => ({
      contracts: createContractPort({ upstream: upstream.within(request), drift, clock }),
    }),
  };
}
