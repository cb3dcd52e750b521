/**
 * A backend's gate: everything that its calls share (sockets, quota, in-flight answers, what was last seen), and the
 * order in which a call passes it.
 *
 * The order is the architecture: sharing → deadline → credential → quota → attempt → judgement, and once more from
 * the credential if the backend says that ours has lapsed.
 */
import { instantOfMillis, type Instant } from '../domain/calendar.js';
import { SourceError, sourceError, type Failure } from '../domain/failure.js';
import type { SourceName } from '../domain/source.js';
import type { Answer, Authenticator, Endpoint, Judge, RawReply, Upstream } from './endpoint.js';
import { createQuota, type Quota } from './quota.js';
import { createSharing } from './share.js';
import type { Timers } from './timers.js';
import { createTransport } from './transport.js';

export interface GateSettings {
  readonly source: SourceName;
  /** Base that the paths hang off, with or without a slash at its end. */
  readonly url: string;
  /** A call is given up after this many milliseconds, waiting included. */
  readonly timeoutMs: number;
  /** An answer is used again for this many milliseconds. */
  readonly freshForMs: number;
  /** Calls under way at once. */
  readonly concurrency: number;
  /** `null`: no limit. */
  readonly requestsPerSecond: number | null;
}

export interface UpstreamOptions {
  readonly authenticator: Authenticator;
  readonly judge: Judge;
  /** For calls that go beside the backend's base, such as logging in. */
  readonly baseUrl?: string;
}

export interface GateState {
  readonly isReachable: boolean | null;
  readonly lastSuccessAt: Instant | null;
  readonly lastFailure: { readonly code: Failure['code']; readonly at: Instant } | null;
  readonly callsInFlight: number;
  readonly callsQueued: number;
  readonly quotaRemaining: number | null;
}

export interface Gate {
  readonly settings: GateSettings;
  createUpstream(options: UpstreamOptions): Upstream;
  state(): GateState;
  close(): Promise<void>;
}

export interface GateDependencies {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
}

export function createGate(settings: GateSettings, { clock, timers }: GateDependencies): Gate {
  const { source } = settings;
  const transport = createTransport(source, settings.concurrency);
  const sharing = createSharing(timers);
  const quota: Quota | null =
    settings.requestsPerSecond === null ? null : createQuota(settings.requestsPerSecond, timers);
  let callsInFlight = 0;
  let lastSuccessAt: Instant | null = null;
  let lastFailure: GateState['lastFailure'] = null;
  let isReachable: boolean | null = null;

  const noteFailure = ({ code }: Failure) => {
    lastFailure = { code, at: instantOfMillis(clock()) };
    isReachable = code !== 'UPSTREAM_TIMEOUT' && code !== 'UPSTREAM_UNAVAILABLE';
  };

  /** Runs within an absolute deadline. The signal aborts the socket; whatever else still runs is not waited for. */
  const withinDeadline = async <Value>(
    run: (signal: AbortSignal, leftMs: () => number) => Promise<Value>,
  ) => {
    const started = timers.now();
    const controller = new AbortController();
    const timer = timers.after(settings.timeoutMs, () => controller.abort());
    const late = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => {
        reject(sourceError('UPSTREAM_TIMEOUT', source, { detail: 'deadline passed' }));
      });
    });
    try {
      return await Promise.race([
        run(controller.signal, () => Math.max(0, settings.timeoutMs - (timers.now() - started))),
        late,
      ]);
    } finally {
      timer.cancel();
    }
  };

  const createUpstream = ({ authenticator, judge, baseUrl = settings.url }: UpstreamOptions): Upstream => {
    const base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);

    const urlOf = <Params, Body>(endpoint: Endpoint<Params, Body>, params: Params): URL => {
      const path = endpoint.path(params);
      const url = new URL(base.href + path);
      // Whatever the parser made of the path, it must still be the path that was built.
      if (url.pathname !== base.pathname + path) throw new RangeError('a path changed while it became a URL');
      for (const [name, value] of Object.entries(endpoint.query?.(params) ?? {})) {
        if (value !== undefined) url.searchParams.set(name, value);
      }
      return url;
    };

    const attempt = async <Params, Body>(
      endpoint: Endpoint<Params, Body>,
      params: Params,
      url: URL,
      signal: AbortSignal,
      leftMs: () => number,
    ): Promise<RawReply> => {
      const credential = await authenticator.headers(endpoint.credential);
      const ticket = await quota?.enter(leftMs());
      if (ticket?.granted === false) {
        throw sourceError('UPSTREAM_RATE_LIMITED', source, {
          detail: 'own quota',
          retryAfterMs: ticket.retryAfterMs,
        });
      }
      const form = endpoint.form?.(params);
      try {
        return await transport.send(
          {
            method: endpoint.method,
            url,
            headers: {
              ...endpoint.headers?.(params),
              ...credential,
              ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
            },
            ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
          },
          signal,
        );
      } finally {
        ticket?.done();
      }
    };

    const ask = async <Params, Body>(endpoint: Endpoint<Params, Body>, params: Params, url: URL) => {
      callsInFlight += 1;
      try {
        return await withinDeadline(async (signal, leftMs): Promise<Answer<Body>> => {
          let reply = await attempt(endpoint, params, url, signal, leftMs);
          if (judge.isUnauthenticated(reply) && authenticator.renew(endpoint.credential)) {
            reply = await attempt(endpoint, params, url, signal, leftMs);
          }
          const failure = judge.failureOf(reply);
          if (failure !== null) throw new SourceError(failure);
          try {
            const body = endpoint.wire.parse(reply.body);
            const observedAt = instantOfMillis(clock());
            lastSuccessAt = observedAt;
            isReachable = true;
            return { body, observation: { observedAt, stale: false } };
          } catch (error) {
            const detail =
              error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 300) : 'unreadable';
            throw sourceError('UPSTREAM_MALFORMED', source, { detail: `${endpoint.name}: ${detail}` });
          }
        });
      } catch (error) {
        if (error instanceof SourceError) noteFailure(error.failure);
        throw error;
      } finally {
        callsInFlight -= 1;
      }
    };

    return {
      async call(endpoint, params, scope) {
        const url = urlOf(endpoint, params);
        if (!endpoint.isShared) return ask(endpoint, params, url);
        const headers = Object.entries(endpoint.headers?.(params) ?? {}).map(
          ([name, value]) => `${name}: ${value}`,
        );
        return sharing.read(
          scope,
          [endpoint.method, url.href, ...headers],
          endpoint.freshForMs ?? settings.freshForMs,
          () => ask(endpoint, params, url),
        );
      },
      share: (scope, name, make, isWhole) =>
        sharing.read(scope, ['made', name], settings.freshForMs, make, isWhole),
    };
  };

  return {
    settings,
    createUpstream,
    state: () => ({
      isReachable,
      lastSuccessAt,
      lastFailure,
      callsInFlight,
      callsQueued: quota?.queued ?? 0,
      quotaRemaining: quota?.remaining ?? null,
    }),
    close: () => transport.close(),
  };
}
