/**
 * What Commitment Manager sends, word for word (seed 000; `backends.md` §1).
 *
 * Guarantees: both sets of names of a commitment are read (C1) and the unit of its amount follows from the name that is
 * there; a reply whose members are all unknown to us is refused, because a page of nulls would look like a customer
 * without data. Refuses digit strings as amounts, fractions of a cent and dates that are not in the calendar.
 * The shapes of the bearer family are read leniently: the vendor's page lists their contents only.
 */
import { z } from 'zod';
import type { Day, Instant } from '../../domain/calendar.js';
import type { CurrencyCode, Decimal } from '../../domain/money.js';
import { quickly, quickOf, REFUSED, type Quick } from '../quick.js';
import {
  anyAsText,
  count,
  currency,
  dayOrInstant,
  dayOrInstantDay,
  decimalNumber,
  flag,
  id,
  instant,
  maybe,
  month,
  rows,
  text,
  unread,
  wholeNumber,
} from '../wire.js';

/** The member if it reads as the schema says, else `null`: for parts whose shape is a guess. */
function readable<Schema extends z.ZodType>(schema: Schema) {
  let quick: Quick | null = null;
  return quickly(
    schema
      .nullish()
      .catch(undefined)
      .transform((value) => (value ?? null) as z.output<Schema> | null),
    (value) => {
      if (value === null || value === undefined) return null;
      quick ??= quickOf(schema);
      return quick(value) ?? null;
    },
  );
}

const KNOWN_NOTHING = 'expected at least one known member';

/** Whether any of the values is there. */
function hasAny(...values: readonly unknown[]): boolean {
  return values.some((value) => value !== null);
}

// ---- GET commitments --------------------------------------------------------------------------------------------

/** Telnyx v2 lists carry it, and one live reply did (§1.3); nothing says that more pages can be asked for. */
const meta = readable(
  z.object({
    total_results: readable(count),
    total_pages: readable(count),
    ...unread('page_number', 'page_size'),
  }),
);

/** A list envelope; its rows are judged one by one. */
export const listReply = z.object({ data: rows, meta });
export type ListReply = z.output<typeof listReply>;

export interface CommitmentRow {
  readonly commitmentId: string;
  readonly organizationId: string;
  readonly amount: { readonly unit: 'cents' | 'major'; readonly value: Decimal };
  readonly currency: CurrencyCode | null;
  readonly start: Day | Instant | null;
  readonly end: Day | Instant | null;
  readonly status: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly cancelledAt: Instant | null;
}

const sentRow = z.object({
  commitment_id: maybe(id),
  id: maybe(id),
  organization_id: id,
  amount: maybe(wholeNumber),
  monthly_commitment_amount: maybe(decimalNumber),
  currency: maybe(currency),
  start_date: maybe(dayOrInstant),
  period_start: maybe(dayOrInstant),
  end_date: maybe(dayOrInstant),
  period_end: maybe(dayOrInstant),
  status: maybe(text),
  created_at: maybe(instant),
  updated_at: maybe(instant),
  cancelled_at: maybe(instant),
});
type SentRow = z.output<typeof sentRow>;

interface Wrong {
  readonly path: 'commitment_id' | 'amount';
  readonly message: string;
}

/** The row under one set of names, or what is wrong with it. */
function rowOf(sent: SentRow): CommitmentRow | Wrong {
  const commitmentId = sent.commitment_id ?? sent.id;
  if (commitmentId === null) return { path: 'commitment_id', message: 'expected an id under either name' };
  const cents = sent.amount;
  const major = sent.monthly_commitment_amount;
  if (cents !== null && major !== null && !cents.div(100).equals(major)) {
    return { path: 'amount', message: 'contradicts monthly_commitment_amount' };
  }
  const amount =
    cents !== null
      ? ({ unit: 'cents', value: cents } as const)
      : major !== null
        ? ({ unit: 'major', value: major } as const)
        : null;
  if (amount === null) return { path: 'amount', message: 'expected an amount under either name' };
  return {
    commitmentId,
    organizationId: sent.organization_id,
    amount,
    currency: sent.currency,
    start: sent.start_date ?? sent.period_start,
    end: sent.end_date ?? sent.period_end,
    status: sent.status,
    createdAt: sent.created_at,
    updatedAt: sent.updated_at,
    cancelledAt: sent.cancelled_at,
  };
}

/** One row of the list, under either set of names (C1). The seed's names win where both are there. */
export const commitmentRow: z.ZodType<CommitmentRow> = quickly(
  sentRow.transform((sent, ctx): CommitmentRow => {
    const row = rowOf(sent);
    if (!('message' in row)) return row;
    ctx.addIssue({ code: 'custom', path: [row.path], message: row.message });
    return z.NEVER;
  }),
  (value) => {
    const sent = quickOf(sentRow)(value);
    if (sent === REFUSED) return REFUSED;
    const row = rowOf(sent as SentRow);
    return 'message' in row ? REFUSED : row;
  },
);

// ---- The bearer family ------------------------------------------------------------------------------------------

/** The reply without its wrappers, members beside a wrapper kept; `null` where the wrapper is there and empty. */
function unwrapped(...wrappers: readonly string[]) {
  return z.record(z.string(), z.unknown()).transform((reply): Record<string, unknown> | null => {
    let body = reply;
    for (const wrapper of wrappers) {
      if (!Object.hasOwn(body, wrapper)) continue;
      const { [wrapper]: inner, ...beside } = body;
      if (inner === null && Object.keys(beside).length === 0) return null;
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && isPlain(inner)) {
        body = { ...beside, ...inner };
      }
    }
    return body;
  });
}

/** A JSON object, not the parser's number. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** GET organizations/{id}/commitment/current. The wrapper is known from the seed's `.commitment.mmc_amount`. */
export const stateReply = unwrapped('data', 'commitment').pipe(
  z
    .object({
      organization_id: maybe(id),
      status: maybe(text),
      /** Its unit is not stated (C2). */
      mmc_amount: maybe(decimalNumber),
      currency: maybe(currency),
      contract_start_date: maybe(dayOrInstant),
      contract_end_date: maybe(dayOrInstant),
      sync_status: maybe(text),
      last_updated: maybe(instant),
      commitment_handler_id: maybe(id),
    })
    .refine(
      ({
        status,
        mmc_amount,
        contract_start_date,
        contract_end_date,
        sync_status,
        last_updated,
        commitment_handler_id,
      }) =>
        hasAny(
          status,
          mmc_amount,
          contract_start_date,
          contract_end_date,
          sync_status,
          last_updated,
          commitment_handler_id,
        ),
      KNOWN_NOTHING,
    )
    .nullable(),
);
export type StateReply = z.output<typeof stateReply>;
export type State = NonNullable<StateReply>;

/** A line of usage; its amount in cents. */
const usageLine = z
  .object({
    name: maybe(text),
    product: maybe(text),
    quantity: maybe(decimalNumber),
    unit: maybe(text),
    amount: maybe(wholeNumber),
  })
  .transform(({ name, product, ...line }, ctx) => {
    const label = name ?? product;
    if (label !== null) return { ...line, name: label };
    ctx.addIssue({ code: 'custom', path: ['name'], message: 'expected a name or a product' });
    return z.NEVER;
  });
export type UsageRow = z.output<typeof usageLine>;

/** GET organizations/{id}/usage/current and usage/{period}. Cents. A line that cannot be read spoils the summary. */
export const usageReply = unwrapped('data', 'usage').pipe(
  z
    .object({
      organization_id: maybe(id),
      period: maybe(month),
      commitment_amount: maybe(wholeNumber),
      usage_amount: maybe(wholeNumber),
      remaining_amount: maybe(wholeNumber),
      currency: maybe(currency),
      breakdown: maybe(z.array(usageLine)),
    })
    .refine(
      ({ commitment_amount, usage_amount, remaining_amount, breakdown }) =>
        hasAny(commitment_amount, usage_amount, remaining_amount, breakdown),
      KNOWN_NOTHING,
    )
    .nullable(),
);
export type UsageReply = z.output<typeof usageReply>;
export type Usage = NonNullable<UsageReply>;

/** One month of GET organizations/{id}/billing/history. Cents. */
export const billingRow = z
  .object({
    organization_id: maybe(id),
    period: maybe(month),
    invoiced_amount: maybe(wholeNumber),
    committed_amount: maybe(wholeNumber),
    usage_amount: maybe(wholeNumber),
    shortfall_amount: maybe(wholeNumber),
    currency: maybe(currency),
    status: maybe(text),
    usage: maybe(z.array(usageLine)),
  })
  .refine(
    ({ period, invoiced_amount, committed_amount, usage_amount, shortfall_amount }) =>
      hasAny(period, invoiced_amount, committed_amount, usage_amount, shortfall_amount),
    KNOWN_NOTHING,
  );
export type BillingRow = z.output<typeof billingRow>;

const escalationStep = z.object({
  effective_date: dayOrInstantDay,
  increase_percent: maybe(decimalNumber),
  /** Cents. */
  monthly_amount: maybe(wholeNumber),
});

const renewalTerms = z
  .object({ auto_renew: maybe(flag), renewal_term_months: maybe(count), notice_days: maybe(count) })
  .refine((terms) => hasAny(...Object.values(terms)), KNOWN_NOTHING);

const earlyTermination = z
  .object({ penalty_percent: maybe(decimalNumber), notice_days: maybe(count) })
  .refine((terms) => hasAny(...Object.values(terms)), KNOWN_NOTHING);
/** Or a list of one; several are statements that no single pair of numbers stands for. */
const oneEarlyTermination = z.union([
  earlyTermination,
  z.tuple([earlyTermination]).transform(([only]) => only),
]);

/** The typed parts of a contract, each under the names that it might have. */
const typedContract = z.object({
  organization_id: maybe(id),
  currency: readable(currency),
  escalation_schedule: readable(z.array(escalationStep)),
  escalation_schedules: readable(z.array(escalationStep)),
  escalations: readable(z.array(escalationStep)),
  renewal_terms: readable(renewalTerms),
  early_termination: readable(oneEarlyTermination),
  early_termination_penalty: readable(oneEarlyTermination),
  penalty_clauses: readable(oneEarlyTermination),
});

const DEEPEST = 12;

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1));
}

/** GET organizations/{id}/contract. Its shape is unknown: the members as sent, and what is unmistakable in types. */
export const contractReply = unwrapped('data', 'contract').transform((members, ctx) => {
  if (members === null) return null;
  if (!isShallow(members, DEEPEST)) {
    ctx.addIssue({ code: 'custom', message: `expected at most ${DEEPEST} levels` });
    return z.NEVER;
  }
  const read = typedContract.safeParse(members);
  if (!read.success) {
    ctx.addIssue({ code: 'custom', path: ['organization_id'], message: 'expected an id' });
    return z.NEVER;
  }
  const typed = read.data;
  return {
    organization_id: typed.organization_id,
    currency: typed.currency,
    members,
    escalation: typed.escalation_schedule ?? typed.escalation_schedules ?? typed.escalations ?? [],
    renewal: typed.renewal_terms,
    earlyTermination: typed.early_termination ?? typed.early_termination_penalty ?? typed.penalty_clauses,
  };
});
export type ContractReply = z.output<typeof contractReply>;
export type SentContract = NonNullable<ContractReply>;

/**
 * POST organizations/{id}/sync. Neither shape nor status are documented (§1.4): any JSON will do, and none. What might
 * contradict the status of success is read, under the names that the rest of the family uses.
 */
export const syncReply = readable(
  unwrapped('data', 'sync').pipe(
    z.object({ status: readable(text), organization_id: readable(id) }).nullable(),
  ),
);
export type SyncReply = z.output<typeof syncReply>;
/** The reply as it is kept: JSON with all digits; `null` if it is empty, or too long to be kept. */
export const replyText = readable(anyAsText);

// ---- Errors -----------------------------------------------------------------------------------------------------

/** Either form of an error body (C3). */
export interface SentError {
  /** What the backend said about it; for the log. */
  readonly text: string;
  readonly retryAfterSeconds: Decimal | null;
  readonly estimatedRecovery: Instant | null;
}

/** The seed's own form. */
const flatError = z
  .object({
    error: z.string(),
    retry_after: readable(decimalNumber),
    estimated_recovery: readable(instant),
  })
  .transform(({ error, retry_after, estimated_recovery }): SentError => {
    return { text: error, retryAfterSeconds: retry_after, estimatedRecovery: estimated_recovery };
  });

/** The form of the rest of the vendor's API. */
const errorList = z
  .object({
    errors: z
      .array(
        z.object({ code: readable(z.string()), title: readable(z.string()), detail: readable(z.string()) }),
      )
      .min(1),
  })
  .transform(({ errors }): SentError => {
    const words = errors.map(({ code, title, detail }) =>
      [code, title ?? detail].filter((word) => word).join(' '),
    );
    return { text: words.join('; '), retryAfterSeconds: null, estimatedRecovery: null };
  });

const anyError = z.union([flatError, errorList]);

function mayBeError(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('error' in body || 'errors' in body);
}

/** The error that the body states, or `null` if it states none. */
export function readError(body: unknown): SentError | null {
  // Every success is looked at, and to be told in detail what it is not costs more than to read it.
  if (!mayBeError(body)) return null;
  const read = anyError.safeParse(body);
  return read.success ? read.data : null;
}
