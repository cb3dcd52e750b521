/** A folder of registered documents for each test, and manifests in it as a push would write them. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { add, fileOf } from '../../src/admission/documents/folder.js';

const root = mkdtempSync(join(tmpdir(), 'commitment-graph-documents-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export function emptyFolder(): string {
  return mkdtempSync(join(root, 'd-'));
}

let pushes = 0;

/** Registers texts; those without an id get their hash. */
export function register(
  folder: string,
  client: string,
  version: string,
  documents: readonly (string | { readonly id: string; readonly body: string })[],
): string {
  pushes += 1;
  const operations = documents.map((document) =>
    typeof document === 'string'
      ? { id: sha256(document), name: null, body: document }
      : { ...document, name: null },
  );
  const pushedAt = new Date(Date.UTC(2026, 10, 21) + pushes * 1_000).toISOString();
  if (!add(folder, { client, version, pushedAt, operations })) throw new Error(`${version} is there already`);
  return fileOf(folder, client, version);
}

export function put(folder: string, name: string, text: string | Uint8Array): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
