/** How documents are named, and how many there may be. */
import { createHash } from 'node:crypto';

/** Characters of one document: as many as a request may send. */
export const LONGEST_DOCUMENT = 128 * 1024;

/**
 * Characters of all different documents of a registry. Parsed, a character takes about 90 bytes (measured), so that this
 * is below 200 MB; two thousand operations of a usual size are within it.
 */
export const MOST_DOCUMENT_TEXT = 2_000_000;

export const ID = /^[A-Za-z0-9][A-Za-z0-9_.:~-]{0,127}$/;

/** Names of files are made of these; none can lead out of its folder. */
export const CLIENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;

const HASH = /^(?:sha256:)?([0-9a-f]{64})$/i;

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Hashes in one form, with and without `sha256:`; other ids as they are. */
export function normalId(id: string): string {
  return HASH.exec(id)?.[1]?.toLowerCase() ?? id;
}

/** Whether an id claims to be the SHA-256 of its text. In the form of `normalId`. */
export function isHash(id: string): boolean {
  return /^[0-9a-f]{64}$/.test(id);
}

const OPERATION_NAME = /(?:^|[\s}])(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/;

/** The first operation's name, for people; read without a parser, so that broken documents have one too. */
export function operationNameIn(text: string): string | null {
  return OPERATION_NAME.exec(text)?.[1]?.slice(0, 64) ?? null;
}
