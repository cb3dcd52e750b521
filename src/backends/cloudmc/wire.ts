/**
 * CloudMC's commitments as it writes them (seed 003).
 *
 * Guarantees: members that only some of the vendor's samples have may be missing (`backends.md` C24); `metadata` and
 * whatever else may come along is ignored, and counted where the vendor does not document it. Refuses a commitment that does not say whose it is.
 */
import { z } from 'zod';
import { parseJson } from '../../upstream/json.js';
import { dataAs, parseAs } from '../quick.js';
import { anyAsText, decimalNumber, flag, id, instant, maybe, rows, text, unread } from '../wire.js';

const party = z.object({ id, name: maybe(text) });

const committedProduct = z.object({
  id,
  product: z.object({ id, sku: maybe(text) }),
  committedAmount: maybe(decimalNumber),
  discountAmount: maybe(decimalNumber),
  fixedRateReferencePrice: maybe(decimalNumber),
  /** The former name of `fixedRateReferencePrice`: a price, not an instant (`backends.md` C25). */
  priceCreatedAt: maybe(decimalNumber),
  createdAt: maybe(instant),
  updatedAt: maybe(instant),
});

export const commitment = z.object({
  id,
  name: maybe(text),
  organization: party,
  reseller: maybe(party),
  committedProducts: z.array(committedProduct),
  pricingMethod: maybe(text),
  rateType: maybe(text),
  type: maybe(text),
  fixedPrice: maybe(decimalNumber),
  /** A code such as SI086690; the page's "UUID" and "Product" are slips (`backends.md` C27). */
  fixedPriceTaxCode: maybe(z.object({ code: text, description: maybe(text) })),
  startDate: maybe(instant),
  /** Absent: indefinite. */
  endDate: maybe(instant),
  terminated: flag,
  status: maybe(text),
  createdAt: maybe(instant),
  updatedAt: maybe(instant),
});
export type WireCommitment = z.output<typeof commitment>;
export type WireCommittedProduct = z.output<typeof committedProduct>;

/** `GET /commitments`. Not paged; rows are judged one by one. */
export const commitmentList = z.object({ data: rows, ...unread('metadata') });

/** `GET /commitments/:id`. */
export const commitmentReply = z.object({ data: z.looseObject({}), ...unread('metadata') });
export type WireCommitmentList = z.output<typeof commitmentList>;
export type WireCommitmentReply = z.output<typeof commitmentReply>;

/** Whose a record is, of one that cannot be read otherwise. */
export const ownership = z.object({ id, organization: z.object({ id }) });

/**
 * What a write but a creation answers with, and `GET /tasks/:id`. `result` is told where a task has one
 * (`backends.md` §5.2); what it holds, nobody says.
 */
export const taskReply = z.object({
  taskId: maybe(id),
  /** SUCCESS, PENDING or FAILED, as far as is known. */
  taskStatus: text,
  errors: z.unknown().optional(),
  ...unread('result', 'metadata'),
});
export type WireTask = z.output<typeof taskReply>;

const taskLike = z.object({ taskStatus: z.string() });

/** Whether the body is about a task. */
export function isTask(body: unknown): boolean {
  return taskLike.safeParse(body).success;
}

/** A record as JSON text, to the last digit, to be kept; and back. `null`: the text is not a record. */
export function printRecord(record: unknown): string {
  return parseAs(anyAsText, record) ?? 'null';
}

export function parseRecord(kept: string): WireCommitment | null {
  return dataAs(commitment, parseJson(kept)) ?? null;
}

const errorReply = z.object({ errors: z.unknown() });
const errorEntry = z.object({ code: z.unknown(), message: z.unknown() });
const saidToPeople = z.object({ message: z.string() });

/** The messages among `errors`, without their codes. Never throws. */
export function readMessages(body: unknown): readonly string[] {
  const errors = dataAs(errorReply, body)?.errors;
  const entries: readonly unknown[] = Array.isArray(errors) ? errors : [errors];
  return entries.flatMap((entry) => dataAs(saidToPeople, entry)?.message ?? []);
}

const NO_ERROR = { isError: false, text: undefined } as const;

/** Whether the body has `errors`, which means failure whatever the status, and what they say. Never throws. */
export function readErrors(body: unknown): { readonly isError: boolean; readonly text: string | undefined } {
  // Every success is looked at, and to be told in detail what it is not costs more than to read it.
  if (typeof body !== 'object' || body === null || !('errors' in body)) return NO_ERROR;
  const errors = dataAs(errorReply, body)?.errors;
  if (errors === undefined || errors === null) return NO_ERROR;
  const entries = Array.isArray(errors) ? errors : [errors];
  const text = entries
    .flatMap((entry: unknown) => dataAs(errorEntry, entry) ?? [])
    .map(({ code, message }) => `${String(code)} ${String(message)}`)
    .join('; ');
  return { isError: true, text: text === '' ? undefined : text };
}
