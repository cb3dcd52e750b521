/**
 * The edge: bytes in, bytes out.
 *
 * Guarantees: whoever is nobody is told so before their query is looked at; every answer carries a request id and is
 * not to be cached; every refusal is JSON in the form of a GraphQL error; who opens an address in a browser is led to
 * the explorer. Refuses encoded, oversized and slow requests, and foreign pages.
 */
import { randomUUID } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { LARGEST_BODY_BYTES, LONGEST_STREAM_MS, REQUEST_DEADLINE_MS } from '../admission/limits.js';
import type { Authenticate } from '../admission/principal.js';
import type { Log } from '../observability/log.js';
import { BodyError, parseJsonBodies } from './body.js';
import { createContext, type ContextDependencies, type RequestContext } from './context.js';
import { registerExplorer, type ExplorerExample } from './explorer.js';
import { createFailureLog } from './failure-log.js';
import { createGraphqlServer } from './graphql.js';
import { answerPreflight, permitReading, refuseForeign, type OriginRules } from './origins.js';
import { createRequestScope, type RequestScope } from './request-scope.js';
import { NOT_CACHED, refuse, refuseSocket, withRequestId } from './refusal.js';
import { endConnectionsOnClose } from './shutdown.js';
import { createStreams, wantsStream } from './streams.js';

export interface EdgeDependencies extends ContextDependencies, OriginRules {
  readonly schema: GraphQLSchema;
  readonly authenticate: Authenticate;
  readonly log: Log;
  readonly examples: readonly ExplorerExample[];
}

export interface Edge {
  readonly app: FastifyInstance;
  readonly apollo: ApolloServer<RequestContext>;
}

/** The server with its routes, not yet listening. */
export async function createEdge(dependencies: EdgeDependencies): Promise<Edge> {
  const { authenticate, log, schema, examples } = dependencies;
  const app = fastify({
    logger: false,
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: 15_000,
    genReqId: () => randomUUID(),
    return503OnClosing: true,
    clientErrorHandler: refuseSocket,
    // A URL that cannot be decoded: no hook has run yet.
    frameworkErrors: (_, request, reply) => {
      reply.headers({ 'x-request-id': request.id, 'cache-control': NOT_CACHED });
      void refuse(reply, 400, 'BAD_USER_INPUT', 'This is not a valid URL.');
    },
    routerOptions: { maxParamLength: 200 },
  });
  app.server.headersTimeout = 10_000;
  app.decorateRequest('client', null);
  app.decorateRequest('graphContext', null);
  app.decorateRequest('scope', null);
  endConnectionsOnClose(app);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'cache-control': NOT_CACHED });
    if (request.routeOptions.url === '/graphql') permitReading(request, reply, dependencies);
    if (refuseForeign(request, reply, dependencies)) return reply;
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      return refuse(reply, 415, 'BAD_USER_INPUT', 'Send the body as it is, without a content encoding.');
    }
    const charset = /;\s*charset="?([^;"\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      return refuse(reply, 415, 'BAD_USER_INPUT', 'Send the body in UTF-8.');
    }
    return undefined;
  });
  parseJsonBodies(app);
  app.setNotFoundHandler((_, reply) =>
    refuse(reply, 404, 'NOT_FOUND', 'There is nothing here. The graph is at /graphql.'),
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      const { id: requestId, client } = request;
      log.error({ requestId, client, err: error }, 'a request failed at the edge');
      return refuse(
        reply,
        500,
        'INTERNAL',
        'Something went wrong in the gateway. The request id finds it in the log.',
      );
    }
    const message =
      error instanceof BodyError
        ? error.message
        : status === 413
          ? `The body is larger than ${LARGEST_BODY_BYTES} bytes.`
          : status === 415
            ? 'Send the body as application/json.'
            : 'The request cannot be read.';
    return refuse(reply, status, 'BAD_USER_INPUT', message);
  });

  const failures = createFailureLog(log);
  const apollo = createGraphqlServer(schema, log, failures, [fastifyApolloDrainPlugin(app)]);
  await apollo.start();
  const answerAtOnce = fastifyApolloHandler(apollo, {
    context: (request) => Promise.resolve(letIn(request).context),
  });
  const streams = createStreams({
    schema,
    failures,
    renew: ({ principal, requestId, signal }) =>
      createContext(dependencies, { principal, requestId, signal, isCostWanted: false }),
  });
  app.addHook('preClose', (done) => {
    streams.stop();
    done();
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    onRequest: (request, reply, done) => {
      if (isVisit(request) && !hasQuery(request)) {
        reply.redirect(EXPLORER);
        return;
      }
      const apiKey = request.headers['x-api-key'];
      const principal = authenticate({
        // Not `headers`: there, Node keeps the first of several and forgets the others.
        authorization: request.raw.headersDistinct['authorization'] ?? [],
        apiKey: Array.isArray(apiKey) ? undefined : apiKey,
      });
      if (principal === null) {
        refuse(
          reply.header('www-authenticate', 'Bearer'),
          401,
          'UNAUTHENTICATED',
          'Present a key: X-Api-Key, or Authorization: Bearer.',
        );
        return;
      }
      request.client = principal.client;
      const scope = createRequestScope(wantsStream(request) ? LONGEST_STREAM_MS : REQUEST_DEADLINE_MS);
      request.scope = scope;
      // Closes after a finished answer too; ending what has ended does nothing.
      reply.raw.on('close', () => {
        if (!reply.raw.writableFinished) scope.giveUp();
        scope.end();
      });
      request.graphContext = createContext(dependencies, {
        principal,
        requestId: request.id,
        signal: scope.signal,
        isCostWanted: request.headers['graphql-upstream-report'] !== undefined,
      });
      done();
    },
    // What the server library refuses before there is a context gets its request id here.
    onSend: (request, reply, payload, done) => {
      done(
        null,
        reply.statusCode >= 400 && typeof payload === 'string' ? withRequestId(payload, request.id) : payload,
      );
    },
    handler(request, reply) {
      if (!wantsStream(request)) return answerAtOnce.call(this, request, reply);
      const { context, scope } = letIn(request);
      return streams.open(request, reply, context, () => {
        scope.giveUp();
      });
    },
  });
  app.route({
    url: '/graphql',
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    handler: (request, reply) =>
      answerPreflight(request, reply, dependencies) ??
      refuse(
        reply.header('allow', 'GET, POST'),
        405,
        'BAD_USER_INPUT',
        'The graph takes POST, and GET for queries.',
      ),
  });
  app.get('/', (request, reply) => {
    if (isVisit(request)) return reply.redirect(EXPLORER);
    reply.callNotFound();
    return reply;
  });
  registerExplorer(app, { examples });
  return { app, apollo };
}

const EXPLORER = '/graphiql';

function letIn({ graphContext: context, scope }: FastifyRequest) {
  if (context === null || scope === null) throw new Error('a request reached the graph without a principal');
  return { context, scope };
}

/** Somebody opened the address in a browser. */
function isVisit({ method, headers: { accept = '' } }: FastifyRequest): boolean {
  return method === 'GET' && /(^|[\s,])text\/html\s*(;|,|$)/i.test(accept);
}

function hasQuery({ query }: FastifyRequest): boolean {
  return typeof query === 'object' && query !== null && Object.hasOwn(query, 'query');
}

declare module 'fastify' {
  interface FastifyRequest {
    graphContext: RequestContext | null;
    scope: RequestScope | null;
    /** Who asks, as far as that is known; for the log. */
    client: string | null;
  }
}
