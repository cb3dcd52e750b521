/** Waiting that ends. */

/** Resolves after so long, or when the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

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
    over.abort();
  }
}
