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
import fastify, { type FastifyInstance, type FastifyRequest, type RouteOptions } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { LARGEST_BODY_BYTES, LONGEST_STREAM_MS, REQUEST_DEADLINE_MS } from '../admission/limits.js';
import { openRegistry, type RegistryOptions } from '../admission/documents/registry.js';
import type { Authenticate } from '../admission/principal.js';
import type { DocumentMode, Principal } from '../domain/principal.js';
import type { Log } from '../observability/log.js';
import { BodyError, parseJsonBodies } from './body.js';
import { createContext, type ContextDependencies, type RequestContext } from './context.js';
import {
  createDocumentStore,
  createNaming,
  DOCUMENT_URL,
  namesDocument,
  parsedOf,
  type DocumentUse,
} from './documents.js';
import { createUseLog, tellNews } from './documents-log.js';
import { registerExplorer, type ExplorerExample } from './explorer.js';
import { createFailureLog } from './failure-log.js';
import { createGraphqlServer, DOCUMENT_RULES } from './graphql.js';
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
  /** `null`, or left out: documents have no names. */
  readonly documents?: DocumentsDependencies | null;
}

export interface DocumentsDependencies extends Pick<RegistryOptions, 'folder' | 'timers'> {
  readonly modeOf: (principal: Principal) => DocumentMode;
  /** Called for each request that documents have a part in. */
  readonly count?: (use: DocumentUse) => void;
}

export interface Edge {
  readonly app: FastifyInstance;
  readonly apollo: ApolloServer<RequestContext>;
}

/** The server with its routes, not yet listening. Rejects with DocumentsError if registered documents were altered. */
export async function createEdge(dependencies: EdgeDependencies): Promise<Edge> {
  const { authenticate, log, schema, examples, documents = null } = dependencies;
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
  app.decorateRequest('document', null);
  endConnectionsOnClose(app);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'cache-control': NOT_CACHED });
    if (GRAPH_URLS.includes(request.routeOptions.url ?? '')) permitReading(request, reply, dependencies);
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
  const registry =
    documents === null
      ? null
      : await openRegistry({
          ...documents,
          schema,
          rules: DOCUMENT_RULES,
          tell: (news) => {
            tellNews(log, news);
          },
        });
  app.addHook('onClose', (_, done) => {
    registry?.stop();
    done();
  });
  const logUse = createUseLog(log);
  const nameDocument = createNaming({
    registry,
    modeOf: documents?.modeOf ?? (() => 'off'),
    tell: (use) => {
      logUse(use);
      documents?.count?.(use);
    },
  });
  const apollo = createGraphqlServer(
    schema,
    log,
    failures,
    [fastifyApolloDrainPlugin(app)],
    createDocumentStore(registry),
  );
  await apollo.start();
  const answerAtOnce = fastifyApolloHandler(apollo, {
    context: (request) => Promise.resolve(letIn(request).context),
  });
  const streams = createStreams({
    schema,
    failures,
    renew: ({ principal, requestId, signal }) =>
      createContext(dependencies, { principal, requestId, signal, isCostWanted: false }),
    parsed: (text) => parsedOf(registry, text),
  });
  app.addHook('preClose', (done) => {
    streams.stop();
    done();
  });
  const graph: RouteOptions = {
    url: '/graphql',
    method: ['GET', 'POST'],
    onRequest: async (request, reply) => {
      if (isVisit(request) && !hasQuery(request) && !namesDocument(request)) return reply.redirect(EXPLORER);
      const apiKey = request.headers['x-api-key'];
      const principal = await authenticate({
        // Not `headers`: there, Node keeps the first of several and forgets the others.
        authorization: request.raw.headersDistinct['authorization'] ?? [],
        apiKey: Array.isArray(apiKey) ? undefined : apiKey,
      });
      if (principal === null) {
        return refuse(
          reply.header('www-authenticate', 'Bearer'),
          401,
          'UNAUTHENTICATED',
          'Present a key: X-Api-Key, or Authorization: Bearer.',
        );
      }
      request.client = principal.client;
      const scope = createRequestScope(wantsStream(request) ? LONGEST_STREAM_MS : REQUEST_DEADLINE_MS);
      request.scope = scope;
      // Closes after a finished answer too; ending what has ended does nothing.
      const end = () => {
        if (!reply.raw.writableFinished) scope.giveUp();
        scope.end();
      };
      reply.raw.on('close', end);
      if (reply.raw.destroyed) end(); // gone while it was found out who asks
      request.graphContext = createContext(dependencies, {
        principal,
        requestId: request.id,
        signal: scope.signal,
        isCostWanted: request.headers['graphql-upstream-report'] !== undefined,
      });
      return undefined;
    },
    // What the server library refuses before there is a context gets its request id here.
    onSend: (request, reply, payload, done) => {
      done(
        null,
        reply.statusCode >= 400 && typeof payload === 'string' ? withRequestId(payload, request.id) : payload,
      );
    },
    preHandler: (request, reply, done) => {
      if (nameDocument(request, reply, letIn(request).context.principal) === null) done();
    },
    handler(request, reply) {
      if (!wantsStream(request)) return answerAtOnce.call(this, request, reply);
      const { context, scope } = letIn(request);
      return streams.open(request, reply, context, () => {
        scope.giveUp();
      });
    },
  };
  app.route(graph);
  app.route({ ...graph, url: DOCUMENT_URL, method: 'GET' });
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
  app.route({
    url: DOCUMENT_URL,
    method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    handler: (request, reply) =>
      answerPreflight(request, reply, dependencies) ??
      refuse(
        reply.header('allow', 'GET'),
        405,
        'BAD_USER_INPUT',
        'A document by its address takes GET. Send others to /graphql, with `documentId`.',
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
const GRAPH_URLS: readonly string[] = ['/graphql', DOCUMENT_URL];

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
