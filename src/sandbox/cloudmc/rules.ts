/**
 * When CloudMC lets a commitment be made, changed, ended or taken away (seed 003, `backends.md` §5.5). Guarantees that
 * nothing is changed here; refuses by throwing, and every refusal says in its context what would be allowed.
 *
 * Our choice, because the page is silent: "an invoice has been issued" is asked of the cycles that the commitment covers;
 * a commitment that was terminated cannot be updated or terminated again, and one that is over cannot be terminated;
 * a termination cannot extend a commitment; one change at a time: while a task is PENDING, the next one is refused.
 */
import type { Settings } from './behaviour.js';
import { closedSpan, currentCycle, cycleAfter, issuedSpan, overlaps, type Span } from './billing.js';
import type { AskedCommitment } from './body.js';
import { CODES, refuse, wrongParameter } from './replies.js';
import type { Account, CloudmcState, Commitment } from './state.js';

/** Whose books decide, and when. */
export interface Bench {
  readonly account: Account;
  readonly settings: Settings;
  readonly now: number;
}

interface Dated {
  readonly startDate: string;
  readonly endDate?: string;
}

const spanOf = ({ startDate, endDate }: Dated): Span => ({
  from: Date.parse(startDate),
  to: endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(endDate),
});

const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

function refuseIfIssued({ account, settings, now }: Bench, dated: Dated, message: string): void {
  const issued = issuedSpan(account.billing, settings, now);
  if (!overlaps(spanOf(dated), issued)) return;
  refuse(CODES.invoiceIssued, message, {
    startDate: dated.startDate,
    ...(dated.endDate !== undefined && { endDate: dated.endDate }),
    invoicesIssuedFrom: dayOf(issued.from),
    invoicesIssuedUntil: dayOf(issued.to),
  });
}

/** "A commitment's date range cannot span a billing cycle with an issued invoice." */
export function checkRange(bench: Bench, asked: AskedCommitment): void {
  refuseIfIssued(
    bench,
    asked,
    'The date range of a commitment cannot span a billing cycle with an issued invoice',
  );
}

/** "The organization and the reseller attribute cannot be updated"; naming them unchanged is no update. */
export function checkOwners(
  asked: AskedCommitment,
  owners: { readonly organizationId: string; readonly resellerId: string },
): void {
  for (const name of ['organizationId', 'resellerId'] as const) {
    const value = asked[name];
    if (value === undefined || value === owners[name]) continue;
    const attribute = name.replace('Id', '');
    refuse(CODES.immutable, `The ${attribute} of a commitment cannot be chosen or changed`, {
      attribute,
      value,
      current: owners[name],
    });
  }
}

export function checkNothingUnderWay(state: CloudmcState, commitment: Commitment): void {
  const change = state.underWay.get(commitment.id);
  if (!change) return;
  refuse(CODES.taskUnderWay, 'Another task is under way for the commitment', {
    id: commitment.id,
    taskId: change.task.taskId,
  });
}

export function checkNotTerminated({ id, terminated, endDate }: Commitment): void {
  if (terminated) refuse(CODES.alreadyOver, 'The commitment has been terminated', { id, endDate });
}

/** "If an invoice hasn't been issued to the customer, all of the attributes of the commitment can be updated." */
export function checkUpdatable(bench: Bench, commitment: Commitment, asked: AskedCommitment): void {
  refuseIfIssued(
    bench,
    commitment,
    'The commitment cannot be updated: an invoice of a billing cycle that it covers has been issued',
  );
  checkRange(bench, asked);
}

/**
 * A pre-paid commitment goes on until the end of the current cycle and is followed by another. The issued invoice is no
 * hindrance: it is what billing in advance means, and the new commitment covers none of its cycle.
 */
export function checkSucceedable(
  { account, now }: Bench,
  commitment: Commitment,
  asked: AskedCommitment,
): void {
  const { id, endDate } = commitment;
  if (endDate !== undefined && Date.parse(endDate) <= now) {
    refuse(CODES.alreadyOver, 'The commitment is over', { id, endDate });
  }
  const startsOn = currentCycle(account.billing, now).endsOn;
  if (asked.endDate !== undefined && Date.parse(asked.endDate) <= Date.parse(`${startsOn}T00:00:00Z`)) {
    wrongParameter(
      'endDate',
      `must be after the end of the current billing cycle, ${startsOn}`,
      asked.endDate,
    );
  }
}

const hasClosedCycle = ({ account, settings, now }: Bench, commitment: Commitment): boolean =>
  overlaps(spanOf(commitment), closedSpan(account.billing, settings, now));

/** "A commitment can only be deleted if it has no closed billing cycles associated to it." */
export function checkDeletable(bench: Bench, commitment: Commitment): void {
  if (!hasClosedCycle(bench, commitment)) return;
  refuse(
    CODES.cycleClosed,
    'The commitment has a closed billing cycle and cannot be deleted; terminate it instead',
    { id: commitment.id, instead: `POST /commitments/${commitment.id}/terminate` },
  );
}

/** "The termination date has to correspond to the end date of the current billing cycle or the next billing cycle." */
export function checkTerminable(bench: Bench, commitment: Commitment, endDate: string): void {
  const { id } = commitment;
  const { account, now } = bench;
  checkNotTerminated(commitment);
  if (!hasClosedCycle(bench, commitment)) {
    refuse(CODES.cycleNotClosed, 'The commitment has no closed billing cycle; delete it instead', {
      id,
      instead: `DELETE /commitments/${id}`,
    });
  }
  const end = commitment.endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(commitment.endDate);
  if (end <= now) refuse(CODES.alreadyOver, 'The commitment is over', { id, endDate: commitment.endDate });
  const current = currentCycle(account.billing, now);
  const allowed = [current.endsOn, cycleAfter(current).endsOn];
  if (!allowed.includes(endDate)) {
    refuse(
      CODES.wrongTerminationDate,
      'The termination date must be the end date of the current billing cycle or the next one',
      { endDate, allowed },
    );
  }
  if (Date.parse(`${endDate}T00:00:00Z`) > end) {
    refuse(CODES.wrongTerminationDate, 'The commitment ends before the termination date', {
      endDate,
      current: commitment.endDate,
    });
  }
}
