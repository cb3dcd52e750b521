/** Discounts that the sandbox's offerings are sold with. Names and codes are invented; the members are DiscountDto's. */
import { addDays, addMonths } from './days.js';
import type { Discount, QuoteItem } from './state.js';

/** What the items' `discountPercent` comes from. */
export function volumeDiscount(id: string, item: QuoteItem): Discount {
  return {
    id,
    name: 'Volume',
    description: 'For what a second agreement adds to the first',
    discountCode: null,
    status: 'ACTIVE',
    type: { name: 'PERCENTAGE', percent: item.discountPercent },
    durationType: 'UNLIMITED',
    durationMonths: null,
    startDate: null,
    endDate: null,
    scopeProductId: item.productId,
    scopeOfferingId: null,
    lifecyclePolicies: [],
  };
}

/** Over before the first bill that still shows, so that no amount has to know of it. */
export function welcomeVoucher(id: string, offeringId: string, startDate: string): Discount {
  return {
    id,
    name: 'Welcome voucher',
    description: null,
    discountCode: 'WELCOME',
    status: 'EXPIRED',
    type: { name: 'FLAT', cents: 250_00n },
    durationType: 'LIMITED',
    durationMonths: 1,
    startDate,
    endDate: addDays(addMonths(startDate, 1), -1),
    scopeProductId: null,
    scopeOfferingId: offeringId,
    lifecyclePolicies: ['EXCLUDE_FROM_RENEWAL'],
  };
}
