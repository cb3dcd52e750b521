/**
 * Two workers and their primary, each a process: what holds for a gateway that is alone holds for them together. Without
 * sharing, each of these would be seen twice: calls, points, changes, answers of before a change.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagsOfWorker } from '../../src/workers/processes.js';
import { clientOf } from '../support/clients.js';
import { listen } from '../support/event-stream.js';
import { start } from '../support/program.js';
import { until } from '../support/until.js';
import { childrenOf, startTwoWorkers, type Line, type TwoWorkers } from './support/two-workers.js';

const WRITER = 'key-of-the-writer';
const PARTNER = 'key-of-the-partner';
const GUESSER = 'key-of-the-guesser';

let both: TwoWorkers;
beforeAll(async () => {
  both = await startTwoWorkers(
    [
      { ...clientOf('writer', WRITER, '*', ['commitments:write']), limits: { mode: 'off' } },
      {
        ...clientOf('partner', PARTNER, ['sleepyco']),
        limits: { mode: 'enforce', operationCost: 10, costAtOnce: 10, costPerMinute: 1 },
      },
      { ...clientOf('guesser', GUESSER, ['sleepyco']), limits: { mode: 'off' } },
    ],
    (section) => ({
      ...section,
      commitmentManager: { ...section.commitmentManager, timeoutMs: 20_000 },
      cloudmc: { ...section.cloudmc, freshForMs: 60_000, concurrency: 3 },
    }),
  );
}, 60_000);
afterAll(async () => {
  await both[Symbol.asyncDispose]();
});

async function twoLines(key: string): Promise<[Line, Line]> {
  return [await both.connect(key), await both.connect(key)];
}

const RESOURCES = `{ organization(slug: "maple-transit") {
  commitments(filter: { sources: [CLOUDMC] }) { nodes { id name } }
} }`;
const RENAME = `mutation ($input: ResourceCommitmentUpdateInput!) {
  resourceCommitmentUpdate(input: $input) { operation { id state } userErrors { message } }
}`;
/** The one that is renamed; another stays as it is. */
const nodesOf = async (line: Line) => {
  const nodes = (await line.ask(RESOURCES)).body.data.organization.commitments.nodes as {
    readonly id: string;
    readonly name: string;
  }[];
  return nodes.filter(({ name }) => name !== 'fixed rate commitment');
};
/** Its id is another after each change. */
const idOfOnly = async (line: Line): Promise<string> => {
  const nodes = await nodesOf(line);
  expect(nodes).toHaveLength(1);
  return nodes[0]?.id ?? '';
};

/** The most calls of any stretch of a second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1_000).length));
}

// Each of them begins processes: on a busy machine that takes a while.
describe('two workers', { timeout: 60_000 }, () => {
  it('are ready together, on one port, and tell operators of both', async () => {
    expect(await both.ready()).toMatchObject({
      status: 200,
      body: {
        status: 'ready',
        journal: { isWritable: true },
        budgets: { kept: 'by all workers', trouble: null },
        workers: { configured: 2, listening: 2 },
      },
    });
    const lines = await twoLines(WRITER);
    const before =
      (await both.metric('commitment_graph_cost_points_total{client="writer",kind="actual"}')) ?? 0;
    for (const line of lines)
      expect((await line.ask('{ organizations { nodes { slug } } }')).status).toBe(200);
    expect(
      await both.metric('commitment_graph_cost_points_total{client="writer",kind="actual"}'),
    ).toBeGreaterThan(before);
    expect(await both.metric('commitment_graph_workers_listening')).toBe(2);
    for (const line of lines) line.close();
  });

  it('begin with the flags of workers, each of them', () => {
    const commands = both.workerIds().map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'));
    expect(commands).toHaveLength(2);
    for (const words of commands) expect(words).toEqual(expect.arrayContaining(flagsOfWorker([], undefined)));
  });

  it('send a backend together no more than its quota in any second', async () => {
    const emulator = both.sandbox.emulator('commitment-manager');
    emulator.clearCalls();
    const slugs = both.sandbox.profiles.filter((one) => one.commitmentManager).map(({ slug }) => slug);
    const lines = await twoLines(WRITER);
    const ask = (line: Line) =>
      line.ask(
        `{ ${slugs
          .map(
            (slug, n) =>
              `o${n}: organization(slug: "${slug}") { commitments(filter: { sources: [COMMITMENT_MANAGER] }) { nodes { id } } }`,
          )
          .join(' ')} }`,
      );
    const answers = await Promise.all(lines.map(ask));
    expect(answers.map(({ body }) => body.errors)).toEqual([undefined, undefined]);
    // Each worker for itself, or one would have had it all.
    expect(emulator.calls.length).toBe(2 * slugs.length);
    expect(mostInASecond(emulator.calls.map(({ at }) => at))).toBeLessThanOrEqual(10);
    expect(emulator.calls.filter(({ status }) => status === 429)).toEqual([]);
    for (const line of lines) line.close();
  });

  it('are at a backend together with no more requests at once than it may have', async () => {
    const emulator = both.sandbox.emulator('cloudmc');
    emulator.clearCalls();
    emulator.faults.replace({ fault: { kind: 'slow', ms: 200 } });
    const lines = await twoLines(WRITER);
    const slugs = both.sandbox.profiles.filter((one) => one.cloudmc).map(({ slug }) => slug);
    const answers = Promise.all(
      lines.map((line) =>
        line.ask(
          `query @fresh(within: 0) { ${slugs
            .map(
              (slug, n) =>
                `o${n}: organization(slug: "${slug}") { commitments(filter: { sources: [CLOUDMC] }) { nodes { id } } }`,
            )
            .join(' ')} }`,
        ),
      ),
    );
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, emulator.calls.filter(({ status }) => status === null).length);
    }, 5);
    for (const { body } of await answers) expect(body.errors).toBeUndefined();
    clearInterval(watch);
    emulator.faults.clear();
    expect([most, emulator.calls.length]).toEqual([3, 2 * slugs.length]);
    for (const line of lines) line.close();
  });

  it('share the budget of a client', async () => {
    const lines = await twoLines(PARTNER); // a point each
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      for (const line of lines) {
        statuses.push((await line.ask('{ organization(slug: "sleepyco") { name } }')).status);
      }
    }
    // Two points each, of the eight that are left.
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429, 429, 429]);
    for (const line of lines) line.close();
  });

  it('count guesses together', async () => {
    const lines = await twoLines(GUESSER);
    const look = async (line: Line, what: string) =>
      (await line.ask(`{ organization(slug: "${what}") { name } }`)).body.errors?.[0].extensions.code ?? null;
    const codes: unknown[] = [];
    for (let n = 0; n < 10; n += 1) {
      for (const [index, line] of lines.entries()) codes.push(await look(line, `nobody-${n}-${index}`));
    }
    expect(codes).toEqual(Array.from({ length: 20 }, () => null));
    for (const [index, line] of lines.entries()) {
      // Of ten that each has seen itself; the same again counts nothing. The word of the last may be under way.
      for (let n = 0; n < 50 && codes[index] === null; n += 1)
        codes[index] = await look(line, `nobody-0-${index}`);
    }
    expect(codes.slice(0, 2)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    for (const line of lines) line.close();
  });

  it('make a change once for one key, whoever is asked', async () => {
    const emulator = both.sandbox.emulator('cloudmc');
    const lines = await twoLines(WRITER);
    for (let round = 1; round <= 5; round += 1) {
      const effects = emulator.effects().length;
      const id = await idOfOnly(lines[0]);
      const input = { commitmentId: id, name: `Once ${round}`, idempotencyKey: `once-for-all-${round}` };
      const answers = await Promise.all(lines.map((line) => line.ask(RENAME, { input })));
      expect(answers.map(({ body }) => body.errors)).toEqual([undefined, undefined]);
      const [one, other] = answers.map(({ body }) => body.data.resourceCommitmentUpdate);
      expect([one.operation.state, one.userErrors, other]).toEqual(['SUCCEEDED', [], one]);
      expect(emulator.effects()).toHaveLength(effects + 1);
    }
    for (const line of lines) line.close();
  });

  it('show what a change made as soon as it is answered, also where it was not made', async () => {
    const emulator = both.sandbox.emulator('cloudmc');
    const [first, second] = await twoLines(WRITER);
    for (let round = 1; round <= 10; round += 1) {
      const [maker, reader] = round % 2 === 0 ? [first, second] : [second, first];
      const id = await idOfOnly(maker);
      expect(await idOfOnly(reader)).toBe(id);
      emulator.clearCalls();
      expect([await idOfOnly(maker), await idOfOnly(reader)]).toEqual([id, id]);
      expect(emulator.calls).toHaveLength(0); // at hand in both, for a minute

      const name = `Seen ${round}`;
      const input = { commitmentId: id, name, idempotencyKey: `seen-by-all-${round}` };
      expect((await maker.ask(RENAME, { input })).body.errors).toBeUndefined();
      expect((await nodesOf(reader)).map((one) => one.name)).toEqual([name]);
    }
    first.close();
    second.close();
  });

  it('let a change be followed where it was not made', async () => {
    both.sandbox.emulator('cloudmc').behave({ taskMs: 3_200 });
    const line = await both.connect(WRITER);
    const input = { commitmentId: await idOfOnly(line), name: 'Followed', idempotencyKey: 'followed-by-all' };
    const { body } = await line.ask(RENAME, { input });
    const { id, state } = body.data.resourceCommitmentUpdate.operation;
    expect(state).toBe('PENDING');
    const query = 'subscription ($id: ID!) { contractOperationChanged(id: $id) { state } }';
    // One at each worker.
    const streams = await Promise.all(
      [1, 2].map(() => listen(both.url, query, { id }, { 'x-api-key': WRITER })),
    );
    await Promise.all(streams.map(({ ended }) => ended));
    for (const { events } of streams) {
      expect(events.at(-1)).toEqual({ contractOperationChanged: { state: 'SUCCEEDED' } });
    }
    both.sandbox.emulator('cloudmc').behave({ taskMs: 0 });
    line.close();
  });

  it('do not take each other along: one that is killed is replaced, and the other answers', async () => {
    const lines = await twoLines(WRITER);
    both.sandbox.emulator('cloudmc').faults.replace({ fault: { kind: 'slow', ms: 600 } });
    both.sandbox.emulator('cloudmc').clearCalls();
    const query =
      '{ organization(slug: "sleepyco") { commitments(filter: { sources: [CLOUDMC] }) { nodes { id } } } }';
    const asked = lines.map((line) =>
      line.ask(`query @fresh(within: 0) ${query}`).then(
        ({ status }) => status,
        () => 'cut off',
      ),
    );
    await until('both run', () => both.sandbox.emulator('cloudmc').calls.length === 2);
    const before = both.workerIds();
    // One of these is handed to it, and is on the way for good.
    process.kill(before[0]!, 'SIGSTOP');
    const late = [both.connect(WRITER), both.connect(WRITER)];
    await Promise.race(late);
    process.kill(before[0]!, 'SIGKILL');
    expect((await Promise.all(asked)).sort()).toEqual([200, 'cut off']);
    const ends = await Promise.allSettled(late);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const end of ends) if (end.status === 'fulfilled') end.value.close();
    both.sandbox.emulator('cloudmc').faults.clear();
    expect((await both.ready()).status).toBe(200);
    await until('another listens', () => both.log().includes('a new worker listens'));
    expect(both.workerIds()).toHaveLength(2);
    expect(both.workerIds()).not.toContain(before[0]);
    expect((await both.ready()).body.workers).toEqual({ configured: 2, listening: 2 });
    expect(both.log()).toContain('a worker ended; another takes its place');
    for (const line of lines) line.close();
  });

  it('tell a port that is taken once, and end', async () => {
    const { port } = new URL(both.url);
    const taken = both.config.replace('gateway.yaml', 'taken.yaml');
    writeFileSync(taken, readFileSync(both.config, 'utf8').replace('port: 0', `port: ${port}`));
    const { code, stderr } = await start(['serve', '-c', taken, '--workers', '3', '--log', 'error']).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      new RegExp(
        `^[^\n]*EADDRINUSE[^\n]*:${port}\\. Another program listens there; choose another port\\.\n$`,
      ),
    );
  });

  it('end by themselves when the primary is gone', async () => {
    const orphaned = both.config.replace('gateway.yaml', 'orphaned.yaml');
    writeFileSync(orphaned, readFileSync(both.config, 'utf8').replace('journal.db', 'orphaned.db'));
    const program = start(['serve', '-c', orphaned, '--log', 'error']);
    const [, url = ''] = await program.says(/graph is at +(\S+)\/graphql/);
    const workers = childrenOf(program.process.pid);
    expect(workers).toHaveLength(2);
    program.process.kill('SIGKILL');
    const isRunning = (pid: number) => existsSync(`/proc/${pid}`);
    await until('they have ended', () => !workers.some(isRunning));
    const { stderr } = await program.ended;
    expect(stderr.match(/the primary process is gone/g)).toHaveLength(2);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('finish what they have when they are stopped', async () => {
    const lines = await twoLines(WRITER);
    both.sandbox.emulator('cloudmc').faults.replace({ fault: { kind: 'slow', ms: 600 } });
    both.sandbox.emulator('cloudmc').clearCalls();
    const asked = lines.map((line) =>
      line.ask(
        'query @fresh(within: 0) { organization(slug: "sleepyco") { commitments(filter: { sources: [CLOUDMC] }) { nodes { id } } } }',
      ),
    );
    await until('both run', () => both.sandbox.emulator('cloudmc').calls.length === 2);
    both.program.process.kill('SIGTERM');
    let isDraining = false;
    void both.ready().then(({ status }) => (isDraining = status === 503));
    for (const { status, body } of await Promise.all(asked)) {
      expect([status, body.errors]).toEqual([200, undefined]);
    }
    expect(isDraining).toBe(true);
    const { code } = await both.program.ended;
    expect(code).toBe(0);
    await expect(fetch(both.url)).rejects.toThrow();
    for (const line of lines) line.close();
  });
});
