/** Waiting that ends. */
import { OwnSignal, type Signal } from '../domain/signal.js';

/** Resolves after so long, or when the signal aborts. */
export type Wait = (ms: number, signal: Signal) => Promise<void>;

/** What the work gives, or what `late` makes where that takes longer. The work itself is not stopped. */
export async function within<Value>(
  wait: Wait,
  ms: number,
  work: Promise<Value>,
  late: () => Value,
): Promise<Value> {
  const over = new OwnSignal();
  try {
    return await Promise.race([work, wait(ms, over).then(() => (over.aborted ? work : late()))]);
  } finally {
    over.abort();
  }
}
