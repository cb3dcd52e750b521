/** What went wrong is in the log under the request id that the caller was given, once, and not in the answer. */
import { describe, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import { clientOf, withKey } from '../support/clients.js';
import { ask, HIDDEN, startEdge } from '../support/edge.js';

const KEY = 'key-of-the-portal';
const authenticate = authenticateClients([clientOf('portal', KEY, '*')]);

describe('the log', () => {
  it.each([
    ['an error that was masked', '{ broken fine }', { msg: 'an unexpected error was masked', level: 50 }],
    [
      'a source that failed',
      '{ down }',
      { msg: 'a source failed', level: 40, source: 'CLOUDMC', detail: 'connection refused' },
    ],
    [
      'a source that made a list shorter',
      '{ shorter }',
      { msg: 'a source failed', level: 40, source: 'CLOUDMC', detail: 'connection refused' },
    ],
  ])('has %s, with the request and its client', async (_, query, line) => {
    await using edge = await startEdge({ authenticate });
    const response = await ask(edge.url, query, withKey(KEY));
    const requestId = response.headers.get('x-request-id');
    const text = await response.text();
    expect(text).toContain(`"requestId":"${requestId}"`);
    expect(text).not.toContain(HIDDEN);
    expect(edge.lines).toEqual([expect.objectContaining({ ...line, requestId, client: 'portal' })]);
    if (line.level === 50) expect(JSON.stringify(edge.lines)).toContain(HIDDEN);
  });

  it('has one failure once, however many fields it cost', async () => {
    await using edge = await startEdge();
    const { errors } = (await (await ask(edge.url, '{ a: down b: down shorter c: down }')).json()) as {
      errors: unknown[];
    };
    expect(errors).toHaveLength(4);
    expect(edge.lines).toHaveLength(1);
    await ask(edge.url, '{ down }');
    expect(edge.lines).toHaveLength(2);
  });

  it('has a request that failed before its query was looked at', async () => {
    await using edge = await startEdge({
      authenticate,
      directory: {
        viewOf: () => {
          throw new Error(HIDDEN);
        },
      },
    });
    const response = await ask(edge.url, '{ fine }', withKey(KEY));
    const requestId = response.headers.get('x-request-id');
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'INTERNAL', requestId } }],
    });
    expect(edge.lines).toEqual([
      expect.objectContaining({ msg: 'a request failed at the edge', requestId, client: 'portal' }),
    ]);
  });

  it('has what was thrown around an operation', async () => {
    await using edge = await startEdge({ authenticate });
    const response = await ask(edge.url, '{ around }', withKey(KEY));
    const requestId = response.headers.get('x-request-id');
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'INTERNAL', requestId } }],
    });
    const lines = edge.lines.filter(({ msg }) => msg === 'an unexpected error was masked');
    expect(lines).toEqual([expect.objectContaining({ requestId, client: 'portal' })]);
  });

  it('is silent where nothing failed, and about mistakes of callers', async () => {
    await using edge = await startEdge();
    for (const query of ['{ fine }', '{ nope }', '{', 'mutation { x }']) await ask(edge.url, query);
    expect(edge.lines).toEqual([]);
  });
});
