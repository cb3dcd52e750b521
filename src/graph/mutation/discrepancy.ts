/**
 * Acknowledging a difference, and taking that back.
 *
 * Guarantees: nothing is sent to a backend; what is acknowledged is what is there now, for it is looked at again first;
 * an id of a customer that the caller may not see looks exactly like one of a difference that is not there.
 */
import type { Problem } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { Acknowledged } from '../../domain/reconciliation/memory.js';
import type { GraphContext } from '../context.js';
import { badInput } from '../errors.js';
import type { Resolvers } from '../generated.js';
import { decodeDiscrepancyId } from '../global-id.js';
import { mayLookUp } from '../lookup.js';
import type { ShownFinding } from '../reconciliation.js';
import type { UserProblem } from './outcome.js';

export interface AcknowledgementOutcome {
  readonly discrepancy: ShownFinding | null;
  readonly userErrors: readonly UserProblem[];
}

const LONGEST_REASON = 500;
/** What no database could keep as it is, or nobody could read. */
const UNKEEPABLE = /\0|\p{Surrogate}/u;

const NOT_FOUND: Problem = {
  path: ['discrepancyId'],
  code: 'NOT_FOUND',
  message: 'There is no such difference, or it is not there any more.',
};
const NOT_LASTING: Problem = {
  path: ['discrepancyId'],
  code: 'STATE_NOT_ALLOWED',
  message: 'Nothing lasts here yet: a change is on its way, or a source could not be read. Look again later.',
};

function refused(...problems: readonly Problem[]): AcknowledgementOutcome {
  // Of no backend; none is told.
  const userErrors = problems.map((problem) => ({ ...problem, source: 'COMMITMENT_MANAGER' as const }));
  return { discrepancy: null, userErrors };
}

function problemsOfReason(reason: string | null, isNeeded: boolean): readonly Problem[] {
  const path = ['reason'];
  if (isNeeded && (reason ?? '').trim() === '') {
    return [{ path, code: 'REQUIRED', message: 'Say why the difference may stay.' }];
  }
  if (reason === null) return [];
  if ([...reason].length > LONGEST_REASON) {
    return [{ path, code: 'OUT_OF_RANGE', message: `A reason has at most ${LONGEST_REASON} characters.` }];
  }
  return UNKEEPABLE.test(reason)
    ? [{ path, code: 'INVALID', message: 'A reason is text without control characters of zero.' }]
    : [];
}

/** Throws BAD_USER_INPUT and RATE_LIMITED. */
async function withDiscrepancy(
  globalId: string,
  problems: readonly Problem[],
  context: GraphContext,
  work: (organization: Organization, id: string) => Promise<Acknowledged>,
): Promise<AcknowledgementOutcome> {
  const decoded = decodeDiscrepancyId(globalId);
  if (decoded === null) {
    throw badInput(
      '`input.discrepancyId`: this is no id of a difference. Give one as `Discrepancy.id` gave it.',
    );
  }
  mayLookUp(context);
  if (problems.length > 0) return refused(...problems);
  const missed = () => {
    context.lookups.missed(`id ${globalId}`);
    return refused(NOT_FOUND);
  };
  const organization = context.directory.find(decoded.organization);
  if (organization === null) return missed();
  // What is acknowledged must not be older than the acknowledgement.
  context.freshness.withinMs = 0;
  const done = await work(organization, decoded.key);
  switch (done.kind) {
    case 'not-found':
      return missed();
    case 'not-lasting':
      return refused(NOT_LASTING);
    case 'done': {
      const { finding, looked } = done;
      return { discrepancy: finding && { finding, looked }, userErrors: [] };
    }
  }
}

export const discrepancyResolvers = {
  Mutation: {
    discrepancyAcknowledge: (_, { input: { discrepancyId, reason } }, context) =>
      withDiscrepancy(discrepancyId, problemsOfReason(reason, true), context, (organization, id) =>
        context.reconciliations.acknowledge(organization, id, reason),
      ),
    discrepancyAcknowledgementWithdraw: (_, { input: { discrepancyId, reason = null } }, context) =>
      withDiscrepancy(discrepancyId, problemsOfReason(reason, false), context, (organization, id) =>
        context.reconciliations.withdraw(organization, id, reason),
      ),
  },
} satisfies Resolvers;
