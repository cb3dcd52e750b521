/**
 * CloudMC's first state, made from the customers. Guarantees the same state for the same customers and day; every trait
 * that concerns CloudMC shows on somebody; each customer holds `commitmentsPerBackend` commitments, and more only when
 * its traits need more; among the demonstration's customers there are several commitments for which each
 * write succeeds (`billingOf`). The organization of the key has commitments of its own, so that a forgotten `organization_id`
 * gives wrong data, as it would at the vendor, and not an empty list.
 */
import { LosslessNumber } from 'lossless-json';
import { addDays, addMonths, dayAt, firstOfMonth } from '../calendar.js';
import { chanceOf, type Chance } from '../random.js';
import type { Clock, Profile, Trait } from '../types.js';
import { type Billing, cycleOf } from './billing.js';
import { productId, SKUS } from './products.js';
import { SAMPLE_ORGANIZATION_ID, sampleCommitments } from './sample-commitments.js';
import {
  addCommitment,
  emptyState,
  type CloudmcState,
  type Commitment,
  type CommittedProduct,
  type Organization,
  type Pricing,
} from './state.js';

type CloudmcProfile = Profile & { readonly cloudmc: NonNullable<Profile['cloudmc']> };

/** When a commitment runs. All but the first are traits; one commitment can have one of them. */
type Term = 'running' | Extract<Trait, 'terminated' | 'open-ended' | 'pending' | 'cancelled' | 'expired'>;
const SPECIAL_TERMS = ['terminated', 'open-ended', 'pending', 'cancelled', 'expired'] as const;

interface Span {
  readonly startsOn: string;
  readonly endsBefore?: string;
}

/** The day that everything hangs off, and what has to be counted across customers. */
interface Seeding {
  readonly state: CloudmcState;
  readonly today: string;
  seeded: number;
  seededWithStatus: number;
}

const CALLER: Organization = { id: chanceOf('cloudmc caller').uuid(), name: 'Provider Operations' };
/** The id of the vendor's terminate sample; here a task that is under way when the sandbox starts. */
const SAMPLE_TASK_ID = '75a68ec2-d63e-4bc9-b485-8d5a3cc33d4f';
const TASK_SETTLES_MS = 2_000;
const TASK_LIVES_MS = 30 * 60_000;

/** Beyond 2^53 and with cents: a double would answer …992 or …994. */
const LARGE_PRICE = '9007199254740993.57';
const WHOLE_UNIT_CURRENCIES = new Set(['JPY']);

const number = (text: string): LosslessNumber => new LosslessNumber(text);
const midnight = (day: string): string => `${day}T00:00:00Z`;

function termsOf(profile: Profile, reserved: number, needsOwn: boolean): Term[] {
  const room = profile.commitmentsPerBackend - reserved;
  let special: Term[] = SPECIAL_TERMS.filter((trait) => profile.traits.has(trait));
  // A cancelled commitment is over as well: where room is short, it stands for both.
  if (special.length > room && special.includes('cancelled')) {
    special = special.filter((term) => term !== 'expired');
  }
  const count = Math.max(room, special.length, needsOwn ? 1 : 0);
  return [...Array.from({ length: count - special.length }, (): Term => 'running'), ...special];
}

function spanOf(term: Term, index: number, profile: Profile, today: string): Span {
  const month = firstOfMonth(today);
  const mainEnd = addMonths(profile.startsOn, profile.months);
  const begun = profile.startsOn <= today ? profile.startsOn : month;
  switch (term) {
    case 'running':
      // Different starts, so that an ordered list has an order to show.
      return { startsOn: addMonths(profile.startsOn, -(index % 6)), endsBefore: mainEnd };
    case 'terminated':
      // Ends with the current billing cycle (seed 003, terminate); until then its status stays IN_PROGRESS.
      return { startsOn: begun, endsBefore: addMonths(month, 1) };
    case 'open-ended':
      return { startsOn: begun };
    case 'pending': {
      if (profile.startsOn > today) return { startsOn: profile.startsOn, endsBefore: mainEnd };
      const startsOn = mainEnd > today ? mainEnd : addMonths(month, 1);
      return { startsOn, endsBefore: addMonths(startsOn, 12) };
    }
    case 'cancelled':
      return { startsOn: addMonths(begun, -12), endsBefore: addMonths(begun, -3) };
    case 'expired':
      if (mainEnd <= today) return { startsOn: profile.startsOn, endsBefore: mainEnd };
      return { startsOn: addMonths(begun, -12), endsBefore: begun };
  }
}

function pricingOf(kind: number, profile: Profile, chance: Chance, isLarge: boolean): Pricing {
  if (isLarge || kind % 3 === 0) {
    const price = (profile.monthlyMinimum * BigInt(chance.integer(10, 60))) / 100n;
    const fraction = WHOLE_UNIT_CURRENCIES.has(profile.currency) ? '0' : chance.pick(['0', '5', '25']);
    return {
      pricingMethod: 'FIXED_PRICE',
      fixedPrice: number(isLarge ? LARGE_PRICE : `${price}.${fraction}`),
      // `description` is optional (seed 003); about half of them go without.
      fixedPriceTaxCode: chance.pick([
        { code: 'SI086690', description: 'IT Services' },
        { code: 'SW056003' },
      ] as const),
    };
  }
  return { pricingMethod: 'UTILITY_DISCOUNT', rateType: kind % 3 === 1 ? 'FIXED_RATE' : 'VARIABLE_RATE' };
}

function productsOf(pricing: Pricing, chance: Chance, createdAt: string): CommittedProduct[] {
  const first = chance.integer(0, SKUS.length - 1);
  return Array.from({ length: chance.integer(1, 3) }, (_, index): CommittedProduct => {
    const sku = SKUS[(first + index) % SKUS.length] ?? SKUS[0];
    return {
      id: chance.uuid(),
      product: { id: productId(sku), sku },
      committedAmount: number(chance.pick(['1000.0', '730.0', '250.5', '12.0'])),
      // Whole percents: 10 is 10 % (`backends.md` C26). Both spellings, `10` and `22.0`, occur in the vendor's samples.
      ...(pricing.pricingMethod === 'UTILITY_DISCOUNT' && {
        discountAmount: number(chance.pick(['10', '12.5', '22.0'])),
      }),
      ...(pricing.pricingMethod === 'UTILITY_DISCOUNT' &&
        pricing.rateType === 'FIXED_RATE' && {
          fixedRateReferencePrice: number(chance.pick(['10.0', '0.045', '3.2'])),
        }),
      createdAt,
      updatedAt: createdAt,
    };
  });
}

const KIND_NAMES = ['fixed price commitment', 'fixed rate commitment', 'variable rate commitment'] as const;

interface Slot {
  readonly term: Term;
  readonly index: number;
  /** 0 FIXED_PRICE, 1 UTILITY_DISCOUNT at FIXED_RATE, 2 at VARIABLE_RATE; and round again. */
  readonly kind: number;
  readonly isLarge: boolean;
  readonly isEmpty: boolean;
  readonly isPrePaid: boolean;
}

function hiddenMembers(seeding: Seeding, term: Term): Set<'reseller' | 'status'> {
  const hides = new Set<'reseller' | 'status'>();
  if (seeding.seeded++ % 7 === 0) hides.add('reseller');
  // `terminated` is about what the status says, so that one always says it.
  if (term !== 'terminated' && seeding.seededWithStatus++ % 7 === 1) hides.add('status');
  return hides;
}

function commitmentOf(seeding: Seeding, profile: CloudmcProfile, slot: Slot): Commitment {
  const { cloudmc } = profile;
  const { today } = seeding;
  const chance = chanceOf(`cloudmc ${cloudmc.organizationId} ${slot.index}`);
  const span = spanOf(slot.term, slot.index, profile, today);
  const month = firstOfMonth(today);
  const createdOn = addDays(span.startsOn < month ? span.startsOn : month, -14);
  // Instants come with and without milliseconds (seed 003: list samples and create samples).
  const createdAt = `${createdOn}T21:03:36${slot.index % 2 === 0 ? '' : '.708'}Z`;
  const pricing = pricingOf(slot.kind, profile, chance, slot.isLarge);
  const wasEnded = slot.term === 'terminated' || slot.term === 'cancelled';
  return {
    id: chance.uuid(),
    organizationId: cloudmc.organizationId,
    reseller: { id: cloudmc.resellerId, name: cloudmc.resellerName },
    name:
      pricing.pricingMethod === 'FIXED_PRICE' ? KIND_NAMES[0] : (KIND_NAMES[slot.kind % 3] ?? KIND_NAMES[1]),
    pricing,
    products: slot.isEmpty ? [] : productsOf(pricing, chance, createdAt),
    startDate: midnight(span.startsOn),
    ...(span.endsBefore !== undefined && { endDate: midnight(span.endsBefore) }),
    terminated: wasEnded,
    createdAt,
    updatedAt: wasEnded
      ? midnight(slot.term === 'cancelled' ? (span.endsBefore ?? month) : month)
      : createdAt,
    prePaid: slot.isPrePaid,
    hides: hiddenMembers(seeding, slot.term),
  };
}

function seedCustomer(seeding: Seeding, profile: CloudmcProfile): void {
  const { state, today } = seeding;
  const { cloudmc, traits } = profile;
  const reseller = { id: cloudmc.resellerId, name: cloudmc.resellerName };
  state.organizations.set(reseller.id, {
    ...reseller,
    reseller: CALLER,
    billing: { day: 1, since: firstOfMonth(today), held: false, currency: 'USD' },
  });
  const samples =
    cloudmc.organizationId === SAMPLE_ORGANIZATION_ID
      ? sampleCommitments({ today, reseller, prePaid: traits.has('pre-paid') })
      : [];
  for (const sample of samples) addCommitment(state, sample);

  const isLarge = traits.has('large-amount');
  const isPrePaid = traits.has('pre-paid') && samples.length === 0;
  const terms = termsOf(profile, samples.length, isLarge || isPrePaid || traits.has('no-products'));
  const emptyIndex = isLarge || isPrePaid ? terms.length - 1 : 0;
  terms.forEach((term, index) => {
    addCommitment(
      state,
      commitmentOf(seeding, profile, {
        term,
        index,
        kind: samples.length + index,
        isLarge: isLarge && index === 0,
        isPrePaid: isPrePaid && index === 0,
        isEmpty: traits.has('no-products') && index === emptyIndex,
      }),
    );
  });
  state.organizations.set(cloudmc.organizationId, {
    id: cloudmc.organizationId,
    name: profile.name,
    reseller,
    billing: billingOf(profile, today, state.byOrganization.get(cloudmc.organizationId) ?? []),
  });
}

/**
 * Most customers have been billed, and had their invoices, since their first commitment began; their commitments can be
 * terminated, and only pre-paid ones updated. So that all that the rules allow can be tried on somebody:
 *
 * - `in-review`, `amount-disagrees`: the invoices are flagged for review and none is issued, so that an update succeeds
 * - `several-active-orders`: billed from the current cycle on (the earlier ones are NONE), so that a delete succeeds
 * - `ramped`, `annual-cycle`: billed from the 15th, all others from the 1st
 */
function billingOf(
  { traits, currency }: CloudmcProfile,
  today: string,
  commitments: readonly Commitment[],
): Billing {
  const day = traits.has('ramped') || traits.has('annual-cycle') ? 15 : 1;
  const first = commitments.map(({ startDate }) => startDate.slice(0, 10)).reduce(earlier, today);
  const since = cycleOf(day, traits.has('several-active-orders') ? today : first).startsOn;
  return { day, since, held: traits.has('in-review') || traits.has('amount-disagrees'), currency };
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

/** What a caller gets who forgets `organization_id`. */
function seedCaller(state: CloudmcState, today: string): void {
  const since = addMonths(firstOfMonth(today), -6);
  state.organizations.set(CALLER.id, {
    ...CALLER,
    reseller: CALLER,
    billing: { day: 1, since, held: false, currency: 'USD' },
  });
  for (const name of ['internal compute reserve', 'internal storage reserve']) {
    const chance = chanceOf(`cloudmc ${name}`);
    const startsOn = since;
    const createdAt = `${addDays(startsOn, -14)}T08:00:00Z`;
    const pricing: Pricing = { pricingMethod: 'UTILITY_DISCOUNT', rateType: 'VARIABLE_RATE' };
    addCommitment(state, {
      id: chance.uuid(),
      organizationId: CALLER.id,
      reseller: CALLER,
      name,
      pricing,
      products: productsOf(pricing, chance, createdAt),
      startDate: midnight(startsOn),
      endDate: midnight(addMonths(startsOn, 12)),
      terminated: false,
      createdAt,
      updatedAt: createdAt,
      prePaid: false,
      hides: new Set(),
    });
  }
}

function isCustomer(profile: Profile): profile is CloudmcProfile {
  return profile.cloudmc !== undefined;
}

export function seedCloudmc(profiles: readonly Profile[], clock: Clock): CloudmcState {
  const now = clock();
  const state = emptyState(CALLER.id);
  const seeding: Seeding = { state, today: dayAt(now), seeded: 0, seededWithStatus: 0 };
  seedCaller(state, seeding.today);
  for (const profile of profiles.filter(isCustomer)) seedCustomer(seeding, profile);
  state.tasks.set(SAMPLE_TASK_ID, {
    taskId: SAMPLE_TASK_ID,
    outcome: 'SUCCESS',
    // What `result` holds is not documented; the changed commitment is our guess.
    result: { id: [...state.commitments.values()].find(({ terminated }) => terminated)?.id },
    settlesAt: now + TASK_SETTLES_MS,
    expiresAt: now + TASK_LIVES_MS,
  });
  return state;
}
