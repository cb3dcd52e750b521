/** urql with its persisted exchange: hashes of what it prints, ids of a build's own, by POST and by GET. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, createRequest, fetchExchange, gql, stringifyDocument, type CombinedError } from '@urql/core';
import { persistedExchange, type PersistedExchangeOptions } from '@urql/exchange-persisted';
import { print, type DocumentNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TRY_QUANTITY, type TryQuantity } from './app/src/change.js';
import { CUSTOMER, type Customer } from './app/src/customer.js';
import {
  hasText,
  INPUT,
  operationNameOf,
  recordingFetch,
  sha256,
  SLUG,
  startWorld,
  type Mode,
  type World,
} from './world.js';

/** What its exchange hashes: the text that a document has once the library has keyed it. */
const textOf = (document: DocumentNode) => stringifyDocument(createRequest(document, {}).query);

let world: World;
beforeAll(async () => {
  // What a build script of a partner does: the library’s own form of each document, by its hash and by a name.
  world = await startWorld((folder) => {
    const documents = [CUSTOMER, TRY_QUANTITY];
    const hashed = join(folder, 'hashed.json');
    writeFileSync(
      hashed,
      JSON.stringify(Object.fromEntries(documents.map(textOf).map((text) => [sha256(text), text]))),
    );
    const named = join(folder, 'named.json');
    writeFileSync(
      named,
      JSON.stringify(Object.fromEntries(documents.map((one) => [operationNameOf(one), print(one)]))),
    );
    return Promise.resolve({ hashed, named });
  });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

function clientOf(mode: Mode, options: PersistedExchangeOptions) {
  const { fetch, sent } = recordingFetch();
  const client = new Client({
    url: world.graph,
    fetch,
    fetchOptions: { headers: world.headers(mode) },
    exchanges: [persistedExchange(options), fetchExchange],
    preferGetMethod: false,
  });
  return { client, sent };
}

const IDS: Readonly<Record<string, PersistedExchangeOptions>> = {
  'its own hashes': { generateHash: (text) => Promise.resolve(sha256(text)) },
  'ids of the build': { generateHash: (_, document) => Promise.resolve(operationNameOf(document)) },
};
const WAYS = Object.keys(IDS);
const variables = { slug: SLUG, first: 2 };
const UNKNOWN = gql`
  query Unknown($slug: String!) {
    organization(slug: $slug) {
      name
    }
  }
`;

const codeOf = (error: CombinedError | undefined) => error?.graphQLErrors[0]?.extensions['code'];

describe.each(['enforce', 'prefer'] as const)('under %s', (mode) => {
  describe.each([true, false])('enforcePersistedQueries: %s', (enforcePersistedQueries) => {
    it.each(WAYS)('by POST: %s', async (way) => {
      const { client, sent } = clientOf(mode, {
        ...IDS[way],
        enforcePersistedQueries,
        preferGetForPersistedQueries: false,
      });
      const { data, error } = await client.query<Customer>(CUSTOMER, variables).toPromise();
      expect(error).toBeUndefined();
      expect(data?.organization?.name).toBe('SleepyCo');
      expect(data?.organization?.commitments.nodes).toHaveLength(2);
      expect(sent.map(({ method, status }) => [method, status])).toEqual([['POST', 200]]);
      expect(sent.some(hasText)).toBe(false);
    });

    it.each(WAYS)('by GET, as it does unless told otherwise: %s', async (way) => {
      const { client, sent } = clientOf(mode, { ...IDS[way], enforcePersistedQueries });
      const { data, error } = await client.query<Customer>(CUSTOMER, variables).toPromise();
      expect(error).toBeUndefined();
      expect(data?.organization?.name).toBe('SleepyCo');
      expect(sent.map(({ method, status }) => [method, status])).toEqual([['GET', 200]]);
      expect(sent.some(hasText)).toBe(false);
    });

    it.each(WAYS)('a change, which is tried and not made: %s', async (way) => {
      const { client, sent } = clientOf(mode, {
        ...IDS[way],
        enforcePersistedQueries,
        enableForMutation: true,
      });
      const { data, error } = await client.mutation<TryQuantity>(TRY_QUANTITY, { input: INPUT }).toPromise();
      expect(error).toBeUndefined();
      expect(data?.contractQuantityChange).toMatchObject({ preview: { request: { method: 'POST' } } });
      expect(sent.map(({ method, status }) => [method, status])).toEqual([['POST', 200]]);
      expect(sent.some(hasText)).toBe(false);
    });
  });

  it('errors have their code where the library keeps it', async () => {
    const { client } = clientOf(mode, { ...IDS['its own hashes'], enableForMutation: true });
    const input = { ...INPUT, contractId: 'no id of this graph' };
    const { error } = await client.mutation(TRY_QUANTITY, { input }).toPromise();
    expect(codeOf(error)).toBe('BAD_USER_INPUT');
  });
});

describe('a document that is not registered', () => {
  const hashes = IDS['its own hashes'] ?? {};

  it.each([false, 'within-url-limit'] as const)(
    'under prefer is sent as text after its hash, and answered (preferGet: %s)',
    async (preferGetForPersistedQueries) => {
      const { client, sent } = clientOf('prefer', { ...hashes, preferGetForPersistedQueries });
      const { data, error } = await client.query<Customer>(UNKNOWN, { slug: SLUG }).toPromise();
      expect(error).toBeUndefined();
      expect(data?.organization?.name).toBe('SleepyCo');
      expect(sent.map(hasText)).toEqual([false, true]);
    },
  );

  it('under enforce is refused with a code, after both', async () => {
    const { client, sent } = clientOf('enforce', hashes);
    const { error } = await client.query(UNKNOWN, { slug: SLUG }).toPromise();
    expect(codeOf(error)).toBe('DOCUMENT_NOT_TRUSTED');
    expect(sent.map(hasText)).toEqual([false, true]);
  });

  it('is told as such to a client that sends no texts', async () => {
    const { client, sent } = clientOf('enforce', { ...hashes, enforcePersistedQueries: true });
    const { error } = await client.query(UNKNOWN, { slug: SLUG }).toPromise();
    expect(codeOf(error)).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(sent.map(hasText)).toEqual([false]);
  });

  it('is sent as text from the second time on where documents are off', async () => {
    const { client, sent } = clientOf('off', hashes);
    const first = await client.query<Customer>(CUSTOMER, variables).toPromise();
    const second = await client.query<Customer>(UNKNOWN, { slug: SLUG }).toPromise();
    expect([first.data?.organization?.name, second.data?.organization?.name]).toEqual([
      'SleepyCo',
      'SleepyCo',
    ]);
    expect(sent.map(hasText)).toEqual([false, true, true]);
  });
});
