/**
 * Counts unknown members of what a backend wraps its records in, and of replies that are one document. The records
 * themselves are judged one by one in `records.ts`: to an envelope's schema they are anything.
 *
 * Guarantees: changes nothing in what is asked or answered; a reply that is used again is counted once.
 */
import type { SourceName } from '../domain/source.js';
import type { Drift } from '../observability/drift.js';
import type { Endpoint, Upstream, WritableUpstream } from '../upstream/endpoint.js';
import { findUnknownMembers, isSchema } from './known-members.js';
import { parseAs } from './quick.js';

/** The same upstream, whose replies to reads are compared with the schemas of their endpoints. */
export function countingUnknown(
  upstream: WritableUpstream,
  source: SourceName,
  drift: Drift,
): WritableUpstream {
  const report = (path: string) => drift.unknownField(source, path);
  // Endpoints are few and stay; calls are many.
  const known = new WeakMap<object, object>();
  const counting = <Params, Body>(endpoint: Endpoint<Params, Body>): Endpoint<Params, Body> => {
    const found = known.get(endpoint);
    if (found !== undefined) return found as Endpoint<Params, Body>;
    const { name, wire } = endpoint;
    if (!isSchema(wire)) return endpoint;
    const parse = (body: unknown): Body => {
      // Before it is parsed: a reply that cannot be read is often one whose members got other names.
      findUnknownMembers(wire, body, name, report);
      return parseAs(wire, body) as Body; // what the endpoint's own schema gives
    };
    const made = { ...endpoint, wire: { parse } };
    known.set(endpoint, made);
    return made;
  };
  const reading = (inner: Upstream): Upstream => ({
    call: (endpoint, params, scope) => inner.call(counting(endpoint), params, scope),
    share: (scope, name, make, isWhole) =>
      inner.share(scope, name, (sharing) => make(reading(sharing)), isWhole),
    within: (request) => reading(inner.within(request)),
  });
  const writing = (inner: WritableUpstream): WritableUpstream => {
    const { call, share } = reading(inner);
    return {
      call,
      share,
      write: (endpoint, params, request, scope) => inner.write(endpoint, params, request, scope),
      within: (request) => writing(inner.within(request)),
    };
  };
  return writing(upstream);
}
