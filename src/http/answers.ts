/**
 * The one place that knows when an answer has been sent, whatever it was: of the graph, a document's address, a stream,
 * a refusal. For whoever counts.
 *
 * Guarantees: each request that got as far as a route or a refusal of ours is told once, when its answer has left or its
 * client has gone, and never before.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answered, AnsweredDocument } from '../domain/usage.js';
import type { Meter } from '../observability/meter.js';
import { wantsStream } from './streams.js';

/** A request that has ended. */
export interface Ended {
  readonly status: number;
  /** Code of the first error; `null`: there was none. */
  readonly code: string | null;
  /** `null`: nobody asked, or not for the graph. */
  readonly answered: Answered | null;
  /** What it cost upstream; `null`: it got nowhere near. */
  readonly meter: Meter | null;
}

/** What is going on right now. */
export interface Running {
  /** Requests of the graph that are being answered. */
  readonly requests: number;
  readonly streams: number;
}

interface Note {
  readonly asked: number;
  /** When its answer began; `null`: it has not begun. */
  begun: number | null;
  code: string | null;
  isStream: boolean;
}

/** Where an error says its code: texts of others are quoted in JSON, and cannot look like it. */
const CODE = /"code":"([A-Z][A-Z0-9_]{0,63})"/;
/** A stream of ours and the server library wait for the end with ten together, which is where Node begins to worry. */
const MOST_LISTENERS = 20;

/** Errors come first in every answer, and the first one is not long. */
const LOOKED_AT = 16_384;

function codeIn(payload: unknown): string | null {
  if (typeof payload !== 'string' || !payload.startsWith('{"errors":')) return null;
  return CODE.exec(payload.slice(0, LOOKED_AT))?.[1] ?? 'INTERNAL';
}

/** Must be called before other hooks are added: what they refuse is told, too. */
export function observeAnswers(
  app: FastifyInstance,
  isOfGraph: (request: FastifyRequest) => boolean,
  /** Milliseconds on a clock that never steps back. */
  now: () => number,
  tell: (ended: Ended) => void,
): Running {
  const notes = new WeakMap<FastifyRequest, Note>();
  const running = { requests: 0, streams: 0 };

  app.addHook('onRequest', (request, reply, done) => {
    const note: Note = { asked: now(), begun: null, code: null, isStream: false };
    notes.set(request, note);
    const counts = isOfGraph(request);
    if (counts) running.requests += 1;
    if (wantsStream(request)) reply.raw.setMaxListeners(MOST_LISTENERS);
    reply.raw.once('close', () => {
      const closed = now();
      if (counts) running[note.isStream ? 'streams' : 'requests'] -= 1;
      // What ends with the request, such as calls that nobody waits for any more, has ended then.
      setImmediate(() => {
        tell(endOf(request, reply, note, counts, closed));
        request.graphContext?.release();
      });
    });
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const note = notes.get(request);
    if (note !== undefined) {
      note.begun = now();
      note.code = codeIn(payload);
      if (isOfGraph(request) && reply.statusCode < 400 && wantsStream(request) && !note.isStream) {
        note.isStream = true;
        running.requests -= 1;
        running.streams += 1;
      }
    }
    done(null, payload);
  });
  return running;
}

function endOf(
  request: FastifyRequest,
  reply: FastifyReply,
  note: Note,
  isOfGraph: boolean,
  closed: number,
): Ended {
  const { graphContext: context } = request;
  const isWhole = reply.raw.writableFinished;
  const code = note.code ?? context?.stream.code ?? null;
  const answered: Answered | null =
    context === null || !isOfGraph
      ? null
      : {
          client: context.principal.client,
          document: documentOf(request),
          outcome: code ?? (isWhole || note.isStream ? 'OK' : 'ABANDONED'),
          ms: (note.begun ?? closed) - note.asked,
          cost: context.cost,
        };
  return { status: reply.statusCode, code, answered, meter: context?.meter ?? null };
}

function documentOf({ document, unregistered }: FastifyRequest): AnsweredDocument | null {
  if (document === null) return unregistered && { kind: 'text', ...unregistered };
  const { id, version, name } = document;
  return { kind: 'registered', id, version, name };
}
