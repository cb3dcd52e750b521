/**
 * The documents that a client's build made, in whatever form its tools write them: Apollo's persisted query manifest, a
 * map from id to text (Relay's, the client preset's of GraphQL Code Generator, or one made by hand), or a folder of
 * `.graphql` files, where the id is the SHA-256 of the file.
 *
 * Guarantees: texts are taken byte for byte: ids were made from them. All that is wrong is told at once.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ID, isHash, normalId, operationNameIn, sha256Of } from './ids.js';
import type { ManifestOperation } from './manifest.js';
import { operationLabel, wrongFile, type DocumentProblem } from './problem.js';

/** A document that somebody wants to register. */
export interface Offered extends ManifestOperation {
  readonly file: string;
}

export interface Offer {
  readonly offered: readonly Offered[];
  readonly problems: readonly DocumentProblem[];
}

const APOLLO = 'apollo-persisted-query-manifest';

// Newer generators may say more about an operation; what they say is not needed.
const apolloManifest = z.object({
  format: z.literal(APOLLO),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), body: z.string() })),
});

const map = z.record(z.string(), z.string());

function readText(file: string): string | DocumentProblem {
  try {
    // A byte order mark is part of what was hashed.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    return wrongFile(file, error instanceof TypeError ? 'is not UTF-8' : 'cannot be read');
  }
}

export function readOffer(path: string): Offer {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    return { offered: [], problems: [wrongFile(path, 'is not there')] };
  }
  const read = isFolder ? readFolder(path) : readFile(path);
  if (read.offered.length === 0 && read.problems.length === 0) {
    const what = isFolder ? 'has no .graphql file' : 'has no operation';
    return { offered: [], problems: [wrongFile(path, what)] };
  }
  return { offered: read.offered, problems: [...read.problems, ...idProblems(read.offered)] };
}

function readFolder(folder: string): Offer {
  const offered: Offered[] = [];
  const problems: DocumentProblem[] = [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => /\.(graphql|gql)$/.test(one)).sort()) {
    const file = join(folder, name);
    const body = readText(file);
    if (typeof body !== 'string') problems.push(body);
    else offered.push({ file, id: sha256Of(body), name: operationNameIn(body), body });
  }
  return { offered, problems };
}

function readFile(file: string): Offer {
  const nothing = (message: string): Offer => ({ offered: [], problems: [wrongFile(file, message)] });
  const text = readText(file);
  if (typeof text !== 'string') return { offered: [], problems: [text] };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return nothing('is neither JSON nor a folder of .graphql files');
  }
  if (typeof data === 'object' && data !== null && 'format' in data) {
    const manifest = apolloManifest.safeParse(data);
    if (!manifest.success) return nothing(`has a format, and it is not version 1 of ${APOLLO}`);
    return {
      offered: manifest.data.operations.map(({ id, name, body }) => ({ file, id: normalId(id), name, body })),
      problems: [],
    };
  }
  const entries = map.safeParse(data);
  if (!entries.success) {
    return nothing(`is neither an ${APOLLO} nor a map from ids to the texts of documents`);
  }
  return {
    offered: Object.entries(entries.data).map(([id, body]) => ({
      file,
      id: normalId(id),
      name: operationNameIn(body),
      body,
    })),
    problems: [],
  };
}

function idProblems(offered: readonly Offered[]): DocumentProblem[] {
  const seen = new Map<string, string>();
  return offered.flatMap(({ file, id, name, body }) => {
    const wrong = (message: string) => [{ file, operation: operationLabel(name, id), line: null, message }];
    const earlier = seen.get(id);
    seen.set(id, body);
    if (!ID.test(id)) {
      return wrong('is no id: expected up to 128 letters, digits and . _ ~ : - (a map goes from id to text)');
    }
    if (isHash(id) && sha256Of(body) !== id) return wrong('the id is not the SHA-256 of the text');
    if (earlier !== undefined && earlier !== body) return wrong('the id is there twice, with another text');
    return [];
  });
}
