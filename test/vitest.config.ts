import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  resolve: {
    // One copy of graphql for everybody: its ESM and CommonJS builds refuse each other's schemas.
    alias: [{ find: /^graphql$/, replacement: `${root}node_modules/graphql/index.js` }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Suites that need a program from outside npm run by their own commands.
    exclude: process.env['SUITE'] === 'browser' ? [] : ['test/browser/**'],
    server: { deps: { inline: [/@apollo\/server/, /@graphql-tools/, /@as-integrations/, /graphql-http/] } },
    reporters: ['default', './test/support/summary-reporter.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 2,
  },
});
