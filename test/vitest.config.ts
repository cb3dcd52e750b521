import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Suites that need a program from outside npm, or long, run by their own commands. */
const SUITES: Record<string, { include: string[]; exclude: string[]; globalSetup: string[] }> = {
  browser: { include: ['test/browser/**/*.test.ts'], exclude: [], globalSetup: [] },
  // The journal's promises again, kept by PostgreSQL, and those that only a server can break.
  postgres: {
    include: ['test/journal/**/*.test.ts', 'test/verification/verifier.test.ts'],
    exclude: ['test/journal/sqlite/**'],
    globalSetup: ['test/support/postgres-server.ts'],
  },
  // Budgets that gateways share.
  redis: { include: ['test/redis/**/*.test.ts'], exclude: [], globalSetup: [] },
  // Processes that are killed and started again, for more than a minute.
  crash: { include: ['test/crash/**/*.test.ts'], exclude: [], globalSetup: [] },
  // A gateway that is sent rubbish, and one whose every byte is searched for secrets: once, on one Node.
  abuse: {
    include: ['test/fuzz/**/*.test.ts', 'test/canaries/**/*.test.ts'],
    exclude: [],
    globalSetup: [],
  },
  // Libraries that are installed for these suites alone, in folders of their own.
  clients: {
    include: ['test/clients/*.test.ts', 'test/documents/interleaved.test.ts'],
    exclude: [],
    globalSetup: [],
  },
  apollo: { include: ['test/apollo-suite/*.test.ts'], exclude: [], globalSetup: [] },
};
/** Programs that are started, spoken to and killed, dozens of times: once, on one Node. */
const PROCESSES = [
  'test/workers/processes.test.ts',
  'test/cli/operations.test.ts',
  'test/cli/documents.test.ts',
  'test/cli/build.test.ts',
  'test/http/process.test.ts',
  'test/bench/gateway-garbage.test.ts',
  'test/bench/gateway-shapes.test.ts',
];
const EVERYTHING_ELSE = {
  include: ['test/**/*.test.ts'],
  exclude: [
    ...PROCESSES,
    'test/browser/**',
    'test/journal/postgres/**',
    'test/redis/**',
    'test/crash/crash.test.ts',
    'test/fuzz/**',
    'test/canaries/**',
    'test/clients/**',
    'test/apollo-suite/**',
    'test/bench/peers/**',
  ],
  globalSetup: [],
};

SUITES['processes'] = { include: PROCESSES, exclude: [], globalSetup: [] };
/** For another Node than the one that everything runs on: without what is long and made of our own rules alone. */
SUITES['engine'] = {
  ...EVERYTHING_ELSE,
  exclude: [
    ...EVERYTHING_ELSE.exclude,
    'test/graph/{changes-*,every-field,authorization-matrix,reconciliation,preflight,position,renewals}.test.ts',
    'test/graph/{bad-input,cost,estimate,operations-stream,verification}.test.ts',
    'test/fault/{changes,backends-down,answers}.test.ts',
    'test/hostile/**',
    'test/reconciliation/**',
    'test/cli/**',
  ],
};

export default defineConfig({
  root,
  resolve: {
    // One copy of graphql for everybody: its ESM and CommonJS builds refuse each other's schemas.
    alias: [
      { find: /^graphql$/, replacement: `${root}node_modules/graphql/index.js` },
      { find: '@jest/globals', replacement: `${root}test/apollo-suite/jest-globals.ts` },
    ],
    dedupe: ['@apollo/server'],
  },
  test: {
    ...(SUITES[process.env['SUITE'] ?? ''] ?? EVERYTHING_ELSE),
    server: { deps: { inline: [/@apollo\/server/, /@graphql-tools/, /@as-integrations/, /graphql-http/] } },
    reporters: ['default', './test/support/summary-reporter.ts'],
    // What hangs is to end, on the slowest machine too: nothing is measured by these, so they are generous.
    testTimeout: process.env['SUITE'] === 'processes' ? 180_000 : 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
