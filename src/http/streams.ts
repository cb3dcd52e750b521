/**
 * Subscriptions as streams of server-sent events (graphql-sse, one connection for each operation), on the same address
 * and behind the same checks as everything else: whoever comes here has been let in by the route.
 *
 * Guarantees: what is refused is refused before a stream begins, in the form of every other refusal; every event is
 * made with ports of its own, so that nothing in it is older than the event; a stream ends with what it follows, when
 * its client goes, when it has lasted too long, when its client is not let in any more or is granted less, and when the
 * process stops. Refuses queries and mutations, GET, and more streams than are bounded.
 */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  createSourceEventStream,
  getOperationAST,
  GraphQLError,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { createHandler, type OperationResult, type RequestParams, type Response } from 'graphql-sse';
import { answeredAsStream } from '../admission/answer-form.js';
import { MOST_STREAMS, MOST_STREAMS_OF_CLIENT } from '../admission/limits.js';
import { readDocument } from '../admission/read-document.js';
import type { Principal } from '../domain/principal.js';
import { CallerError, RateLimitError } from '../graph/errors.js';
import type { Executor } from '../graph/execution/executor.js';
import type { MakeBill } from './budget.js';
import type { RequestContext } from './context.js';
import type { WorkMeter } from './execution.js';
import type { FailureLog } from './failure-log.js';
import { DOCUMENT_RULES, ERROR_LIMITS } from './graphql.js';
import { completed, forbidden } from './plugins.js';
import { refuse } from './refusal.js';

export interface StreamsDependencies {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  readonly work: WorkMeter;
  readonly failures: FailureLog;
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
  /** Who asks, by the credentials of the request, as of now. */
  readonly authenticate: (request: FastifyRequest) => Principal | null | Promise<Principal | null>;
  readonly makeBill: MakeBill;
  /** Another context for the same request: each event reads anew. */
  readonly renew: (context: RequestContext) => RequestContext;
  /** The parsed form of a text that is registered; it has passed all rules but that of streams. */
  readonly parsed: (text: string) => DocumentNode | null;
}

export interface Streams {
  /** `context`: of the request, made by the route. `end` ends what the request waits for. */
  open(
    request: FastifyRequest,
    reply: FastifyReply,
    context: RequestContext,
    end: () => void,
  ): Promise<FastifyReply>;
  /** Ends all of them. None begins afterwards. */
  stop(): void;
}

const TYPE = 'text/event-stream';
/** How often it is looked whether clients are still let in; a change of the clients file takes twice five seconds. */
const LOOK_EVERY_MS = 10_000;
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** Whether the client takes events and nothing else that a single answer could be. */
export function wantsStream({ headers: { accept = '' } }: FastifyRequest): boolean {
  const types = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase());
  return types.includes(TYPE) && !types.some((type) => /^(application|\*)\/|\+json$/.test(type ?? ''));
}

type Events = AsyncGenerator<FormattedExecutionResult, void>;

/** For counting: a stream in which something failed is no good one. */
async function* noted(events: Events, { stream }: RequestContext): Events {
  for await (const event of events) {
    const code = event.errors?.[0]?.extensions?.['code'];
    if (typeof code === 'string') stream.code ??= code;
    yield event;
  }
}

interface Stream {
  readonly principal: Principal;
  readonly end: () => void;
  isRevoked: boolean;
}

/** Whether somebody may do all that somebody else may. */
function covers(now: Principal, before: Principal): boolean {
  const { organizations } = now;
  const slugs = before.organizations;
  return (
    now.client === before.client &&
    [...before.scopes].every((scope) => now.scopes.has(scope)) &&
    (organizations === 'all' || (slugs !== 'all' && [...slugs].every((slug) => organizations.has(slug))))
  );
}

export function createStreams({
  schema,
  executor,
  work,
  failures,
  timers,
  authenticate,
  makeBill,
  renew,
  parsed,
}: StreamsDependencies): Streams {
  const running = new Map<FastifyRequest, Stream>();
  let isStopped = false;
  let next: { cancel(): void } | null = null;

  const endIfRevoked = async (request: FastifyRequest, stream: Stream) => {
    const principal = await authenticate(request);
    if (principal !== null && covers(principal, stream.principal)) return;
    stream.isRevoked = true;
    stream.end();
  };
  /** Waits for the next look, while there are streams. */
  const look = () => {
    next ??= timers.after(LOOK_EVERY_MS, () => {
      next = null;
      void Promise.all([...running].map(([request, stream]) => endIfRevoked(request, stream))).then(() => {
        if (!isStopped && running.size > 0) look();
      });
    });
  };

  const presented = (
    { errors, ...rest }: ExecutionResult,
    context: RequestContext,
    code?: string,
  ): FormattedExecutionResult => {
    const told = errors?.map((error) => {
      const formatted = error.toJSON();
      return failures.present(code === undefined ? formatted : { ...formatted, extensions: { code } }, error);
    });
    return completed({ ...rest, ...(told === undefined ? {} : { errors: told }) }, context, failures);
  };

  const refusal = (
    errors: readonly GraphQLError[],
    context: RequestContext,
    code: string,
    status: readonly [number, string] = [400, 'Bad Request'],
  ): Response => [
    JSON.stringify(presented({ errors }, context, code)),
    { status: status[0], statusText: status[1], headers: JSON_TYPE },
  ];

  /** What is to be executed, or why it is not. */
  const prepare = async (
    { query, operationName, variables }: RequestParams,
    context: RequestContext,
  ): Promise<ExecutionArgs | Response> => {
    const known = parsed(query);
    const read = known === null ? readDocument(query) : { kind: 'read' as const, document: known };
    if (known === null) work.parsed();
    if (read.kind === 'refused') return refusal([read.error], context, read.code);
    if (known === null) work.validated();
    const { document } = read;
    const rules = known === null ? [...specifiedRules, ...DOCUMENT_RULES] : [];
    const wrong = validate(schema, document, [...rules, answeredAsStream], ERROR_LIMITS.validation);
    if (wrong.length > 0) return refusal(wrong, context, 'GRAPHQL_VALIDATION_FAILED');
    // One that is not there is refused when it is executed.
    const operation = getOperationAST(document, operationName);
    const objection = operation == null ? null : forbidden(schema, document, operation, context);
    if (objection !== null) return refusal([objection], context, 'FORBIDDEN', [403, 'Forbidden']);
    if (operation != null) {
      const bill = await makeBill(schema, document, operation, variables ?? {}, context);
      bill.settleWhole();
      context.cost.headers = bill.headers();
      if (bill.objection instanceof RateLimitError) {
        return refusal([bill.objection], context, 'RATE_LIMITED', [429, 'Too Many Requests']);
      }
      if (bill.objection !== null) return refusal([bill.objection], context, 'OPERATION_TOO_COSTLY');
    }
    return {
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
      options: ERROR_LIMITS.execution,
    };
  };

  async function* eventsOf(
    source: AsyncIterable<unknown>,
    args: ExecutionArgs,
    context: RequestContext,
  ): Events {
    const isRevoked = ({ requestId }: RequestContext) =>
      [...running].some(([{ id }, stream]) => id === requestId && stream.isRevoked);
    try {
      for await (const rootValue of source) {
        const fresh = renew(context);
        yield presented(await executor.execute({ ...args, rootValue, contextValue: fresh }), fresh);
      }
      if (isRevoked(context)) {
        const wrong = new CallerError(
          'UNAUTHENTICATED',
          'This client is not let in any more, or may do less.',
        );
        yield presented({ errors: [wrong] }, context);
      }
    } catch (error) {
      // The journal could not be read, say: the client learns why the stream ends.
      const wrong = new GraphQLError('The stream broke off.', { originalError: error as Error });
      yield presented({ errors: [wrong] }, context);
    }
  }

  const handle = createHandler<FastifyRequest, RequestContext, { readonly of: RequestContext }>({
    authenticate: () => null, // the route did; and no tokens that join requests with one another
    onSubscribe: async ({ context }, params) => {
      const args = await prepare(params, context);
      return Array.isArray(args)
        ? (args as Response)
        : { ...(args as ExecutionArgs), contextValue: { of: context } };
    },
    validate: () => [], // `prepare` did
    subscribe: async ({ contextValue: { of: context }, ...rest }) => {
      const args = { ...rest, contextValue: context };
      const source = await createSourceEventStream(args);
      const events =
        Symbol.asyncIterator in source
          ? noted(eventsOf(source, args, context), context)
          : presented(source, context);
      return events as OperationResult; // its errors are in the form that callers see; they are only written out
    },
  });

  return {
    async open(request, reply, context, end) {
      if (request.method !== 'POST') {
        return refuse(
          reply.header('allow', 'POST'),
          405,
          'BAD_USER_INPUT',
          'Streams of events are asked for by POST.',
        );
      }
      // Other types can be sent by foreign pages without asking first.
      const type = request.headers['content-type'] ?? '';
      if (!/^application\/json\s*(;|$)/i.test(type) || typeof request.body !== 'object') {
        return refuse(reply, 415, 'BAD_USER_INPUT', 'Send the body as application/json.');
      }
      const { client } = context.principal;
      const own = [...running.values()].filter(({ principal }) => principal.client === client).length;
      if (isStopped || running.size >= MOST_STREAMS || own >= MOST_STREAMS_OF_CLIENT) {
        return refuse(
          reply,
          isStopped ? 503 : 429,
          'RATE_LIMITED',
          isStopped
            ? 'The gateway is being stopped. Try again.'
            : 'Too many streams are open. End one, or ask for the operation itself now and then.',
          { retryable: true, retryAfterMs: 5_000 },
        );
      }
      running.set(request, { principal: context.principal, end, isRevoked: false });
      look();
      reply.raw.once('close', () => running.delete(request));
      const [body, { status }] = await handle({
        method: request.method,
        url: request.url,
        headers: {
          get: (name) => (name === 'accept' ? TYPE : name === 'content-type' ? JSON_TYPE[name] : null),
        },
        body: request.body as Record<string, unknown> | null,
        raw: request,
        context,
      });
      reply.headers(context.cost.headers);
      if (body === null || typeof body === 'string') {
        return reply
          .code(status)
          .headers(JSON_TYPE)
          .send(withCodes(body ?? '{"errors":[]}'));
      }
      return reply
        .code(status)
        .headers({ 'content-type': `${TYPE}; charset=utf-8`, 'x-accel-buffering': 'no' })
        .send(Readable.from(body, { objectMode: false }));
    },
    stop() {
      isStopped = true;
      next?.cancel();
      for (const { end } of running.values()) end();
    },
  };
}

/** The library's own refusals are about the form of the request, and have no codes. */
function withCodes(text: string): string {
  const { errors = [] } = JSON.parse(text) as {
    readonly errors?: readonly { readonly extensions?: object }[];
  };
  return JSON.stringify({
    errors: errors.map((error) => ({
      ...error,
      extensions: { code: 'BAD_USER_INPUT', retryable: false, ...error.extensions },
    })),
  });
}
