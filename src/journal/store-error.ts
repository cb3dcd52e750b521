/** What a database may do instead of working. */

export type StoreTrouble =
  | 'locked'
  | 'full'
  | 'read-only'
  | 'corrupt'
  /** It was there, and is no more. */
  | 'missing'
  | 'unreachable'
  /** It works, and does not take this: a rule of its tables or of its types forbids it. */
  | 'refused'
  | 'other';

/** Nothing of what was asked was written. `message` is for operators. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly trouble: StoreTrouble,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const BY_CODE: readonly (readonly [RegExp, StoreTrouble])[] = [
  [/^SQLITE_(BUSY|LOCKED)|^(55P03|40P01|40001|57014|25P03)$/, 'locked'],
  [/^SQLITE_FULL|^53100$|^ENOSPC$|^EDQUOT$/, 'full'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^25006$|^(EACCES|EPERM|EROFS|EISDIR|ENOTDIR)$/, 'read-only'],
  [/^SQLITE_(CORRUPT|NOTADB)|^XX00[12]$/, 'corrupt'],
  [/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)|^2[23]...$/, 'refused'],
  [/^(ECONN|EPIPE|ETIMEDOUT$|EHOST|ENET|ENOTFOUND$|EAI_)|^57P0|^08|^53300$|^28/, 'unreachable'],
];

// Where the driver gives no code: opening a file, and connections that end.
const BY_TEXT: readonly (readonly [RegExp, StoreTrouble])[] = [
  [/not a database|malformed|disk image/i, 'corrupt'],
  [/database or disk is full/i, 'full'],
  [/database is locked/i, 'locked'],
  [/readonly|read-only|unable to open/i, 'read-only'],
  [/timeout|connect|terminat/i, 'unreachable'],
];

/** Any error of a database as one of ours; those that are ours already stay as they are. */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const facts = error as { readonly code?: unknown; readonly message?: unknown };
  const code = typeof facts.code === 'string' ? facts.code : '';
  const text = typeof facts.message === 'string' ? facts.message : 'unknown';
  const trouble =
    BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ??
    BY_TEXT.find(([pattern]) => pattern.test(text))?.[1] ??
    'other';
  return new StoreError(trouble, `${text}${code === '' ? '' : ` (${code})`}`, { cause: error });
}
