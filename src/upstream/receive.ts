/**
 * Sends one request over a pool of sockets and collects its reply, without the streams that are between.
 *
 * Guarantees: the body stays the bytes that came until somebody wants its text: a reply may have to wait for its turn, and
 * bytes are not what a collection of garbage copies. Settles once; whoever gives up is told at once, and the socket is
 * destroyed if the request had one, and the request is never written if it had not; so is the socket of a reply that is
 * longer than `most` bytes, or encoded.
 */
import type { Dispatcher } from 'undici';
import type { Signal } from '../domain/signal.js';

export interface Received {
  readonly status: number;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Made anew each time. */
  text(): string;
}

export interface ReceiveOptions {
  readonly request: Dispatcher.DispatchOptions;
  readonly signal: Signal;
  /** When there is a connection and the request is about to be written to it. */
  readonly onSent: (() => void) | undefined;
  readonly most: number;
  /** What it rejects with. */
  readonly errors: {
    readonly tooLong: () => Error;
    readonly encoded: () => Error;
    readonly givenUp: () => Error;
  };
}

type RawHeaders = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

function flat(raw: RawHeaders): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in raw) {
    const value = raw[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

function textOf(chunks: readonly Buffer[]): string {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1
    ? only.toString('utf8')
    : Buffer.concat(chunks).toString('utf8');
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #controller: Dispatcher.DispatchController | null = null;
  #isSettled = false;

  constructor(
    private readonly options: ReceiveOptions,
    private readonly resolve: (received: Received) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  readonly giveUp = (): void => {
    this.#fail(this.options.errors.givenUp());
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Given up while it waited for a socket.
    if (this.#isSettled) controller.abort(new Error('given up'));
    else this.options.onSent?.();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, raw: RawHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = flat(raw);
    const encoding = this.#headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') this.#fail(this.options.errors.encoded());
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.options.most) this.#fail(this.options.errors.tooLong());
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settle()) return;
    const chunks = this.#chunks;
    this.resolve({ status: this.#status, headers: this.#headers, text: () => textOf(chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#settle()) this.reject(error);
  }

  #fail(error: Error): void {
    if (!this.#settle()) return;
    this.reject(error);
    // Destroys the socket.
    this.#controller?.abort(error);
  }

  /** Whether it is now that it ends. */
  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.options.signal.removeEventListener('abort', this.giveUp);
    return true;
  }
}

export function receive(dispatcher: Dispatcher, options: ReceiveOptions): Promise<Received> {
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) {
      reject(options.errors.givenUp());
      return;
    }
    const receiver = new Receiver(options, resolve, reject);
    options.signal.addEventListener('abort', receiver.giveUp, { once: true });
    dispatcher.dispatch(options.request, receiver);
  });
}
