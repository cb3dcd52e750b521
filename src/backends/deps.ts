/**
 * What the composition root hands to every backend's factory. Everything that could make two runs differ (time, the
 * network, the counters) comes in here and nowhere else.
 */
import type { SourceName } from '../domain/source.js';
import type { Drift } from '../observability/drift.js';
import type { Authenticator, Judge, WritableUpstream } from '../upstream/endpoint.js';

export interface UpstreamOptions {
  readonly source: SourceName;
  readonly authenticator: Authenticator;
  readonly judge: Judge;
  /** Where paths hang off, if not off the backend's configured `url`: for a login on another server. */
  readonly baseUrl?: string;
}

export interface BackendDeps {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly drift: Drift;
  readonly createUpstream: (options: UpstreamOptions) => WritableUpstream;
}
