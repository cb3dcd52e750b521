/**
 * MonetizeNow's first state, made from the customers. Guarantees the same state for the same customers and day; a contract
 * under every id of the profile, the first of them being the main agreement with the profile's dates; and every trait
 * that concerns MonetizeNow: where the profile has too few ids for a cancelled, finished or pending contract beside the
 * main one, the account gets one more under a derived id. Each contract holds one thing sold by quantity, in two steps
 * where the customer is ramped, and one monthly minimum, its first quote being PROCESSED.
 */
import { dayAt } from '../calendar.js';
import { chanceOf, type Chance } from '../random.js';
import type { Clock, Profile } from '../types.js';
import { amountOf, discounted, invoiceSums, taxOn, times } from './amounts.js';
import {
  billedIn,
  createCatalogue,
  defaultRate,
  MINIMUM_OFFERING,
  SEATS_OFFERING,
  SUPPORT_OFFERING,
} from './catalogue.js';
import { addDays, addMonths, firstOfMonth, monthsBetween } from './days.js';
import { volumeDiscount, welcomeVoucher } from './discounts.js';
import { createIds, type Ids } from './ids.js';
import type {
  Account,
  Cents,
  Contract,
  Credit,
  Invoice,
  InvoiceItem,
  MonetizenowState,
  Partner,
  Quote,
  QuoteItem,
  QuoteOffering,
  User,
} from './state.js';

type MonetizenowProfile = Profile & { readonly monetizenow: NonNullable<Profile['monetizenow']> };

/** The contract of seed 002: ten seats, to be made eleven by its first example. */
export const SAMPLE_CONTRACT = 'ctrct_xNE4v9dkjXjorYAM';

const OWNERS: readonly [User, User] = [
  { id: 'usr_sandbox000000001', name: 'Robin Vale' },
  { id: 'usr_sandbox000000002', name: 'Sam Okafor' },
];
const PARTNER: Partner = { accountId: 'acct_sandbox00000001', name: 'Northern Lights Resale' };
const DAY_MS = 86_400_000;

/** What a contract is there to show. */
type Part = 'main' | 'beside' | 'cancelled' | 'finished' | 'pending';

interface Plan {
  readonly id: string;
  readonly part: Part;
  /** Place among the account's contracts. */
  readonly index: number;
}

interface Seeding {
  readonly state: MonetizenowState;
  readonly today: string;
}

function plansOf(profile: MonetizenowProfile, today: string): Plan[] {
  const { traits, monetizenow } = profile;
  const isOver = addMonths(profile.startsOn, profile.months) <= today;
  const extra: Part[] = [];
  if (traits.has('cancelled')) extra.push('cancelled');
  if (traits.has('expired') && !isOver) extra.push('finished');
  if (traits.has('pending') && profile.startsOn <= today) extra.push('pending');
  const listed = monetizenow.contractIds.map((id, index): Plan => ({
    id,
    index,
    part: index === 0 ? 'main' : (extra.shift() ?? 'beside'),
  }));
  const derived = extra.map((part, index): Plan => {
    const id = `ctrct_${chanceOf(`monetizenow ${monetizenow.accountId} ${part}`).base62(16)}`;
    return { id, part, index: listed.length + index };
  });
  return [...listed, ...derived];
}

function termOf(part: Part, profile: Profile, today: string): { startDate: string; months: number } {
  const month = firstOfMonth(today);
  const begun = profile.startsOn <= today ? profile.startsOn : month;
  const mainEnd = addMonths(profile.startsOn, profile.months);
  switch (part) {
    case 'main':
    case 'beside':
      return { startDate: profile.startsOn, months: profile.months };
    case 'cancelled':
      return { startDate: addMonths(begun, -12), months: 24 };
    case 'finished':
      return { startDate: addMonths(begun, -12), months: 12 };
    case 'pending':
      return { startDate: mainEnd > today ? mainEnd : addMonths(month, 1), months: 12 };
  }
}

/** A customer's minimum here; what it promised to the telephony company only gives the size. */
function monthlyMinimum(profile: Profile, index: number): Cents {
  const major = profile.monthlyMinimum / BigInt(4 * (index + 1));
  return (billedIn(profile.currency) === profile.currency ? major : major / 100n + 1n) * 100n;
}

function newOfferings(
  { state }: Seeding,
  profile: Profile,
  contract: Contract,
  index: number,
  chance: Chance,
  ids: Ids,
): QuoteOffering[] {
  const isSample = contract.id === SAMPLE_CONTRACT;
  const sold = isSample || profile.traits.has('pre-paid') ? SEATS_OFFERING : SUPPORT_OFFERING;
  const lines = [
    {
      offeringId: sold,
      quantity: isSample ? 10 : chance.integer(2, 40),
      agreedPrice: undefined,
      discountPercent: isSample || index % 2 === 0 ? 0 : 10,
    },
    {
      offeringId: MINIMUM_OFFERING,
      quantity: 1,
      agreedPrice: monthlyMinimum(profile, index),
      discountPercent: 0,
    },
  ];
  return lines.map(({ offeringId, quantity, agreedPrice, discountPercent }) => {
    const rate = defaultRate(state.catalogue, offeringId, contract.currency);
    return {
      id: ids.next('quoff'),
      offeringId,
      rateId: rate.id,
      subscriptionId: ids.next('subsc'),
      startDate: contract.startDate,
      endDate: contract.endDate,
      items: rate.prices.map((price): QuoteItem => ({
        id: ids.next('qtitm'),
        productId: price.productId,
        quantity,
        unitPrice: agreedPrice ?? price.unitPrice,
        discountPercent,
        amendmentStatus: 'ADDED',
        previousQuantity: null,
        previousAmount: null,
      })),
      discounts: [],
      parentId: null,
      previousId: null,
      previousRateId: null,
      added: true,
      removed: false,
    };
  });
}

/** The discounts by which an offering is sold for less, and one that is over. */
function withDiscounts(offering: QuoteOffering, ids: Ids): QuoteOffering {
  const discounts = offering.items
    .filter(({ discountPercent }) => discountPercent > 0)
    .map((item) => volumeDiscount(ids.next('disc'), item));
  if (discounts.length === 0) return offering;
  const voucher = welcomeVoucher(ids.next('disc'), offering.offeringId, offering.startDate);
  return { ...offering, discounts: [...discounts, voucher] };
}

/**
 * One offering in two steps: twice as many from the middle of the term on. That both are on one subscription is our
 * choice; that the later one names the first, and has its own days, is the vendor's (`backends.md` §4.4).
 */
function rampOf(offering: QuoteOffering, contract: Contract, ids: Ids): QuoteOffering[] {
  const from = addMonths(contract.startDate, Math.floor(contract.months / 2));
  return [
    { ...offering, endDate: addDays(from, -1) },
    {
      ...offering,
      id: ids.next('quoff'),
      startDate: from,
      items: offering.items.map((item) => ({
        ...item,
        id: ids.next('qtitm'),
        quantity: item.quantity * 2,
      })),
      parentId: offering.id,
    },
  ];
}

/** The offerings of the quote before, with new quantities from a day on; 0 takes the offering away. */
function amendedOfferings(
  before: readonly QuoteOffering[],
  from: string,
  ids: Ids,
  quantityOf: (item: QuoteItem, offering: QuoteOffering) => number,
): QuoteOffering[] {
  return before.map((offering) => {
    const items = offering.items.map((item): QuoteItem => {
      const quantity = quantityOf(item, offering);
      const changed = quantity === 0 ? 'REMOVED' : 'UPDATED';
      return {
        ...item,
        id: ids.next('qtitm'),
        quantity,
        amendmentStatus: quantity === item.quantity ? 'NO_CHANGE' : changed,
        previousQuantity: item.quantity,
        previousAmount: amountOf(item),
      };
    });
    return {
      ...offering,
      id: ids.next('quoff'),
      startDate: from,
      items,
      previousId: offering.id,
      previousRateId: offering.rateId,
      added: false,
      removed: items.every(({ amendmentStatus }) => amendmentStatus === 'REMOVED'),
    };
  });
}

type QuoteDraft = Pick<Quote, 'description' | 'type' | 'status' | 'amendmentDate' | 'offerings'> &
  Partial<Pick<Quote, 'approvals' | 'validations' | 'customFields'>> & { readonly createdOn: string };

function addQuote({ state }: Seeding, contract: Contract, ids: Ids, draft: QuoteDraft): Quote {
  const { createdOn, ...rest } = draft;
  const createdAt = Date.parse(`${createdOn}T09:12:44Z`);
  const isProcessed = draft.status === 'PROCESSED';
  const quote: Quote = {
    approvals: [],
    validations: [],
    customFields: {},
    ...rest,
    id: ids.next('quote'),
    contractId: contract.id,
    previousQuoteId: contract.quoteIds.at(-1) ?? null,
    expirationDate: addDays(createdOn, 30),
    createdAt,
    modifiedAt: isProcessed ? createdAt + 3 * DAY_MS : createdAt,
    sentAt: isProcessed ? createdAt + DAY_MS : null,
    acceptedAt: isProcessed ? createdAt + 2 * DAY_MS : null,
    processedAt: isProcessed ? createdAt + 3 * DAY_MS : null,
  };
  state.quotes.set(quote.id, quote);
  contract.quoteIds.push(quote.id);
  contract.modifiedAt = Math.max(contract.modifiedAt, quote.modifiedAt);
  return quote;
}

/** `sold` is the line sold by quantity; the minimum stays as it is. */
const moreOf =
  (added: number) =>
  (item: QuoteItem, { offeringId }: QuoteOffering): number =>
    offeringId === MINIMUM_OFFERING ? item.quantity : item.quantity + added;

function addAmendments(
  seeding: Seeding,
  profile: Profile,
  plan: Plan,
  contract: Contract,
  first: Quote,
  chance: Chance,
  ids: Ids,
): void {
  const month = firstOfMonth(seeding.today);
  if (plan.part === 'main' && profile.traits.has('in-review')) {
    const from = addMonths(month, 1);
    addQuote(seeding, contract, ids, {
      description: 'More from the next bill cycle',
      type: 'AMENDMENT',
      status: 'REVIEW',
      amendmentDate: from,
      createdOn: addDays(seeding.today, -2),
      offerings: amendedOfferings(first.offerings, from, ids, moreOf(5)),
      approvals: [
        {
          id: ids.next('qtapr'),
          ruleId: chance.uuid(),
          name: 'Larger quantities',
          description: 'An increase by more than four needs a second pair of eyes.',
          status: 'NO_ACTION',
          decidedAt: null,
        },
      ],
    });
  }
  const changedOn = addMonths(month, -2);
  if (plan.part === 'beside' && contract.startDate < changedOn && changedOn < contract.endDate) {
    addQuote(seeding, contract, ids, {
      description: 'Three more',
      type: 'AMENDMENT',
      status: 'PROCESSED',
      amendmentDate: changedOn,
      createdOn: addDays(changedOn, -7),
      offerings: amendedOfferings(first.offerings, changedOn, ids, moreOf(3)),
      validations: [
        { ruleId: chance.uuid(), errorLevel: 'WARN', message: 'The contact has no telephone number.' },
      ],
    });
  }
  if (plan.part === 'cancelled') {
    const from = addMonths(contract.startDate, 9);
    addQuote(seeding, contract, ids, {
      description: 'Cancellation',
      type: 'AMENDMENT',
      status: 'PROCESSED',
      amendmentDate: from,
      createdOn: addDays(from, -5),
      offerings: amendedOfferings(first.offerings, from, ids, () => 0),
    });
    contract.canceledFrom = from;
    // That a cancelled contract ends on its last day in force is our choice.
    contract.endDate = addDays(from, -1);
  }
}

/** The quote by which that day is billed. */
function quoteInForce(state: MonetizenowState, contract: Contract, day: string): Quote | undefined {
  return contract.quoteIds
    .flatMap((id) => state.quotes.get(id) ?? [])
    .findLast(({ status, amendmentDate }) => status === 'PROCESSED' && (amendmentDate ?? '') <= day);
}

/** A tenth of the last bill back, where a contract was cancelled before its term was over. */
function creditsOf(contract: Contract, items: readonly InvoiceItem[], billed: string, ids: Ids): Credit[] {
  if (contract.canceledFrom === null || billed < firstOfMonth(contract.endDate)) return [];
  return [
    {
      id: ids.next('crdt'),
      creditNoteId: ids.next('crnt'),
      type: 'CREDIT_NOTE',
      reason: 'Goodwill at the end of the contract',
      appliedAt: Date.parse(`${addDays(billed, 10)}T14:05:00Z`),
      amount: invoiceSums({ items, credits: [] }).total / 10n,
    },
  ];
}

/** The last three months that have begun: paid, unpaid, and a draft for the month that is running. */
function addInvoices(seeding: Seeding, contract: Contract, ids: Ids): void {
  const { state, today } = seeding;
  const month = firstOfMonth(today);
  if (contract.startDate > today) return;
  const lastMonth = contract.endDate < month ? firstOfMonth(contract.endDate) : month;
  const months = monthsBetween(contract.startDate, lastMonth);
  for (let index = Math.max(0, months - 2); index <= months; index += 1) {
    const startDate = addMonths(contract.startDate, index);
    const quote = quoteInForce(state, contract, startDate);
    if (!quote) continue;
    const monthsAgo = monthsBetween(startDate, month);
    const status = monthsAgo >= 2 ? 'PAID' : monthsAgo === 1 ? 'UNPAID' : 'DRAFT';
    const endDate = addDays(addMonths(startDate, 1), -1);
    const items = quote.offerings
      .filter((offering) => offering.startDate <= startDate && startDate <= offering.endDate)
      .flatMap((offering) =>
        offering.items.map((item) => ({ ...invoiceItem(offering, item, ids), startDate, endDate })),
      );
    const invoice: Invoice = {
      id: ids.next('invce'),
      invoiceNumber: `INV-${String(state.invoices.size + 1).padStart(6, '0')}`,
      accountId: contract.accountId,
      contractId: contract.id,
      quoteId: quote.id,
      status,
      invoiceType: 'RECURRING',
      billDate: startDate,
      startDate,
      endDate,
      dueDate: addDays(startDate, 30),
      paidDate: status === 'PAID' ? addDays(startDate, 21) : null,
      paymentId: status === 'PAID' ? ids.next('pmt') : null,
      items,
      credits: creditsOf(contract, items, startDate, ids),
    };
    state.invoices.set(invoice.id, invoice);
    contract.invoiceIds.push(invoice.id);
  }
}

function invoiceItem(
  offering: QuoteOffering,
  item: QuoteItem,
  ids: Ids,
): Omit<InvoiceItem, 'startDate' | 'endDate'> {
  const full = times(item.unitPrice, item.quantity);
  const afterDiscount = discounted(full, item.discountPercent);
  return {
    id: ids.next('ivitm'),
    quoteItemId: item.id,
    subscriptionId: offering.subscriptionId,
    offeringId: offering.offeringId,
    rateId: offering.rateId,
    productId: item.productId,
    quantity: item.quantity,
    unitPrice: item.unitPrice,
    amountWithoutDiscount: full,
    discount: full - afterDiscount,
    tax: taxOn(afterDiscount),
    prorationMultiplier: 1,
  };
}

function seedContract(
  seeding: Seeding,
  profile: MonetizenowProfile,
  account: Account,
  plan: Plan,
  plans: Plan[],
): void {
  const { state, today } = seeding;
  const chance = chanceOf(`monetizenow ${plan.id}`);
  const ids = createIds(chance);
  const { startDate, months } = termOf(plan.part, profile, today);
  const month = firstOfMonth(today);
  const idOf = (part: Part): string | null => plans.find((one) => one.part === part)?.id ?? null;
  const createdOn = addDays(startDate < month ? startDate : month, -20);
  const contract: Contract = {
    id: plan.id,
    accountId: account.id,
    partner: plan.part === 'beside' ? PARTNER : null,
    billGroupId: ids.next('billg'),
    currency: account.currency,
    startDate,
    endDate: addDays(addMonths(startDate, months), -1),
    months,
    endAction: chance.pick(['RENEW', 'MANUAL_RENEW', 'CANCEL'] as const),
    canceledFrom: null,
    renewed: plan.part === 'finished',
    previousContractId:
      plan.part === 'main' ? idOf('finished') : plan.part === 'pending' ? idOf('main') : null,
    owner: chance.pick(OWNERS),
    modifiedAt: 0,
    quoteIds: [],
    invoiceIds: [],
  };
  state.contracts.set(contract.id, contract);
  account.contractIds.push(contract.id);
  const agreed = newOfferings(seeding, profile, contract, plan.index, chance, ids);
  // An amendment of a ramp would have to amend its steps; the sandbox has none.
  const isRamped = plan.part === 'main' && profile.traits.has('ramped') && !profile.traits.has('in-review');
  const offerings = agreed.flatMap((offering) =>
    isRamped && offering.offeringId !== MINIMUM_OFFERING
      ? rampOf(offering, contract, ids)
      : [withDiscounts(offering, ids)],
  );
  const first = addQuote(seeding, contract, ids, {
    description: `${profile.name} platform agreement`,
    type: 'NEW',
    status: 'PROCESSED',
    amendmentDate: null,
    createdOn,
    offerings,
    customFields: {
      salesRegion: 'North',
      forecastPercent: 80,
      isStrategic: true,
      procurement: contract.partner === null ? null : { partner: contract.partner.name, hasFrame: false },
    },
  });
  addAmendments(seeding, profile, plan, contract, first, chance, ids);
  addInvoices(seeding, contract, ids);
}

function isCustomer(profile: Profile): profile is MonetizenowProfile {
  return profile.monetizenow !== undefined;
}

export function seedMonetizenow(profiles: readonly Profile[], clock: Clock): MonetizenowState {
  const customers = profiles.filter(isCustomer);
  const state: MonetizenowState = {
    catalogue: createCatalogue(['USD', ...customers.map(({ currency }) => billedIn(currency))]),
    accounts: new Map(),
    contracts: new Map(),
    quotes: new Map(),
    invoices: new Map(),
    held: new Map(),
  };
  const seeding: Seeding = { state, today: dayAt(clock()) };
  for (const profile of customers) {
    const account: Account = {
      id: profile.monetizenow.accountId,
      customId: profile.slug,
      name: profile.name,
      currency: billedIn(profile.currency),
      contractIds: [],
    };
    state.accounts.set(account.id, account);
    const plans = plansOf(profile, seeding.today);
    for (const plan of plans) seedContract(seeding, profile, account, plan, plans);
  }
  return state;
}
