/**
 * A file that is read again while the process runs: whoever edits it needs no restart.
 *
 * Guarantees: the new content is taken as a whole, or not at all: what is refused is told once, and what was taken before
 * stays. A change is noticed by its content, wherever the file was swapped for it, and taken once two looks have seen the
 * same: a file that is being written is not half taken. `now` does not wait for a second look. Nothing here throws.
 */
export interface ReloadOptions {
  readonly read: () => Promise<string>;
  /** The content that is in use. */
  readonly current: string;
  /** Puts a content to use. Throws if it cannot be used. */
  readonly take: (text: string) => void;
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
  readonly tell: (news: ReloadNews) => void;
}

export type ReloadNews =
  | { readonly kind: 'taken' }
  /** It stays as it was. `error` is what `take` or `read` threw. */
  | { readonly kind: 'refused' | 'unreadable'; readonly error: unknown };

export interface Reload {
  /** Reads at once, for whoever knows that the file is whole. */
  now(): Promise<void>;
  stop(): void;
}

/** Twice this, and the time that reading takes, is how long a revoked key works at most. */
export const LOOK_EVERY_MS = 5_000;

export function startReload({ read, current, take, timers, tell }: ReloadOptions): Reload {
  let inUse = current;
  let seen: string | null = null;
  let refused: string | null = null;
  let isReadable = true;
  let isStopped = false;
  let next: { cancel(): void } | null = null;

  const look = async (isWhole: boolean): Promise<void> => {
    let text;
    try {
      text = await read();
      isReadable = true;
    } catch (error) {
      if (isReadable) tell({ kind: 'unreadable', error });
      isReadable = false;
      return;
    }
    if (isStopped) return;
    const isSettled = isWhole || text === seen;
    seen = text;
    if (text === inUse) refused = null;
    if (text === inUse || text === refused || !isSettled) return;
    try {
      take(text);
      [inUse, refused] = [text, null];
      tell({ kind: 'taken' });
    } catch (error) {
      refused = text;
      tell({ kind: 'refused', error });
    }
  };
  const wait = () => {
    next = timers.after(LOOK_EVERY_MS, () => {
      void look(false).then(() => {
        if (!isStopped) wait();
      });
    });
  };
  wait();

  return {
    now: () => look(true),
    stop() {
      isStopped = true;
      next?.cancel();
    },
  };
}
