/** S91: what was sent to a backend as a credential is not in what is read of its reply. */
import { describe, expect, it } from 'vitest';
import { withoutEcho } from '../../src/upstream/echo.js';

const KEY = 'key/of="a"+backend%';

describe('S91: a reply that repeats', () => {
  it.each([
    ['a key', { 'MC-Api-Key': KEY }, KEY],
    ['a token', { authorization: `Bearer ${KEY}` }, KEY],
    ['a password', { authorization: `Basic ${Buffer.from(`me:${KEY}`).toString('base64')}` }, KEY],
    [
      'all of a password',
      { authorization: `Basic ${btoa('user:password-of-it')}` },
      btoa('user:password-of-it'),
    ],
  ])('%s is read without it, however it is written', (_, headers: Record<string, string>, secret) => {
    for (const write of [
      (text: string) => text,
      (text: string) => JSON.stringify(text).slice(1, -1),
      encodeURIComponent,
      (text: string) => new URLSearchParams([['', text]]).toString().slice(1),
    ]) {
      for (const status of [200, 400, 500]) {
        const text = `{"message":"no such key: ${write(secret)}, and ${write(secret)}"}`;
        expect(withoutEcho(text, status, { headers })).toBe(
          '{"message":"no such key: (withheld), and (withheld)"}',
        );
      }
    }
  });

  it('a login is read without its secrets', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({
      grant_type: 'password',
      username: 'some-user',
      password: KEY,
    }).toString();
    expect(withoutEcho(`grant_type password: ${body}`, 400, { headers, body })).toBe(
      'grant_type password: grant_type=password&username=(withheld)&password=(withheld)',
    );
  });

  it('who we are says so in data', () => {
    const headers = { username: 'billing-service', webhook_api_key: KEY };
    const text = '{"createdBy":"billing-service"}';
    expect(withoutEcho(text, 200, { headers })).toBe(text);
    expect(withoutEcho(text, 403, { headers })).toBe('{"createdBy":"(withheld)"}');
  });

  it('what is no credential stays', () => {
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-api-key': 'short' };
    const text = 'application/json short';
    expect(withoutEcho(text, 400, { headers, body: '{"name":"long enough to be one"}' })).toBe(text);
    expect(withoutEcho('long enough to be one', 400, { headers, body: 'long enough to be one' })).toBe(
      'long enough to be one',
    );
  });
});
