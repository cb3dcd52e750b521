/** The answers to `operations.ts`, written by hand: each makes its calls at once and puts the data together. */
import type { Calls } from './calls.js';
import type { Account } from './fixture.js';
import type { Operation } from './operations.js';
import {
  byStart,
  contract,
  contractCommitment,
  globalId,
  isOf,
  readGlobalId,
  resourceCommitment,
  serviceOrder,
  today,
  WHOLE,
} from './projection.js';

export type Accounts = ReadonlyMap<string, Account>;

export const accountsBySlug = (accounts: readonly Account[]): Accounts =>
  new Map(accounts.map((account) => [account.slug, account]));

export const PAGE_SIZE = 100;

/** In the order of the list. */
export async function commitmentsOf(account: Account, calls: Calls) {
  const [scan, resources] = await Promise.all([calls.scan(), calls.resources(account)]);
  const day = today();
  return byStart<ReturnType<typeof contractCommitment> | ReturnType<typeof resourceCommitment>>([
    ...scan.filter(isOf(account)).map((row) => contractCommitment(row, account, day)),
    ...resources.map((row) => resourceCommitment(row, account)),
  ]);
}

async function portfolio(account: Account, calls: Calls) {
  const [commitments, contracts, orders] = await Promise.all([
    commitmentsOf(account, calls),
    calls.contracts(account),
    calls.orders(account),
  ]);
  return {
    organization: {
      id: globalId('o', account.slug, ''),
      slug: account.slug,
      name: account.name,
      currency: account.currency,
      commitments: {
        nodes: commitments.slice(0, PAGE_SIZE),
        pageInfo: { hasNextPage: commitments.length > PAGE_SIZE },
        coverage: WHOLE,
      },
      contracts: {
        nodes: byStart(contracts.map((row) => contract(row, account))).slice(0, PAGE_SIZE),
        totalCount: contracts.length,
        coverage: WHOLE,
      },
      serviceOrders: {
        nodes: byStart(orders.map((row) => serviceOrder(row, account))).slice(0, PAGE_SIZE),
        totalCount: orders.length,
        coverage: WHOLE,
      },
    },
  };
}

const commitmentOnPage = ({
  __typename,
  id,
  source,
  externalId,
  name,
  status,
  term,
  committed,
}: Awaited<ReturnType<typeof commitmentsOf>>[number]) => ({
  __typename,
  id,
  source,
  externalId,
  name,
  status,
  term,
  committed,
});

async function page(accounts: Accounts, calls: Calls) {
  const nodes = await Promise.all(
    [...accounts.values()].slice(0, 10).map(async (account) => {
      const commitments = await commitmentsOf(account, calls);
      return {
        slug: account.slug,
        commitments: {
          nodes: commitments.slice(0, PAGE_SIZE).map(commitmentOnPage),
          pageInfo: { hasNextPage: commitments.length > PAGE_SIZE },
          coverage: WHOLE,
        },
      };
    }),
  );
  return { organizations: { nodes } };
}

type Reader = (account: Account, calls: Calls) => Promise<Map<string, object>>;

/** As the document of many nodes shows them. */
const READERS: Readonly<Record<string, Reader>> = {
  r: async (account, calls) =>
    new Map(
      (await calls.resources(account)).map((row) => {
        const { __typename, id, name, status, term, committed } = resourceCommitment(row, account);
        return [row.id, { __typename, id, name, status, term, committed }];
      }),
    ),
  k: async (account, calls) =>
    new Map(
      (await calls.contracts(account)).map((row) => {
        const { __typename, id, term, totalValue } = contract(row, account);
        return [row.id, { __typename, id, term, totalValue }];
      }),
    ),
  s: async (account, calls) =>
    new Map(
      (await calls.orders(account)).map((row) => {
        const { __typename, id, name, stage, term, monthlyMinimum } = serviceOrder(row, account);
        return [row.Id, { __typename, id, name, stage, term, monthlyMinimum }];
      }),
    ),
};

/** Reads nodes of one request: each list once. */
export function nodeOf(accounts: Accounts, calls: Calls): (id: string) => Promise<object | null> {
  const lists = new Map<string, Promise<Map<string, object>>>();
  return async (given) => {
    const { tag, slug, key } = readGlobalId(given);
    const account = accounts.get(slug);
    const read = READERS[tag];
    if (account === undefined || read === undefined) return null;
    let list = lists.get(tag + slug);
    if (list === undefined) lists.set(tag + slug, (list = read(account, calls)));
    return (await list).get(key) ?? null;
  };
}

async function nodes(ids: readonly string[], accounts: Accounts, calls: Calls) {
  const read = nodeOf(accounts, calls);
  return { nodes: await Promise.all(ids.map((id) => read(id))) };
}

async function one(given: string, accounts: Accounts, calls: Calls) {
  const { slug, key } = readGlobalId(given);
  const account = accounts.get(slug);
  if (account === undefined) return { commitment: null };
  const row = resourceCommitment(await calls.resource(key), account);
  const { __typename, id, source, externalId, name, status, term, committed, products } = row;
  return {
    commitment: { __typename, id, source, externalId, name, status, term, committed, products },
  };
}

/** The `data` of the operation. */
export async function dataOf(
  { operationName, variables }: Pick<Operation, 'operationName' | 'variables'>,
  accounts: Accounts,
  calls: Calls,
): Promise<object> {
  switch (operationName) {
    case 'Portfolio': {
      const account = accounts.get(variables['slug'] as string);
      return account === undefined ? { organization: null } : portfolio(account, calls);
    }
    case 'Page':
      return page(accounts, calls);
    case 'Nodes':
      return nodes(variables['ids'] as readonly string[], accounts, calls);
    case 'Walk':
      throw new RangeError('the walk over all customers is not written by hand');
    case 'One':
      return one(variables['id'] as string, accounts, calls);
  }
}
