/**
 * Commitment Manager, put together: settings in, ports out.
 */
import type { ChangePort } from '../../domain/change-port.js';
import type { SyncChange } from '../../domain/change.js';
import type { Upstream } from '../../upstream/endpoint.js';
import type { UpstreamRequest } from '../../upstream/request.js';
import type { BackendDeps } from '../deps.js';
import { createAuthenticator, type CommitmentManagerCredentials } from './auth.js';
import { createChangePort } from './changes.js';
import { createChangeJudge, createJudge, SOURCE } from './client.js';
import { createSyncDesk } from './coalescing.js';
import { createCommitmentManagerSources, type CommitmentManagerSources } from './loaders.js';
import type { MinimumUnit } from './mapper.js';

/** Each family of endpoints works without the credential of the other. */
export interface CommitmentManagerSettings extends CommitmentManagerCredentials {
  /** What `mmc_amount` of the current commitment counts; major units unless said otherwise (`backends.md` C2). */
  readonly minimumUnit?: MinimumUnit | undefined;
  /** How long a synchronization may take at most before its absence says anything; 10 minutes unless said otherwise. */
  readonly longestSyncMs?: number | undefined;
}

export interface CommitmentManager {
  readonly source: typeof SOURCE;
  readonly upstream: Upstream;
  /** Fresh ports; one set for each request. */
  sources(request: UpstreamRequest): CommitmentManagerSources;
  /** For one request, too. What one of them sends stands for all of the process. */
  changes(request: UpstreamRequest): ChangePort<SyncChange>;
}

export function createCommitmentManager(
  settings: CommitmentManagerSettings,
  { clock, drift, createUpstream }: BackendDeps,
): CommitmentManager {
  const authenticator = createAuthenticator(settings);
  const upstream = createUpstream({ source: SOURCE, authenticator, judge: createJudge(clock) });
  const changing = createUpstream({ source: SOURCE, authenticator, judge: createChangeJudge(clock) });
  const { minimumUnit = 'major', longestSyncMs } = settings;
  const desk = createSyncDesk(clock);
  return {
    source: SOURCE,
    upstream,
    sources: (request) =>
      createCommitmentManagerSources({ upstream: upstream.within(request), minimumUnit, clock, drift }),
    changes: (request) =>
      createChangePort({
        upstream: changing.within(request),
        desk,
        minimumUnit,
        longestSyncMs,
        clock,
        drift,
      }),
  };
}
