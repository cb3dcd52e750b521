/**
 * One end of what connects the primary and a worker.
 *
 * Guarantees: messages arrive in order; what is said in one turn of the event loop travels together, because it is the
 * number of letters that costs, and not what is in them. Whatever is said when the other end is gone is lost, and is no
 * error; that it is gone is told once.
 */
export interface Channel<Out, In> {
  post(message: Out): void;
  /** For the one who listens. */
  onMessage(listener: (message: In) => void): void;
  onLost(listener: () => void): void;
  /** Sends what waits, and lets go of the other end. */
  close(): Promise<void>;
}

/** The part of `process`, in a worker, and of a child, in the primary, that is needed. */
export interface Post {
  readonly connected: boolean;
  send(letter: readonly unknown[], done: (error: Error | null) => void): void;
  onLetter(listener: (letter: unknown) => void): void;
  onDisconnect(listener: () => void): void;
  disconnect(): void;
}

export function createChannel<Out, In>(post: Post): Channel<Out, In> {
  let waiting: Out[] = [];
  let isPlanned = false;

  const flush = (done: () => void = () => undefined) => {
    isPlanned = false;
    const letter = waiting;
    waiting = [];
    if (letter.length === 0 || !post.connected) {
      done();
      return;
    }
    try {
      post.send(letter, done);
    } catch {
      done(); // gone between the two
    }
  };

  return {
    post(message) {
      waiting.push(message);
      if (isPlanned) return;
      isPlanned = true;
      setImmediate(flush);
    },
    onMessage(listener) {
      post.onLetter((letter) => {
        // Others speak on this line too: Node itself, and whoever started the process.
        if (!Array.isArray(letter)) return;
        for (const message of letter as readonly In[]) listener(message);
      });
    },
    onLost(listener) {
      post.onDisconnect(listener);
    },
    close: () =>
      new Promise((resolve) => {
        flush(() => {
          if (post.connected) post.disconnect();
          resolve();
        });
      }),
  };
}
