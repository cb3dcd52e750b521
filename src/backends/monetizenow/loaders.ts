/**
 * What one request may ask of MonetizeNow.
 *
 * Guarantees: a contract, a quote or an invoice is handed out only if its account is the one that the directory names,
 * or, where the directory names contracts alone, if it belongs to one of those. Refuses to page without end: 20 pages
 * of 100, and a longer list says that it is cut.
 */
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { instantOfMillis } from '../../domain/calendar.js';
import type { Contract, ContractDetail, Invoice, QuoteDetail } from '../../domain/contract.js';
import { failure, sourceError, SourceError, type Failure } from '../../domain/failure.js';
import type { DroppedRecord, Listing, Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { ContractPort } from '../../domain/ports.js';
import type { Drift } from '../../observability/drift.js';
import type { Answer, Upstream } from '../../upstream/endpoint.js';
import { createRecordPort, Memo, memo } from '../batch.js';
import { keepMade, madeOf } from '../once.js';
import { oldestOf, readPages, type Page, type ReadPages } from '../pages.js';
import { readRecord, readRecords, type RecordRules } from '../records.js';
import { getContract, getQuote, isMonetizenowId, listContracts, listInvoices } from './client.js';
import { toContract, toInvoice, toQuote, toQuoteDetail, toRenewalTerms } from './mapper.js';
import { orNull } from './reads.js';
import { isOwnById, isOwnOfAccount, isQuoteOf, isSameAccount, scopeOf, type Link } from './ownership.js';
import { dataAs } from '../quick.js';
import {
  contract as contractRow,
  contractDetail,
  identityOf,
  invoice as invoiceRow,
  invoiceClaim,
  quoteDetail,
  type WireContract,
  type WirePage,
} from './wire.js';

const SOURCE = 'MONETIZENOW';

const PAGE_SIZE = 100;
const MAX_PAGES = 20;
const PARALLEL = 4;

export interface LoaderSettings {
  readonly upstream: Upstream;
  readonly drift: Drift;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

type Slug = Organization['slug'];

/** An account of MonetizeNow, and for whom it is read. */
interface Account {
  readonly slug: Slug;
  readonly accountId: string;
}

/** What reading the contracts that the directory names came to. */
interface NamedContracts {
  readonly found: readonly Contract[];
  readonly failures: readonly Failure[];
}

/** The port for one request. */
export function createContractPort({ upstream, drift, clock }: LoaderSettings): ContractPort {
  /** A contract's record is asked for as itself, for its quotes and for its account: once. */
  const contractRecord = memo(
    ({ slug, contractId }: { readonly slug: Slug; readonly contractId: string }) =>
      JSON.stringify([slug, contractId]),
    ({ slug, contractId }) => upstream.call(getContract, { contractId }, scopeOf(slug)),
  );

  const rulesFor = (
    organization: Organization,
    observation: Observation,
    isOwn: (row: WireContract) => boolean,
  ): RecordRules<WireContract, Contract> => {
    const context = { organization, observation, drift };
    return { source: SOURCE, drift, schema: contractRow, isOwn, map: (row) => toContract(row, context) };
  };

  /** `null`: not there, or not the organization's. */
  const single = async (organization: Organization, contractId: string): Promise<Contract | null> => {
    const link = organization.monetizenow;
    // Without an account to compare with, only the directory's own contracts can be shown to be the organization's.
    if (link === null || (link.accountId === null && !link.contractIds.includes(contractId))) return null;
    const answer = await orNull(contractRecord({ slug: organization.slug, contractId }));
    if (answer === null) return null;
    const found = readRecord(
      answer.body,
      'contract',
      rulesFor(organization, answer.observation, (row) => isOwnById(row, link)),
    );
    return found === null ? null : asked(found, contractId, 'contract');
  };

  const list = async (organization: Organization): Promise<Listing<Contract>> => {
    const link = organization.monetizenow;
    const named = new Set(link?.contractIds);
    if (link === null || (link.accountId === null && named.size === 0)) return nothing(clock);
    const byAccount =
      link.accountId === null ? null : await listByAccount(organization, link, link.accountId);
    byAccount?.items.forEach(({ externalId }) => named.delete(externalId));
    return withNamed(byAccount, await readNamed(organization, [...named]));
  };

  const listByAccount = async (
    organization: Organization,
    link: Link,
    accountId: string,
  ): Promise<Listing<Contract>> => {
    refuseUnlessId(accountId);
    const answers: Answer<WirePage>[] = [];
    const read = await readPages({
      load: async (currentPage) => {
        const params = { accountId, currentPage, pageSize: PAGE_SIZE };
        const answer = await upstream.call(listContracts, params, scopeOf(organization.slug));
        answers.push(answer);
        return pageOf(answer);
      },
      ...PAGING,
    });
    // Most lists have one page; those of several are put together anew, of pages that may be of different ages.
    const [only] = answers.length === 1 ? answers : [];
    const occasion = { organization, observation: read.observation };
    const known = only && madeOf<Contract>(only, occasion);
    if (known !== undefined) return known;
    const rules = rulesFor(organization, read.observation, (row) => isOwnOfAccount(row, link));
    const { items, dropped } = readRecords(read.rows, 'contract', rules);
    const listing = listingOf(read, items, dropped, 'contract', drift);
    // A page that could not be had may be had the next time.
    return only === undefined || read.failures.length > 0 ? listing : keepMade(only, occasion, listing);
  };

  /** Contracts that the directory names, one by one. One that is not there any more is left out. */
  const readNamed = async (
    organization: Organization,
    contractIds: readonly string[],
  ): Promise<NamedContracts> => {
    const found: Contract[] = [];
    const failures: Failure[] = [];
    for (let from = 0; from < contractIds.length; from += PARALLEL) {
      const some = contractIds.slice(from, from + PARALLEL);
      const results = await Promise.allSettled(
        some.map(async (contractId) => {
          refuseUnlessId(contractId);
          return single(organization, contractId);
        }),
      );
      for (const result of results) {
        if (result.status === 'fulfilled') {
          if (result.value !== null) found.push(result.value);
        } else if (result.reason instanceof SourceError) failures.push(result.reason.failure);
        else throw result.reason;
      }
    }
    return { found, failures };
  };

  const withNamed = (
    listing: Listing<Contract> | null,
    { found, failures }: NamedContracts,
  ): Listing<Contract> => {
    if (listing !== null && found.length === 0 && failures.length === 0) return listing;
    const [firstFailure] = failures;
    // Nothing to show at all: that is a failure of the list, not an empty list with remarks.
    if (listing === null && found.length === 0 && firstFailure !== undefined)
      throw new SourceError(firstFailure);
    const base = listing ?? nothing(clock);
    const observations = [
      ...(listing === null ? [] : [listing.observation]),
      ...found.map((one) => one.observation),
    ];
    return {
      items: [...base.items, ...found],
      dropped: [...base.dropped, ...failures],
      truncated: base.truncated,
      observation: observations.length === 0 ? base.observation : oldestOf(observations),
    };
  };

  const detail = memo(keyOfContract, async (contract: Contract): Promise<ContractDetail | null> => {
    const { externalId, organization: slug } = contract;
    const answer = await orNull(contractRecord({ slug, contractId: externalId }));
    if (answer === null) return null;
    return readRecord(answer.body, 'contract', {
      source: SOURCE,
      drift,
      schema: contractDetail,
      isOwn: (row) => row.id === externalId && isSameAccount(row.accountId, contract),
      map: (row) => ({
        // A quote of the contract may name another contract (the one it renews), but not another account.
        quotes: (row.quotes ?? []).flatMap((quote) => {
          if (isSameAccount(quote.accountId, contract)) return [toQuote(quote, drift)];
          drift.foreign(SOURCE);
          return [];
        }),
        renewalTerms:
          row.contractRenewalTerms === null ? null : toRenewalTerms(row.contractRenewalTerms, drift),
      }),
    });
  });

  const quote = memo(
    ({ contract, quoteId }: { readonly contract: Contract; readonly quoteId: string }) =>
      JSON.stringify([keyOfContract(contract), quoteId]),
    async ({ contract, quoteId }): Promise<QuoteDetail | null> => {
      if (!isMonetizenowId(quoteId)) return null;
      const answer = await orNull(upstream.call(getQuote, { quoteId }, scopeOf(contract.organization)));
      if (answer === null) return null;
      const found = readRecord(answer.body, 'quote', {
        source: SOURCE,
        drift,
        schema: quoteDetail,
        isOwn: (row) => isQuoteOf(contract, row),
        map: (row) => toQuoteDetail(row, drift),
      });
      return found === null ? null : asked(found, quoteId, 'quote');
    },
  );

  const accountOf = async ({ account, externalId, organization: slug }: Contract): Promise<string> => {
    if (account !== null) return account.externalId;
    const { body } = await contractRecord({ slug, contractId: externalId });
    const accountId = dataAs(contractRow, body)?.accountId ?? null;
    if (accountId !== null) return accountId;
    throw sourceError('UPSTREAM_MALFORMED', SOURCE, { detail: 'the contract does not name its account' });
  };

  const readInvoices = ({ slug, accountId }: Account, contractId: string | null) =>
    readPages({
      load: async (currentPage) => {
        const page = { accountId, contractId, currentPage, pageSize: PAGE_SIZE };
        return pageOf(await upstream.call(listInvoices, page, scopeOf(slug)));
      },
      ...PAGING,
    });
  const invoicesOfAccount = new Memo(keyOfAccount, async (account: Account) =>
    splitByContract(await readInvoices(account, null), account),
  );

  const turns = new Map<string, Set<string>>();
  /** Whether several contracts of the account ask for their invoices in this turn, or did before. */
  const isOneOfSeveral = async (account: Account, contractId: string): Promise<boolean> => {
    if (invoicesOfAccount.has(account)) return true;
    const key = keyOfAccount(account);
    const turn = turns.get(key) ?? new Set();
    turns.set(key, turn.add(contractId));
    await endOfTurn();
    turns.delete(key);
    return turn.size > 1;
  };

  const invoices = memo(keyOfContract, async (contract: Contract): Promise<Listing<Invoice>> => {
    const contractId = contract.externalId;
    const accountId = await accountOf(contract);
    refuseUnlessId(accountId);
    const account = { slug: contract.organization, accountId };
    const shareOf = (await isOneOfSeveral(account, contractId)) ? await invoicesOfAccount.get(account) : null;
    const read = shareOf?.(contractId) ?? (await readInvoices(account, contractId));
    const { items, dropped } = readRecords(read.rows, 'invoice', {
      source: SOURCE,
      drift,
      schema: invoiceRow,
      isOwn: (row) => (row.account?.id ?? accountId) === accountId,
      map: (row) => toInvoice(row, { observation: read.observation, drift }),
    });
    // An invoice that names no contract is this one's on the word of the filter, as long as the filter keeps its word.
    const isFiltered = items.every((invoice) => (invoice.contractId ?? contractId) === contractId);
    const own = isFiltered ? items : items.filter((invoice) => invoice.contractId === contractId);
    return listingOf(read, own, dropped, 'invoice', drift);
  });

  return {
    detail,
    quote: (contract, quoteId) => quote({ contract, quoteId }),
    invoices,
    ...createRecordPort<Contract>({
      isId: isMonetizenowId,
      idOf: ({ externalId }) => externalId,
      list,
      single,
      singleAtMost: 1,
    }),
  };
}

const PAGING = {
  firstPage: 0,
  pageSize: PAGE_SIZE,
  maxPages: MAX_PAGES,
  parallel: PARALLEL,
  identityOf,
} as const;

function pageOf({ body, observation }: Answer<WirePage>): Page {
  return {
    rows: body.content,
    pageSize: body.pageable?.pageSize ?? null,
    total: body.totalElements,
    observation,
  };
}

/** `name` says what a row is, for the report. */
function listingOf<Item>(
  read: ReadPages,
  items: readonly Item[],
  dropped: readonly DroppedRecord[],
  name: string,
  drift: Drift,
): Listing<Item> {
  const contradicted = read.contradictions.map(() => {
    drift.dropped(SOURCE);
    return failure('UPSTREAM_MALFORMED', SOURCE, {
      detail: `one ${name} came twice, with different content`,
    });
  });
  return {
    items,
    dropped: [...dropped, ...contradicted, ...read.failures],
    truncated: read.truncated,
    observation: read.observation,
  };
}

/**
 * An account's list, by contract: what the filter would have left of it, and what might be anybody's. An invoice that
 * names no contract is nobody's, for no filter vouches for it. `null` where the list goes on after the last page that
 * may be read: the contract's own list may end before.
 */
function splitByContract(read: ReadPages, { accountId }: Account): (contractId: string) => ReadPages | null {
  /** `undefined`: it cannot be told. */
  const claimOf = (row: unknown): string | null | undefined => {
    const { data } = invoiceClaim.safeParse(row);
    return (data?.account?.id ?? accountId) === accountId ? data?.contractId : undefined;
  };
  const claims = read.rows.map(claimOf);
  const contradictions = read.contradictions.map((rows) => ({ rows, claims: rows.map(claimOf) }));
  const isCut = read.truncated && read.failures.length === 0;
  return (contractId) => {
    if (isCut) return null;
    const concerns = (claim: string | null | undefined) => claim === undefined || claim === contractId;
    return {
      ...read,
      rows: read.rows.filter((_, i) => concerns(claims[i])),
      contradictions: contradictions.filter((one) => one.claims.some(concerns)).map(({ rows }) => rows),
    };
  };
}

function nothing(clock: () => number): Listing<never> {
  return {
    items: [],
    dropped: [],
    truncated: false,
    observation: { observedAt: instantOfMillis(clock()), stale: false },
  };
}

function keyOfContract({ organization, externalId }: Contract): string {
  return JSON.stringify([organization, externalId]);
}

function keyOfAccount({ slug, accountId }: Account): string {
  return JSON.stringify([slug, accountId]);
}

/** Ids out of the directory and out of records go into paths as well. */
function refuseUnlessId(id: string): void {
  if (!isMonetizenowId(id))
    throw sourceError('UPSTREAM_REJECTED', SOURCE, { detail: 'an id of the wrong form' });
}

function asked<Found extends { readonly externalId: string }>(found: Found, id: string, name: string): Found {
  if (found.externalId === id) return found;
  throw sourceError('UPSTREAM_MALFORMED', SOURCE, { detail: `another ${name} than the one asked for` });
}
