/**
 * Commitment Manager, put together: settings in, ports out.
 */
import type { Upstream } from '../../upstream/endpoint.js';
import type { UpstreamRequest } from '../../upstream/request.js';
import type { BackendDeps } from '../deps.js';
import { createAuthenticator, type CommitmentManagerCredentials } from './auth.js';
import { createJudge, SOURCE } from './client.js';
import { createCommitmentManagerSources, type CommitmentManagerSources } from './loaders.js';
import type { MinimumUnit } from './mapper.js';

/** Each family of endpoints works without the credential of the other. */
export interface CommitmentManagerSettings extends CommitmentManagerCredentials {
  /** What `mmc_amount` of the current commitment counts; major units unless said otherwise (`backends.md` C2). */
  readonly minimumUnit?: MinimumUnit | undefined;
}

export interface CommitmentManager {
  readonly source: typeof SOURCE;
  readonly upstream: Upstream;
  /** Fresh ports; one set for each request. */
  sources(request: UpstreamRequest): CommitmentManagerSources;
}

export function createCommitmentManager(
  settings: CommitmentManagerSettings,
  { clock, drift, createUpstream }: BackendDeps,
): CommitmentManager {
  const upstream = createUpstream({
    source: SOURCE,
    authenticator: createAuthenticator(settings),
    judge: createJudge(clock),
  });
  const minimumUnit = settings.minimumUnit ?? 'major';
  return {
    source: SOURCE,
    upstream,
    sources: (request) =>
      createCommitmentManagerSources({ upstream: upstream.within(request), minimumUnit, clock, drift }),
  };
}
