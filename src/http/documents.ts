/**
 * Documents by name: from what a client library sends to the text that the graph understands, before anything else looks
 * at the operation. It holds for every way to ask: POST, GET, streams of events.
 *
 * Guarantees: behind here a request has a text and no name, or was refused in the form that its library expects; what
 * is registered is not parsed again. Refuses two names, a name beside another text, and under `enforce` variables that
 * the document does not have.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { decide, type Asked, type NameForm } from '../admission/documents/decide.js';
import { operationNameIn, sha256Of } from '../admission/documents/ids.js';
import type { DocumentRegistry, RegisteredDocument } from '../admission/documents/registry.js';
import type { DocumentMode, Principal } from '../domain/principal.js';
import { knowsGraphqlType, refuse, typeFor } from './refusal.js';

/** The address of a document; queries only. */
export const DOCUMENT_URL = '/graphql/documents/:id';

export interface NamingDependencies {
  /** `null`: nothing can be registered, so documents have no names. */
  readonly registry: DocumentRegistry | null;
  readonly modeOf: (principal: Principal) => DocumentMode;
  readonly tell: (use: DocumentUse) => void;
}

/** What became of a request, for counting. */
export interface DocumentUse {
  readonly client: string;
  readonly mode: DocumentMode;
  readonly requestId: string;
  /** `matched`: a registered text that came as text. */
  readonly kind: 'named' | 'matched' | 'unregistered' | 'unknown' | 'refused';
  /** Of what ran. */
  readonly document: RegisteredDocument | null;
  /** Of a text that is not registered: its SHA-256, and the name of its first operation. */
  readonly hash: string | null;
  readonly operation: string | null;
}

type Members = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a request says, wherever it says it. Names that are no text become `null`. */
function asked(members: Members, address: string | null): Asked | null {
  const names: { form: NameForm; id: string }[] = address === null ? [] : [{ form: 'address', id: address }];
  for (const key of ['documentId', 'doc_id']) {
    const id = members[key];
    if (id === undefined || id === null) continue;
    if (typeof id !== 'string' || id === '') return null;
    names.push({ form: 'member', id });
  }
  const { extensions, query } = members;
  const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined;
  if (persisted !== undefined && persisted !== null) {
    if (!isRecord(persisted) || persisted['version'] !== 1) return null;
    const { sha256Hash: id } = persisted;
    if (typeof id !== 'string' || id === '') return null;
    names.push({ form: 'apq', id });
  }
  return { text: typeof query === 'string' && query !== '' ? query : null, names };
}

/** From the address; `null`: a name is there twice. */
function membersOf(search: URLSearchParams): Members | null {
  const members: Record<string, unknown> = {};
  for (const key of ['query', 'documentId', 'doc_id', 'extensions', 'variables']) {
    const values = search.getAll(key);
    if (values.length > 1) return null;
    const [value] = values;
    if (value === undefined) continue;
    members[key] = key === 'extensions' || key === 'variables' ? fromJson(value) : value;
  }
  return members;
}

/** What is no JSON is refused further on. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutName(extensions: unknown): Members | undefined {
  if (!isRecord(extensions)) return undefined;
  const { persistedQuery, ...others } = extensions;
  void persistedQuery;
  return Object.keys(others).length === 0 ? undefined : others;
}

/** Puts the text where the server library looks for it, and takes the names away. */
function rewrite(request: FastifyRequest, text: string): void {
  if (request.method === 'POST') {
    const { documentId, doc_id, extensions, ...members } = request.body as Members;
    void [documentId, doc_id];
    const others = withoutName(extensions);
    request.body = { ...members, query: text, ...(others === undefined ? {} : { extensions: others }) };
    return;
  }
  const search = searchOf(request);
  for (const key of ['documentId', 'doc_id']) search.delete(key);
  const others = withoutName(fromJson(search.get('extensions') ?? ''));
  if (others === undefined) search.delete('extensions');
  else search.set('extensions', JSON.stringify(others));
  search.set('query', text);
  request.raw.url = `/graphql?${search.toString()}`;
}

function searchOf({ url }: FastifyRequest): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}

/** Whether it asks for a document by its address or in its search. */
export function namesDocument({ url, query, routeOptions }: FastifyRequest): boolean {
  return (
    routeOptions.url === DOCUMENT_URL ||
    (url.includes('?') &&
      isRecord(query) &&
      ['documentId', 'doc_id', 'extensions'].some((key) => Object.hasOwn(query, key)))
  );
}

/** What may go on is left as it is or has got its text; otherwise the answer is the refusal. */
export function createNaming({ registry, modeOf, tell }: NamingDependencies) {
  return (request: FastifyRequest, reply: FastifyReply, principal: Principal): FastifyReply | null => {
    const mode = modeOf(principal);
    const isPost = request.method === 'POST';
    const members = isPost ? request.body : membersOf(searchOf(request));
    if (members === null) {
      return isPost ? null : refuseRequest(reply, 'A document is named once, and asked for once.');
    }
    // The server library refuses what is no object; nothing in it is a text.
    if (!isRecord(members)) return null;
    const { params } = request as FastifyRequest<{ Params: { readonly id?: string } }>;
    const request_ = asked(members, params.id ?? null);
    if (request_ === null) {
      if (mode === 'off') return null;
      return refuseRequest(
        reply,
        'A document is named by a text: `documentId`, `doc_id`, or `extensions.persistedQuery` with version 1 and sha256Hash.',
      );
    }
    const decision = decide(mode, principal.client, request_, registry);
    const use = {
      client: principal.client,
      mode,
      requestId: request.id,
      document: null,
      hash: null,
      operation: null,
    };
    switch (decision.kind) {
      case 'as-it-is':
        // The server library refuses a text that has a hash beside it: it keeps none.
        if (request_.text !== null && request_.names.length > 0) rewrite(request, request_.text);
        return null;
      case 'registered': {
        const { document, isNamed } = decision;
        const stranger = mode === 'enforce' ? strangerIn(members['variables'], document) : null;
        if (stranger !== null) return refuseRequest(reply, stranger);
        rewrite(request, document.text);
        request.document = document;
        tell({ kind: isNamed ? 'named' : 'matched', ...use, document });
        return null;
      }
      case 'text':
        rewrite(request, decision.text);
        request.unregistered = { hash: decision.hash, name: operationNameIn(decision.text) };
        tell({
          kind: 'unregistered',
          ...use,
          hash: decision.hash,
          operation: request.unregistered.name,
        });
        return null;
      case 'unknown':
        tell({ kind: 'unknown', ...use });
        return refuseUnknown(request, reply, decision.form);
      case 'not-trusted':
        tell({ kind: 'refused', ...use });
        return refuse(
          reply,
          400,
          'DOCUMENT_NOT_TRUSTED',
          'This client runs registered documents only, and this is none of them.',
        );
      case 'switched-off':
        tell({ kind: 'refused', ...use });
        return refuse(
          reply,
          400,
          'GRAPHQL_VALIDATION_FAILED',
          'The document is registered, and does not fit the graph any more. `commitment-graph documents check` says why.',
        );
      case 'bad-request':
        return refuseRequest(reply, decision.message);
    }
  };
}

function refuseRequest(reply: FastifyReply, message: string): FastifyReply {
  return refuse(reply, 400, 'BAD_USER_INPUT', message);
}

/** What is given for a variable that the document does not have; `null`: nothing. */
function strangerIn(variables: unknown, { verdict }: RegisteredDocument): string | null {
  if (!isRecord(variables) || verdict.kind !== 'good') return null;
  const stranger = Object.keys(variables).find((name) => !verdict.variables.has(name));
  if (stranger === undefined) return null;
  const name = /^[_A-Za-z]\w{0,63}$/.test(stranger) ? ` $${stranger}` : ' of one of these names';
  return `The document has no variable${name}.`;
}

/**
 * Apollo Client takes the message or the code, urql the message alone, at any status; both then send hash and text.
 * Apollo Kotlin reads the body of a 400 only if the answer has the media type of GraphQL; so those who take JSON and
 * nothing newer get 200, as from any Apollo Server.
 */
function refuseUnknown(request: FastifyRequest, reply: FastifyReply, form: NameForm): FastifyReply {
  if (form !== 'apq') {
    const status = form === 'address' ? 404 : 400;
    return refuse(reply, status, 'DOCUMENT_NOT_TRUSTED', 'This client has no document with this id.');
  }
  const { accept = '' } = request.headers;
  return reply
    .code(!knowsGraphqlType(request) && accept.includes('application/json') ? 200 : 400)
    .type(typeFor(request))
    .send(
      JSON.stringify({
        errors: [
          {
            message: 'PersistedQueryNotFound',
            extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', retryable: false, requestId: request.id },
          },
        ],
      }),
    );
}

/** Characters of texts whose parsed form is kept: about 90 bytes each. */
const KEPT_CHARACTERS = 500_000;

/**
 * Where the server library looks for a document before it parses and validates: those that are registered, and the last
 * ones that came as text. Whatever is in here has passed all rules of answers in one piece.
 */
export function createDocumentStore(registry: DocumentRegistry | null) {
  const recent = new LRUCache<string, DocumentNode>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: ({ loc }) => Math.max(1, loc?.source.body.length ?? KEPT_CHARACTERS),
  });
  return {
    // The library puts a hash of the schema before the hash of the text.
    get(key: string): Promise<DocumentNode | undefined> {
      const known = registry?.parsed(key.slice(key.lastIndexOf(':') + 1));
      return Promise.resolve(known != null && !known.hasStream ? known.document : recent.get(key));
    },
    set(key: string, document: DocumentNode): Promise<void> {
      recent.set(key, document);
      return Promise.resolve();
    },
    delete(key: string): Promise<boolean> {
      return Promise.resolve(recent.delete(key));
    },
  };
}

/** For streams: the parsed form of a text that is registered. */
export function parsedOf(registry: DocumentRegistry | null, text: string): DocumentNode | null {
  return registry?.parsed(sha256Of(text))?.document ?? null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The registered document that it runs; for the log and for counting. */
    document: RegisteredDocument | null;
    /** What it runs, if that is not registered and texts are looked at; for counting. */
    unregistered: { readonly hash: string; readonly name: string | null } | null;
  }
}
