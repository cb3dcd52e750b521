/**
 * Changing a file that others read meanwhile.
 *
 * Guarantees: readers see the old content or the new one, also after a power cut; only its owner may read it; one at a
 * time changes it. The owner stays the same, or nothing is changed: a gateway that cannot read its own file is worse than
 * a command that fails.
 */
import { chown, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Something that keeps the file from being changed, in a sentence. */
export class ReplaceRefusal extends Error {
  override readonly name = 'ReplaceRefusal';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Where the file really is: a link stays a link. */
async function placeOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return file;
    throw error;
  }
}

/** `change` gives the new content, having read the old one. What it throws leaves everything as it was. */
export async function replaceFile(file: string, change: () => string | Promise<string>): Promise<void> {
  const place = await placeOf(file);
  const beside = join(dirname(place), `.${basename(place)}.new`);
  let handle: FileHandle;
  try {
    handle = await open(beside, 'wx', 0o600);
  } catch (error) {
    const code = codeOf(error);
    throw new ReplaceRefusal(
      code === 'EEXIST'
        ? `Another command is changing ${place}. If none is, one was interrupted: remove ${beside}.`
        : `${place} cannot be changed (${code ?? 'unknown'}).`,
    );
  }
  try {
    await handle.writeFile(await change());
    await handle.sync();
    await handle.close();
    await keepOwner(place, beside);
    await rename(beside, place);
    await syncDirectory(dirname(place));
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
}

async function keepOwner(place: string, beside: string): Promise<void> {
  const old = await stat(place).catch(() => null);
  if (old === null) return;
  const own = await stat(beside);
  if (own.uid === old.uid && own.gid === old.gid) return;
  try {
    await chown(beside, old.uid, old.gid);
  } catch {
    throw new ReplaceRefusal(`${place} belongs to another user. Run this as that user.`);
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
