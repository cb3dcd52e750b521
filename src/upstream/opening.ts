/**
 * What becomes of calls that are under way when their breaker opens.
 *
 * Guarantees: whoever waits is told at once, like those who come later; nothing of the call is sent after that, wherever
 * it was waiting (for a login, for its turn, for a socket), and a socket that it had is closed. The breaker takes no word
 * from calls that it let through before it opened, so that nothing is lost by ending them. The call whose failure opened
 * it tells its own failure: it is over by then. A probe is never ended here: while it is under way nothing opens.
 */
import type { Breaker } from './breaker.js';
import { OwnSignal, type Signal } from '../domain/signal.js';

/** What `run` gives; if the breaker opens before, rejects with `refused` and aborts the signal that `run` got. */
export function unlessItOpens<Result>(
  breaker: Breaker,
  signal: Signal,
  run: (signal: Signal) => Promise<Result>,
  refused: (openMs: number) => Error,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const own = new OwnSignal();
    const giveUp = () => {
      own.abort();
    };
    const forget = breaker.onOpen((openMs) => {
      reject(refused(openMs));
      giveUp();
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    const leave = () => {
      forget();
      signal.removeEventListener('abort', giveUp);
    };
    run(own).then(
      (result) => {
        leave();
        resolve(result);
      },
      (error: unknown) => {
        leave();
        reject(error as Error);
      },
    );
  });
}
