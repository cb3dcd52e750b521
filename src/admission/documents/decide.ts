/**
 * Which document a request runs: the one that it names, the text that it brings, or none.
 *
 * Guarantees: a name and a text in one request mean the same document; an id of another client is answered like one that
 * nobody has; under `enforce` nothing runs that is not registered for the client. Nothing is ever registered by a request.
 */
import type { DocumentMode } from '../../domain/principal.js';
import { isHash, normalId, sha256Of } from './ids.js';
import type { DocumentRegistry, RegisteredDocument } from './registry.js';

/** `apq`: `extensions.persistedQuery`; `member`: `documentId`, `doc_id`; `address`: `/graphql/documents/<id>`. */
export type NameForm = 'apq' | 'member' | 'address';

export interface Asked {
  readonly text: string | null;
  readonly names: readonly { readonly form: NameForm; readonly id: string }[];
}

export type Decision =
  /** Names have no part in it. */
  | { readonly kind: 'as-it-is' }
  | { readonly kind: 'registered'; readonly document: RegisteredDocument; readonly isNamed: boolean }
  /** A text that is not registered, and may run. */
  | { readonly kind: 'text'; readonly text: string; readonly hash: string }
  | { readonly kind: 'unknown'; readonly form: NameForm }
  | { readonly kind: 'not-trusted' }
  | { readonly kind: 'switched-off' }
  | { readonly kind: 'bad-request'; readonly message: string };

const badRequest = (message: string): Decision => ({ kind: 'bad-request', message });

export function decide(
  mode: DocumentMode,
  client: string,
  { text, names }: Asked,
  registry: DocumentRegistry | null,
): Decision {
  const [name] = names;
  if (mode === 'off' || registry === null) {
    // The library answers `PersistedQueryNotSupported`, after which clients of that kind stop asking by hash.
    return name === undefined || name.form === 'apq' || text !== null
      ? { kind: 'as-it-is' }
      : { kind: 'unknown', form: name.form };
  }
  const id = name === undefined ? null : normalId(name.id);
  if (names.some((other) => normalId(other.id) !== id)) return badRequest('The request names two documents.');
  const named = id === null ? null : registry.byId(client, id);
  if (text === null) {
    if (name === undefined) return { kind: 'as-it-is' };
    return named === null ? { kind: 'unknown', form: name.form } : run(named, true);
  }
  if (name !== undefined && id !== null && !fits(text, id, name.form, named)) {
    return badRequest('The text is not the document that the request names. Send one of them.');
  }
  const registered = registry.byText(client, text);
  if (registered !== null) return run(named ?? registered, named !== null);
  return mode === 'enforce' ? { kind: 'not-trusted' } : { kind: 'text', text, hash: sha256Of(text) };
}

function run(document: RegisteredDocument, isNamed: boolean): Decision {
  return document.verdict.kind === 'good'
    ? { kind: 'registered', document, isNamed }
    : { kind: 'switched-off' };
}

function fits(text: string, id: string, form: NameForm, named: RegisteredDocument | null): boolean {
  if (named !== null) return named.text === text;
  // A hash that is not registered must be one all the same. Other ids that are not known say nothing about the text.
  return form === 'apq' || isHash(id) ? sha256Of(text) === id : true;
}
