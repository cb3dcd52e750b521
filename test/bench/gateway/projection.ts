/**
 * Rows of backends as the graph shows them, written by hand for the documents of `operations.ts` and nothing else: good
 * code that believes what it reads. What comes out has the same bytes as the gateway's answers, which a test holds.
 */
import { createHash } from 'node:crypto';
import type { Account } from './fixture.js';

export interface ScanRow {
  readonly identity: number;
  readonly accountContractId: number;
  readonly accountContractName: string;
  readonly details: {
    readonly periods: readonly {
      readonly identity: number;
      readonly periodOccurrences: number;
      readonly periodFrequency: number;
      readonly frequencyTypeName: string;
      readonly sortOrder: number;
      readonly isRemainderOfTerm: boolean;
    }[];
    readonly services: readonly { readonly serviceId: number; readonly serviceName: string }[];
  };
}

export interface ResourceRow {
  readonly id: string;
  readonly name: string;
  readonly committedProducts: readonly {
    readonly id: string;
    readonly product: { readonly id: string; readonly sku: string };
    readonly committedAmount: number;
    readonly discountAmount?: number;
    readonly fixedRateReferencePrice?: number;
  }[];
  readonly organization: { readonly id: string };
  readonly pricingMethod: string;
  readonly fixedPrice?: number;
  readonly startDate: string;
  readonly endDate: string;
  readonly terminated: boolean;
  readonly status: string;
}

export interface ContractRow {
  readonly id: string;
  readonly status: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly totalValue: number;
  readonly currency: string;
}

export interface OrderRow {
  readonly Id: string;
  readonly Name: string;
  readonly Stage__c: string;
  readonly Contract_Start_Date__c: string;
  readonly Contract_Duration__c: number;
  readonly Min_Monthly_Commit__c: number | null;
  readonly Service_Order_Details__r: {
    readonly records: readonly {
      readonly Id: string;
      readonly Cycle_Number__c: number;
      readonly Commit_Amount__c: number;
      readonly Commit_Start_Date_Normalized__c: string;
      readonly Commit_End_Date_Normalized__c: string;
    }[];
  } | null;
}

export interface Term {
  readonly startsOn: string;
  readonly endsBefore: string;
}

// ---- Days, numbers and ids --------------------------------------------------------------------------------------

const pad = (value: number) => (value < 10 ? `0${value}` : String(value));

function dayAfter(day: string): string {
  const at = new Date(
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)) + 1),
  );
  return `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
}

function addMonths(day: string, months: number): string {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(month / 12);
  const last = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
  return `${year}-${pad((month % 12) + 1)}-${pad(Math.min(Number(day.slice(8)), last))}`;
}

const endOf = (instant: string) =>
  instant.slice(11, 19) === '00:00:00' ? instant.slice(0, 10) : dayAfter(instant.slice(0, 10));

const usd = (amount: number) => ({ amount: amount.toFixed(2), currency: 'USD' });

export function globalId(tag: 'o' | 'c' | 'r' | 'k' | 's', slug: string, key: string): string {
  const text = `1${tag}${slug}/${key}`;
  const check = createHash('sha256').update(text).digest('base64url').slice(0, 6);
  return Buffer.from(check + text).toString('base64url');
}

/** Believes what it gets. */
export function readGlobalId(id: string): {
  readonly tag: string;
  readonly slug: string;
  readonly key: string;
} {
  const text = Buffer.from(id, 'base64url').toString();
  const slash = text.indexOf('/');
  return { tag: text.charAt(7), slug: text.slice(8, slash), key: text.slice(slash + 1) };
}

// ---- Rows -------------------------------------------------------------------------------------------------------

const UNITS: Readonly<Record<string, { readonly unit: string; readonly months: number }>> = {
  Month: { unit: 'MONTH', months: 1 },
  Quarter: { unit: 'QUARTER', months: 3 },
  Year: { unit: 'YEAR', months: 12 },
};

export const today = () => new Date().toISOString().slice(0, 10);

function periodsOf(row: ScanRow, term: Term) {
  let months: number | null = 0;
  return row.details.periods
    .toSorted((a, b) => a.sortOrder - b.sortOrder)
    .map((period) => {
      const unit = UNITS[period.frequencyTypeName] ?? { unit: 'UNRECOGNIZED', months: 0 };
      const from: string | null = months === null ? null : addMonths(term.startsOn, months);
      months =
        months === null || period.isRemainderOfTerm
          ? null
          : months + unit.months * period.periodOccurrences * period.periodFrequency;
      const to = months === null ? term.endsBefore : addMonths(term.startsOn, months);
      const cut = to > term.endsBefore ? term.endsBefore : to;
      const isEmpty = from === null || cut <= from;
      return {
        externalId: String(period.identity),
        order: period.sortOrder,
        startsOn: isEmpty ? null : from,
        endsBefore: isEmpty ? null : cut,
        occurrences: period.periodOccurrences,
        frequency: { length: period.periodFrequency, unit: unit.unit },
        isRemainderOfTerm: period.isRemainderOfTerm,
      };
    });
}

const statusOn = (day: string, { startsOn, endsBefore }: Term) =>
  day < startsOn ? 'PENDING' : endsBefore <= day ? 'EXPIRED' : 'ACTIVE';

const RESOURCE_STATUSES: Readonly<Record<string, string>> = {
  IN_PROGRESS: 'ACTIVE',
  UPCOMING: 'PENDING',
  EXPIRED: 'EXPIRED',
};

const resourceTerm = (row: ResourceRow): Term => ({
  startsOn: row.startDate.slice(0, 10),
  endsBefore: endOf(row.endDate),
});

const contractTerm = (row: ScanRow, account: Account): Term =>
  account.logisense.accountContractTerms[row.accountContractId] ?? { startsOn: '', endsBefore: '' };

const productsOf = (row: ResourceRow) =>
  row.committedProducts.map((product) => ({
    externalId: product.id,
    product: { id: product.product.id, sku: product.product.sku },
    committedQuantity: String(product.committedAmount),
    discountPercent: product.discountAmount === undefined ? null : String(product.discountAmount),
    referencePrice:
      product.fixedRateReferencePrice === undefined ? null : String(product.fixedRateReferencePrice),
  }));

/** As the portfolio shows it. */
export function contractCommitment(row: ScanRow, account: Account, day: string) {
  const term = contractTerm(row, account);
  const externalId = String(row.identity);
  return {
    __typename: 'ContractCommitment',
    id: globalId('c', account.slug, externalId),
    source: 'LOGISENSE',
    externalId,
    name: null,
    status: statusOn(day, term),
    statusText: null,
    term,
    committed: null,
    products: [],
    periods: periodsOf(row, term),
    accountContract: { externalId: String(row.accountContractId), name: row.accountContractName },
    services: row.details.services.map((service) => ({
      service: { externalId: String(service.serviceId), name: service.serviceName },
    })),
  };
}

/** As the portfolio shows it. */
export function resourceCommitment(row: ResourceRow, account: Account) {
  return {
    __typename: 'ResourceCommitment',
    id: globalId('r', account.slug, row.id),
    source: 'CLOUDMC',
    externalId: row.id,
    name: row.name,
    status: RESOURCE_STATUSES[row.status] ?? 'UNRECOGNIZED',
    statusText: row.status,
    term: resourceTerm(row),
    committed: row.fixedPrice === undefined ? null : usd(row.fixedPrice),
    products: productsOf(row),
    periods: [],
    pricingMethod: row.pricingMethod,
    isTerminated: row.terminated,
  };
}

export function contract(row: ContractRow, account: Account) {
  return {
    __typename: 'Contract',
    id: globalId('k', account.slug, row.id),
    externalId: row.id,
    status: row.status,
    term: { startsOn: row.startDate, endsBefore: dayAfter(row.endDate) },
    totalValue: { amount: row.totalValue.toFixed(2), currency: row.currency },
  };
}

export function serviceOrder(row: OrderRow, account: Account) {
  const committed = row.Min_Monthly_Commit__c;
  return {
    __typename: 'ServiceOrder',
    id: globalId('s', account.slug, row.Id),
    externalId: row.Id,
    name: row.Name,
    stage: row.Stage__c === 'Signed' ? 'SIGNED' : 'TERMINATED',
    term: {
      startsOn: row.Contract_Start_Date__c,
      endsBefore: addMonths(row.Contract_Start_Date__c, row.Contract_Duration__c),
    },
    monthlyMinimum: committed === null ? null : usd(committed),
    rampSteps: (row.Service_Order_Details__r?.records ?? []).map((step) => ({
      externalId: step.Id,
      cycleNumber: step.Cycle_Number__c,
      committed: usd(step.Commit_Amount__c),
      normalizedTerm: {
        startsOn: step.Commit_Start_Date_Normalized__c,
        endsBefore: dayAfter(step.Commit_End_Date_Normalized__c),
      },
    })),
  };
}

// ---- Lists ------------------------------------------------------------------------------------------------------

interface Dated {
  readonly term: Term;
  readonly externalId: string;
}

const SOURCES: Readonly<Record<string, number>> = { LOGISENSE: 1, CLOUDMC: 2 };

/** By start, then source, then id. */
export function byStart<Item extends Dated & { readonly source?: string }>(items: Item[]): Item[] {
  return items.sort((a, b) => {
    if (a.term.startsOn !== b.term.startsOn) return a.term.startsOn < b.term.startsOn ? -1 : 1;
    const source = (SOURCES[a.source ?? ''] ?? 0) - (SOURCES[b.source ?? ''] ?? 0);
    if (source !== 0) return source;
    return a.externalId < b.externalId ? -1 : a.externalId > b.externalId ? 1 : 0;
  });
}

export const isOf =
  ({ logisense }: Account) =>
  ({ accountContractId }: ScanRow): boolean =>
    logisense.accountContractIds.includes(accountContractId);

export const WHOLE = { complete: true, missing: [] };
