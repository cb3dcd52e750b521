/**
 * The registered documents in memory: parsed and validated before anybody asks for them.
 *
 * Guarantees: a request finds a document that was judged when the gateway started or the folder changed, or none; all
 * that is found together was registered together; a document belongs to its client, and to others does not exist.
 *
 * Refuses a folder in which something was altered: at start the gateway does not start, later it keeps what it has. A
 * document that is as it was pushed and does not fit this version's schema is another matter: it is switched off by
 * itself, because one forgotten document of one partner must not stop a gateway that all others wait for.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import { readAll, signatureOf, type Contents } from './folder.js';
import { MOST_DOCUMENT_TEXT, normalId, sha256Of } from './ids.js';
import { judge, type Flaw, type Verdict } from './judge.js';
import { DocumentsError, wrongFile, type DocumentProblem } from './problem.js';

export interface RegisteredDocument {
  readonly client: string;
  /** The newest version of the client that has it. */
  readonly version: string;
  readonly id: string;
  readonly name: string | null;
  readonly text: string;
  readonly verdict: Verdict;
}

export type DocumentNews =
  | { readonly kind: 'loaded'; readonly clients: number; readonly documents: number }
  /** The folder changed into something that cannot be used. What was loaded before stays. */
  | { readonly kind: 'refused'; readonly problems: readonly DocumentProblem[] }
  /** It does not fit the schema any more, and is not run. */
  | { readonly kind: 'switched-off'; readonly document: RegisteredDocument; readonly flaws: readonly Flaw[] };

export interface DocumentRegistry {
  byId(client: string, id: string): RegisteredDocument | null;
  byText(client: string, text: string): RegisteredDocument | null;
  /** A document that is registered for anybody and good, by the SHA-256 of its text. */
  parsed(hash: string): { readonly document: DocumentNode; readonly hasStream: boolean } | null;
  /** Looks whether the folder has changed, and takes what is new. Never rejects. */
  refresh(): Promise<void>;
  stop(): void;
}

export interface RegistryOptions {
  readonly folder: string;
  readonly schema: GraphQLSchema;
  /** That requests must keep to, beside those of the language. */
  readonly rules: readonly ValidationRule[];
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
  readonly tell: (news: DocumentNews) => void;
  /** Called for each text that was judged, before anybody can find it. */
  readonly onJudged?: (verdict: Verdict) => void;
}

/** How long a push or a prune goes unnoticed at most, beside the time that reading takes. */
const LOOK_EVERY_MS = 5_000;

interface Shelf {
  readonly byId: Map<string, RegisteredDocument>;
  readonly byHash: Map<string, RegisteredDocument>;
}

interface Snapshot {
  readonly shelves: ReadonlyMap<string, Shelf>;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

const EMPTY: Snapshot = { shelves: new Map(), verdicts: new Map() };

/** Throws DocumentsError if the folder cannot be used. */
async function build(
  { manifests, problems }: Contents,
  { folder, schema, rules, onJudged }: RegistryOptions,
  before: Snapshot,
): Promise<Snapshot> {
  if (problems.length > 0) throw new DocumentsError(problems);
  if (charactersOf(manifests) > MOST_DOCUMENT_TEXT) {
    throw new DocumentsError([
      wrongFile(folder, `holds more than ${MOST_DOCUMENT_TEXT} characters of documents: prune old versions`),
    ]);
  }
  const shelves = new Map<string, Shelf>();
  const verdicts = new Map<string, Verdict>();
  for (const { client, version, operations } of manifests) {
    const shelf = shelves.get(client) ?? { byId: new Map(), byHash: new Map() };
    shelves.set(client, shelf);
    for (const { id, name, body: text } of operations) {
      const hash = sha256Of(text);
      let verdict = verdicts.get(hash) ?? before.verdicts.get(hash);
      if (verdict === undefined) {
        verdict = judge(text, client, { schema, rules });
        onJudged?.(verdict);
        // Other requests go on between two documents.
        await breathe();
      }
      verdicts.set(hash, verdict);
      const document = { client, version, id, name, text, verdict };
      shelf.byId.set(id, document);
      shelf.byHash.set(hash, document);
    }
  }
  return { shelves, verdicts };
}

/** Of all different texts. */
export function charactersOf(manifests: Contents['manifests']): number {
  const texts = new Set(manifests.flatMap(({ operations }) => operations.map(({ body }) => body)));
  return [...texts].reduce((sum, { length }) => sum + length, 0);
}

/** Rejects with DocumentsError if something in the folder was altered. */
export async function openRegistry(options: RegistryOptions): Promise<DocumentRegistry> {
  const { folder, timers, tell } = options;
  let snapshot = EMPTY;
  let signature: string | null = null;
  let isStopped = false;
  let timer: { cancel(): void } | null = null;

  const load = async () => {
    const seen = await signatureOf(folder);
    if (seen === signature) return;
    // Before it is read: a change in between is found the next time.
    signature = seen;
    const before = snapshot;
    snapshot = await build(await readAll(folder), options, before);
    let documents = 0;
    for (const shelf of snapshot.shelves.values()) {
      for (const document of shelf.byId.values()) {
        documents += 1;
        const isNews = before.shelves.get(document.client)?.byId.get(document.id) === undefined;
        if (document.verdict.kind === 'bad' && isNews) {
          tell({ kind: 'switched-off', document, flaws: document.verdict.flaws });
        }
      }
    }
    tell({ kind: 'loaded', clients: snapshot.shelves.size, documents });
  };

  let running: Promise<void> | null = null;
  const refresh = () => {
    running ??= load()
      .catch((error: unknown) => {
        const problems =
          error instanceof DocumentsError
            ? error.problems
            : [wrongFile(folder, `cannot be read: ${error instanceof Error ? error.message : 'unknown'}`)];
        tell({ kind: 'refused', problems });
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
  const watch = () => {
    timer = timers.after(LOOK_EVERY_MS, () => {
      void refresh().then(() => {
        if (!isStopped) watch();
      });
    });
  };

  await load();
  watch();
  return {
    byId: (client, id) => snapshot.shelves.get(client)?.byId.get(normalId(id)) ?? null,
    byText: (client, text) => snapshot.shelves.get(client)?.byHash.get(sha256Of(text)) ?? null,
    parsed: (hash) => {
      const verdict = snapshot.verdicts.get(hash);
      return verdict?.kind === 'good' ? verdict : null;
    },
    refresh,
    stop() {
      isStopped = true;
      timer?.cancel();
    },
  };
}
