/**
 * MonetizeNow, put together once for the life of the process.
 */
import type { ChangePort } from '../../domain/change-port.js';
import type { ContractChange } from '../../domain/change.js';
import type { ContractPort } from '../../domain/ports.js';
import type { BackendDeps } from '../deps.js';
import type { UpstreamRequest } from '../../upstream/request.js';
import { createAuthenticator } from './auth.js';
import { createChangePort } from './changes.js';
import { createJudge } from './client.js';
import { createContractPort } from './loaders.js';

export interface MonetizenowSettings {
  readonly apiKey: string;
}

export interface MonetizenowBackend {
  readonly source: 'MONETIZENOW';
  /** The ports of one request. */
  sources(request: UpstreamRequest): { readonly contracts: ContractPort };
  /** Contract operations of one request, which should ask for answers that are not older than it. */
  changes(request: UpstreamRequest): ChangePort<ContractChange>;
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
    changes: (request) => createChangePort({ upstream: upstream.within(request), drift, clock }),
  };
}
