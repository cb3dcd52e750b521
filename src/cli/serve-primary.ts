/**
 * `commitment-graph serve` with several workers: the process that looks after them. It answers no request of the graph; it
 * keeps what they share (`workers/desk.ts`) and has the operators' port.
 *
 * Guarantees: what is wrong with the start is told once, with the exit code of a gateway that is alone; it is ready when all
 * workers listen, and stays so while one is replaced. Ends when its workers have, and with 1 if they cannot be kept running.
 */
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.js';
import type { SourceName } from '../domain/source.js';
import { createAdmin } from '../http/admin.js';
import { createLog, type Log, type LogLevel } from '../observability/log.js';
import { createMergedMetrics } from '../observability/metrics-merge.js';
import { systemTimers } from '../upstream/timers.js';
import { createDesk, type BackendLimits } from '../workers/desk.js';
import { packConfig } from '../workers/hand-over.js';
import { mergeHealth } from '../workers/health.js';
import type { WorkerReport } from '../workers/messages.js';
import { beginWorker, type WorkerProcess } from '../workers/processes.js';
import { createQuestions } from '../workers/questions.js';
import { createStaff, type Staff, type StaffNews } from '../workers/staff.js';
import { createWorkerMetrics } from '../observability/worker-metrics.js';
import { EXIT_FAILED, say } from './run.js';

const NAMES: Readonly<Record<keyof Config['backends'], SourceName>> = {
  commitmentManager: 'COMMITMENT_MANAGER',
  salesforce: 'SALESFORCE',
  logisense: 'LOGISENSE',
  monetizenow: 'MONETIZENOW',
  cloudmc: 'CLOUDMC',
};

function limitsOf({ backends }: Config): ReadonlyMap<SourceName, BackendLimits> {
  const limits = new Map<SourceName, BackendLimits>();
  for (const [key, source] of Object.entries(NAMES) as [keyof Config['backends'], SourceName][]) {
    const backend = backends[key];
    if (backend !== undefined) limits.set(source, backend);
  }
  return limits;
}

export async function serveAsPrimary(config: Config, count: number, level: LogLevel): Promise<void> {
  const log = createLog(level);
  const packed = packConfig(config);
  const processes = new Map<number, WorkerProcess>();
  const send: Parameters<typeof createDesk>[0]['send'] = (worker, message) => {
    processes.get(worker)?.channel.post(message);
  };
  const desk = createDesk({
    backends: limitsOf(config),
    timers: systemTimers,
    send,
    onSilent(workers) {
      log.warn({ workers }, 'workers did not say in time that they have forgotten what changed');
    },
  });
  const questions = createQuestions({ timers: systemTimers, send });
  const merged = createMergedMetrics();
  const own = createWorkerMetrics({ listening: () => staff?.listening ?? 0 });

  let staff: Staff | null = null;
  let isDraining = false;
  const ask = async (withMetrics: boolean): Promise<readonly WorkerReport[]> => {
    const all = await Promise.all([...processes.keys()].map((worker) => questions.ask(worker, withMetrics)));
    return all.filter((report) => report !== null);
  };
  const admin = createAdmin({
    async ready() {
      const health = mergeHealth((await ask(false)).flatMap((report) => report.health ?? []));
      const listening = staff?.listening ?? 0;
      const isReady = staff?.isComplete === true && listening > 0;
      return {
        status: isDraining ? 'draining' : isReady ? 'ready' : 'starting',
        ...health,
        workers: { configured: count, listening },
      };
    },
    metrics: {
      contentType: merged.contentType,
      async text() {
        await ask(true);
        return merged.text(await own.report());
      },
    },
  });
  await admin.listen({ host: config.listen.host, port: config.listen.adminPort });

  const running = createStaff({
    count,
    timers: systemTimers,
    tell(news) {
      if (news.kind === 'ended') own.ended();
      tellStaff(log, news);
    },
    begin(number, events) {
      const made = beginWorker(number);
      processes.set(number, made);
      made.channel.onMessage((message) => {
        if (desk.hear(number, message)) return;
        if (message.kind === 'hello') {
          desk.came(number);
          send(number, { kind: 'welcome', worker: number, config: packed });
        } else if (message.kind === 'listening') events.onListening(message.url);
        else if (message.kind === 'report') {
          if (message.report.metrics !== null) merged.take(number, message.report.metrics);
          questions.answered(number, message.id, message.report);
        }
      });
      made.onEnd((code, signal) => {
        processes.delete(number);
        desk.left(number);
        questions.left(number);
        merged.left(number);
        events.onEnd(code, signal);
      });
      return {
        stop: () => {
          send(number, { kind: 'stop' });
        },
        kill: () => {
          made.kill();
        },
        ping(answered) {
          void questions.ask(number, false).then((report) => {
            if (report !== null) answered();
          });
        },
      };
    },
  });
  staff = running;
  const stop = () => {
    isDraining = true;
    running.stop();
  };
  // Listened for before anybody is told that it runs: a signal may follow at once.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', () => {
    for (const worker of processes.keys()) send(worker, { kind: 'reload' });
  });
  let isBroken = false;
  process.on('uncaughtException', (error: unknown, origin) => {
    log.fatal({ err: error, origin }, 'an error that nobody caught ends the gateway');
    isBroken = true;
    stop();
  });

  const started = await running.started;
  if ('code' in started) {
    await running.ended;
    await admin.close();
    process.exitCode = started.code;
    return;
  }
  const { port } = admin.server.address() as AddressInfo;
  say(`The graph is at    ${started.url}/graphql`);
  say(`The explorer is at ${started.url}/graphiql`);
  say(
    `Health is at       ${new URL(started.url).protocol}//${hostOf(admin.server.address() as AddressInfo)}:${port}/health/ready`,
  );
  if (config.clients === null)
    say('No clients are configured: whoever reaches this address may read everything.');
  const { isGivenUp } = await running.ended;
  await admin.close();
  if (isGivenUp || isBroken) process.exitCode = EXIT_FAILED;
}

function hostOf({ address, family }: AddressInfo): string {
  return family === 'IPv6' ? `[${address}]` : address;
}

function tellStaff(log: Log, news: StaffNews): void {
  switch (news.kind) {
    case 'ended':
      log.error(
        { worker: news.worker, code: news.code, signal: news.signal, replacedAfterMs: news.replacedAfterMs },
        'a worker ended; another takes its place',
      );
      return;
    case 'replaced':
      log.info({ worker: news.worker }, 'a new worker listens');
      return;
    case 'stuck':
      log.error({ worker: news.worker }, 'a worker has not answered for thirty seconds; it is killed');
      return;
    case 'late':
      log.error({ worker: news.worker }, 'a worker did not end in time; it is killed');
      return;
    case 'gave-up':
      log.fatal({ ends: news.ends }, 'workers end again and again; the gateway gives up');
      return;
  }
}
