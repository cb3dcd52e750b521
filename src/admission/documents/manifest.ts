/**
 * A manifest: the documents of one version of a client, as they are kept. One file each, written once.
 *
 * Guarantees: what is read is what was pushed. Refuses a file whose operations do not fit its hash, an id that is a hash
 * of something else, and keys that it does not know.
 */
import { z } from 'zod';
import { CLIENT, ID, isHash, LONGEST_DOCUMENT, normalId, sha256Of, VERSION } from './ids.js';
import { operationLabel } from './problem.js';

const operation = z.strictObject({
  id: z
    .string()
    .regex(ID)
    .refine((id) => normalId(id) === id),
  /** For people. `null`: it has none. */
  name: z.string().max(LONGEST_DOCUMENT).nullable(),
  body: z.string().min(1).max(LONGEST_DOCUMENT),
});

const manifest = z.strictObject({
  format: z.literal('commitment-graph-documents'),
  formatVersion: z.literal(1),
  client: z.string().regex(CLIENT),
  version: z.string().regex(VERSION),
  pushedAt: z.iso.datetime(),
  /** Of the operations. */
  sha256: z.string(),
  operations: z.array(operation).min(1),
});

export type ManifestOperation = z.infer<typeof operation>;
export type Manifest = Omit<z.infer<typeof manifest>, 'format' | 'formatVersion' | 'sha256'>;

function hashOf(operations: readonly ManifestOperation[]): string {
  return sha256Of(JSON.stringify(operations.map(({ id, name, body }) => [id, name, body])));
}

/** In the order of their ids, so that two versions can be compared line by line. */
export function sortedOperations(operations: readonly ManifestOperation[]): ManifestOperation[] {
  return [...operations].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

export function printManifest({ client, version, pushedAt, operations }: Manifest): string {
  const sorted = sortedOperations(operations);
  const file: z.infer<typeof manifest> = {
    format: 'commitment-graph-documents',
    formatVersion: 1,
    client,
    version,
    pushedAt,
    sha256: hashOf(sorted),
    operations: sorted,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The manifest, or what is wrong with the text. */
export function readManifest(
  text: string,
  client: string,
  version: string,
): Manifest | { readonly wrong: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { wrong: 'is not JSON' };
  }
  const parsed = manifest.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      wrong: `is no manifest of this version: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    };
  }
  const read = parsed.data;
  if (read.client !== client || read.version !== version) {
    return {
      wrong: `says that it is ${read.client} ${read.version}, and is where ${client} ${version} belongs`,
    };
  }
  const ids = new Set<string>();
  for (const { id, name, body } of read.operations) {
    if (ids.has(id)) return { wrong: `has ${operationLabel(name, id)} twice` };
    ids.add(id);
    if (isHash(id) && sha256Of(body) !== id) {
      return { wrong: `was altered: the id of ${operationLabel(name, id)} is not the SHA-256 of its text` };
    }
  }
  if (hashOf(read.operations) !== read.sha256) {
    return { wrong: 'was altered: its operations are not those of its hash' };
  }
  return read;
}
