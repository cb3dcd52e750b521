/**
 * Bodies that are attacks: what does one cost, and does it end?
 *
 * Each goes through a gate in a process of its own. Memory is the process's peak (`VmHWM`, set back just before the
 * call) above what it was just before, after a collection; where the system does not tell, resident size is sampled,
 * which sees less and is said. Refuses to count on good manners: servers here never end a body that nobody stops, and a
 * body whose socket is still open after the deadline is a failure.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { startChild } from './support/processes.js';
import type { BombSettings, BombReport } from './support/bomb-process.js';
import type { Figure, Outcome } from './support/report.js';

const MIB = 1024 * 1024;
const TIMEOUT_MS = 2_000;
const LIMIT_MIB = 16;
const JSON_TYPE = { 'content-type': 'application/json' };

async function gzipOf(mebibytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 9 });
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const block = Buffer.alloc(MIB, ' ');
  for (let i = 0; i < mebibytes; i += 1) if (!gzip.write(block)) await once(gzip, 'drain');
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(chunks);
}

/** A list of records such as a backend sends, of that many bytes. */
function recordsOf(bytes: number): Buffer {
  const record = (id: number) =>
    JSON.stringify({
      id: `${id}`.padStart(9, '0'),
      name: 'Harbourline Logistics',
      amount: 1250.5,
      active: true,
    });
  const count = Math.ceil(bytes / (record(0).length + 1));
  return Buffer.from(`{"data":[${Array.from({ length: count }, (_, id) => record(id)).join(',')}]}`);
}

/** Until there is room again, or nobody to send to. */
function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

/** The body flows as fast as it is taken. */
async function pour(response: ServerResponse, body: Buffer): Promise<void> {
  for (let at = 0; at < body.length && !response.destroyed; at += 65_536) {
    if (!response.write(body.subarray(at, at + 65_536)) && !response.destroyed) {
      await room(response);
    }
  }
  response.end();
}

interface Bomb {
  readonly name: string;
  readonly path: string;
  /** A body of honest size that is read and not refused: its cost is told, and not judged. */
  readonly isReportedOnly?: true;
}

const BOMBS: readonly Bomb[] = [
  { name: 'gzip bomb, 100 MiB decoded', path: 'gzip' },
  { name: 'JSON of 5 MB', path: 'five' },
  { name: 'JSON of 3.9 MB, as large as may be read', path: 'large', isReportedOnly: true },
  { name: 'JSON of 17 MB, length told', path: 'seventeen' },
  { name: 'JSON without end, length not told', path: 'endless' },
  { name: 'JSON nested 100,000 deep', path: 'deep' },
  { name: 'endless drip', path: 'drip' },
];

export const limitMs = (): number => 240_000;

export async function measure(): Promise<Outcome> {
  const gzip = await gzipOf(100);
  const five = recordsOf(5_000_000);
  const large = recordsOf(3_900_000);
  const seventeen = recordsOf(17_000_000);
  const deep = Buffer.from('['.repeat(100_000) + ']'.repeat(100_000));
  const stopped = new Map<string, number>();
  const serve: Readonly<Record<string, (response: ServerResponse) => void>> = {
    small: (response) => response.writeHead(200, JSON_TYPE).end(recordsOf(20_000)),
    gzip: (response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' });
      void pour(response, gzip);
    },
    five: (response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': five.length });
      void pour(response, five);
    },
    large: (response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': large.length });
      void pour(response, large);
    },
    seventeen: (response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': seventeen.length });
      void pour(response, seventeen);
    },
    endless: (response) => {
      response.writeHead(200, JSON_TYPE);
      void (async () => {
        while (!response.destroyed) {
          if (!response.write(five.subarray(0, 65_536)) && !response.destroyed) {
            await room(response);
          }
        }
      })();
    },
    deep: (response) => response.writeHead(200, JSON_TYPE).end(deep),
    drip: (response) => {
      response.writeHead(200, JSON_TYPE).write('[0');
      const timer = setInterval(() => response.write(',0'), 20);
      response.on('close', () => clearInterval(timer));
    },
  };
  const server = createServer((request, response) => {
    const name = request.url?.split('/')[1] ?? '';
    request.resume();
    response.on('close', () => stopped.set(name, performance.now()));
    response.on('error', () => undefined);
    serve[name]?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const figures: Figure[] = [];
  const reports: object[] = [];
  let isSampled = false;
  try {
    for (const { name, path, isReportedOnly } of BOMBS) {
      const settings: BombSettings = { url: `http://127.0.0.1:${port}`, path, timeoutMs: TIMEOUT_MS };
      await using child = await startChild<BombReport>('bomb-process', settings, ['--expose-gc']);
      const { peakBytes, afterBytes, ms, outcome, isPeakExact } = child.ready;
      isSampled ||= !isPeakExact;
      const isClosed = stopped.has(path);
      const peakMib = Math.round((peakBytes / MIB) * 10) / 10;
      const afterMib = Math.round((afterBytes / MIB) * 10) / 10;
      const hasEnded = isClosed && ms <= TIMEOUT_MS + 100;
      reports.push({ name, peakMib, afterMib, ms: Math.round(ms), outcome, isClosed });
      figures.push({
        what: name,
        measured: `${peakMib} MiB at the peak, ${afterMib} MiB after, ${Math.round(ms)} ms, ${outcome}${isClosed ? '' : ', socket still open'}`,
        limit: `${isReportedOnly ? 'memory is reported only' : `${LIMIT_MIB} MiB`}, ${TIMEOUT_MS + 100} ms, socket closed or given back`,
        isKept: hasEnded && (isReportedOnly === true || peakMib <= LIMIT_MIB),
      });
    }
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return {
    figures,
    notes: isSampled ? ['peaks were sampled: the system does not tell them'] : [],
    data: { timeoutMs: TIMEOUT_MS, reports },
  };
}
