/** What all commands share: running until a signal, and telling people what is wrong in one place and one form. */
import { DocumentsError, printDocumentProblem } from '../admission/documents/problem.js';
import type { App } from '../app.js';
import { ConfigError, printProblem } from '../config/yaml-file.js';

/** Exit codes: 1 the gateway failed, 2 the command or its configuration is wrong. */
export const EXIT_FAILED = 1;
export const EXIT_WRONG = 2;

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Whoever reads our output may have seen enough (`check | head -2`); that is no failure of ours. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** Prints what is wrong, for people, and gives the exit code that goes with it. */
export function explain(error: unknown): number {
  if (error instanceof ConfigError) {
    complain('The configuration cannot be used:');
    for (const problem of error.problems) complain(`  ${printProblem(problem)}`);
    return EXIT_WRONG;
  }
  if (error instanceof DocumentsError) {
    complain('The registered documents cannot be used:');
    for (const problem of error.problems) complain(`  ${printDocumentProblem(problem)}`);
    return EXIT_WRONG;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    complain(`${error.message}. Another program listens there; choose another port.`);
    return EXIT_WRONG;
  }
  complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT_FAILED;
}

/** Resolves when a signal asked for the end and everything was stopped in the order given. */
export function untilStopped(app: App, ...others: readonly { stop(): Promise<void> }[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let isStopping = false;
    const stop = () => {
      if (isStopping) return;
      isStopping = true;
      (async () => {
        await app.stop();
        for (const other of others) await other.stop();
      })().then(resolve, reject);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
