/**
 * Members of inputs as the domain has them.
 *
 * Guarantees: a member that was not given is not there, so that it changes nothing; null is never taken for either.
 */
import type {
  CommittedProductInput,
  ContractCommitmentFields,
  PeriodFields,
  ProductQuantity,
  ResourceCommitmentFields,
} from '../../domain/change.js';
import { printDecimal } from '../../domain/money.js';
import type { Problem } from '../../domain/operation.js';
import type {
  CommittedProductInput as CommittedProductGiven,
  ContractCommitmentFieldsInput,
  PeriodFieldsInput,
  ProductQuantityInput,
  ResourceCommitmentUpdateInput,
} from '../generated.js';

type Everything<T> = { readonly [Name in keyof T]-?: T[Name] | undefined };

function given<T extends object>(members: Everything<T>): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** Null where null means nothing: in something new there is nothing to take away. */
function unlessNull<Value>(value: Value | null | undefined): Value | undefined {
  return value ?? undefined;
}

/** Members of an existing thing that cannot be taken away. */
export function problemsOfNulls(
  input: Readonly<Record<string, unknown>>,
  names: readonly string[],
  path: readonly string[] = [],
): readonly Problem[] {
  return names
    .filter((name) => input[name] === null)
    .map((name) => ({
      path: [...path, name],
      code: 'INVALID',
      message: 'This cannot be taken away. Leave it out to keep it as it is.',
    }));
}

export function quantitiesOf(products: readonly ProductQuantityInput[]): readonly ProductQuantity[] {
  return products.map(({ productId, quantity }) => ({ productId, quantity: printDecimal(quantity) }));
}

function productOf({
  productId,
  committedQuantity,
  discountPercent,
}: CommittedProductGiven): CommittedProductInput {
  return {
    productId,
    committedQuantity: printDecimal(committedQuantity),
    discountPercent: discountPercent == null ? null : printDecimal(discountPercent),
  };
}

type ResourceMembers = Omit<ResourceCommitmentUpdateInput, 'commitmentId' | 'idempotencyKey'>;

/** `endsBefore: null` is a wish of its own. */
export function resourceFieldsOf(input: ResourceMembers): ResourceCommitmentFields {
  const { name, pricingMethod, rateType, fixedPrice, taxCode, products, startsOn, endsBefore } = input;
  return given<ResourceCommitmentFields>({
    name: unlessNull(name),
    pricingMethod: unlessNull(pricingMethod),
    rateType: unlessNull(rateType),
    fixedPrice: fixedPrice == null ? undefined : printDecimal(fixedPrice),
    taxCode: taxCode == null ? undefined : { code: taxCode.code, description: taxCode.description ?? null },
    products: products?.map(productOf),
    startsOn: unlessNull(startsOn),
    endsBefore,
  });
}

export const FIXED_RESOURCE_MEMBERS = [
  'name',
  'pricingMethod',
  'rateType',
  'fixedPrice',
  'taxCode',
  'products',
  'startsOn',
];

/** Null takes a penalty away. */
export function contractFieldsOf(input: ContractCommitmentFieldsInput): ContractCommitmentFields {
  return given<ContractCommitmentFields>({
    accountContractId: unlessNull(input.accountContractId),
    commitmentTypeId: unlessNull(input.commitmentTypeId),
    penaltyServiceId: input.penaltyServiceId,
    penaltyDescription: input.penaltyDescription,
    includesChildAccounts: unlessNull(input.includesChildAccounts),
    penaltyChargeTypeId: input.penaltyChargeTypeId,
  });
}

export const FIXED_CONTRACT_MEMBERS = ['accountContractId', 'commitmentTypeId', 'includesChildAccounts'];

export function periodFieldsOf(input: PeriodFieldsInput): PeriodFields {
  return given<PeriodFields>({
    occurrences: unlessNull(input.occurrences),
    frequency: unlessNull(input.frequency),
    frequencyTypeId: unlessNull(input.frequencyTypeId),
    order: unlessNull(input.order),
    isRemainderOfTerm: unlessNull(input.isRemainderOfTerm),
  });
}

export const FIXED_PERIOD_MEMBERS = [
  'occurrences',
  'frequency',
  'frequencyTypeId',
  'order',
  'isRemainderOfTerm',
];

/** The same without what is null: for something new. */
export function withoutNulls<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as T;
}
