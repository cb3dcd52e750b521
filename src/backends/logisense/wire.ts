/**
 * LogiSense v6 as it writes: Contract/Commitment (seed 001) and Access/Login (`backends.md` §3.1).
 *
 * Guarantees: an item is read the same whether it comes plain or inside an action record (`backends.md` C10), which is
 * the tenant's or the request's choice of `OutputFormat`. Refuses a child row that cannot be read: a commitment shown
 * without one of its periods would be another commitment.
 */
import { z } from 'zod';
import { dataAs, parseAs, quickOf, quickly, readAs } from '../quick.js';
import { anyAsText, changed, count, flag, maybe, numericId, rows, shortText, text, unread } from '../wire.js';

const period = z.object({
  identity: numericId,
  contractCommitmentId: maybe(numericId),
  periodOccurrences: maybe(count),
  periodFrequency: maybe(count),
  frequencyTypeId: maybe(numericId),
  frequencyTypeName: maybe(text),
  sortOrder: count,
  isRemainderOfTerm: flag,
});

const serviceLink = z.object({
  identity: numericId,
  contractCommitmentId: maybe(numericId),
  serviceId: numericId,
  serviceName: maybe(text),
});

const packageFrequencyLink = z.object({
  identity: numericId,
  contractCommitmentId: maybe(numericId),
  packageFrequencyId: numericId,
  packageFrequencyName: maybe(text),
  packageId: maybe(numericId),
  packageName: maybe(text),
});

const usageClassLink = z.object({
  identity: numericId,
  contractCommitmentId: maybe(numericId),
  usageClassId: numericId,
  usageClassName: maybe(text),
});

/** "Which data is returned will depend on which related objects have been populated": an absent list is an empty one. */
const details = z.object({
  periods: maybe(z.array(period)),
  services: maybe(z.array(serviceLink)),
  packageFrequencies: maybe(z.array(packageFrequencyLink)),
  usageClasses: maybe(z.array(usageClassLink)),
});

const plainCommitment = z.object({
  identity: numericId,
  accountContractId: numericId,
  accountContractName: maybe(text),
  contractCommitmentTypeId: maybe(numericId),
  contractCommitmentTypeName: maybe(text),
  penaltyServiceId: maybe(numericId),
  penaltyServiceName: maybe(text),
  penaltyDescription: maybe(text),
  includeChildAccounts: maybe(flag),
  contractCommitmentPenaltyChargeTypeId: maybe(numericId),
  contractCommitmentPenaltyChargeTypeName: maybe(text),
  details: maybe(details),
});

/** The record inside an action record `{identity, action, dtoTypeKey, instance}`; anything else as it is. */
export function recordOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'action' in item && 'instance' in item
    ? item.instance
    : item;
}

/** A commitment, with or without `details`, in either form. */
export const commitmentItem = changed(recordOf, plainCommitment);
export type WireCommitment = z.output<typeof plainCommitment>;
export type WirePeriod = z.output<typeof period>;

const listing = z.object({ totalCount: maybe(count), items: rows });
/** Names the call in the vendor's log; wanted only when it failed. */
const tracking = unread('trackingId');

const paged = z.object({
  ...tracking,
  pagination: maybe(
    z.object({ pageNumber: maybe(count), pageSize: maybe(count), ...unread('excludeTotalCount') }),
  ),
  pagedResults: listing,
});
/** `Contract/Commitment/Paged/Detail`, or a list without pages, as `Contract/Commitment/` gives it. Items are judged one by one. */
export const commitmentPage = quickly(
  z.union([
    paged,
    listing.extend(tracking).transform((pagedResults) => ({ pagination: null, pagedResults })),
  ]),
  (value) => quickOf(paged)(value),
);

/** `Contract/Commitment/{id}/Detail`. */
export const commitmentReply = z.object({ ...tracking, instance: z.looseObject({}) });
export type WireCommitmentPage = z.output<typeof commitmentPage>;
export type WireCommitmentReply = z.output<typeof commitmentReply>;

const withIdentity = changed(recordOf, z.object({ identity: numericId }));
const withAccountContract = changed(recordOf, z.object({ accountContractId: numericId }));

/** The item's identity, even where the rest of it cannot be read; else `null`. */
export function identityOf(item: unknown): string | null {
  const read = readAs(withIdentity, item);
  return read.success ? read.data.identity : null;
}

/** The item's account contract, even where the rest of it cannot be read; else `null`. */
export function accountContractOf(item: unknown): string | null {
  const read = readAs(withAccountContract, item);
  return read.success ? read.data.accountContractId : null;
}

/** Replies to writes (seed 001). Items come plain or as action records (`backends.md` C10), and are judged one by one. */
export const writeReply = z.object({
  // For the vendor's support: no reason to take a success for anything else.
  trackingId: maybe(shortText).catch(null),
  type: maybe(shortText).catch(null),
  results: listing,
});
export type WireWriteReply = z.output<typeof writeReply>;

/** What became of one object. Links between two have `lhsId` and `rhsId`, children a `foreignKeyIdentity`. */
const actionRecord = z.object({
  identity: maybe(numericId),
  foreignKeyIdentity: maybe(numericId),
  lhsId: maybe(numericId),
  rhsId: maybe(numericId),
  action: shortText,
  dtoTypeKey: shortText,
});
export type WireAction = z.output<typeof actionRecord>;

/** The item as an action record; `null` for one that is plain or cannot be read. */
export function actionOf(item: unknown): WireAction | null {
  return dataAs(actionRecord, item) ?? null;
}

/** The item as a commitment, in either form; `null` for anything else. */
export function commitmentOf(item: unknown): WireCommitment | null {
  return dataAs(commitmentItem, item) ?? null;
}

/** A value as it came, as JSON text with all digits. */
export function textOf(value: unknown): string {
  return parseAs(anyAsText, value) ?? 'null';
}

const errorReply = z.object({
  trackingId: z.string().optional().catch(undefined),
  errors: z
    .array(z.object({ code: z.unknown(), message: z.unknown() }))
    .optional()
    .catch(undefined),
});

/** What the body of an error says: all problems in one line, and the call's tracking id. Never throws. */
export function readErrors(body: unknown): {
  readonly text: string | undefined;
  readonly requestId: string | undefined;
} {
  const read = readAs(errorReply, body);
  const { errors = [], trackingId } = read.success ? read.data : {};
  const text = errors.map(({ code, message }) => `${String(code)} ${String(message)}`).join('; ');
  return { text: text === '' ? undefined : text, requestId: trackingId };
}

/** The entry that sums up all others and says nothing itself (`backends.md` §3.7). */
const SUMMARY = '2000';

/** What the body of an error says to whoever asked: each problem's own message. Never throws. */
export function readMessages(body: unknown): readonly string[] {
  const { errors = [] } = dataAs(errorReply, body) ?? {};
  return errors.flatMap(({ code, message }) =>
    typeof message === 'string' && String(code) !== SUMMARY ? [message] : [],
  );
}

/** Only visible characters: a token is about to become part of a header. */
const token = z.string().regex(/^[\x21-\x7e]{1,8000}$/, { message: 'expected a token' });

/** `Access/Login`. */
export const loginReply = z.object({
  access_token: token,
  refresh_token: maybe(token),
  /** Seconds. */
  expires_in: maybe(count),
  ...unread('token_type', 'audience', '.issued', '.expires', 'actingOwnerId'),
});
export type WireLogin = z.output<typeof loginReply>;
