/** Apollo's own tests for integrations of its server, over the gateway's real edge. */
import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';
import { expect, it } from 'vitest';
import { neverMet } from './jest-globals.js';
import { createServer } from './server.js';

defineIntegrationTestSuite(createServer as never, { noIncrementalDelivery: true });

it('every entry of the table of skips is of a test that ran', () => {
  expect(neverMet()).toEqual([]);
});
