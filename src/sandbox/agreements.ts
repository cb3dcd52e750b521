/**
 * What each customer signed with the telephony company: the common past of Commitment Manager and Salesforce, which
 * each of the two then tells in its own way. Guarantees that agreements that were not cancelled never overlap, since
 * Commitment Manager allows one active commitment at a time, and that the main agreement comes first.
 */
import { addDays, addMonths, firstOfMonth } from './calendar.js';
import { chanceOf } from './random.js';
import type { Profile } from './types.js';

export interface AgreementStep {
  readonly commitmentId: string;
  readonly startsOn: string;
  readonly months: number;
  /** Major units a month. */
  readonly monthly: bigint;
}

export interface Agreement {
  /** Unique among all agreements of a portfolio. */
  readonly key: string;
  readonly kind: 'main' | 'earlier' | 'cancelled' | 'next';
  readonly startsOn: string;
  readonly months: number;
  /** One, or several end to end when the agreement is ramped. */
  readonly steps: readonly [AgreementStep, ...AgreementStep[]];
  /**
   * What the webhook wrote back into the order. Of a static order it is the commitment's id; a ramped order becomes
   * several commitments under one handler id of another form (`backends.md` §6.1: no prefix can be relied on).
   */
  readonly handlerId: string;
  readonly signedOn: string;
  readonly cancelledOn?: string;
}

export function agreementsOf(profile: Profile, today: string): Agreement[] {
  const { slug, startsOn, months, monthlyMinimum, traits, commitmentsPerBackend } = profile;
  const month = firstOfMonth(today);
  const agreements: Agreement[] = [];

  const add = (
    kind: Agreement['kind'],
    from: string,
    length: number,
    monthly: bigint,
    cancelledOn?: string,
  ): void => {
    const key = `${slug} ${agreements.length + 1}`;
    const chance = chanceOf(`agreement ${key}`);
    const commitmentId = (): string => `cm_${chance.hex(10)}`;
    const first: AgreementStep = {
      // The id that the vendor's sample prints.
      commitmentId: key === 'sleepyco 1' ? 'cm_7f3b9e2a1c' : commitmentId(),
      startsOn: from,
      months: length,
      monthly,
    };
    const ramped = kind === 'main' && traits.has('ramped');
    const steps = ramped ? rampOf(first, commitmentId) : ([first] as const);
    agreements.push({
      key,
      kind,
      startsOn: from,
      months: length,
      steps,
      handlerId: ramped ? `ch_${chance.hex(12)}` : first.commitmentId,
      // Two weeks and three days ahead, as in the vendor's sample, but never in the future.
      signedOn: [addDays(from, -17), addDays(month, -20)].sort()[0] ?? from,
      ...(cancelledOn !== undefined && { cancelledOn }),
    });
  };

  const runs = startsOn <= today;
  const isOver = addMonths(startsOn, months) <= today;
  add('main', startsOn, months, monthlyMinimum);
  if (traits.has('pending') && runs)
    add('next', addMonths(startsOn, months), 12, (monthlyMinimum * 11n) / 10n);

  let before = startsOn;
  const goBack = (length: number): string => (before = addMonths(before, -length));
  const wanted = traits.has('ramped') ? Math.max(0, commitmentsPerBackend - 2) : commitmentsPerBackend;
  if (traits.has('expired') && !isOver) add('earlier', goBack(12), 12, (monthlyMinimum * 4n) / 5n);
  if (traits.has('cancelled')) {
    const from = goBack(12);
    add('cancelled', from, 12, (monthlyMinimum * 2n) / 3n, addDays(addMonths(from, 6), -1));
  }
  // The rest of the M commitments lie in the past, shorter the more there are, so that they stay in this century.
  const length = wanted <= 5 ? 12 : wanted <= 50 ? 3 : 1;
  while (agreements.length < wanted) {
    const discount = BigInt(agreements.length % 5) * 5n;
    add('earlier', goBack(length), length, (monthlyMinimum * (100n - discount)) / 100n);
  }
  return agreements;
}

/** Three rising steps: the minimum as it is, a quarter more, half as much again. */
function rampOf(whole: AgreementStep, nextId: () => string): [AgreementStep, ...AgreementStep[]] {
  const each = Math.max(1, Math.floor(whole.months / 3));
  const monthly = (percent: bigint): bigint => (whole.monthly * percent) / 100n;
  return [
    { ...whole, months: each },
    {
      commitmentId: nextId(),
      startsOn: addMonths(whole.startsOn, each),
      months: each,
      monthly: monthly(125n),
    },
    {
      commitmentId: nextId(),
      startsOn: addMonths(whole.startsOn, each * 2),
      months: Math.max(1, whole.months - each * 2),
      monthly: monthly(150n),
    },
  ];
}
