/** Apollo Client 4 with its persisted-query link, and manifests that Apollo's own generator made from a client's sources. */
import { readFileSync } from 'node:fs';
import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
} from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import {
  generatePersistedQueryIdsAtRuntime,
  generatePersistedQueryIdsFromManifest,
  type PersistedQueryManifestForGeneratingPersistedQueryIds,
} from '@apollo/persisted-query-lists';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TRY_QUANTITY, type TryQuantity } from './app/src/change.js';
import { CUSTOMER, type Customer } from './app/src/customer.js';
import {
  generateApolloManifest,
  hasText,
  INPUT,
  recordingFetch,
  sha256,
  SLUG,
  startWorld,
  type Mode,
  type World,
} from './world.js';

let world: World;
let hashed: string;
let named: string;
beforeAll(async () => {
  world = await startWorld(async (folder) => {
    hashed = await generateApolloManifest(folder, 'hashed');
    named = await generateApolloManifest(folder, 'named', '`${type}.${operationName}.v1`');
    return { hashed, named };
  });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const loadManifest = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')) as PersistedQueryManifestForGeneratingPersistedQueryIds;

const KINDS = ['MinimumCommitment', 'ContractCommitment', 'ResourceCommitment'];

/** Each way in which the link may come to its ids. */
const IDS = {
  'ids of the manifest, which are hashes': () =>
    generatePersistedQueryIdsFromManifest({ loadManifest: () => Promise.resolve(loadManifest(hashed)) }),
  'ids of the manifest, which are names': () =>
    generatePersistedQueryIdsFromManifest({ loadManifest: () => Promise.resolve(loadManifest(named)) }),
  'hashes of sorted documents, made at runtime': () => generatePersistedQueryIdsAtRuntime({ sha256 }),
};
type Ids = keyof typeof IDS;
const WAYS = Object.keys(IDS) as Ids[];

function clientOf(mode: Mode, options: ConstructorParameters<typeof PersistedQueryLink>[0]) {
  const { fetch, sent } = recordingFetch();
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes: { Commitment: KINDS } }),
    link: ApolloLink.from([
      new PersistedQueryLink(options),
      new HttpLink({ uri: world.graph, fetch, headers: world.headers(mode) }),
    ]),
  });
  return { client, sent };
}

const variables = { slug: SLUG, first: 2 };
const UNKNOWN = gql`
  query Unknown($slug: String!) {
    organization(slug: $slug) {
      id
      name
    }
  }
`;

async function errorOf(answer: Promise<unknown>): Promise<CombinedGraphQLErrors> {
  const error: unknown = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!CombinedGraphQLErrors.is(error)) throw new Error('expected errors of the graph', { cause: error });
  return error;
}

describe.each(['enforce', 'prefer'] as const)('under %s', (mode) => {
  it.each(WAYS)('%s', async (way) => {
    const { client, sent } = clientOf(mode, IDS[way]());
    const { data } = await client.query<Customer>({ query: CUSTOMER, variables });
    expect(data?.organization).toMatchObject({ __typename: 'Organization', name: 'SleepyCo' });
    expect(data?.organization?.commitments.nodes).toEqual([
      expect.objectContaining({ source: 'COMMITMENT_MANAGER', committed: expect.any(Object) }),
      expect.objectContaining({ source: 'COMMITMENT_MANAGER', committed: expect.any(Object) }),
    ]);
    expect(sent.map(({ method, status }) => [method, status])).toEqual([['POST', 200]]);
    expect(sent.some(hasText)).toBe(false);
  });

  it.each(WAYS)('by GET, which caches like: %s', async (way) => {
    const { client, sent } = clientOf(mode, { ...IDS[way](), useGETForHashedQueries: true });
    const { data } = await client.query<Customer>({ query: CUSTOMER, variables });
    expect(data?.organization?.name).toBe('SleepyCo');
    expect(sent.map(({ method, status }) => [method, status])).toEqual([['GET', 200]]);
    expect(sent.some(hasText)).toBe(false);
  });

  it.each(WAYS)('a change, which is tried and not made: %s', async (way) => {
    const { client, sent } = clientOf(mode, { ...IDS[way](), useGETForHashedQueries: true });
    const { data } = await client.mutate<TryQuantity>({
      mutation: TRY_QUANTITY,
      variables: { input: INPUT },
    });
    expect(data?.contractQuantityChange).toMatchObject({
      preview: { request: { method: 'POST' } },
      userErrors: [],
    });
    expect(sent.map(({ method, status }) => [method, status])).toEqual([['POST', 200]]);
    expect(sent.some(hasText)).toBe(false);
  });

  it('errors have their code where the library keeps it', async () => {
    const { client } = clientOf(mode, generatePersistedQueryIdsAtRuntime({ sha256 }));
    const input = { ...INPUT, contractId: 'no id of this graph' };
    const error = await errorOf(client.mutate({ mutation: TRY_QUANTITY, variables: { input } }));
    expect(error.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', retryable: false });
  });
});

describe('a document that is not registered', () => {
  it('under prefer is sent as text after its id, and answered', async () => {
    const { client, sent } = clientOf('prefer', generatePersistedQueryIdsAtRuntime({ sha256 }));
    const { data } = await client.query<Customer>({ query: UNKNOWN, variables: { slug: SLUG } });
    expect(data?.organization?.name).toBe('SleepyCo');
    expect(sent.map(hasText)).toEqual([false, true]);
  });

  it('under prefer is not registered by that, and the library goes on with ids', async () => {
    const { client, sent } = clientOf('prefer', generatePersistedQueryIdsAtRuntime({ sha256 }));
    for (let n = 0; n < 2; n += 1) {
      await client.query({ query: UNKNOWN, variables: { slug: SLUG }, fetchPolicy: 'network-only' });
    }
    await client.query({ query: CUSTOMER, variables });
    expect(sent.map(hasText)).toEqual([false, true, false, true, false]);
  });

  it('by GET falls back to POST', async () => {
    const { client, sent } = clientOf('prefer', {
      ...generatePersistedQueryIdsAtRuntime({ sha256 }),
      useGETForHashedQueries: true,
    });
    const { data } = await client.query<Customer>({ query: UNKNOWN, variables: { slug: SLUG } });
    expect(data?.organization?.name).toBe('SleepyCo');
    expect(sent[0]?.method).toBe('GET');
    expect(sent.map(hasText)).toEqual([false, true]);
  });

  it('under enforce is refused with a code, after both', async () => {
    const { client, sent } = clientOf('enforce', generatePersistedQueryIdsAtRuntime({ sha256 }));
    const error = await errorOf(client.query({ query: UNKNOWN, variables: { slug: SLUG } }));
    expect(error.errors[0]?.extensions).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
    expect(sent.map(hasText)).toEqual([false, true]);
  });

  it('is sent as text from the second time on where documents are off', async () => {
    const { client, sent } = clientOf('off', { generateHash: (query) => sha256(print(query)) });
    await client.query({ query: CUSTOMER, variables });
    await client.query({ query: UNKNOWN, variables: { slug: SLUG }, fetchPolicy: 'network-only' });
    expect(sent.map(hasText)).toEqual([false, true, true]);
  });

  it('is answered where documents are off and the library never stops asking by hash', async () => {
    const { client, sent } = clientOf('off', generatePersistedQueryIdsAtRuntime({ sha256 }));
    const { data } = await client.query<Customer>({ query: CUSTOMER, variables });
    expect(data?.organization?.name).toBe('SleepyCo');
    expect(sent.map(hasText)).toEqual([false, true]);
  });
});
