/**
 * Measures what hostile documents and bodies take, each over a real socket, one at a time:
 *
 *     npm run bench:hostile              # -- --rounds 20 for more
 *
 * Prints for each shape of `test/hostile/corpus.ts` the processor time of this process for a request and its answer
 * (client included, which is a few tenths of a millisecond), the least and the middle of some rounds, and the first
 * round, before anything was compiled for it. Ends with 1 if the middle of one is above the limit. This is no test: the
 * figures are those of the machine, and its load is printed beside them.
 */
import { connect } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startGateway } from '../support/gateway.js';
import { BODIES, DOCUMENTS } from '../hostile/corpus.js';

const LIMIT_MS = 50;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1_000) {
  process.stderr.write('--rounds takes a number from 1 to 1000\n');
  process.exit(2);
}

/** The status of the answer; the connection is closed, so that nothing of it is left for the next one. */
function exchange(url: string, request: Buffer): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    // What is too large is refused while it is still being sent.
    const done = () => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(Buffer.concat(pieces).toString('latin1'))?.[1]);
      if (Number.isNaN(status)) reject(new Error('no answer'));
      else resolve(status);
    };
    socket.on('end', done).on('error', done);
  });
}

function requestFor(body: string | Uint8Array): Buffer {
  const bytes = Buffer.from(body as string);
  const head =
    'POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nconnection: close\r\n' +
    `content-length: ${bytes.byteLength}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

const gateway = await startGateway({
  backends: { cloudmc: { url: 'http://127.0.0.1:9', apiKey: 'unused' } },
  accounts: [{ slug: 'sleepyco', name: 'SleepyCo' }],
});
const shapes = [
  ...DOCUMENTS.map(({ title, text }) => ({ title, request: requestFor(JSON.stringify({ query: text })) })),
  ...BODIES.map(({ title, body }) => ({ title, request: requestFor(body) })),
];
const good = requestFor(JSON.stringify({ query: '{ organizations { totalCount } }' }));
for (let i = 0; i < 50; i += 1) await exchange(gateway.app.url, good);

const cpuOf = async (request: Buffer) => {
  const before = process.cpuUsage();
  const status = await exchange(gateway.app.url, request);
  const { user, system } = process.cpuUsage(before);
  return { status, ms: (user + system) / 1_000 };
};

process.stdout.write(
  `${cpus().length} processors, load ${loadavg()[0]?.toFixed(2)}, Node ${process.version}, ${rounds} rounds\n` +
    'least, middle and first round, in milliseconds of processor time; at most ' +
    `${LIMIT_MS} in the middle\n`,
);
let broken = 0;
let worst = { title: '', ms: 0 };
const figures: { readonly title: string; readonly status: number; readonly times: number[] }[] = [];
for (const { title, request } of [{ title: 'a good request', request: good }, ...shapes]) {
  const times: number[] = [];
  let status = 0;
  for (let round = 0; round < rounds; round += 1) {
    const taken = await cpuOf(request);
    times.push(taken.ms);
    status = taken.status;
  }
  figures.push({ title, status, times });
}
for (const { title, status, times } of figures) {
  const [first = 0] = times;
  const sorted = [...times].sort((a, b) => a - b);
  const least = sorted[0] ?? 0;
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const isKept = middle <= LIMIT_MS && (status >= 400 && status < 500) !== (title === 'a good request');
  if (!isKept) broken += 1;
  if (middle > worst.ms) worst = { title, ms: middle };
  process.stdout.write(
    `${isKept ? 'kept  ' : 'BROKEN'} ${least.toFixed(1).padStart(6)} ${middle.toFixed(1).padStart(6)} ` +
      `${first.toFixed(1).padStart(6)}  ${status}  ${title}\n`,
  );
}
await gateway[Symbol.asyncDispose]();
process.stdout.write(
  `${figures.length} shapes, ${broken} broken; the dearest takes ${worst.ms.toFixed(1)} ms: ${worst.title}\n`,
);
process.exitCode = broken > 0 ? 1 : 0;
