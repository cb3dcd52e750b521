/**
 * The explorer's routes, without a browser.
 *
 * Guarantees: caching, compression and headers as promised; nothing outside the built page can be read; a missing build
 * is told with its remedy.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fastify } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { EXPLORER_CONTENT_POLICY, registerExplorer } from '../../src/http/explorer.js';

const examples = [{ name: 'One', query: 'query One { __typename }' }];
const folder = mkdtempSync(join(tmpdir(), 'explorer-'));

mkdirSync(join(folder, 'page/assets'), { recursive: true });
writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>page</title>');
writeFileSync(join(folder, 'page/assets/main-1.js'), 'export {};');
writeFileSync(join(folder, 'page/assets/notes.bak'), 'not served');
writeFileSync(join(folder, 'secret.js'), 'not served');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function server(assetsDir: string) {
  const app = fastify();
  registerExplorer(app, { assetsDir, examples });
  return app;
}

describe('the explorer routes', () => {
  const app = server(join(folder, 'page'));

  it.each(['/graphiql', '/graphiql/'])('answer %s with the page', async (url) => {
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<title>page</title>');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': EXPLORER_CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
    const again = await app.inject({ url, headers: { 'if-none-match': String(answer.headers['etag']) } });
    expect(again.statusCode).toBe(304);
  });

  it('compress and let browsers keep an asset', async () => {
    const answer = await app.inject({
      url: '/graphiql/assets/main-1.js',
      headers: { 'accept-encoding': 'br, gzip' },
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
    expect(gunzipSync(answer.rawPayload).toString()).toBe('export {};');
    const plain = await app.inject({
      url: '/graphiql/assets/main-1.js',
      headers: { 'accept-encoding': 'gzip;q=0' },
    });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe('export {};');
  });

  it('hand out the examples', async () => {
    expect((await app.inject({ url: '/graphiql/examples.json' })).json()).toEqual(examples);
  });

  it.each([
    '/graphiql/assets/../../secret.js',
    '/graphiql/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    '/graphiql/assets/..%5c..%5csecret.js',
    '/graphiql/../secret.js',
    '/graphiql/assets/',
    '/graphiql/assets/notes.bak',
    '/graphiql/index.html',
    '/graphiql/assets/__proto__',
  ])('know nothing of %s', async (url) => {
    expect((await app.inject({ url })).statusCode).toBe(404);
  });

  it('name the command when the page is not built', async () => {
    const answer = await server(join(folder, 'nowhere')).inject({ url: '/graphiql' });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toContain('npm run build');
  });
});
