/** What is asked, by name: the documents, and what they are asked with. */
import { createHash } from 'node:crypto';
import { contractIdOf, orderIdOf, resourceIdOf, type Account } from './fixture.js';
import { globalId } from './projection.js';

const TERM = 'term { startsOn endsBefore }';
const MONEY = '{ amount currency }';

/** One customer: commitments of two backends, contracts of a third, signed orders of a fourth. */
export const PORTFOLIO = `query Portfolio($slug: String!) {
  organization(slug: $slug) {
    id
    slug
    name
    currency
    commitments(first: 100) {
      nodes {
        __typename
        id
        source
        externalId
        name
        status
        statusText
        ${TERM}
        committed ${MONEY}
        products { externalId product { id sku } committedQuantity discountPercent referencePrice }
        periods { externalId order startsOn endsBefore occurrences frequency { length unit } isRemainderOfTerm }
        ... on ContractCommitment {
          accountContract { externalId name }
          services { service { externalId name } }
        }
        ... on ResourceCommitment { pricingMethod isTerminated }
      }
      pageInfo { hasNextPage }
      coverage { complete missing }
    }
    contracts(first: 100) {
      nodes { __typename id externalId status ${TERM} totalValue ${MONEY} }
      totalCount
      coverage { complete missing }
    }
    serviceOrders(first: 100) {
      nodes {
        __typename
        id
        externalId
        name
        stage
        ${TERM}
        monthlyMinimum ${MONEY}
        rampSteps { externalId cycleNumber committed ${MONEY} normalizedTerm { startsOn endsBefore } }
      }
      totalCount
      coverage { complete missing }
    }
  }
}`;

/** A hundred things of several customers and kinds. */
export const NODES = `query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on ResourceCommitment { name status ${TERM} committed ${MONEY} }
    ... on Contract { ${TERM} totalValue ${MONEY} }
    ... on ServiceOrder { name stage ${TERM} monthlyMinimum ${MONEY} }
  }
}`;

/** One thing. */
export const ONE = `query One($id: ID!) {
  commitment(id: $id) {
    __typename
    id
    source
    externalId
    name
    status
    ${TERM}
    committed ${MONEY}
    products { externalId product { id sku } committedQuantity discountPercent referencePrice }
  }
}`;

/** Pages of a hundred commitments of ten customers. */
export const PAGE = `query Page {
  organizations(first: 10) {
    nodes {
      slug
      commitments(first: 100) {
        nodes { __typename id source externalId name status ${TERM} committed ${MONEY} }
        pageInfo { hasNextPage }
        coverage { complete missing }
      }
    }
  }
}`;

/** A page of all customers' commitments. */
export const WALK = `query Walk($after: String) {
  commitments(filter: { sources: [CLOUDMC] }, first: 100, after: $after) {
    nodes { __typename id source externalId name status ${TERM} committed ${MONEY} }
    pageInfo { hasNextPage endCursor }
    coverage { complete missing }
  }
}`;

export interface Operation {
  readonly operationName: 'Portfolio' | 'Nodes' | 'One' | 'Page' | 'Walk';
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const portfolioOf = ({ slug }: Account): Operation => ({
  operationName: 'Portfolio',
  query: PORTFOLIO,
  variables: { slug },
});

/** Ids of every kind but LogiSense's, whose single reads would outweigh all others. `each`: rows that an organization has. */
export function nodesOf(accounts: readonly Account[], count: number, each: number): Operation {
  const kinds = [
    (slug: string, n: number, row: number) => globalId('r', slug, resourceIdOf(n, row)),
    (slug: string, n: number, row: number) => globalId('k', slug, contractIdOf(n, row)),
    (slug: string, n: number, row: number) => globalId('s', slug, orderIdOf(n, row)),
  ];
  const all = Array.from({ length: each }).flatMap((_, row) =>
    kinds.flatMap((make) => accounts.map(({ slug }, n) => make(slug, n, row))),
  );
  return { operationName: 'Nodes', query: NODES, variables: { ids: all.slice(0, count) } };
}

export const oneOf = ({ slug }: Account): Operation => ({
  operationName: 'One',
  query: ONE,
  variables: { id: globalId('r', slug, resourceIdOf(0, 0)) },
});

export const PAGE_OF_1000: Operation = { operationName: 'Page', query: PAGE, variables: {} };

/** Pages of one walk, evenly from its beginning to its end: each begins behind all that a customer has. */
export function walkOf(accounts: readonly Account[], pages: number): readonly Operation[] {
  const step = accounts.length / pages;
  return Array.from({ length: pages }, (_, page) => {
    const slug = accounts[Math.floor(page * step)]?.slug ?? '';
    const place = JSON.stringify([1, 'commitments:STARTS_ON_ASC', slug, null, null, null]);
    const check = createHash('sha256').update(place).digest('base64url').slice(0, 6);
    const after = Buffer.from(check + place).toString('base64url');
    return { operationName: 'Walk', query: WALK, variables: { after } };
  });
}
