/**
 * Where a call goes: paths and queries below a backend's base.
 *
 * Guarantees: the path that was built is the path that is sent; whatever a URL parser would make another one of is
 * refused (RangeError). A path of harmless characters needs no parser to tell.
 */
import type { UpstreamPath } from './path.js';

export interface Address {
  /** Such as `https://host:8443`. */
  readonly origin: string;
  /** With the query. */
  readonly path: string;
}

export type Query = Readonly<Record<string, string | undefined>>;

/** What a URL parser leaves as it is, between slashes; without a point, by which alone a path can climb. */
const PLAIN_PATH = /^[\w~/-]*$/;
/** What a query writes as it is. */
const PLAIN_VALUE = /^[\w.*-]*$/;

function queryOf(query: Query): string {
  let text = '';
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const pair =
      PLAIN_VALUE.test(value) && PLAIN_VALUE.test(name)
        ? `${name}=${value}`
        : new URLSearchParams([[name, value]]).toString();
    text += (text === '' ? '?' : '&') + pair;
  }
  return text;
}

/** Addresses below `baseUrl`, which may end in a slash or not. Members of a query that are `undefined` are left out. */
export function createAddresses(baseUrl: string): (path: UpstreamPath, query?: Query) => Address {
  const base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  const { origin, pathname, href } = base;
  return (path, query = {}) => {
    const whole = pathname + path;
    if (!PLAIN_PATH.test(path) && new URL(href + path).pathname !== whole) {
      throw new RangeError('a path changed while it became a URL');
    }
    return { origin, path: whole + queryOf(query) };
  };
}
