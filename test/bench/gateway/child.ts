/**
 * The other side of `processes.ts`: takes the settings, says when it is ready, answers questions, and ends when nobody
 * is there any more, however that came about.
 */
export interface Served<Question, Answer> {
  /** What the parent is told when all is ready. */
  readonly ready: object;
  readonly answer?: (question: Question) => Answer | Promise<Answer>;
}

export function serveParent<Settings, Question = never, Answer = never>(
  start: (settings: Settings) => Promise<Served<Question, Answer>>,
): void {
  process.once('disconnect', () => process.exit());
  process.on('SIGINT', () => undefined); // the parent's to act on: it ends us
  process.once('SIGTERM', () => process.exit());
  const fail = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  };
  process.once('message', (settings) => {
    start(settings as Settings).then(({ ready, answer }) => {
      process.on('message', (question) => {
        void Promise.resolve(answer?.(question as Question)).then((said) => process.send?.({ said }), fail);
      });
      process.send?.({ ready });
    }, fail);
  });
}
