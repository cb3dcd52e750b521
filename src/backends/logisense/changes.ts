/**
 * Changes of commitments at LogiSense for one request: planned, sent, looked at, read again.
 *
 * Guarantees: nothing is sent here but by `send`, and by that one request; every commitment that a change names was seen
 * to be the organization's. Refuses to take an answer for a success that does not name what was asked for.
 */
import type { ContractCommitmentChange } from '../../domain/change.js';
import type { ChangePort, Look } from '../../domain/change-port.js';
import type { Plan, Planned, Problem } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import { versionOfCommitment } from '../../domain/version.js';
import type { Drift } from '../../observability/drift.js';
import type { WritableUpstream } from '../../upstream/endpoint.js';
import { evidenceOf, readEvidence, wantedFor, type Evidence } from './evidence.js';
import { verdictOf } from './expectation.js';
import { implicationsOf, uncheckedOf } from './implications.js';
import { affectedIn, resultOf, type Outcome } from './outcome.js';
import { createReads, type Found, type Own, type Seen } from './reads.js';
import { linkKey, requestOf, subjectOf } from './requests.js';
import { problemsOf } from './rules.js';
import { createSender } from './send.js';
import { textOf } from './wire.js';

export interface ChangeSettings {
  readonly upstream: WritableUpstream;
  readonly drift: Drift;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly pageSize: number;
  readonly maxPages: number;
}

const NO_ACCOUNT: Problem = {
  path: [],
  code: 'NOT_ALLOWED',
  message: 'The organization has no account at LogiSense, and so no commitment that could be changed there.',
};

/** The port for one request. */
export function createChangePort(settings: ChangeSettings): ChangePort<ContractCommitmentChange> {
  const reads = createReads(settings);

  return {
    async plan(organization, change): Promise<Planned> {
      if ((organization.logisense?.accountContractIds.length ?? 0) === 0) {
        return { isSendable: false, problems: [NO_ACCOUNT], plan: null };
      }
      const seen = await reads.read(organization, wantedFor(change, organization));
      const before = evidenceOf(seen, null);
      const [problem, ...more] = problemsOf(change, organization, before);
      // A request is made of what was found to be right alone.
      if (problem !== undefined) return { isSendable: false, problems: [problem, ...more], plan: null };
      return { isSendable: true, plan: planOf(organization, change, seen, before) };
    },

    send: createSender(settings, reads),

    async look(organization, change, { plan, progress }): Promise<Look> {
      const before = readEvidence(plan.before);
      if (before === null) return { state: 'UNKNOWN', message: 'It is not known what there was before.' };
      const seen = await reads.read(organization, wantedFor(change, organization));
      const after = evidenceOf(seen, before);
      const { verdict, created } = verdictOf(change, before, after);
      switch (verdict) {
        case 'NOT_APPLIED':
          return { state: 'NOT_APPLIED', after };
        case 'CANNOT_TELL':
          return { state: 'UNKNOWN', after, message: CANNOT_TELL };
        case 'APPLIED': {
          const externalId = subjectOf(change, created);
          const outcome: Outcome = {
            observedAt: seen.observation.observedAt,
            commitments: textsIn(seen, created),
            affected: affectedIn(progress),
            externalId,
          };
          return {
            state: 'SUCCEEDED',
            after,
            outcome,
            ...(externalId === null ? {} : { externalId }),
          };
        }
      }
    },

    result: (organization, _, outcome) => resultOf(organization, outcome),
  };
}

const CANNOT_TELL =
  'What LogiSense shows is neither what it was before nor what was asked for. Somebody else may have changed it too: compare before and after, and settle it by hand.';

/** Commitments that are there, and those that were made. */
function textsIn({ found, registers }: Seen, created: readonly string[]): readonly string[] {
  const made = created.flatMap((id) => {
    const rows = [...registers.values()].flatMap(({ rows: there }) => there.get(id) ?? []);
    return rows.slice(0, 1).map(({ raw }) => raw);
  });
  return [...ownIn(found.values()).map(({ raw }) => raw), ...made].map(textOf);
}

function ownIn(found: Iterable<Found>): readonly Own[] {
  return [...found].filter((one) => one.kind === 'own');
}

function planOf(
  organization: Organization,
  change: ContractCommitmentChange,
  seen: Seen,
  before: Evidence,
): Plan {
  const commitments = new Map(
    ownIn(seen.found.values()).map(({ row, commitment }) => [row.identity, commitment]),
  );
  const links = new Map(
    [...commitments].flatMap(([id, { services }]) =>
      services.map(({ externalId, linkExternalId }) => [linkKey(id, externalId), linkExternalId] as const),
    ),
  );
  const externalId = subjectOf(change, []);
  const only = externalId === null ? undefined : commitments.get(externalId);
  return {
    // One write at a time for each customer, whatever it touches: a patch of several commitments must not cross a write
    // to one of them; and of two creations at once nobody could tell by reading which new commitment is whose.
    target: `LOGISENSE/${organization.slug}`,
    externalId,
    request: requestOf(change, links),
    implications: implicationsOf(change, commitments),
    unchecked: uncheckedOf(change),
    version: only === undefined ? null : versionOfCommitment(only),
    before,
  };
}
