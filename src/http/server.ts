/**
 * The edge: bytes in, bytes out.
 *
 * Guarantees: whoever is nobody is told so before their query is looked at; every answer carries a request id and is
 * not to be cached; every refusal is JSON in the form of a GraphQL error; who opens an address in a browser is led to
 * the explorer. Refuses encoded, oversized and slow requests, and foreign pages.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { LARGEST_BODY_BYTES, LONGEST_STREAM_MS, REQUEST_DEADLINE_MS } from '../admission/limits.js';
import { createMemoryBudgets } from '../admission/budgets/memory.js';
import { openRegistry, type RegistryOptions } from '../admission/documents/registry.js';
import { createGuessLimit, type GuessExchange, type GuessRate } from '../admission/guesses.js';
import type { Authenticate, Credentials } from '../admission/principal.js';
import type { DocumentMode, Principal } from '../domain/principal.js';
import { createExecutor, type ExecutionMode } from '../graph/execution/executor.js';
import type { Together } from '../graph/execution/together.js';
import type { Log } from '../observability/log.js';
import { createAnswerBytes } from './answer-bytes.js';
import { observeAnswers, type Ended, type Running } from './answers.js';
import type { Place } from '../admission/gate.js';
import { BodyError, parseJsonBodies } from './body.js';
import { createBilling, type BudgetDependencies } from './budget.js';
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
import { createDoor, type Room } from './door.js';
import { registerCalendars, type CalendarFeeds } from './calendar.js';
import { registerExplorer, type ExplorerExample } from './explorer.js';
import { countWork, createWorkMeter, type DocumentWork } from './execution.js';
import { createFailureLog } from './failure-log.js';
import { createGraphqlServer, DOCUMENT_RULES } from './graphql.js';
import { answerPreflight, permitReading, refuseForeign, type OriginRules } from './origins.js';
import { createRequestScope, type RequestScope } from './request-scope.js';
import { ON_EVERY_ANSWER, refuse, refuseSocket, withRequestId } from './refusal.js';
import { objectionToHead } from './head.js';
import { limitConnections } from './connections.js';
import { WITHOUT_SCHEMAS } from './no-schemas.js';
import { endConnectionsOnClose } from './shutdown.js';
import { honourBudget } from './plugins.js';
import { createScreening } from './screening.js';
import { createStreams, wantsStream } from './streams.js';

export interface EdgeDependencies extends ContextDependencies, OriginRules {
  readonly schema: GraphQLSchema;
  readonly authenticate: Authenticate;
  readonly log: Log;
  readonly examples: readonly ExplorerExample[];
  readonly timers: {
    now(): number;
    after(milliseconds: number, callback: () => void): { cancel(): void };
  };
  /** What tests make shorter. */
  readonly times?: { readonly headersMs?: number; readonly requestMs?: number; readonly checkMs?: number };
  /** How many things a client may look up in vain; `GUESS_RATE` if left out. */
  readonly guessRate?: GuessRate;
  /** Other processes that count guesses of the same kind; left out: there are none. */
  readonly guessExchange?: (kind: 'ids' | 'calendars') => GuessExchange;
  /** Left out: `compiled`. */
  readonly execution?: ExecutionMode | undefined;
  /** Left out: each query is executed by itself. */
  readonly together?: Together | null;
  /** `null`, or left out: documents have no names. */
  readonly documents?: DocumentsDependencies | null;
  /** What clients may spend, and where that is counted. Left out: nothing is limited. */
  readonly spending?: Pick<BudgetDependencies, 'budgets' | 'limits'>;
  /** How many operations at once; what tests make smaller. */
  readonly room?: Room;
  /** `null`, or left out: there are no calendars. */
  readonly calendarFeeds?: CalendarFeeds | null;
  /** Called once for each request, after its answer has left. Must not throw. */
  readonly onEnded?: (ended: Ended) => void;
}

export interface DocumentsDependencies extends Pick<RegistryOptions, 'folder' | 'timers'> {
  readonly modeOf: (principal: Principal) => DocumentMode;
  /** Called for each request that documents have a part in. */
  readonly count?: (use: DocumentUse) => void;
}

export interface Edge {
  readonly app: FastifyInstance;
  readonly apollo: ApolloServer<RequestContext>;
  /** What is going on right now. */
  readonly running: Running;
  readonly work: () => DocumentWork;
  /** Operations that wait to be begun. */
  readonly waiting: () => number;
}

/** The server with its routes, not yet listening. Rejects with DocumentsError if registered documents were altered. */
export async function createEdge(dependencies: EdgeDependencies): Promise<Edge> {
  const { authenticate, log, schema, examples, timers, documents = null, times = {} } = dependencies;
  const app = fastify({
    logger: false,
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: times.requestMs ?? 15_000,
    http: {
      headersTimeout: times.headersMs ?? 10_000,
      // Left as it is, both are looked at every 30 seconds only.
      connectionsCheckingInterval: times.checkMs ?? 1_000,
      requireHostHeader: false, // `head.ts` does
    },
    genReqId: () => randomUUID(),
    return503OnClosing: true,
    clientErrorHandler: refuseSocket,
    // A URL that cannot be decoded: no hook has run yet.
    frameworkErrors: (_, request, reply) => {
      reply.headers({ 'x-request-id': request.id, ...ON_EVERY_ANSWER });
      void refuse(reply, 400, 'BAD_USER_INPUT', 'This is not a valid URL.');
    },
    routerOptions: { maxParamLength: 200 },
    schemaController: WITHOUT_SCHEMAS,
  });
  app.decorateRequest('client', null);
  app.decorateRequest('graphContext', null);
  app.decorateRequest('scope', null);
  app.decorateRequest('place', null);
  app.decorateRequest('document', null);
  app.decorateRequest('unregistered', null);
  endConnectionsOnClose(app);
  limitConnections(app.server, { now: () => timers.now() });
  // Node would refuse these itself, in a form of its own.
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    app.server.emit('request', request, response);
  });
  // Before all other hooks: what they refuse is counted, too.
  const running = observeAnswers(
    app,
    ({ routeOptions: { url } }) => GRAPH_URLS.includes(url ?? ''),
    () => timers.now(),
    (ended) => dependencies.onEnded?.(ended),
  );

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, ...ON_EVERY_ANSWER });
    const objection = objectionToHead(request.raw);
    if (objection !== null) {
      reply.header('connection', 'close'); // what follows may not be what it seems
      return refuse(reply, objection.status, 'BAD_USER_INPUT', objection.message);
    }
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
  app.setNotFoundHandler((request, reply) =>
    // Methods that routes cannot have, such as TRACE.
    /^\/graphql(\?|$)/.test(request.url)
      ? refuseMethod(reply)
      : refuse(reply, 404, 'NOT_FOUND', 'There is nothing here. The graph is at /graphql.'),
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
  const executor = createExecutor(schema, dependencies.execution);
  const work = createWorkMeter(executor);
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
          onJudged: (verdict) => {
            work.parsed();
            work.validated();
            if (verdict.kind === 'good') executor.prepare(verdict.document);
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
  const screen = createScreening(() => {
    work.parsed();
  });
  const now = () => timers.now();
  const makeBill = createBilling({
    limits: null,
    budgets: createMemoryBudgets(now),
    ...dependencies.spending,
    log,
    now,
  });
  const door = createDoor(dependencies.room);
  app.addHook('onClose', (_, done) => {
    door.stop();
    done();
  });
  const apollo = createGraphqlServer(
    schema,
    log,
    failures,
    [fastifyApolloDrainPlugin(app), honourBudget(makeBill), countWork(work, executor.mode === 'compiled')],
    createDocumentStore(registry),
    executor,
    dependencies.together ?? null,
  );
  await apollo.start();
  const answerAtOnce = fastifyApolloHandler(apollo, {
    context: (request) => Promise.resolve(letIn(request).context),
  });
  const guesses = createGuessLimit({
    now: () => timers.now(),
    tell: (news) => {
      log.warn({ ...news, security: 'guessing' }, 'a client looks up many things that are not there for it');
    },
    ...(dependencies.guessRate === undefined ? {} : { rate: dependencies.guessRate }),
    ...(dependencies.guessExchange === undefined ? {} : { exchange: dependencies.guessExchange('ids') }),
  });
  const parts = { ...dependencies, guesses };
  const streams = createStreams({
    schema,
    executor,
    work,
    failures,
    timers,
    authenticate: (request) => authenticate(credentialsOf(request)),
    makeBill,
    renew: ({ principal, requestId, signal, meter }) =>
      createContext(parts, { principal, requestId, signal, meter, isCostWanted: false }),
    parsed: (text) => parsedOf(registry, text),
  });
  app.addHook('preClose', (done) => {
    streams.stop();
    done();
  });
  const answerBytes = createAnswerBytes();
  const graph: RouteOptions = {
    url: '/graphql',
    method: ['GET', 'POST'],
    onRequest: async (request, reply) => {
      if (isVisit(request) && !hasQuery(request) && !namesDocument(request)) return reply.redirect(EXPLORER);
      const entered = door.enter({
        mayBeChange: request.method === 'POST' && !wantsStream(request),
        isGone: () => reply.raw.destroyed,
      });
      if (!hold(request, reply, entered instanceof Promise ? await entered : entered))
        return refuseBusy(reply);
      const principal = await authenticate(credentialsOf(request));
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
      request.graphContext = createContext(parts, {
        principal,
        requestId: request.id,
        signal: scope.signal,
        isCostWanted: request.headers['graphql-upstream-report'] !== undefined,
        isReportWanted: request.headers['graphql-cost-report'] !== undefined,
      });
      return undefined;
    },
    // What the server library refuses before there is a context gets its request id here. The last to see the text.
    onSend: (request, reply, payload, done) => {
      if (typeof payload !== 'string') done(null, payload);
      else done(null, reply.statusCode >= 400 ? withRequestId(payload, request.id) : answerBytes.of(payload));
    },
    preHandler: (request, reply, done) => {
      const { place } = request;
      if (nameDocument(request, reply, letIn(request).context.principal) !== null) return;
      const goOn = () => {
        if (screen(request, reply) === null) done();
      };
      const kept = place && door.show(place, request.body, () => reply.raw.destroyed);
      if (kept === place) goOn();
      else
        void Promise.resolve(kept)
          .then((other) => {
            if (hold(request, reply, other)) goOn();
            else refuseBusy(reply);
          })
          .catch(done);
    },
    handler(request, reply) {
      if (!wantsStream(request)) return answerAtOnce.call(this, request, reply);
      const { context, scope } = letIn(request);
      request.place?.leave(); // streams have bounds of their own, and wait most of the time
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
    handler: (request, reply) => answerPreflight(request, reply, dependencies) ?? refuseMethod(reply),
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
  registerCalendars(app, {
    feeds: dependencies.calendarFeeds ?? null,
    parts,
    guessExchange: dependencies.guessExchange?.('calendars') ?? null,
    enter: () => door.enterAtOnce(),
    now,
    log,
    refuseBusy,
  });
  return { app, apollo, running, work: () => work.report(), waiting: () => door.waiting };
}

const EXPLORER = '/graphiql';
const GRAPH_URLS: readonly string[] = ['/graphql', DOCUMENT_URL];

function letIn({ graphContext: context, scope }: FastifyRequest) {
  if (context === null || scope === null) throw new Error('a request reached the graph without a principal');
  return { context, scope };
}

function credentialsOf({ headers: { 'x-api-key': apiKey }, raw }: FastifyRequest): Credentials {
  return {
    // Not `headers`: there, Node keeps the first of several and forgets the others.
    authorization: raw.headersDistinct['authorization'] ?? [],
    apiKey: Array.isArray(apiKey) ? undefined : apiKey,
  };
}

/** Keeps the place for as long as the answer takes. `false`: there is none. */
function hold(request: FastifyRequest, reply: FastifyReply, place: Place | null): boolean {
  request.place = place;
  if (place === null) return false;
  reply.raw.once('close', place.leave);
  if (reply.raw.destroyed) place.leave(); // gone while it waited
  return true;
}

/** 429 would say that it is this client that asks too much. */
function refuseBusy(reply: FastifyReply): FastifyReply {
  return refuse(
    reply.header('retry-after', '1'),
    503,
    'RATE_LIMITED',
    'The gateway is busier than it can be. It is not about this client or what it asks; try again in a moment.',
    { retryable: true, retryAfterMs: 1_000 },
  );
}

function refuseMethod(reply: FastifyReply): FastifyReply {
  reply.header('allow', 'GET, POST');
  return refuse(reply, 405, 'BAD_USER_INPUT', 'The graph takes POST, and GET for queries.');
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
    /** Of those that are worked on at once. */
    place: Place | null;
    /** Who asks, as far as that is known; for the log. */
    client: string | null;
  }
}
