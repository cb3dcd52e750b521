/**
 * The edge: bytes in, bytes out.
 *
 * Guarantees: whoever is nobody is told so before their query is looked at; every answer carries a request id and is
 * not to be cached; every refusal is JSON in the form of a GraphQL error. Refuses encoded, oversized and slow requests.
 */
import { randomUUID } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { LARGEST_BODY_BYTES } from '../admission/limits.js';
import type { Authenticate } from '../admission/principal.js';
import type { Log } from '../observability/log.js';
import { createContext, type ContextDependencies, type RequestContext } from './context.js';
import { registerExplorer, type ExplorerExample } from './explorer.js';
import { createGraphqlServer } from './graphql.js';
import { createRequestScope } from './request-scope.js';
import { NOT_CACHED, refuse, refuseSocket, withRequestId } from './refusal.js';

export interface EdgeDependencies extends ContextDependencies {
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
  app.decorateRequest('graphContext', null);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'cache-control': NOT_CACHED });
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
  const parseJson = app.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = utf8.decode(body as Buffer);
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400 }));
      return;
    }
    void parseJson(request, text, done);
  });
  app.setNotFoundHandler((_, reply) =>
    refuse(reply, 404, 'NOT_FOUND', 'There is nothing here. The graph is at /graphql.'),
  );
  app.setErrorHandler((error: { statusCode?: number; code?: string }, _, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      log.error({ err: error }, 'a request failed at the edge');
      return refuse(
        reply,
        500,
        'INTERNAL',
        'Something went wrong in the gateway. The request id finds it in the log.',
      );
    }
    const message =
      status === 413
        ? `The body is larger than ${LARGEST_BODY_BYTES} bytes.`
        : status === 415
          ? 'Send the body as application/json.'
          : 'The body is not JSON. Send {"query": "…", "variables": {…}}.';
    return refuse(reply, status, 'BAD_USER_INPUT', message);
  });

  const apollo = createGraphqlServer(schema, log, [fastifyApolloDrainPlugin(app)]);
  await apollo.start();
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    onRequest: (request, reply, done) => {
      const apiKey = request.headers['x-api-key'];
      const principal = authenticate({
        authorization: request.headers.authorization,
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
      const scope = createRequestScope();
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
    handler: fastifyApolloHandler(apollo, {
      context: (request) => {
        if (request.graphContext === null) throw new Error('a request reached the graph without a principal');
        return Promise.resolve(request.graphContext);
      },
    }),
  });
  app.route({
    url: '/graphql',
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    handler: (_, reply) =>
      refuse(
        reply.header('allow', 'GET, POST'),
        405,
        'BAD_USER_INPUT',
        'The graph takes POST, and GET for queries.',
      ),
  });
  registerExplorer(app, { examples });
  return { app, apollo };
}

declare module 'fastify' {
  interface FastifyRequest {
    graphContext: RequestContext | null;
  }
}
