/**
 * Synchronization of an organization with Commitment Manager, for one request: planned, sent, looked at.
 *
 * Guarantees: nothing is sent but by `send`, and by that at most one request for each organization and minute
 * (`coalescing.ts`). A reply of success leaves the operation pending: it has succeeded when the current commitment shows
 * it (`read-back.ts`). Sending is not refused while a synchronization is under way or has failed: it is the vendor's
 * remedy for just that (seed 000, "Resolution Steps"), the names of those states are a guess (`backends.md` §1.4), and
 * the backend itself says 409 where it is in the way.
 */
import { instantOfMillis } from '../../domain/calendar.js';
import type { ChangePort } from '../../domain/change-port.js';
import type { SyncChange } from '../../domain/change.js';
import { failure } from '../../domain/failure.js';
import { NO_RESULT, type Implication, type Problem } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import { scopeKey } from '../../domain/scope.js';
import type { Drift } from '../../observability/drift.js';
import type { WritableUpstream } from '../../upstream/endpoint.js';
import { matches } from '../../upstream/path.js';
import { ORGANIZATION_ID, organizationSync, SOURCE } from './client.js';
import type { SyncDesk } from './coalescing.js';
import { createCommitmentManagerSources, scopeOf } from './loaders.js';
import type { MinimumUnit } from './mapper.js';
import { LONGEST_SYNC_MS, lookAt } from './read-back.js';
import { stepOf } from './sync-answer.js';
import { evidenceOf, readAsked, readEvidence, type Evidence } from './sync-evidence.js';

export interface ChangeSettings {
  readonly upstream: WritableUpstream;
  /** The process's. */
  readonly desk: SyncDesk;
  readonly minimumUnit: MinimumUnit;
  /** How long a synchronization may take at most. */
  readonly longestSyncMs?: number | undefined;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly drift: Drift;
}

const NO_ACCOUNT: Problem = {
  path: [],
  code: 'NOT_ALLOWED',
  message:
    'The organization has no account at Commitment Manager, and so nothing that could be synchronized.',
};

/** The port for one request. */
export function createChangePort(settings: ChangeSettings): ChangePort<SyncChange> {
  const { upstream, desk, minimumUnit, clock, drift, longestSyncMs = LONGEST_SYNC_MS } = settings;

  /** Read anew each time: sources remember what they read. */
  const current = async (organization: Organization): Promise<Evidence | null> => {
    const { spend } = createCommitmentManagerSources({ upstream, minimumUnit, clock, drift });
    return evidenceOf(await spend.state(organization));
  };

  return {
    async plan(organization) {
      const { commitmentManager } = organization;
      if (commitmentManager === null) return { isSendable: false, problems: [NO_ACCOUNT], plan: null };
      const before = await current(organization);
      const { organizationId } = commitmentManager;
      return {
        isSendable: true,
        plan: {
          // One target for each operation: those that are asked for together join, and are not in each other's way.
          target: `${SOURCE}/${organizationId}/sync/${desk.ticket()}`,
          externalId: organizationId,
          request: { method: 'POST', path: organizationSync.path({ organizationId }), body: null },
          implications: implicationsOf(before, desk.isAsked(keyOf(organization, organizationId))),
          unchecked: uncheckedOf(before),
          version: null,
          before,
        },
      };
    },

    async send(organization, _, plan, requestId) {
      const organizationId = organization.commitmentManager?.organizationId ?? '';
      if (!matches(ORGANIZATION_ID, organizationId)) {
        const detail = `the account directory gives ${organization.slug} no commitmentManager.organizationId that is a UUID`;
        return { state: 'NOT_SENT', failure: failure('UPSTREAM_REJECTED', SOURCE, { detail }) };
      }
      return desk.ask(keyOf(organization, organizationId), async () => {
        const askedAt = instantOfMillis(clock());
        const written = await upstream.write(
          organizationSync,
          { organizationId },
          { body: plan.request.body, requestId },
          scopeOf(organization, organizationSync.credential),
        );
        return stepOf(written, { organization, askedAt, before: readEvidence(plan.before), drift });
      });
    },

    async look(organization, _, { plan, sentAt, progress }) {
      // Without progress the sender is gone before it could write any down.
      const asked = readAsked(progress) ?? {
        askedAt: instantOfMillis(sentAt),
        takenAt: null,
        before: readEvidence(plan.before),
      };
      const after = await current(organization);
      return lookAt(asked, { after, now: instantOfMillis(clock()), longestMs: longestSyncMs });
    },

    // The reply is kept for support; nothing in it is a thing of the graph.
    result: () => NO_RESULT,
  };
}

function keyOf(organization: Organization, organizationId: string): string {
  return `${scopeKey(scopeOf(organization, organizationSync.credential))} ${organizationId.toLowerCase()}`;
}

function implicationsOf(before: Evidence | null, isAsked: boolean): Implication[] {
  const delays = ['Commitment Manager usually needs 2 to 5 minutes; until then it shows what it had.'];
  if (isAsked)
    delays.push(
      'It was asked to less than a minute ago: that request stands for this one, and none is sent.',
    );
  if (before?.syncStatus === 'PENDING')
    delays.push('Commitment Manager is synchronizing already; this one may have to wait until that is done.');
  return delays.map((message) => ({ code: 'SYNC_DELAY', message, externalId: null }));
}

function uncheckedOf(before: Evidence | null): string[] {
  return [
    'Whether something else is changing the commitment at this moment; Commitment Manager then refuses and says when to ask again.',
    ...(before === null
      ? [
          'Whether Commitment Manager knows the organization: it shows no current commitment.',
          'Whether the synchronization is carried out: nothing can be read back that would tell, unless it brings about a commitment.',
        ]
      : []),
  ];
}
