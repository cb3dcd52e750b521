/**
 * The write side of Contract/Commitment (seed 001, `backends.md` §3.3, §3.6, §3.7). Guarantees that a call is one
 * transaction: it is carried out whole and told to the ledger, or refused with every problem listed and nothing changed;
 * a PUT changes the members that it names and no others. Refuses an unknown id with 404 and all else with 400.
 *
 * Told to the ledger: `commitment.create`, `.update`, `.patch` and `.delete`, by the vendor's word for the call, once for
 * each commitment that it touches. The customer is the account contract, the one that the commitment had before the call.
 * An accepted call that changes no value is told as well: the vendor has carried it out, and a repetition must show.
 *
 * Our choice, because the vendor is silent: a PUT has to repeat the identity; a body is read before the id is looked up.
 */
import type { EmulatedRequest, Report } from '../types.js';
import { type Json, membersOf, readBody } from './body.js';
import { applyPatch, readPatch, type Step } from './patch.js';
import { presentCommitmentDetail } from './present.js';
import { CODES, NOTHING_SAVED, type Problem, unknownId } from './problems.js';
import { type ActionRecord, cascade, commitmentRecord } from './records.js';
import { newCommitment, orderProblems, readCommitment } from './rules.js';
import type { Commitment, LogisenseState } from './state.js';
import { begin, type Touched, type Transaction } from './transaction.js';

/** The vendor's word for what a call does. */
export const TYPES = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } as const;
export type WriteMethod = keyof typeof TYPES;

export interface WriteContext {
  readonly state: LogisenseState;
  readonly trackingId: string;
  /** The tenant's objection to every change, or null. */
  readonly refuse: string | null;
  readonly report: Report;
}

export type Outcome =
  | { readonly records: readonly ActionRecord[] }
  | { readonly status: 400 | 404; readonly problems: readonly Problem[] };

function refused(problems: readonly Problem[]): Outcome {
  return { status: 400, problems: [...problems, NOTHING_SAVED] };
}

/** `id` is null for a POST. */
export function write(
  context: WriteContext,
  method: WriteMethod,
  id: number | null,
  request: EmulatedRequest,
): Outcome {
  const { state, refuse } = context;
  const read = method === 'DELETE' ? { body: {} } : readBody(request);
  if ('problem' in read) return refused([read.problem]);
  const { body } = read;
  const problems: Problem[] = [];
  const transaction = begin(state);

  let steps: Step[];
  if (id === null) {
    steps = create(transaction, body, problems);
  } else if (method === 'PATCH') {
    const patch = readPatch(body, problems);
    if (!patch.isOnlyCreation && !state.commitments.has(id)) return unknown(id);
    steps = applyPatch(transaction, id, patch, problems);
  } else {
    const commitment = transaction.commitment(id);
    if (!commitment) return unknown(id);
    steps =
      method === 'DELETE' ? remove(transaction, commitment) : update(transaction, commitment, body, problems);
  }

  const touched = transaction.touched();
  for (const { after } of touched) if (after) problems.push(...orderProblems(after.periods));
  if (refuse !== null) problems.push({ code: CODES.businessRule, message: refuse });
  if (problems.length > 0) return refused(problems);

  // Told first: if the ledger cannot be written, nothing is done.
  for (const one of touched) tell(context, method, one, steps, request);
  transaction.commit();
  return { records: steps.flatMap(({ records }) => records) };
}

function unknown(id: number): Outcome {
  return { status: 404, problems: [unknownId('identity', id)] };
}

function create(transaction: Transaction, body: Json, problems: Problem[]): Step[] {
  const { state } = transaction;
  const asked = readCommitment(membersOf(body, problems), state, true);
  const made = newCommitment(transaction.nextIdentity(), asked);
  if (!made) return [];
  transaction.add(made);
  return [{ commitmentId: made.identity, asked, records: [commitmentRecord(state, 'created', made)] }];
}

function update({ state }: Transaction, commitment: Commitment, body: Json, problems: Problem[]): Step[] {
  const members = membersOf(body, problems);
  const { identity } = commitment;
  const repeated = members.count('identity', true);
  if (repeated !== undefined && repeated !== identity) {
    const message = `'Identity' ${repeated} is not the ${identity} of the address.`;
    problems.push({ code: CODES.identityMismatch, message });
  }
  const fields = readCommitment(members, state, false);
  Object.assign(commitment, fields);
  const records = [commitmentRecord(state, 'updated', commitment)];
  return [{ commitmentId: identity, asked: { identity, ...fields }, records }];
}

function remove(transaction: Transaction, commitment: Commitment): Step[] {
  const { identity } = commitment;
  transaction.remove(identity);
  return [{ commitmentId: identity, asked: { identity }, records: cascade(commitment) }];
}

function tell(
  { state, trackingId, report }: WriteContext,
  method: WriteMethod,
  { identity, before, after }: Touched,
  steps: readonly Step[],
  request: EmulatedRequest,
): void {
  const contractId = (before ?? after)?.accountContractId;
  const own = steps.filter(({ commitmentId }) => commitmentId === identity);
  const asked = own.map((step) => step.asked);
  const shown = (commitment: Commitment | null): unknown =>
    commitment && presentCommitmentDetail(state, commitment);
  report({
    action: `commitment.${TYPES[method]}`,
    target: String(identity),
    customer: String(contractId),
    requestId: request.headers['x-request-id'] ?? null,
    details: {
      trackingId,
      accountId:
        contractId === undefined ? null : (state.accountContracts.get(contractId)?.accountId ?? null),
      // A PATCH asks for a list of things, the others for one.
      asked: method === 'PATCH' ? asked : asked[0],
      results: own.flatMap(({ records }) => records),
      before: shown(before),
      after: shown(after),
    },
  });
}
