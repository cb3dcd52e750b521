/** Credentials as they come over the wire, where a header may be empty or there twice. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import { clientOf } from '../support/clients.js';
import { startEdge, type TestEdge } from '../support/edge.js';

const [KEY, OTHER] = ['key-of-the-portal', 'key-of-another'];
let edge: TestEdge;
beforeAll(async () => {
  edge = await startEdge({
    authenticate: authenticateClients([clientOf('portal', KEY, '*'), clientOf('another', OTHER, [])]),
  });
});
afterAll(() => edge.stop());

/** As `fetch`, which would make one header of two. */
function statusOf(headers: Readonly<Record<string, string | string[]>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const url = `${edge.url}/graphql?query=%7Bfine%7D`;
    const sent = { host: 'localhost', 'apollo-require-preflight': '1', ...headers };
    const lines = Object.entries(sent).flatMap(([name, values]) =>
      [values].flat().flatMap((value) => [name, value]),
    );
    request(url, { headers: lines }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

it.each<[string, Readonly<Record<string, string | string[]>>, number]>([
  ['an empty key beside a token', { 'x-api-key': '', authorization: `Bearer ${KEY}` }, 200],
  ['an empty key alone', { 'x-api-key': '' }, 401],
  ['a token', { authorization: `Bearer ${KEY}` }, 200],
  ['two tokens', { authorization: [`Bearer ${KEY}`, `Bearer ${OTHER}`] }, 400],
  ['one token twice', { authorization: [`Bearer ${KEY}`, `Bearer ${KEY}`] }, 400],
  ['a token and another scheme', { authorization: [`Bearer ${KEY}`, 'Basic eDp5'] }, 400],
  ['two tokens beside a key', { 'x-api-key': KEY, authorization: ['Bearer a', 'Bearer b'] }, 400],
  ['two keys', { 'x-api-key': [KEY, OTHER] }, 400],
])('%s', async (_, headers, status) => {
  expect(await statusOf(headers)).toBe(status);
});
