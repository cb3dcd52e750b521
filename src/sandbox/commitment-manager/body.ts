/**
 * What the webhook sends to have commitments made (`backends.md` §1.6): one minimum for one period, or several end to
 * end. Guarantees exact cents and real days, in order and without overlap. Refuses, with words for a 400, everything
 * else; members that no page names are let pass.
 */
import { LosslessNumber, parse } from 'lossless-json';
import { isDay } from '../calendar.js';
import type { EmulatedRequest } from '../types.js';

export interface PlannedCommitment {
  readonly amountCents: bigint;
  readonly startsOn: string;
  /** Inclusive. */
  readonly endsOn: string;
}

export interface CreateBody {
  readonly organizationId: string;
  readonly isRamped: boolean;
  readonly planned: readonly [PlannedCommitment, ...PlannedCommitment[]];
  /** The body as it was sent, numbers with all their digits. */
  readonly asked: Readonly<Record<string, unknown>>;
}

export class BadBody extends Error {
  override readonly name = 'BadBody';
}

/** Throws `BadBody`. */
export function readCreateBody({ headers, body }: EmulatedRequest, minimumMonthly: number): CreateBody {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new BadBody('The Content-Type must be application/json.');
  }
  let parsed: unknown;
  try {
    parsed = parse(body);
  } catch {
    throw new BadBody('The body is not valid JSON.');
  }
  const asked = objectOf(parsed, 'The body');
  const { organization_id: organizationId, commitments } = asked;
  if (typeof organizationId !== 'string' || organizationId === '') {
    throw new BadBody('organization_id is required.');
  }
  if (commitments === undefined) {
    const planned = [plannedOf(asked, '', minimumMonthly)] as const;
    return { organizationId, isRamped: false, planned, asked };
  }
  if ('monthly_commitment_amount' in asked || 'period_start' in asked || 'period_end' in asked) {
    throw new BadBody('Give either one amount and period or commitments, not both.');
  }
  if (!Array.isArray(commitments)) throw new BadBody('commitments must be a list.');
  const [first, ...others] = commitments.map((entry: unknown, index) =>
    plannedOf(objectOf(entry, `commitments[${index}]`), `commitments[${index}].`, minimumMonthly),
  );
  if (first === undefined) throw new BadBody('commitments must not be empty.');
  let before = first;
  for (const next of others) {
    if (next.startsOn <= before.endsOn) throw new BadBody('The periods of commitments must not overlap.');
    before = next;
  }
  return { organizationId, isRamped: true, planned: [first, ...others], asked };
}

function plannedOf(
  entry: Readonly<Record<string, unknown>>,
  prefix: string,
  minimumMonthly: number,
): PlannedCommitment {
  const amount = entry['monthly_commitment_amount'];
  const amountCents = amount instanceof LosslessNumber ? centsOf(amount.toString()) : null;
  if (amountCents === null || amountCents <= 0n) {
    throw new BadBody(
      `${prefix}monthly_commitment_amount must be an amount above 0 with at most two decimals.`,
    );
  }
  if (amountCents < BigInt(minimumMonthly) * 100n) {
    throw new BadBody(`${prefix}monthly_commitment_amount must be at least ${minimumMonthly}.`);
  }
  const [startsOn, endsOn] = (['period_start', 'period_end'] as const).map((name) => {
    const day = entry[name];
    if (typeof day !== 'string' || !isDay(day)) {
      throw new BadBody(`${prefix}${name} must be a date in the form YYYY-MM-DD.`);
    }
    return day;
  }) as [string, string];
  if (startsOn > endsOn) throw new BadBody(`${prefix}period_start must not be after period_end.`);
  return { amountCents, startsOn, endsOn };
}

/** Major units, since Salesforce's own figure is sent as it is. `null` when it has more digits than cents can hold. */
function centsOf(text: string): bigint | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d{1,30})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? [];
  if (whole === '') return null;
  const shift = Number(exponent) - fraction.length + 2;
  const digits = BigInt(whole + fraction);
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  if (digits % divisor !== 0n) return null;
  const cents = (digits / divisor) * 10n ** BigInt(Math.max(0, shift));
  return sign === '-' ? -cents : cents;
}

function objectOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value) ||
    value instanceof LosslessNumber
  ) {
    throw new BadBody(`${name} must be an object.`);
  }
  return value as Readonly<Record<string, unknown>>;
}
