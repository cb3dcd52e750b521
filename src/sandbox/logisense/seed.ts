/**
 * LogiSense's first state, made from the customers. Guarantees the same state for the same customers;
 * `commitmentsPerBackend` commitments for each, dealt over its account contracts; all four types; every shape of
 * periods; penalties exactly where the trait is. Customers are dealt in turns, so that one customer's commitments lie
 * on different pages of the scan and an adapter that stops early is seen to.
 */
import type { Profile } from '../types.js';
import { COMMITMENT_TYPES, type Commitment, type Link, type LogisenseState, type Named } from './state.js';

type LogisenseProfile = Profile & { readonly logisense: NonNullable<Profile['logisense']> };

const MONTH = 3;
const YEAR = 4;
const FREQUENCY_TYPES = [
  { identity: 1, name: 'Day' },
  { identity: 2, name: 'Week' },
  { identity: MONTH, name: 'Month' },
  { identity: YEAR, name: 'Year' },
];
const SHORTFALL_FEE = { identity: 5, name: 'Commitment Shortfall Fee' };
const SERVICES = [
  { identity: 11, name: 'SIP Trunking' },
  { identity: 12, name: 'Toll-free Inbound' },
  { identity: 13, name: 'SMS Outbound' },
];
const PACKAGE_FREQUENCIES = [
  { identity: 21, name: 'Monthly', packageId: 41, packageName: 'Unified Communications Seat' },
  { identity: 22, name: 'Annual', packageId: 42, packageName: 'Contact Centre Seat' },
];
const USAGE_CLASSES = [
  { identity: 51, name: 'Domestic Voice' },
  { identity: 52, name: 'International Voice' },
  { identity: 53, name: 'Messaging' },
];
const PENALTY_CHARGE_TYPES = [
  { identity: 1, name: 'Fixed Penalty Charge' },
  { identity: 2, name: 'Per Unit Penalty Charge' },
];
const FIXED_PENALTY = 1;
/** The sentence of seed 001. */
const PENALTY_DESCRIPTION = 'Minimum quantity commit.';

function byIdentity<T extends { readonly identity: number }>(rows: readonly T[]): Map<number, T> {
  return new Map(rows.map((row) => [row.identity, row]));
}

type Stretch = readonly [occurrences: number, frequency: number, frequencyTypeId: number];

/**
 * The stretches of a term of so many months, and whether what is left of the term follows them: by halves, by quarters,
 * nothing but the remainder, a slow start, the whole term spelled out.
 */
function stretchesOf(months: number, variant: number): { stretches: Stretch[]; hasRemainder: boolean } {
  if (months < 7) return { stretches: [], hasRemainder: true };
  switch (variant % 5) {
    case 0:
      return { stretches: [[Math.floor(months / 2), 1, MONTH]], hasRemainder: true };
    case 1:
      return { stretches: [[Math.floor(months / 6), 3, MONTH]], hasRemainder: true };
    case 2:
      return { stretches: [], hasRemainder: true };
    case 3: {
      const slowStart: Stretch[] = [
        [3, 1, MONTH],
        [1, 3, MONTH],
      ];
      return { stretches: months > 18 ? [...slowStart, [1, 1, YEAR]] : slowStart, hasRemainder: true };
    }
    default:
      return { stretches: [[months, 1, MONTH]], hasRemainder: false };
  }
}

function addCommitment(
  state: LogisenseState,
  profile: LogisenseProfile,
  customer: number,
  round: number,
): void {
  const { accountContracts } = profile.logisense;
  const contract = accountContracts[round % accountContracts.length];
  if (!contract) return;
  const variant = customer + round;
  const next = (): number => state.nextIdentity++;
  const type = COMMITMENT_TYPES[variant % COMMITMENT_TYPES.length] ?? COMMITMENT_TYPES[0];
  const identity = next();
  const links = (targets: readonly Named[], from: number, count: number): Link[] =>
    Array.from({ length: count }, (_, index) => {
      const target = targets[(from + index) % targets.length];
      return { identity: next(), targetId: target?.identity ?? 0 };
    });

  const { stretches, hasRemainder } = stretchesOf(contract.months, variant);
  const periods = stretches.map(([periodOccurrences, periodFrequency, frequencyTypeId], index) => ({
    identity: next(),
    periodOccurrences,
    periodFrequency,
    frequencyTypeId,
    sortOrder: index + 1,
    isRemainderOfTerm: false,
  }));
  if (hasRemainder) {
    periods.push({
      identity: next(),
      // The sample has numbers here too; for the remainder of the term they mean nothing.
      periodOccurrences: 1,
      periodFrequency: 1,
      frequencyTypeId: MONTH,
      sortOrder: periods.length + 1,
      isRemainderOfTerm: true,
    });
  }
  // The order is `sortOrder`'s business and nobody promises that of the array.
  if (variant % 2 === 1) periods.reverse();

  const hasPenalty = profile.traits.has('penalty') && round === 0;
  const commitment: Commitment = {
    identity,
    accountContractId: contract.id,
    contractCommitmentTypeId: COMMITMENT_TYPES.indexOf(type) + 1,
    penaltyServiceId: hasPenalty ? SHORTFALL_FEE.identity : null,
    penaltyDescription: hasPenalty ? PENALTY_DESCRIPTION : null,
    includeChildAccounts: variant % 2 === 0,
    contractCommitmentPenaltyChargeTypeId: hasPenalty ? FIXED_PENALTY : null,
    periods,
    services: type === 'Service' ? links(SERVICES, variant, 2) : [],
    packageFrequencies: type === 'Package' ? links(PACKAGE_FREQUENCIES, variant, 1) : [],
    usageClasses: type === 'Usage' ? links(USAGE_CLASSES, variant, 2) : [],
  };
  state.commitments.set(identity, commitment);
}

function isCustomer(profile: Profile): profile is LogisenseProfile {
  return profile.logisense !== undefined && profile.logisense.accountContracts.length > 0;
}

export function seedLogisense(profiles: readonly Profile[]): LogisenseState {
  const customers = profiles.filter(isCustomer);
  const state: LogisenseState = {
    nextIdentity: 1,
    commitmentTypes: byIdentity(
      COMMITMENT_TYPES.map((name, index) => ({ identity: index + 1, name, sortOrder: index + 1 })),
    ),
    penaltyChargeTypes: byIdentity(PENALTY_CHARGE_TYPES),
    frequencyTypes: byIdentity(FREQUENCY_TYPES),
    services: byIdentity([SHORTFALL_FEE, ...SERVICES]),
    packageFrequencies: byIdentity(PACKAGE_FREQUENCIES),
    usageClasses: byIdentity(USAGE_CLASSES),
    accountContracts: byIdentity(
      customers.flatMap(({ name, logisense }, index) =>
        logisense.accountContracts.map((contract) => ({
          identity: contract.id,
          name: contract.name,
          accountId: 500 + index,
          accountName: name,
          start: contract.startsOn,
          months: contract.months,
        })),
      ),
    ),
    commitments: new Map(),
  };
  const rounds = customers.reduce((most, profile) => Math.max(most, profile.commitmentsPerBackend), 0);
  for (let round = 0; round < rounds; round += 1) {
    customers.forEach((profile, customer) => {
      if (round < profile.commitmentsPerBackend) addCommitment(state, profile, customer, round);
    });
  }
  return state;
}
