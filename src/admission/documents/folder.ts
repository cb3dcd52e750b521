/**
 * Where documents are kept: `<folder>/<client>/<version>.json`.
 *
 * Files, and not the journal's database: they are few, they change only when somebody pushes, they belong into the same
 * review as the rest of the configuration (git shows every change, and brings it to every gateway of a fleet), and a
 * gateway that only reads has no database at all.
 *
 * Guarantees: a file is there whole or not at all, and is never written twice; of two pushes at the same time that
 * contradict each other, not both stay. Links are followed (a ConfigMap is made of them). Refuses files that belong to
 * nobody.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CLIENT, VERSION } from './ids.js';
import { printManifest, readManifest, type Manifest } from './manifest.js';
import { operationLabel, wrongFile, type DocumentProblem } from './problem.js';

export interface Contents {
  /** Of each client the oldest first. */
  readonly manifests: readonly Manifest[];
  readonly problems: readonly DocumentProblem[];
}

interface Place {
  readonly client: string;
  readonly version: string;
  readonly file: string;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Names that begin with a dot are somebody else's: of git, of editors, of pushes that were cut off. */
const isOurs = (name: string) => !name.startsWith('.');

async function isA(kind: 'isFile' | 'isDirectory', path: string): Promise<boolean> {
  try {
    return (await stat(path))[kind]();
  } catch {
    return false;
  }
}

async function places(folder: string): Promise<{ places: Place[]; problems: DocumentProblem[] }> {
  const found: Place[] = [];
  const problems: DocumentProblem[] = [];
  let entries;
  try {
    entries = await readdir(folder);
  } catch (error) {
    if (!isMissing(error)) problems.push(wrongFile(folder, 'cannot be read'));
    return { places: found, problems };
  }
  for (const client of entries.filter(isOurs)) {
    const own = join(folder, client);
    if (!(await isA('isDirectory', own))) continue;
    let files;
    try {
      files = await readdir(own);
    } catch (error) {
      if (!isMissing(error)) problems.push(wrongFile(own, 'cannot be read'));
      continue;
    }
    for (const name of files.filter((one) => isOurs(one) && one.endsWith('.json'))) {
      const file = join(own, name);
      const version = name.slice(0, -'.json'.length);
      if ((await isA('isFile', file)) && CLIENT.test(client) && VERSION.test(version)) {
        found.push({ client, version, file });
      } else problems.push(wrongFile(file, 'is no manifest: expected is <client>/<version>.json'));
    }
  }
  found.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { places: found, problems };
}

/** Differs when anything in the folder does. */
export async function signatureOf(folder: string): Promise<string> {
  const { places: found, problems } = await places(folder);
  const lines = await Promise.all(
    found.map(async ({ file }) => {
      try {
        const { size, mtimeNs, ino } = await stat(file, { bigint: true });
        return `${file} ${size} ${mtimeNs} ${ino}`;
      } catch {
        return `${file} ?`;
      }
    }),
  );
  return [...lines, ...problems.map(({ file, message }) => `${file} ${message}`)].join('\n');
}

/** Everything that is registered. A folder that is not there has nothing in it. */
export async function readAll(folder: string): Promise<Contents> {
  const { places: found, problems } = await places(folder);
  const manifests: Manifest[] = [];
  for (const { client, version, file } of found) {
    let text;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      problems.push(wrongFile(file, 'cannot be read'));
      continue;
    }
    const read = readManifest(text, client, version);
    if ('wrong' in read) problems.push(wrongFile(file, read.wrong));
    else manifests.push(read);
  }
  manifests.sort((a, b) =>
    a.client === b.client ? Date.parse(a.pushedAt) - Date.parse(b.pushedAt) : a.client < b.client ? -1 : 1,
  );
  return { manifests, problems: [...problems, ...contradictions(folder, manifests)] };
}

/** An id of a client has one text, whatever the version. */
function contradictions(folder: string, manifests: readonly Manifest[]): DocumentProblem[] {
  const texts = new Map<string, { readonly body: string; readonly version: string }>();
  return manifests.flatMap(({ client, version, operations }) =>
    operations.flatMap(({ id, name, body }) => {
      const key = `${client}\n${id}`;
      const earlier = texts.get(key);
      if (earlier === undefined) texts.set(key, { body, version });
      if (earlier === undefined || earlier.body === body) return [];
      return [
        {
          file: fileOf(folder, client, version),
          operation: operationLabel(name, id),
          line: null,
          message: `has another text in version ${earlier.version}`,
        },
      ];
    }),
  );
}

export function fileOf(folder: string, client: string, version: string): string {
  return join(folder, client, `${version}.json`);
}

/** Writes a manifest that is not there yet. `false`: that version is there. */
export function add(folder: string, manifest: Manifest): boolean {
  const file = fileOf(folder, manifest.client, manifest.version);
  const own = dirname(file);
  mkdirSync(own, { recursive: true });
  const draft = join(own, `.${randomUUID()}`);
  try {
    const handle = openSync(draft, 'wx', 0o644);
    try {
      writeFileSync(handle, printManifest(manifest));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    linkSync(draft, file); // unlike a rename, this never replaces what is there
    sync(own);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

export function remove(folder: string, client: string, version: string): void {
  const file = fileOf(folder, client, version);
  rmSync(file, { force: true });
  sync(dirname(file));
}

/** So that a name outlives a loss of power. */
function sync(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
