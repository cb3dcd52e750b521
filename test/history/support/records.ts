/**
 * Records of every kind, generated. Typed by the domain's own types: a member that is new there has to be generated here,
 * and VERSION of `src/history/codec.ts` thought of.
 */
import fc from 'fast-check';
import type { Day, Instant, Term } from '../../../src/domain/calendar.js';
import type {
  CommitmentLink,
  CommittedProduct,
  ContractCommitment,
  MinimumCommitment,
  NamedReference,
  PackageFrequencyLink,
  ResourceCommitment,
} from '../../../src/domain/commitment.js';
import type { Contract } from '../../../src/domain/contract.js';
import type { ObservedRecords, RecordKind } from '../../../src/domain/history.js';
import { parseDecimal, type CurrencyCode, type Decimal, type Money } from '../../../src/domain/money.js';
import type { Observation } from '../../../src/domain/observation.js';
import type { OrganizationSlug } from '../../../src/domain/organization.js';
import type { Period } from '../../../src/domain/period.js';
import type { RampStep, ServiceOrder } from '../../../src/domain/service-order.js';

type Arb<T> = fc.Arbitrary<T>;
/** One generator for each member, no more and no less. */
type Members<T> = { [Name in keyof Required<T>]: Arb<T[Name]> };

const maybe = <T>(arbitrary: Arb<T>): Arb<T | null> => fc.option(arbitrary, { nil: null });
const few = <T>(arbitrary: Arb<T>): Arb<readonly T[]> => fc.array(arbitrary, { maxLength: 3 });
const record = <T extends object>(members: Members<T>): Arb<T> =>
  fc.record(members, { noNullPrototype: true }) as unknown as Arb<T>;

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', '$', '{"$":"1"}', '__proto__'),
);
const count = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
);
const digits = (most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most }).map((all) => all.join(''));

/** As backends write them, and scaled as adapters do. */
const decimal: Arb<Decimal> = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits(100),
    maybe(digits(100)),
    maybe(fc.integer({ min: -99, max: 99 })),
    fc.nat(1),
  )
  .map(([sign, whole, part, exponent, scaled]) => {
    const sent = `${sign}${whole}${part === null ? '' : `.${part}`}${exponent === null ? '' : `e${exponent}`}`;
    const value = parseDecimal(sent)!;
    // Minus nothing is nothing: it is never printed otherwise.
    return value.isZero() ? parseDecimal('0')! : scaled === 1 ? value.div(100) : value;
  });
const money: Arb<Money> = record<Money>({
  amount: decimal,
  currency: fc.constantFrom('USD', 'JPY', 'BHD') as Arb<CurrencyCode>,
});
const day = fc.constantFrom('2026-01-01', '2026-12-31', '0001-01-01') as Arb<Day>;
const instant = fc.constantFrom('2026-01-01T00:00:00Z', '2026-05-05T05:05:05.123456789Z') as Arb<Instant>;
const term: Arb<Term> = record<Term>({ startsOn: maybe(day), endsBefore: maybe(day) });
const reference: Arb<NamedReference> = record<NamedReference>({ externalId: text, name: maybe(text) });
const observation: Arb<Observation> = record<Observation>({ observedAt: instant, stale: fc.boolean() });
const organization = fc.constant('acme' as OrganizationSlug);

const period: Arb<Period> = record<Period>({
  externalId: maybe(text),
  commitmentExternalId: maybe(text),
  order: count,
  occurrences: maybe(count),
  frequency: maybe(
    record({
      length: maybe(count),
      unit: fc.constantFrom('DAY', 'MONTH', 'UNRECOGNIZED'),
      name: maybe(text),
      externalId: maybe(text),
    }),
  ),
  isRemainderOfTerm: fc.boolean(),
  startsOn: maybe(day),
  endsBefore: maybe(day),
});
const product: Arb<CommittedProduct> = record<CommittedProduct>({
  externalId: text,
  product: record({ externalId: text, sku: maybe(text) }),
  committedQuantity: maybe(decimal),
  discountPercent: maybe(decimal),
  referencePrice: maybe(decimal),
  createdAt: maybe(instant),
  updatedAt: maybe(instant),
});
const linkMembers: Members<CommitmentLink> = {
  externalId: text,
  name: maybe(text),
  linkExternalId: text,
  commitmentExternalId: maybe(text),
};
const link: Arb<CommitmentLink> = record<CommitmentLink>(linkMembers);
const commitment = {
  externalId: text,
  organization,
  name: maybe(text),
  status: fc.constantFrom('ACTIVE', 'EXPIRED', 'UNKNOWN'),
  statusText: maybe(text),
  term,
  committed: maybe(money),
  committedPer: maybe(fc.constantFrom('MONTH', 'BILLING_CYCLE')),
  products: few(product),
  periods: few(period),
  createdAt: maybe(instant),
  updatedAt: maybe(instant),
  observation,
} as const;

export const MINIMUM: Arb<MinimumCommitment> = record<MinimumCommitment>({
  ...commitment,
  kind: fc.constant('minimum'),
  source: fc.constant('COMMITMENT_MANAGER'),
  cancelledAt: maybe(instant),
});
const CONTRACT_COMMITMENT: Arb<ContractCommitment> = record<ContractCommitment>({
  ...commitment,
  kind: fc.constant('contract'),
  source: fc.constant('LOGISENSE'),
  accountContract: reference,
  commitmentType: maybe(reference),
  penalty: maybe(
    record({ service: maybe(reference), description: maybe(text), chargeType: maybe(reference) }),
  ),
  includesChildAccounts: maybe(fc.boolean()),
  services: few(link),
  packageFrequencies: few(record<PackageFrequencyLink>({ ...linkMembers, package: maybe(reference) })),
  usageClasses: few(link),
});
const RESOURCE: Arb<ResourceCommitment> = record<ResourceCommitment>({
  ...commitment,
  kind: fc.constant('resource'),
  source: fc.constant('CLOUDMC'),
  pricingMethod: maybe(fc.constantFrom('FIXED_PRICE', 'UNRECOGNIZED')),
  pricingMethodText: maybe(text),
  rateType: maybe(fc.constantFrom('FIXED_RATE', 'UNRECOGNIZED')),
  rateTypeText: maybe(text),
  resourceType: maybe(text),
  fixedPrice: maybe(decimal),
  taxCode: maybe(record({ code: text, description: maybe(text) })),
  customer: reference,
  reseller: maybe(reference),
  isTerminated: fc.boolean(),
});
const SERVICE_ORDER: Arb<ServiceOrder> = record<ServiceOrder>({
  externalId: text,
  organization,
  name: maybe(text),
  stage: maybe(fc.constantFrom('SIGNED', 'UNRECOGNIZED')),
  stageText: maybe(text),
  term,
  reportedEndOn: maybe(day),
  durationMonths: maybe(count),
  amount: maybe(decimal),
  committed: maybe(money),
  monthlyMinimum: maybe(money),
  commitCycle: maybe(fc.constantFrom('MONTHLY', 'UNRECOGNIZED')),
  commitCycleText: maybe(text),
  isRevOpsApproved: maybe(fc.boolean()),
  commitmentHandlerId: maybe(text),
  opportunityId: maybe(text),
  missionControlAccountId: maybe(text),
  rampSteps: few(
    record<RampStep>({
      externalId: text,
      name: maybe(text),
      cycleNumber: maybe(count),
      amount: maybe(decimal),
      committed: maybe(money),
      durationMonths: maybe(count),
      term,
      normalizedTerm: term,
      updatedAt: maybe(instant),
    }),
  ),
  createdAt: maybe(instant),
  updatedAt: maybe(instant),
  observation,
});
const CONTRACT: Arb<Contract> = record<Contract>({
  externalId: text,
  organization,
  account: maybe(reference),
  billGroupId: maybe(text),
  latestQuoteId: maybe(text),
  status: maybe(fc.constantFrom('ACTIVE', 'UNRECOGNIZED')),
  statusText: maybe(text),
  term,
  endAction: maybe(fc.constantFrom('RENEW', 'UNRECOGNIZED')),
  endActionText: maybe(text),
  totalValue: maybe(money),
  owner: maybe(reference),
  isRenewed: maybe(fc.boolean()),
  previousContractId: maybe(text),
  legalEntityId: maybe(text),
  modifiedAt: maybe(instant),
  observation,
});

export const RECORDS: { readonly [Kind in RecordKind]: Arb<ObservedRecords[Kind]> } = {
  MINIMUM_COMMITMENT: MINIMUM,
  CONTRACT_COMMITMENT,
  RESOURCE_COMMITMENT: RESOURCE,
  SERVICE_ORDER,
  CONTRACT,
};
