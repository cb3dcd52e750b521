/**
 * What an operation will cost is told before it runs, and it costs no more: for documents of every kind, the estimate is
 * compared with what the emulators see from a cold gateway.
 */
import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { examplesFor } from '../../src/cli/examples.js';
import { parseAccounts } from '../../src/config.js';
import { createDirectory } from '../../src/domain/directory.js';
import { estimateCalls } from '../../src/graph/estimate.js';
import { createSchema } from '../../src/graph/resolvers.js';
import { startSandboxedGateway, TODAY } from '../support/sandboxed-gateway.js';

const HEADERS = { 'graphql-upstream-report': '1' };
const SOURCES = {
  'commitment-manager': 'COMMITMENT_MANAGER',
  salesforce: 'SALESFORCE',
  logisense: 'LOGISENSE',
  monetizenow: 'MONETIZENOW',
  cloudmc: 'CLOUDMC',
} as const;

async function costOf(query: string, variables: object) {
  await using over = await startSandboxedGateway();
  const response = await fetch(`${over.gateway.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...HEADERS },
    body: JSON.stringify({ query, variables }),
  });
  const { errors, extensions } = (await response.json()) as {
    errors?: unknown;
    extensions: { upstreamEstimate: Record<string, number>; upstream: Record<string, { sent: number }> };
  };
  expect(errors).toBeUndefined();
  const seen = Object.fromEntries(
    Object.entries(over.calls()).map(([name, calls]) => [
      SOURCES[name as keyof typeof SOURCES],
      calls.length,
    ]),
  );
  return { estimate: extensions.upstreamEstimate, report: extensions.upstream, seen };
}

const DOCUMENTS: readonly (readonly [string, string, object])[] = [
  ...examplesFor('sleepyco', TODAY).map(
    ({ name, query, variables }) => [name, query, JSON.parse(variables ?? '{}') as object] as const,
  ),
  [
    'aliases',
    '{ organization(slug: "sleepyco") { a: commitments { nodes { id } } b: commitments(first: 1) { nodes { id } } } }',
    {},
  ],
  [
    'a filter',
    'query ($s: [SourceName!]) { organization(slug: "sleepyco") { commitments(filter: { sources: $s }) { nodes { id } } } }',
    { s: ['CLOUDMC'] },
  ],
  [
    'months',
    '{ organization(slug: "sleepyco") { a: usage(month: "2026-10") { month } b: usage(month: "2026-09") { month } c: usage(month: "2026-09") { month } } }',
    {},
  ],
  [
    'what hangs off commitments',
    '{ organization(slug: "sleepyco") { commitments { nodes { ... on MinimumCommitment { state { syncStatus } usage { month } serviceOrder { name } } } } } }',
    {},
  ],
  [
    'fragments',
    'query { organization(slug: "sleepyco") { ...F } } fragment F on Organization { ...G ...G } fragment G on Organization { serviceOrders { nodes { minimumCommitment { id } } } }',
    {},
  ],
  ['the directory', '{ organizations(first: 100) { nodes { slug } } sources { name } }', {}],
];

describe('the estimate', () => {
  it.each(DOCUMENTS)(
    'of %s is never below what it costs, and names no source that is not asked',
    async (_, query, variables) => {
      const { estimate, seen } = await costOf(query, variables);
      for (const [source, calls] of Object.entries(seen)) {
        expect(estimate[source] ?? 0, source).toBeGreaterThanOrEqual(calls);
        if (calls === 0) expect(estimate[source] ?? 0, source).toBe(0);
      }
    },
  );

  it('of the lists of one customer is exact, and so is the report', async () => {
    const { estimate, report, seen } = await costOf(
      '{ organization(slug: "sleepyco") { commitments { nodes { id } } contracts { nodes { id } } serviceOrders { nodes { id } } usage { month } } }',
      {},
    );
    expect(estimate).toEqual({
      COMMITMENT_MANAGER: 2,
      LOGISENSE: 1,
      CLOUDMC: 1,
      MONETIZENOW: 1,
      SALESFORCE: 1,
    });
    expect(seen).toEqual(estimate);
    for (const [source, { sent }] of Object.entries(report)) expect(sent, source).toBe(estimate[source]);
  });

  it('is shown to nobody who did not ask', async () => {
    await using over = await startSandboxedGateway();
    expect((await over.query('{ sources { name } }')).text).not.toContain('extensions');
  });

  it('takes no longer for fragments that are spread again and again', () => {
    const spreads = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on Organization { ...F${i + 1} ...F${i + 1} }`,
    );
    const { definitions } = parse(
      `{ organization(slug: "sleepyco") { ...F0 } } ${spreads.join(' ')} fragment F40 on Organization { contracts { totalCount } }`,
    );
    const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    if (operation === undefined) throw new Error('no operation');
    const fragments = new Map(
      definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
      ),
    );
    const directory = createDirectory(
      parseAccounts([
        {
          slug: 'sleepyco',
          name: 'SleepyCo',
          monetizenow: { accountId: 'acct_a', contractIds: ['ctrct_a'] },
        },
      ]),
    ).viewOf({ client: 'x', organizations: 'all', mayInspect: true, scopes: new Set() });
    expect(estimateCalls({ schema: createSchema(), operation, fragments, variables: {}, directory })).toEqual(
      {
        MONETIZENOW: 1,
      },
    );
  });
});
