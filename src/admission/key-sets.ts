/**
 * The public keys of token issuers (JWKS), fetched from where their configuration says.
 *
 * Guarantees: a set is fetched once for all who wait, again when it is ten minutes old or a token names a key that is
 * not in it, and at most once in ten seconds, whatever tokens name. An issuer that cannot be reached, or answers
 * something else, leaves the last known keys in use for a day. Refuses redirects, slow answers and large ones.
 */
import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';

const FRESH_FOR_MS = 600_000;
const COOLDOWN_MS = 10_000;
const LAST_KNOWN_FOR_MS = 24 * 3_600_000;
const LARGEST_SET_BYTES = 256 * 1024;

export interface KeySetsOptions {
  /** Milliseconds; only differences mean anything. */
  readonly now: () => number;
  /** Milliseconds that an answer is waited for. */
  readonly timeoutMs?: number;
  /** A set could not be fetched. `reason` has nothing of the answer in it. */
  readonly tell: (news: { readonly uri: string; readonly reason: string; readonly hasKeys: boolean }) => void;
}

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** The key that a token's header names. Rejects where there is none. */
export type FindKey = (header: JWSHeaderParameters, token: FlattenedJWSInput) => ReturnType<KeySet>;

/** One for the life of the process: what is known of an address outlives the configuration that named it. */
export function createKeySets({ now, timeoutMs = 5_000, tell }: KeySetsOptions): (uri: string) => FindKey {
  const known = new Map<string, FindKey>();
  return (uri) => {
    const found = known.get(uri) ?? createKeySet(uri);
    known.set(uri, found);
    return found;
  };

  function createKeySet(uri: string): FindKey {
    const state: { keys: { readonly find: KeySet; readonly at: number } | null } = { keys: null };
    let triedAt: number | null = null;
    let loading: Promise<void> | null = null;

    const load = async () => {
      try {
        state.keys = { find: createLocalJWKSet(await fetchSet(uri, timeoutMs)), at: now() };
      } catch (error) {
        tell({ uri, reason: reasonOf(error), hasKeys: state.keys !== null });
      } finally {
        loading = null;
      }
    };
    /** Settles when there is nothing more to wait for. Never rejects. */
    const refresh = (): Promise<void> => {
      if (loading === null && (triedAt === null || now() - triedAt >= COOLDOWN_MS)) {
        triedAt = now();
        loading = load();
      }
      return loading ?? Promise.resolve();
    };

    return async (header, token) => {
      if (state.keys !== null && now() - state.keys.at > LAST_KNOWN_FOR_MS) state.keys = null;
      if (state.keys === null) await refresh();
      const before = state.keys;
      if (before === null) throw new errors.JWKSNoMatchingKey();
      // Whoever asks does not wait for an issuer that may be down.
      if (now() - before.at > FRESH_FOR_MS) void refresh();
      try {
        return await before.find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await refresh(); // perhaps the issuer has new keys
        const after = state.keys;
        if (after === null || after === before) throw error;
        return await after.find(header, token);
      }
    };
  }
}

class Refused extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof errors.JOSEError || error instanceof SyntaxError) return 'the answer is no key set';
  return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'no connection';
}

async function fetchSet(uri: string, timeoutMs: number): Promise<JSONWebKeySet> {
  const response = await fetch(uri, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Refused(`the answer has the status ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > LARGEST_SET_BYTES) throw new Refused('the answer is too large');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as JSONWebKeySet;
}
