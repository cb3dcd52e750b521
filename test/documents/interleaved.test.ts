/**
 * S85: one registered document, asked for with different variables and by different tenants at once, over sockets that
 * stay open. A document is shared by everybody; what it was asked with is nobody else's.
 */
import { Agent, request } from 'node:http';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { afterEach, describe, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import { startApp } from '../../src/app.js';
import { parseAccounts, parseBackends } from '../../src/config.js';
import { createLog } from '../../src/observability/log.js';
import { generatePortfolio } from '../../src/sandbox/portfolio.js';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { clientOf, withKey } from '../support/clients.js';
import { emptyFolder, register, sha256 } from '../support/documents-folder.js';
import { startEdge } from '../support/edge.js';
import { NOW, TODAY } from '../support/sandboxed-gateway.js';

const CONNECTIONS = 16;
/** All of them where there is time: `npm run test:clients`. */
const isWhole = process.env['SUITE'] === 'clients';
const REQUESTS = isWhole ? 10_000 : 2_000;
const OF_TENANTS = isWhole ? 1_000 : 200;
const TIMEOUT_MS = 90_000;
/** Divides them, and leaves some on their way while so many are answered. */
const TOGETHER = 8;

let stopping: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stopping.reverse()) await stop();
  stopping = [];
});

interface Wire {
  /** Each byte of the answer, its head included, as text. */
  send(body: object, headers: Readonly<Record<string, string>>): Promise<string>;
  readonly sockets: ReadonlySet<unknown>;
}

function wireTo(url: string): Wire {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  stopping.push(() => {
    agent.destroy();
  });
  const sockets = new Set<unknown>();
  return {
    sockets,
    send: (body, headers) =>
      new Promise((resolve, reject) => {
        const sent = request(`${url}/graphql`, {
          agent,
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
        });
        sent.on('socket', (socket) => sockets.add(socket));
        sent.on('error', reject);
        sent.on('response', (response) => {
          let text = `${response.statusCode} ${response.rawHeaders.join('\n')}\n\n`;
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => {
            resolve(text);
          });
          response.on('error', reject);
        });
        sent.end(JSON.stringify(body));
      }),
  };
}

function answerIn(text: string): { readonly data?: unknown; readonly errors?: unknown } {
  return JSON.parse(text.slice(text.indexOf('\n\n') + 2)) as { data?: unknown };
}

/** Runs all of them, so many at a time as there are sockets. */
async function all(count: number, ask: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let n = next++; n < count; n = next++) await ask(n);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

describe('S85: one registered document', () => {
  it(
    `${REQUESTS} sets of variables, interleaved: each answer has its own`,
    { timeout: TIMEOUT_MS },
    async () => {
      const DOCUMENT = `query Echo($n: Int!, $text: String!, $list: [In!]!, $isShown: Boolean!) {
      echo(n: $n, text: $text, list: $list) { n text @include(if: $isShown) list { at } nested { n } } }`;
      const waiting: (() => void)[] = [];
      /** Goes on when so many are here at once, the last of them first. */
      const together = () =>
        new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length < TOGETHER) return;
          for (const goOn of waiting.splice(0).reverse()) goOn();
        });
      const schema = makeExecutableSchema({
        typeDefs: `
        input In { at: Int! }
        type At { at: Int! }
        type Echo { n: Int text: String list: [At!] nested: Echo }
        type Query { echo(n: Int!, text: String!, list: [In!]!): Echo }`,
        resolvers: {
          Query: {
            echo: async (_: unknown, given: object) => {
              await together();
              return given;
            },
          },
          Echo: {
            nested: async (parent: object) => {
              await new Promise((resolve) => setImmediate(resolve));
              return parent;
            },
          },
        },
      });
      const folder = emptyFolder();
      register(folder, 'portal', '1', [DOCUMENT]);
      const edge = await startEdge({
        schema,
        authenticate: authenticateClients([clientOf('portal', 'key-of-portal', '*')]),
        documents: { folder, timers: systemTimers, modeOf: () => 'enforce' },
      });
      stopping.push(() => edge.stop());
      const wire = wireTo(edge.url);
      const wrong: string[] = [];
      await all(REQUESTS, async (n) => {
        const list = Array.from({ length: n % 4 }, (_, i) => ({ at: n * 10 + i }));
        const isShown = n % 3 !== 0;
        const text = `canary-${n}-${'x'.repeat(n % 7)}`;
        const body = { documentId: sha256(DOCUMENT), variables: { n, text, list, isShown } };
        const answer = await wire.send(body, withKey('key-of-portal'));
        const expected = { data: { echo: { n, ...(isShown ? { text } : {}), list, nested: { n } } } };
        const canaries: readonly string[] = answer.match(/canary-\d+-x*/g) ?? [];
        const isOwn = canaries.every((canary) => canary === text);
        if (JSON.stringify(answerIn(answer)) !== JSON.stringify(expected) || !isOwn)
          wrong.push(`${n}: ${answer}`);
      });
      expect(wrong.slice(0, 3)).toEqual([]);
      expect(wire.sockets.size).toBe(CONNECTIONS);
    },
  );

  it(
    `${OF_TENANTS} requests of two tenants in parallel: no byte of one is in an answer for the other`,
    { timeout: TIMEOUT_MS },
    async () => {
      const DOCUMENT = `query Page($slug: String!) {
      organization(slug: $slug) {
        slug
        name
        commitments(filter: { sources: [CLOUDMC, LOGISENSE] }, first: 10) { nodes { id externalId name } coverage { complete } }
        contracts { nodes { id externalId } coverage { complete } }
        serviceOrders { nodes { name externalId } coverage { complete } }
      }
    }`;
      const started = performance.now();
      const clock = () => NOW + Math.floor(performance.now() - started);
      const profiles = generatePortfolio({
        organizations: 2,
        commitmentsPerBackend: 3,
        seed: 85,
        today: TODAY,
      });
      const sandbox = await startSandbox({ today: TODAY, clock, profiles });
      stopping.push(() => sandbox.stop());
      const folder = emptyFolder();
      const tenants = profiles.map(({ slug }, n) => ({ slug, key: `key-of-tenant-${n}` }));
      for (const { slug } of tenants) register(folder, slug, '1', [DOCUMENT]);
      const app = await startApp({
        config: {
          listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
          backends: parseBackends(sandbox.backends),
          organizations: parseAccounts(sandbox.directory),
          clients: tenants.map(({ slug, key }) => clientOf(slug, key, [slug])),
          store: null,
          documents: { mode: 'enforce', path: folder },
        },
        log: createLog('silent'),
        clock,
      });
      stopping.push(() => app.stop());
      const wire = wireTo(app.url);
      const page = (slug: string, key: string) =>
        wire.send({ documentId: sha256(DOCUMENT), variables: { slug } }, withKey(key));
      /** What is in the records of each, and in its answers: names, ids, numbers of contracts. */
      const told = await Promise.all(
        tenants.map(async ({ slug, key }, n) => textsIn([profiles[n], answerIn(await page(slug, key))])),
      );
      const secrets = told.map((texts, n) => secretsIn(texts, told[1 - n] ?? []));
      const found = new Map<string, number>();
      let own = 0;
      let denied = 0;
      await all(OF_TENANTS, async (n) => {
        const [asker, other] = n % 2 === 0 ? [0, 1] : [1, 0];
        // Two of ten ask for what is the other's.
        const isForeign = n % 10 > 7;
        const { slug } = tenants[isForeign ? other : asker]!;
        const answer = await page(slug, tenants[asker]!.key);
        for (const secret of secrets[other]!) {
          if (answer.includes(secret)) found.set(secret, (found.get(secret) ?? 0) + 1);
        }
        const { data, errors } = answerIn(answer) as {
          data?: { organization: { slug: string } | null };
          errors?: unknown;
        };
        if (isForeign) denied += data?.organization === null && errors === undefined ? 1 : 0;
        else {
          // The scan finds something where there is something to find.
          const shown = secrets[asker]!.filter((secret) => answer.includes(secret)).length;
          own += data?.organization?.slug === slug && errors === undefined && shown > 10 ? 1 : 0;
        }
      });
      expect([...found]).toEqual([]);
      expect({ own, denied }).toEqual({ own: OF_TENANTS * 0.8, denied: OF_TENANTS * 0.2 });
      expect(wire.sockets.size).toBe(CONNECTIONS);
    },
  );
});

/** The texts that the others do not have. */
function secretsIn(texts: readonly string[], others: readonly string[]): readonly string[] {
  const common = new Set(others);
  return [...new Set(texts)].filter((text) => text.length >= 8 && !common.has(text));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
