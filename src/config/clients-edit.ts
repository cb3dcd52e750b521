/**
 * Changes to the text of the clients file, in either of its forms.
 *
 * Guarantees: comments, order and what is not changed stay as they are, as far as the YAML library can write them back;
 * a change that cannot be made changes nothing. Only hashes of keys come here, never keys.
 */
import type { Document, YAMLMap } from 'yaml';
import { isMap, isSeq, parseDocument, YAMLSeq } from 'yaml';

/** A change that cannot be made, in a sentence. */
export class EditRefusal extends Error {
  override readonly name = 'EditRefusal';
}

export interface NewClient {
  readonly name: string;
  /** `sha256:<hex>` */
  readonly key: string;
  readonly organizations: '*' | readonly string[];
  /** `null`: not said. */
  readonly scopes: readonly string[] | null;
}

interface Opened {
  readonly document: Document;
  readonly clients: YAMLSeq;
}

/** A list, or a mapping with or without its list; anything else was refused when the file was parsed. */
function open(text: string): Opened {
  const document: Document = parseDocument(text, { logLevel: 'silent' });
  const { contents } = document;
  if (isSeq(contents)) return { document, clients: contents };
  const list = isMap(contents) ? contents.get('clients') : undefined;
  if (isSeq(list)) return { document, clients: list };
  const clients = new YAMLSeq(document.schema);
  if (isMap(contents)) document.set('clients', clients);
  else document.contents = clients;
  return { document, clients };
}

function textOf({ document }: Opened): string {
  // Long lines stay long: folding them would change lines that nobody touched.
  return document.toString({ lineWidth: 0 });
}

function placeOf({ clients }: Opened, name: string): number {
  return clients.items.findIndex((item) => isMap(item) && item.get('name') === name);
}

function clientOf(opened: Opened, name: string): { readonly keys: YAMLSeq; readonly hashes: string[] } {
  const item = opened.clients.items[placeOf(opened, name)];
  const keys = isMap(item) ? item.get('keys') : undefined;
  if (!isSeq(keys)) throw new EditRefusal(`There is no client ${name}.`);
  return { keys, hashes: keys.toJSON() as string[] };
}

export function withClient(text: string, client: NewClient): string {
  const opened = open(text);
  if (placeOf(opened, client.name) >= 0) throw new EditRefusal(`There is a client ${client.name} already.`);
  const { document, clients } = opened;
  const { name, key, organizations, scopes } = client;
  const item = document.createNode({
    name,
    keys: [key],
    organizations,
    ...(scopes === null ? {} : { scopes }),
  }) as YAMLMap;
  for (const member of ['keys', 'organizations', 'scopes']) {
    const value = item.get(member);
    if (isSeq(value)) value.flow = true;
  }
  clients.flow = false; // `[]`, to which nothing but this is added
  clients.add(item);
  return textOf(opened);
}

export function withSecondKey(text: string, name: string, key: string): string {
  const opened = open(text);
  const { keys, hashes } = clientOf(opened, name);
  if (hashes.length > 1) {
    throw new EditRefusal(
      `${name} has two keys already: ${hashes.map(shortHash).join(' and ')}. Retire the old one first.`,
    );
  }
  keys.add(opened.document.createNode(key));
  return textOf(opened);
}

/** `start`: of the hash, without `sha256:`. */
export function withoutKey(text: string, name: string, start: string): { text: string; key: string } {
  const opened = open(text);
  const { keys, hashes } = clientOf(opened, name);
  const found = hashes.filter((hash) => hash.startsWith(`sha256:${start}`));
  const has = `It has ${hashes.map(shortHash).join(' and ')}.`;
  const [key] = found;
  if (key === undefined) throw new EditRefusal(`${name} has no key whose hash begins with ${start}. ${has}`);
  if (found.length > 1) throw new EditRefusal(`Two keys of ${name} begin with ${start}. ${has}`);
  if (hashes.length === 1) {
    throw new EditRefusal(`${name} has only this key. Give it another with rotate, or end it with revoke.`);
  }
  keys.delete(hashes.indexOf(key));
  return { text: textOf(opened), key };
}

export function withoutClient(text: string, name: string): string {
  const opened = open(text);
  const place = placeOf(opened, name);
  if (place < 0) throw new EditRefusal(`There is no client ${name}.`);
  // What is written above the list belongs to the file, and the library keeps it with the first item.
  const gone = opened.clients.items[place];
  const next = opened.clients.items[place + 1];
  opened.clients.delete(place);
  if (place === 0 && isMap(gone) && isMap(next) && gone.commentBefore != null) {
    next.commentBefore = [gone.commentBefore, next.commentBefore].filter((part) => part != null).join('\n');
  }
  if (opened.clients.items.length === 0) opened.clients.flow = true;
  return textOf(opened);
}

/** Enough to tell keys apart, and nothing that helps to guess one. */
export function shortHash(hash: string): string {
  return hash.slice('sha256:'.length, 'sha256:'.length + 12);
}
