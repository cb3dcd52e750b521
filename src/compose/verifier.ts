/** Who looks whether changes have arrived, over ports of its own. */
import { randomUUID } from 'node:crypto';
import type { Registry } from '../backends/registry.js';
import type { Config } from '../config.js';
import { DEFAULT_SCHEDULE } from '../domain/change-verification.js';
import type { Organization } from '../domain/organization.js';
import type { Log } from '../observability/log.js';
import type { Meter } from '../observability/meter.js';
import type { Timers } from '../upstream/timers.js';
import { tellVerifier } from '../verification/news-log.js';
import type { VerificationStore } from '../verification/store.js';
import { createVerifier, type Verifier } from '../verification/verifier.js';

export function startVerifier(
  { organizations, verification = DEFAULT_SCHEDULE }: Config,
  {
    registry,
    clock,
    timers,
    log,
    meter,
    store,
  }: {
    readonly registry: Registry;
    readonly clock: () => number;
    readonly timers: Timers;
    readonly log: Log;
    /** Of the calls that it makes by itself. */
    readonly meter: Meter;
    readonly store: () => Promise<VerificationStore>;
  },
): Verifier {
  const bySlug = new Map<string, Organization>(
    organizations.map((organization) => [organization.slug, organization]),
  );
  return createVerifier({
    store,
    schedule: verification,
    sources: (signal) => registry.createSources({ signal, meter, withinMs: () => 0 }),
    organization: (slug) => bySlug.get(slug) ?? null,
    clock,
    timers,
    newId: randomUUID,
    tell: (news) => {
      tellVerifier(log, news);
    },
  });
}
