/** GraphQL over HTTP: the specification's own audits, against the running gateway. */
import { auditServer, type AuditResult } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../support/gateway.js';

/**
 * Warnings of the server library, all of them about refusing with 400 what may be answered with 200: under
 * `application/json` a client would have to read the body to see that it failed.
 */
const KNOWN_WARNINGS = ['572B', 'FDE2', '7B9B'];

let gateway: Gateway;
let results: readonly AuditResult[];

beforeAll(async () => {
  gateway = await startGateway({
    backends: { cloudmc: { url: 'http://127.0.0.1:9', apiKey: 'unused' } },
    accounts: [{ slug: 'sleepyco', name: 'SleepyCo' }],
  });
  results = await auditServer({ url: `${gateway.app.url}/graphql` });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const said = (status: AuditResult['status']) =>
  results
    .filter((result) => result.status === status)
    .map((result) => `${result.id} ${result.name}: ${'reason' in result ? result.reason : ''}`);

describe('the audits', () => {
  it('ran', () => {
    expect(results.length).toBeGreaterThan(50);
    expect(results.filter(({ status }) => status === 'ok').length).toBeGreaterThan(45);
  });

  it('find no error: every MUST is kept', () => {
    expect(said('error')).toEqual([]);
  });

  it('warn of nothing new', () => {
    expect(said('warn').filter((text) => !KNOWN_WARNINGS.includes(text.slice(0, 4)))).toEqual([]);
  });
});
