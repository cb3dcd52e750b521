/**
 * Subscriptions as streams of server-sent events (graphql-sse, one connection for each operation), on the same address
 * and behind the same checks as everything else: whoever comes here has been let in by the route.
 *
 * Guarantees: what is refused is refused before a stream begins, in the form of every other refusal; every event is
 * made with ports of its own, so that nothing in it is older than the event; a stream ends with what it follows, when
 * its client goes, when it has lasted too long, and when the process stops. Refuses queries and mutations, GET, and more
 * streams than are bounded.
 */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  parse,
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
import { MOST_STREAMS, MOST_STREAMS_OF_CLIENT, MOST_TOKENS } from '../admission/limits.js';
import type { RequestContext } from './context.js';
import type { FailureLog } from './failure-log.js';
import { DOCUMENT_RULES } from './graphql.js';
import { completed, forbidden } from './plugins.js';
import { refuse } from './refusal.js';

export interface StreamsDependencies {
  readonly schema: GraphQLSchema;
  readonly failures: FailureLog;
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
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** Whether the client takes events and nothing else that a single answer could be. */
export function wantsStream({ headers: { accept = '' } }: FastifyRequest): boolean {
  const types = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase());
  return types.includes(TYPE) && !types.some((type) => /^(application|\*)\/|\+json$/.test(type ?? ''));
}

type Events = AsyncGenerator<FormattedExecutionResult, void>;

export function createStreams({ schema, failures, renew, parsed }: StreamsDependencies): Streams {
  const running = new Map<FastifyRequest, { readonly client: string; readonly end: () => void }>();
  let isStopped = false;

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
  const prepare = (
    { query, operationName, variables }: RequestParams,
    context: RequestContext,
  ): ExecutionArgs | Response => {
    const known = parsed(query);
    let document;
    try {
      document = known ?? parse(query, { maxTokens: MOST_TOKENS });
    } catch (error) {
      // A stack that was too small for the document is told like a document that cannot be read.
      const wrong =
        error instanceof GraphQLError
          ? error
          : new GraphQLError('The document cannot be read.', { originalError: error as Error });
      return refusal([wrong], context, 'GRAPHQL_PARSE_FAILED');
    }
    const rules = known === null ? [...specifiedRules, ...DOCUMENT_RULES] : [];
    const wrong = validate(schema, document, [...rules, answeredAsStream]);
    if (wrong.length > 0) return refusal(wrong, context, 'GRAPHQL_VALIDATION_FAILED');
    // One that is not there is refused when it is executed.
    const operation = getOperationAST(document, operationName);
    const objection = operation == null ? null : forbidden(schema, document, operation, context);
    if (objection !== null) return refusal([objection], context, 'FORBIDDEN', [403, 'Forbidden']);
    return { schema, document, operationName, variableValues: variables, contextValue: context };
  };

  async function* eventsOf(
    source: AsyncIterable<unknown>,
    args: ExecutionArgs,
    context: RequestContext,
  ): Events {
    try {
      for await (const rootValue of source) {
        const fresh = renew(context);
        yield presented(await execute({ ...args, rootValue, contextValue: fresh }), fresh);
      }
    } catch (error) {
      // The journal could not be read, say: the client learns why the stream ends.
      const wrong = new GraphQLError('The stream broke off.', { originalError: error as Error });
      yield presented({ errors: [wrong] }, context);
    }
  }

  const handle = createHandler<FastifyRequest, RequestContext, { readonly of: RequestContext }>({
    authenticate: () => null, // the route did; and no tokens that join requests with one another
    onSubscribe: ({ context }, params) => {
      const args = prepare(params, context);
      return Array.isArray(args)
        ? (args as Response)
        : { ...(args as ExecutionArgs), contextValue: { of: context } };
    },
    validate: () => [], // `prepare` did
    subscribe: async ({ contextValue: { of: context }, ...rest }) => {
      const args = { ...rest, contextValue: context };
      const source = await createSourceEventStream(args);
      const events =
        Symbol.asyncIterator in source ? eventsOf(source, args, context) : presented(source, context);
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
      const own = [...running.values()].filter((stream) => stream.client === client).length;
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
      running.set(request, { client, end });
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
