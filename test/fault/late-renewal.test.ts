/**
 * Row S17 of the failure catalogue, of LogiSense's tokens: two calls go out with one token, both are told that it has
 * lapsed, and the second hears of it when the first has a new one already. Logging in again would cost a login and
 * take the token from under the calls that use it by then.
 */
import { once, EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createLoginAuthenticator } from '../../src/backends/logisense/auth.js';
import { failure } from '../../src/domain/failure.js';
import type { CredentialName, ServiceScope } from '../../src/domain/scope.js';
import type { Endpoint, Judge } from '../../src/upstream/endpoint.js';
import { createGate } from '../../src/upstream/gate.js';
import { path, segment } from '../../src/upstream/path.js';
import { systemTimers } from '../../src/upstream/timers.js';

const scope: ServiceScope = { kind: 'service', credential: 'test' as CredentialName };
const GRANT = { username: 'gateway', password: 'not-a-real-password', clientId: 'not-a-real-client' };
const judge: Judge = {
  failureOf: ({ status }) => (status === 200 ? null : failure('UPSTREAM_REJECTED', 'LOGISENSE')),
  isUnauthenticated: ({ status }) => status === 401,
};
const thing: Endpoint<{ id: string }, unknown> = {
  name: 'thing',
  method: 'GET',
  path: ({ id }) => path`things/${segment(/[a-z]+/, id)}`,
  credential: 'token',
  isShared: false,
  wire: { parse: (body) => body },
};

/** The first token is refused, for `late` not before the test says so. Keeps what each was asked with. */
async function lapsing() {
  const asked: string[] = [];
  const events = new EventEmitter();
  let logins = 0;
  const server = createServer((request, response) => {
    request.resume();
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/Access/Login') {
      logins += 1;
      answer(200, { access_token: `token-${logins}`, token_type: 'bearer', expires_in: 1800 });
      return;
    }
    const call = `${request.url} ${request.headers.authorization}`;
    asked.push(call);
    if (!call.endsWith('token-1')) answer(200, {});
    else if (call.startsWith('/things/late')) {
      events.once('release', () => answer(401, {}));
      events.emit('late');
    } else answer(401, {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    events,
    logins: () => logins,
  };
}

it('a call that comes late does not throw away the token that another has renewed', async () => {
  const server = await lapsing();
  const gate = createGate(
    {
      source: 'LOGISENSE',
      url: server.url,
      timeoutMs: 10_000,
      freshForMs: 0,
      staleForMs: 0,
      concurrency: 4,
      requestsPerSecond: null,
    },
    { clock: Date.now, timers: systemTimers },
  );
  onTestFinished(() => gate.close());
  const nobody = { headers: () => Promise.resolve({}), renew: () => false };
  const loginAt = gate.createUpstream({ authenticator: nobody, judge });
  const authenticator = createLoginAuthenticator(GRANT, loginAt, scope, Date.now);
  const upstream = gate.createUpstream({ authenticator, judge });

  const arrived = once(server.events, 'late');
  const late = upstream.call(thing, { id: 'late' }, scope);
  await arrived;
  await upstream.call(thing, { id: 'early' }, scope);
  expect(server.logins()).toBe(2);
  server.events.emit('release');
  await late;
  expect(server.asked).toEqual([
    '/things/late Bearer token-1',
    '/things/early Bearer token-1',
    '/things/early Bearer token-2',
    '/things/late Bearer token-2',
  ]);
  expect(server.logins()).toBe(2);
});
