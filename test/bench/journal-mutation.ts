/**
 * What the journal adds to a mutation, as its caller sees it: the same mutation over HTTP, by the same gateway code over
 * the same emulators, in turn with each journal and without any. Without, a change is planned, sent and read back all the
 * same; nothing is written down, no key is compared, nothing is audited.
 */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { authenticateDemo } from '../../src/admission/principal.js';
import { createRegistry } from '../../src/backends/registry.js';
import { parseAccounts, parseBackends } from '../../src/config.js';
import type { ChangePorts } from '../../src/domain/change-port.js';
import { createDirectory } from '../../src/domain/directory.js';
import type { Organization } from '../../src/domain/organization.js';
import type { ChangeRequest, Operations, Performed } from '../../src/domain/operations.js';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { createSchema } from '../../src/graph/resolvers.js';
import type { OperationsRequest } from '../../src/http/context.js';
import { createEdge } from '../../src/http/server.js';
import type { Journal } from '../../src/journal/journal.js';
import { noOperations } from '../../src/journal/none.js';
import { portOf } from '../../src/journal/port-of.js';
import { newRow, operationOf, seenIn } from '../../src/journal/rows.js';
import { createDrift } from '../../src/observability/drift.js';
import { createLog } from '../../src/observability/log.js';
import { systemTimers } from '../../src/upstream/timers.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { startChild } from './gateway/processes.js';

const MUTATION = `mutation Change($input: ContractCommitmentUpdateInput!) {
  contractCommitmentUpdate(input: $input) { operation { id state } userErrors { message } }
}`;

export interface Latencies {
  /** Of each journal. */
  readonly withJournal: readonly (readonly number[])[];
  readonly without: readonly number[];
}

/** Plans, sends, and tells how it went. */
async function performBare(ports: ChangePorts, asked: ChangeRequest): Promise<Performed> {
  const { organization, change } = asked;
  const port = portOf(ports, change);
  if (port === null) throw new Error('the backend of the change is not there');
  const planned = await port.plan(organization, change);
  if (!planned.isSendable) throw new Error('the change was refused');
  const id = randomUUID();
  const step = await port.send(organization, change, planned.plan, id);
  if (step.state !== 'SUCCEEDED') throw new Error(`the change ended as ${step.state}`);
  const row = newRow({
    id,
    request: asked,
    client: 'demo',
    fingerprint: '',
    plan: planned.plan,
    requestId: id,
    holder: '',
    now: Date.now(),
    heldUntil: 0,
  });
  const operation = operationOf({ ...row, ...seenIn(step, row), state: step.state });
  const result = port.result(organization, change, step.outcome ?? null);
  return { kind: 'performed', operation, result, isReplay: false, isDurable: true };
}

/** Milliseconds of each mutation, all kinds in turn, one after the other. `files`: of the journals; `beside`: after each turn. */
export async function mutations(
  files: readonly string[],
  journalOn: (file: string, organization: (slug: string) => Organization | null) => Journal,
  count: number,
  warmUp: number,
  beside: () => void,
): Promise<Latencies> {
  const backends = await startChild<Pick<Sandbox, 'backends' | 'directory'>, 'forget', null>(
    fileURLToPath(new URL('journal-backends.js', import.meta.url)),
    {},
    { place: 'anywhere' },
  );
  const registry = createRegistry(parseBackends(backends.ready.backends), {
    clock: Date.now,
    timers: systemTimers,
    drift: createDrift(() => undefined),
    onBreaker: () => undefined,
  });
  const organizations = parseAccounts(backends.ready.directory);
  const bySlug = new Map<string, Organization>(organizations.map((one) => [one.slug, one]));
  const changes = (request: Pick<OperationsRequest, 'signal' | 'meter'>) =>
    registry.createChanges({ ...request, withinMs: () => 0 });
  const journals = files.map((file) => journalOn(file, (slug) => bySlug.get(slug) ?? null));
  for (const journal of journals) await journal.start();
  const edges = await Promise.all(
    [
      ...journals.map(
        (journal) =>
          (asked: OperationsRequest): Operations =>
            journal.forCaller(asked, changes(asked)),
      ),
      (asked: OperationsRequest): Operations => ({
        ...noOperations,
        perform: (change) => performBare(changes(asked), change),
      }),
    ].map(async (createOperations) => {
      const { app, apollo } = await createEdge({
        schema: createSchema(),
        authenticate: authenticateDemo(),
        allowedOrigins: [],
        isOwnName: null,
        directory: createDirectory(organizations),
        createSources: (asked) => registry.createSources(asked),
        createOperations,
        clock: Date.now,
        timers: systemTimers,
        log: createLog('silent'),
        examples: [],
      });
      await app.listen({ host: '127.0.0.1', port: 0 });
      const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
      return { url, stop: () => apollo.stop().then(() => app.close()) };
    }),
  );
  const agent = new Agent({ connections: 1 });
  const id = encodeGlobalId({ type: 'ContractCommitment', organization: 'sleepyco', key: '1' });

  const timed = async (url: string, number: number): Promise<number> => {
    const input = { commitmentId: id, penaltyDescription: `Fee ${number}`, idempotencyKey: randomUUID() };
    const body = JSON.stringify({ query: MUTATION, variables: { input } });
    const begun = performance.now();
    const answer = await request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher: agent,
    });
    const text = await answer.body.text();
    const taken = performance.now() - begun;
    if (!text.includes('"state":"SUCCEEDED"')) throw new Error(`a mutation was not made: ${text}`);
    return taken;
  };

  const taken = edges.map((): number[] => []);
  try {
    for (let n = -warmUp; n < count; n += 1) {
      for (let turn = 0; turn < edges.length; turn += 1) {
        // Another is first each time.
        const which = (n + warmUp + turn) % edges.length;
        const ms = await timed(edges[which]?.url ?? '', n * edges.length + turn);
        if (n >= 0) taken[which]?.push(ms);
      }
      if (n < 0) continue;
      beside();
      if (n % 200 === 0) await backends.ask('forget');
    }
  } finally {
    await agent.close();
    for (const { stop } of edges) await stop();
    for (const journal of journals) await journal.stop();
    await registry.close();
    await backends.stop();
  }
  return { withJournal: taken.slice(0, -1), without: taken.at(-1) ?? [] };
}
