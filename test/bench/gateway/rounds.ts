/**
 * Rounds: every contestant in turn, again and again, so that whatever else the machine does befalls all of them.
 *
 * Guarantees: nobody is measured before all have given byte-equal data, and no answer counts that has another length than
 * the one that was compared. Throws `Difference` otherwise, and nothing is told.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import {
  startContestant,
  type ContestantName,
  type Inside,
  type Programs,
  type Running,
} from './contestants.js';
import { accountsOf, type Account, type FixtureSize } from './fixture.js';
import { idOf, KEY } from './gateway.js';
import type { LoadReport, LoadRequest, LoadSettings } from './load.js';
import type { Operation } from './operations.js';
import { cpuMs, memory, startChild, type Child } from './processes.js';
import type { RunningUpstream, UpstreamQuestion } from './upstream.js';

export interface RoundOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Answers that are not whole are counted, and not held against whoever gave them. */
  readonly mayBeIncomplete?: boolean;
}

export interface FieldOptions {
  /** Until the compiler has seen enough: so many answers, or so much time. */
  readonly warmUp: { readonly answers: number; readonly seconds: number };
  readonly connections: number;
  /** Each round begins with new processes, and counts from their first request. */
  readonly isCold: boolean;
  readonly tell: (line: string) => void;
}

/** What is asked of whom: the same operations, by text or by the id that they are registered under. */
export interface Contender {
  readonly label: string;
  readonly contestant: ContestantName;
  readonly byId?: boolean;
}

export interface Sample {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly answered: number;
  /** Not whole, of all: a backend was asked for more at once than it is given. Where that is allowed. */
  readonly incompleteShare: number;
  /** Told to come back later, of all. */
  readonly turnedAwayShare: number;
  /** Of the measured process, for each answer; `null` where the system does not tell. */
  readonly cpuMs: number | null;
  readonly upstreamCalls: number;
  readonly rssBytes: number | null;
  /** Share of the machine's processors that neither we nor what we started used: what else went on. */
  readonly othersShare: number | null;
}

export interface Measured {
  readonly label: string;
  readonly contestant: ContestantName;
  readonly samples: readonly Sample[];
  /** Bytes of the data of the first operation's answer. */
  readonly dataBytes: number;
}

export class Difference extends Error {}

const HEADERS = { 'x-api-key': KEY, 'graphql-client-name': 'bench' };

export const bodyOf = ({ operationName, query, variables }: Operation, byId: boolean): string =>
  JSON.stringify(
    byId ? { documentId: idOf(query), operationName, variables } : { operationName, query, variables },
  );

export interface Rig extends AsyncDisposable {
  readonly upstream: Child<RunningUpstream, UpstreamQuestion, number>;
  readonly loader: Child<object, LoadSettings, LoadReport>;
  readonly accounts: readonly Account[];
  readonly programs: Programs;
}

export async function createRig(size: FixtureSize, programs: Programs): Promise<Rig> {
  const accounts = accountsOf(size.organizations);
  const upstream = await startChild<RunningUpstream, UpstreamQuestion, number>(
    programs.own('upstream'),
    { size },
    { place: 'around' },
  );
  const loader = await startChild<object, LoadSettings, LoadReport>(
    programs.own('load'),
    {},
    { place: 'around' },
  );
  return {
    upstream,
    loader,
    accounts,
    programs,
    async [Symbol.asyncDispose]() {
      await Promise.all([upstream.stop(), loader.stop()]);
    },
  };
}

export const startOf = (rig: Rig, contestant: ContestantName, inside: Inside = {}): Promise<Running> =>
  startContestant(
    contestant,
    rig.programs,
    { upstream: rig.upstream.ready.url, accounts: rig.accounts },
    inside,
  );

interface Answered {
  readonly data: string;
  readonly length: number;
}

/** Throws `Difference` unless it is answered without errors. */
export async function ask(url: string, body: string): Promise<Answered> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...HEADERS, 'content-type': 'application/json', accept: 'application/json' },
    body,
  });
  const text = await response.text();
  if (response.status !== 200) throw new Difference(`status ${response.status}: ${text.slice(0, 2_000)}`);
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (errors !== undefined) throw new Difference(`errors: ${JSON.stringify(errors).slice(0, 2_000)}`);
  return { data: JSON.stringify(data), length: Buffer.byteLength(text) };
}

/** What each answered, if all of them said the same. */
export function unlessTheyDiffer(answers: ReadonlyMap<string, readonly Answered[]>): void {
  const [first, ...rest] = [...answers];
  if (first === undefined) return;
  for (const [label, given] of rest) {
    given.forEach(({ data }, n) => {
      const wanted = first[1][n]?.data ?? '';
      if (data === wanted) return;
      let at = 0;
      while (data[at] === wanted[at]) at += 1;
      const around = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
      throw new Difference(
        `${label} differs from ${first[0]} in answer ${n} at ${at}:\n  ${around(wanted)}\n  ${around(data)}`,
      );
    });
  }
}

/** Jiffies that the processors worked, of all processes together. */
function busyJiffies(): number | null {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line
      .trim()
      .split(/\s+/)
      .slice(1)
      .map(Number);
    return user + nice + system + irq + softirq;
  } catch {
    return null;
  }
}

const PROCESSORS = (() => {
  try {
    return readFileSync('/proc/stat', 'utf8').match(/^cpu\d+ /gm)?.length ?? 1;
  } catch {
    return 1;
  }
})();

export async function sample(
  rig: Rig,
  running: Running,
  requests: readonly LoadRequest[],
  {
    connections,
    seconds,
    most,
    mayBeIncomplete = false,
    isFromTheFirst = false,
  }: Omit<RoundOptions, 'rounds'> & { readonly most?: number; readonly isFromTheFirst?: boolean },
): Promise<Sample> {
  const { upstream, loader } = rig;
  const pids = [running.pid, upstream.pid, loader.pid, process.pid];
  const ours = () => pids.reduce((sum, pid) => sum + (cpuMs(pid) ?? 0), 0);
  await upstream.ask('count');
  const began = performance.now();
  const before = { cpu: cpuMs(running.pid), ours: ours(), busy: busyJiffies() };
  const report = await loader.ask({
    url: running.url,
    headers: HEADERS,
    requests,
    connections,
    seconds,
    ...(most === undefined ? {} : { most }),
    isFromTheFirst,
  });
  const after = { cpu: cpuMs(running.pid), ours: ours(), busy: busyJiffies() };
  const elapsedMs = performance.now() - began;
  const calls = await upstream.ask('count');
  if (report.failed > 0 && !mayBeIncomplete)
    throw new Difference(`${report.failed} answers beside ${report.answered} were wrong: ${report.problem}`);
  const sent = Math.max(1, report.answered + report.failed + report.turnedAway);
  const spent = before.cpu === null || after.cpu === null ? null : after.cpu - before.cpu;
  const busy = before.busy === null || after.busy === null ? null : (after.busy - before.busy) * 10;
  return {
    perSecond: report.answered / report.seconds,
    p50: report.p50,
    p99: report.p99,
    max: report.max,
    answered: report.answered,
    incompleteShare: report.failed / sent,
    turnedAwayShare: report.turnedAway / sent,
    // From the first request on, as the counters are.
    cpuMs: spent === null ? null : spent / Math.max(1, report.all),
    upstreamCalls: calls / Math.max(1, report.all),
    rssBytes: memory(running.pid).bytes,
    othersShare:
      busy === null ? null : Math.max(0, busy - (after.ours - before.ours)) / (elapsedMs * PROCESSORS),
  };
}

/** Contestants that have given the same answers, and run, unless each round is to begin with new ones. */
export interface Field extends AsyncDisposable {
  /** In turn, and each round in another order. */
  measure(options: RoundOptions): Promise<readonly Measured[]>;
}

/** Starts all of them, compares what they answer, and lets them work until the compiler has seen enough. */
export async function createField(
  rig: Rig,
  contenders: readonly Contender[],
  operations: readonly Operation[],
  { warmUp, connections, isCold, tell }: FieldOptions,
): Promise<Field> {
  const running = new Map<ContestantName, Running>();
  const stopAll = async () => {
    await Promise.all([...running.values()].map((one) => one.stop()));
    running.clear();
  };
  const runningOf = async (contestant: ContestantName): Promise<Running> => {
    const known = running.get(contestant) ?? (await startOf(rig, contestant));
    running.set(contestant, known);
    return known;
  };
  const requests = new Map<string, readonly LoadRequest[]>();
  let dataBytes = 0;
  try {
    const answers = new Map<string, Answered[]>();
    for (const { label, contestant, byId = false } of contenders) {
      const { url } = await runningOf(contestant);
      const given: Answered[] = [];
      for (const operation of operations) given.push(await ask(url, bodyOf(operation, byId)));
      answers.set(label, given);
      requests.set(
        label,
        operations.map((operation, n) => ({
          body: bodyOf(operation, byId),
          length: given[n]?.length ?? null,
        })),
      );
      dataBytes = Buffer.byteLength(given[0]?.data ?? '');
    }
    unlessTheyDiffer(answers);
    if (isCold) await stopAll();
    else {
      for (const { label, contestant } of contenders) {
        const most = warmUp.answers;
        await sample(rig, await runningOf(contestant), requests.get(label) ?? [], {
          connections,
          seconds: warmUp.seconds,
          most,
        });
      }
    }
  } catch (error) {
    await stopAll();
    throw error;
  }
  return {
    async measure(options) {
      const samples = new Map<string, Sample[]>(contenders.map(({ label }) => [label, []]));
      for (let round = 0; round < options.rounds; round += 1) {
        const from = round % contenders.length;
        for (const { label, contestant } of [...contenders.slice(from), ...contenders.slice(0, from)]) {
          const taken = await sample(rig, await runningOf(contestant), requests.get(label) ?? [], {
            ...options,
            isFromTheFirst: isCold,
          });
          samples.get(label)?.push(taken);
          if (isCold) await stopAll();
        }
        tell(`round ${round + 1} of ${options.rounds}; load average ${loadavg()[0]?.toFixed(2) ?? '?'}`);
      }
      return contenders.map(({ label, contestant }) => ({
        label,
        contestant,
        dataBytes,
        samples: samples.get(label) ?? [],
      }));
    },
    [Symbol.asyncDispose]: stopAll,
  };
}
