/**
 * What CloudMC does when it is told to create, update, delete or terminate. Guarantees that a refusal and a task that
 * ends FAILED leave the state and the ledger alone; that one call which takes effect is one entry of the ledger, written
 * before the state changes, at the moment of acceptance even if the task is PENDING then (`takesEffectAt` says when);
 * and that the members, ids and instants of a change are settled at acceptance, whatever the clock says later.
 *
 * A create answers with the commitment, all others with a task. Reading shows a change as soon as its task is settled.
 *
 * Our choice, because the page is silent: an update replaces the whole body (the page itself says so of `endDate`), so
 * that a member left out is gone and one that is required must be there; `id` must be in it, as in the sample. A
 * pre-paid commitment that has not begun is changed as it stands, under its id.
 */
import type { EmulatedReply } from '../types.js';
import { currentCycle } from './billing.js';
import { readCommitment, readTermination } from './body.js';
import { type Desk, instant, midnight, requestIdOf, whole } from './desk.js';
import { changed, commitmentOf, ended } from './making.js';
import { presentCommitment, statusAt } from './present.js';
import { notFound, wrongParameter } from './replies.js';
import * as rules from './rules.js';
import {
  addCommitment,
  type Account,
  type CloudmcState,
  type Commitment,
  removeCommitment,
  replaceCommitment,
} from './state.js';
import { accept } from './tasks.js';

export function create(desk: Desk): EmulatedReply {
  const { state, settings, now, report, request } = desk;
  const asked = readCommitment(request);
  if (asked.organizationId === undefined) wrongParameter('organization', 'must be specified');
  const account = state.organizations.get(asked.organizationId);
  if (!account) wrongParameter('organization.id', 'is not the id of an organization', asked.organizationId);
  if (asked.id !== undefined) wrongParameter('id', 'cannot be chosen', asked.id);
  rules.checkOwners(asked, { organizationId: account.id, resellerId: account.reseller.id });
  rules.checkRange({ account, settings, now }, asked);

  const commitment = commitmentOf(desk, asked, account, {
    startDate: asked.startDate,
    prePaid: settings.createdPrePaid,
    at: instant(now),
  });
  report({
    action: 'commitment.create',
    target: commitment.id,
    customer: account.id,
    requestId: requestIdOf(desk),
    details: { asked: asked.raw, created: whole(state, commitment, now) },
  });
  addCommitment(state, commitment);
  // The answer to a create has neither reseller nor status (C24); reading has both.
  const shown = { ...commitment, hides: new Set(['reseller', 'status'] as const) };
  return { status: 200, json: { data: presentCommitment(state, shown, now) } };
}

export function update(desk: Desk, id: string): EmulatedReply {
  const { state, settings, now, request } = desk;
  const { commitment, account } = find(state, id);
  const asked = readCommitment(request);
  if (asked.id !== commitment.id) {
    wrongParameter('id', 'must be the id of the commitment that is updated', asked.id);
  }
  rules.checkOwners(asked, {
    organizationId: commitment.organizationId,
    resellerId: commitment.reseller.id,
  });
  rules.checkNothingUnderWay(state, commitment);
  rules.checkNotTerminated(commitment);
  const bench = { account, settings, now };
  const settledAt = instant(now + settings.taskMs);

  if (!commitment.prePaid || statusAt(commitment, now) === 'UPCOMING') {
    rules.checkUpdatable(bench, commitment, asked);
    const after = changed(desk, commitment, asked, settledAt);
    return accept(desk, commitment, {
      action: 'commitment.update',
      asked: asked.raw,
      after,
      apply() {
        replaceCommitment(state, after);
        return after;
      },
    });
  }

  rules.checkSucceedable(bench, commitment, asked);
  const endsOn = midnight(currentCycle(account.billing, now).endsOn);
  const after = ended(commitment, endsOn, settledAt);
  const successor = commitmentOf(desk, asked, account, { startDate: endsOn, prePaid: true, at: settledAt });
  return accept(desk, commitment, {
    action: 'commitment.update',
    asked: asked.raw,
    after,
    successor,
    apply() {
      replaceCommitment(state, after);
      addCommitment(state, successor);
      return successor;
    },
  });
}

export function terminate(desk: Desk, id: string): EmulatedReply {
  const { state, settings, now, request } = desk;
  const { commitment, account } = find(state, id);
  const asked = readTermination(request);
  rules.checkNothingUnderWay(state, commitment);
  rules.checkTerminable({ account, settings, now }, commitment, asked.endDate);
  const after: Commitment = {
    ...commitment,
    terminated: true,
    endDate: midnight(asked.endDate),
    updatedAt: instant(now + settings.taskMs),
  };
  return accept(desk, commitment, {
    action: 'commitment.terminate',
    asked: asked.raw,
    after,
    apply() {
      replaceCommitment(state, after);
      return after;
    },
  });
}

export function remove(desk: Desk, id: string): EmulatedReply {
  const { state, settings, now } = desk;
  const { commitment, account } = find(state, id);
  rules.checkNothingUnderWay(state, commitment);
  rules.checkDeletable({ account, settings, now }, commitment);
  return accept(desk, commitment, {
    action: 'commitment.delete',
    apply() {
      removeCommitment(state, commitment.id);
      return null;
    },
  });
}

function find(state: CloudmcState, id: string): { commitment: Commitment; account: Account } {
  const commitment = state.commitments.get(id.toLowerCase());
  if (!commitment) notFound('commitments', id);
  const account = state.organizations.get(commitment.organizationId);
  if (!account) throw new Error(`CloudMC commitment ${id} belongs to nobody`);
  return { commitment, account };
}
