/**
 * CloudMC, put together once for the life of the process.
 */
import type { ChangePort } from '../../domain/change-port.js';
import type { ResourceCommitmentChange } from '../../domain/change.js';
import type { ResourceCommitment } from '../../domain/commitment.js';
import type { CommitmentPort } from '../../domain/ports.js';
import type { BackendDeps } from '../deps.js';
import type { UpstreamRequest } from '../../upstream/request.js';
import { createAuthenticator } from './auth.js';
import { createChangePort } from './changes.js';
import { createJudge } from './client.js';
import { createCommitmentPort } from './loaders.js';

export interface CloudmcSettings {
  readonly apiKey: string;
}

export interface CloudmcBackend {
  readonly source: 'CLOUDMC';
  /** The ports of one request. */
  sources(request: UpstreamRequest): { readonly resourceCommitments: CommitmentPort<ResourceCommitment> };
  /** Changes of one request, which should ask for answers that are not older than it. */
  changes(request: UpstreamRequest): ChangePort<ResourceCommitmentChange>;
}

export function createCloudmc(settings: CloudmcSettings, deps: BackendDeps): CloudmcBackend {
  const { clock, drift, createUpstream } = deps;
  const upstream = createUpstream({
    source: 'CLOUDMC',
    authenticator: createAuthenticator(settings.apiKey),
    judge: createJudge(clock),
  });
  return {
    source: 'CLOUDMC',
    sources: (request) => ({
      resourceCommitments: createCommitmentPort({ upstream: upstream.within(request), drift, clock }),
    }),
    changes: (request) => createChangePort({ upstream: upstream.within(request), drift, clock }),
  };
}
