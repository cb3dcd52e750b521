/** Waiting that ends. */

/** Resolves after so long, or when the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Aborting without a reason makes an error, with the stack of who aborted: nobody looks at it. */
const OVER = 'over';

/** What the work gives, or what `late` makes where that takes longer. The work itself is not stopped. */
export async function within<Value>(
  wait: Wait,
  ms: number,
  work: Promise<Value>,
  late: () => Value,
): Promise<Value> {
  const over = new AbortController();
  try {
    return await Promise.race([
      work,
      wait(ms, over.signal).then(() => (over.signal.aborted ? work : late())),
    ]);
  } finally {
    over.abort(OVER);
  }
}
