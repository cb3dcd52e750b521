/** Around records, and in replies that are one document, unknown members are counted too, and nothing else changes. */
import { expect, it } from 'vitest';
import { countingUnknown } from '../../src/backends/envelopes.js';
import { commitmentList } from '../../src/backends/cloudmc/wire.js';
import { stateReply } from '../../src/backends/commitment-manager/wire.js';
import { createDrift } from '../../src/observability/drift.js';
import type { Scope, CredentialName } from '../../src/domain/scope.js';
import type { Endpoint, Upstream, Wire } from '../../src/upstream/endpoint.js';
import { path } from '../../src/upstream/path.js';
import { fakeUpstream } from '../support/fake-upstream.js';
import { aRequest } from '../support/request.js';

const scope: Scope = { kind: 'service', credential: 'x' as CredentialName };

function endpointOf<Body>(wire: Wire<Body>): Endpoint<object, Body> {
  return { name: 'things', method: 'GET', path: () => path`things`, credential: 'x', wire, isShared: true };
}

function over(text: string) {
  const told: string[] = [];
  const drift = createDrift((source, what, kind) => told.push(`${kind} ${source} ${what}`));
  const plain = fakeUpstream({ 'GET things': { text } }).createUpstream({
    source: 'CLOUDMC',
    authenticator: { headers: () => Promise.resolve({}), renew: () => false },
    judge: { failureOf: () => null, isUnauthenticated: () => false },
  });
  const upstream = countingUnknown(plain, 'CLOUDMC', drift);
  return { plain, upstream, told, count: () => drift.counts('CLOUDMC').unknownFields };
}

const ENVELOPE = '{"data":[{"colour":"red"}],"metadata":{"recordCount":1},"links":["CANARY"]}';

it('an envelope is compared with its schema, the rows in it are not', async () => {
  const { plain, upstream, told, count } = over(ENVELOPE);
  const endpoint = endpointOf(commitmentList);
  const answer = await upstream.call(endpoint, {}, scope);
  expect(answer).toEqual(await plain.call(endpoint, {}, scope));
  expect(told).toEqual(['field CLOUDMC things.links']);
  expect(count()).toBe(1);
});

it.each<[string, (upstream: Upstream) => Promise<unknown>]>([
  ['within a request', (upstream) => upstream.within(aRequest()).call(endpointOf(commitmentList), {}, scope)],
  [
    'in what several calls make together',
    (upstream) =>
      upstream.share(
        scope,
        'several',
        (sharing) => sharing.call(endpointOf(commitmentList), {}, scope),
        () => true,
      ),
  ],
])('%s, too', async (_, read) => {
  const { upstream, count } = over(ENVELOPE);
  await read(upstream);
  expect(count()).toBe(1);
});

it('a document in wrappers is compared as what is in them', async () => {
  const { upstream, told } = over('{"data":{"commitment":{"status":"active","colour":"red"}}}');
  await upstream.call(endpointOf(stateReply), {}, scope);
  expect(told).toEqual(['field CLOUDMC things.colour']);
});

it('a reply that cannot be read is refused as before, and its unknown members are counted', async () => {
  const { upstream, told } = over('{"rows":[]}');
  await expect(upstream.call(endpointOf(commitmentList), {}, scope)).rejects.toThrow();
  expect(told).toEqual(['field CLOUDMC things.rows']);
});

it('a wire that is no schema tells nothing', async () => {
  const { upstream, count } = over(ENVELOPE);
  const wire = { parse: (body: unknown) => body };
  await upstream.call(endpointOf(wire), {}, scope);
  expect(count()).toBe(0);
});
