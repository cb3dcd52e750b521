/**
 * The log: one JSON line per event, to standard error. Only named facts are ever handed to it, never requests, replies
 * or variables as they are, so that nothing secret can slip in with them.
 */
import { pino, type Logger } from 'pino';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

export type Log = Logger;

export function createLog(level: LogLevel): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  );
}
