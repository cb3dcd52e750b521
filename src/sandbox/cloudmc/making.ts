/**
 * Commitments as a write makes them from what was asked. Guarantees that the given one is left as it is. A product that
 * stays keeps its id, its day of creation and its reference price; that is our choice, because the page is silent.
 */
import { LosslessNumber } from 'lossless-json';
import type { AskedCommitment } from './body.js';
import { type Desk, newId } from './desk.js';
import type { Account, Commitment, CommittedProduct } from './state.js';

/** Terminated, with the given end or the earlier one that it had. */
export function ended(commitment: Commitment, endsOn: string, at: string): Commitment {
  const { endDate = endsOn } = commitment;
  const earlier = Date.parse(endDate) < Date.parse(endsOn) ? endDate : endsOn;
  return { ...commitment, terminated: true, endDate: earlier, updatedAt: at };
}

interface Making {
  readonly startDate: string;
  readonly prePaid: boolean;
  readonly at: string;
}

export function commitmentOf(
  desk: Desk,
  asked: AskedCommitment,
  account: Account,
  making: Making,
): Commitment {
  const { startDate, at } = making;
  return {
    id: newId(desk, 'commitment'),
    organizationId: account.id,
    reseller: account.reseller,
    name: asked.name,
    pricing: asked.pricing,
    products: productsOf(desk, asked, at, []),
    startDate,
    ...(asked.endDate !== undefined && { endDate: asked.endDate }),
    terminated: false,
    createdAt: at,
    updatedAt: at,
    // Only a fixed price can be billed in advance (`backends.md` §5.5).
    prePaid: making.prePaid && asked.pricing.pricingMethod === 'FIXED_PRICE',
    hides: new Set(),
  };
}

export function changed(desk: Desk, commitment: Commitment, asked: AskedCommitment, at: string): Commitment {
  const { id, organizationId, reseller, terminated, createdAt, hides } = commitment;
  return {
    id,
    organizationId,
    reseller,
    name: asked.name,
    pricing: asked.pricing,
    products: productsOf(desk, asked, at, commitment.products),
    startDate: asked.startDate,
    ...(asked.endDate !== undefined && { endDate: asked.endDate }),
    terminated,
    createdAt,
    updatedAt: at,
    prePaid: commitment.prePaid && asked.pricing.pricingMethod === 'FIXED_PRICE',
    hides,
  };
}

function productsOf(
  desk: Desk,
  { products, pricing }: AskedCommitment,
  at: string,
  earlier: readonly CommittedProduct[],
): CommittedProduct[] {
  const isFixedRate = pricing.pricingMethod === 'UTILITY_DISCOUNT' && pricing.rateType === 'FIXED_RATE';
  return products.map(({ product, committedAmount, discountAmount }): CommittedProduct => {
    const old = earlier.find((candidate) => candidate.product.id === product.id);
    return {
      id: old?.id ?? newId(desk, 'product'),
      product: { id: product.id, sku: product.sku },
      committedAmount,
      ...(discountAmount && { discountAmount }),
      ...(isFixedRate && {
        fixedRateReferencePrice: old?.fixedRateReferencePrice ?? new LosslessNumber(product.price),
      }),
      createdAt: old?.createdAt ?? at,
      updatedAt: at,
    };
  });
}
