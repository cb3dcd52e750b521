/**
 * Worker processes as Node's cluster has them: one port that all listen on, connections in turns, and a line to each.
 *
 * Guarantees: only a process that we began takes itself for a worker, whatever else is in the environment. A worker whose
 * primary is gone is told so, and not ended on the spot, as it would be by itself: it has requests to answer.
 */
import cluster, { type Worker as Child } from 'node:cluster';
import { createChannel, type Channel, type Post } from './channel.js';
import type { FromWorker, ToWorker } from './messages.js';

const MARK = 'COMMITMENT_GRAPH_WORKER';
const LAST_WORDS_MS = 100;
/** How a worker's Node begins, by the name of the flag. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  // Threads that collect garbage and compile beside the one that answers. Node begins four in each process, whatever there
  // is of processors; where workers have all of those, four of them take the processor away from the one that answers,
  // for a tenth of a second at a time.
  ['--v8-pool-size', '1'],
  // MiB. Requests that wait for backends live through several collections of a small young generation, and each copies
  // all that they hold: an eighth of the processor time of sixteen requests at once.
  ['--max-semi-space-size', '64'],
]);

/** Of a worker, from those of the primary. Whoever has said one of them has decided. */
export function flagsOfWorker(own: readonly string[], environment: string | undefined): string[] {
  const said = new Set(
    [...own, ...(environment ?? '').split(/\s+/)].map((flag) => flag.replaceAll('_', '-').split('=')[0]),
  );
  return [
    ...own,
    ...[...FLAGS].filter(([flag]) => !said.has(flag)).map(([flag, value]) => `${flag}=${value}`),
  ];
}

export function isWorkerProcess(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment[MARK] !== undefined && cluster.isWorker;
}

export interface WorkerProcess {
  readonly channel: Channel<ToWorker, FromWorker>;
  readonly pid: number | undefined;
  kill(): void;
  onEnd(listener: (code: number | null, signal: string | null) => void): void;
}

/** Runs this program again, with the same words on its command line. */
export function beginWorker(number: number): WorkerProcess {
  cluster.setupPrimary({ execArgv: flagsOfWorker(process.execArgv, process.env['NODE_OPTIONS']) });
  const child = cluster.fork({ [MARK]: String(number) });
  child.on('error', () => undefined); // it ends, and that is told
  hangUpWith(child);
  return {
    channel: createChannel<ToWorker, FromWorker>(postTo(child)),
    pid: child.process.pid,
    kill() {
      child.process.kill('SIGKILL');
    },
    onEnd(listener) {
      child.on('exit', listener);
    },
  };
}

/** What Node's cluster says when it hands a connection over, and what is answered. */
interface HandOver {
  readonly act?: unknown;
  readonly seq?: unknown;
  readonly ack?: unknown;
}

/**
 * A connection that is on its way to a worker when that ends is forgotten by Node's cluster (20 to 24): its client would
 * wait as long as it likes. It is hung up instead. This looks at what cluster says to itself; should that ever be said in
 * another way, nothing happens here.
 */
function hangUpWith(child: Child): void {
  const underWay = new Map<number, { close(): void }>();
  const { process: other } = child;
  const send = other.send.bind(other) as (...words: readonly unknown[]) => boolean;
  other.send = (...words: readonly unknown[]): boolean => {
    const [message, handle] = words as [HandOver | null, { close?: () => void } | undefined];
    if (message?.act === 'newconn' && typeof message.seq === 'number' && handle?.close !== undefined) {
      underWay.set(message.seq, handle as { close(): void });
    }
    return send(...words);
  };
  other.on('internalMessage', ({ ack }: HandOver) => {
    if (typeof ack === 'number') underWay.delete(ack);
  });
  // Its last words may come after its end; that the line is broken is not told while something is under way on it.
  other.once('exit', () => {
    setTimeout(() => {
      for (const connection of underWay.values()) connection.close();
    }, LAST_WORDS_MS);
  });
}

function postTo(child: Child): Post {
  return {
    get connected() {
      return child.isConnected();
    },
    send(letter, done) {
      child.process.send([...letter], undefined, undefined, done);
    },
    onLetter(listener) {
      child.on('message', listener);
    },
    onDisconnect(listener) {
      child.once('disconnect', listener);
    },
    disconnect() {
      child.process.disconnect();
    },
  };
}

/** For a process that `isWorkerProcess`. */
export function channelToPrimary(): Channel<FromWorker, ToWorker> {
  const { worker } = cluster;
  if (worker === undefined) throw new Error('this process is no worker');
  // Else Node ends the process when the line breaks.
  worker.exitedAfterDisconnect = true;
  return createChannel<FromWorker, ToWorker>({
    get connected() {
      return process.connected;
    },
    send(letter, done) {
      process.send?.([...letter], undefined, undefined, done);
    },
    onLetter(listener) {
      process.on('message', listener);
    },
    onDisconnect(listener) {
      process.once('disconnect', listener);
    },
    disconnect() {
      process.disconnect();
    },
  });
}
