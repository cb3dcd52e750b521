/**
 * Changes of contracts and of committed resources through a whole gateway: before a plain server that keeps what it was
 * asked, and over the sandbox, in a time that stands still until a test moves it on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decimal } from 'decimal.js';
import { parse } from 'lossless-json';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Emulator } from '../../src/sandbox/emulator.js';
import type { Effect } from '../../src/sandbox/ledger.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { systemTimers, type Timers } from '../../src/upstream/timers.js';
import { everyField } from './every-field.js';
import { startGateway, type Gateway, type GatewayOptions, type GraphAnswer } from './gateway.js';
import { startPlainServer, type PlainCall, type PlainReply, type PlainRoutes } from './plain-server.js';
import { NOW, TODAY } from './sandboxed-gateway.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- an answer is read by its shape */

// ---- What both have in common ---------------------------------------------------------------------------------------

/** JSON with exact numbers: `1000.0` and `1000` are the same, `0.1` and `0.10000000000000001` are not, nor is `"1"`. */
export function exactly(text: string): unknown {
  return parse(text, null, (digits) => ({ exactly: new Decimal(digits).toFixed() }));
}

/** `mutation { name(input: $input) { selection } }`. */
export function mutationOf(name: string, selection: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`;
}

const USER_ERRORS = '{ __typename code path message ... on BackendRefusal { source } }';
const CONNECTION = `{ nodes ${everyField('Invoice')} totalCount coverage { complete } }`;

/** Everything that the graph has of a change, but for records that the payload beside it has. */
export const OPERATION = everyField('ContractOperation', {
  Node: '{ __typename id }',
  Contract: '{ externalId }',
  Quote: '{ externalId }',
  Invoice: '{ externalId }',
});

/** Everything that a change answers with. */
export const EVERYTHING: Readonly<
  Record<'ContractChangePayload' | 'ResourceCommitmentChangePayload', string>
> = {
  ContractChangePayload: everyField('ContractChangePayload', {
    ContractOperation: OPERATION,
    UserError: USER_ERRORS,
    InvoiceConnection: CONNECTION,
  }).slice(1, -1),
  ResourceCommitmentChangePayload: everyField('ResourceCommitmentChangePayload', {
    ContractOperation: OPERATION,
    UserError: USER_ERRORS,
  }).slice(1, -1),
};

/** Everything that the graph has of a contract, and of what hangs on it. */
export const CONTRACT = everyField('Contract', { InvoiceConnection: CONNECTION });

/** Rows for `it.each` with their names in front: `%s` shows text whole, where `$name` cuts it off. */
export function named<Name extends string, Item extends Readonly<Record<Name, string>>>(
  name: Name,
  items: readonly Item[],
): (readonly [string, Item])[] {
  return items.map((item) => [item[name], item]);
}

// ---- Before a plain server ------------------------------------------------------------------------------------------

/** Of a list each call takes the next reply, and the last one stays. */
export type Turns = Readonly<Record<string, PlainReply | readonly PlainReply[]>>;

function inTurn(turns: Turns): PlainRoutes {
  const routes = {};
  for (const [route, given] of Object.entries(turns)) {
    const replies = Array.isArray(given) ? (given as readonly PlainReply[]) : [given as PlainReply];
    let turn = 0;
    Object.defineProperty(routes, route, {
      enumerable: true,
      get: () => replies[Math.min(turn++, replies.length - 1)],
    });
  }
  return routes;
}

export interface BeforePlainServer extends AsyncDisposable {
  readonly query: Gateway['query'];
  readonly calls: readonly PlainCall[];
  /** Calls that change something. */
  writes(): readonly PlainCall[];
}

/** A gateway that can make changes, before a server that answers with those bytes. */
export async function beforePlainServer(options: {
  readonly routes: Turns;
  readonly backends: (url: string) => GatewayOptions['backends'];
  readonly accounts: GatewayOptions['accounts'];
  readonly now: string;
}): Promise<BeforePlainServer> {
  const folder = mkdtempSync(join(tmpdir(), 'changes-'));
  const server = await startPlainServer(inTurn(options.routes));
  const gateway = await startGateway({
    backends: options.backends(server.url),
    accounts: options.accounts,
    clock: () => Date.parse(options.now),
    store: join(folder, 'journal.db'),
  });
  return {
    query: (document, variables, headers) => gateway.query(document, variables, headers),
    calls: server.calls,
    writes: () => server.calls.filter(({ method }) => method !== 'GET'),
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// ---- Over the sandbox -----------------------------------------------------------------------------------------------

export type ChangedBackend = 'monetizenow' | 'cloudmc';

export interface Changed {
  readonly answer: GraphAnswer;
  /** Of the mutation; null where an error costs it. */
  readonly payload: any;
}

export interface ChangeRig {
  sandbox(): Sandbox;
  emulator(): Emulator;
  readonly query: Gateway['query'];
  /** Asks for a change, with a key of its own unless one is given. */
  change(name: string, input: object, selection?: string): Promise<Changed>;
  /** The same, expected to go well: no errors of any kind. */
  succeed(name: string, input: object, selection?: string): Promise<any>;
  /** What was really done since the test began. */
  effects(): readonly Effect[];
  /** Calls to the emulator that could change something, since the test began or since `forgetCalls`. */
  writes(): readonly string[];
  reads(): readonly string[];
  forgetCalls(): void;
  /** The operation as the graph shows it now, the same from `contractOperation`, `node` and `Organization.operations`. */
  operation(id: string): Promise<any>;
  /** Waits until the operation is in that state; settling it is the gateway's own business. */
  settled(id: string, state: string): Promise<any>;
  /** Moves time on, for the gateway and for the vendors. */
  skip(milliseconds: number): void;
}

const SHORT = `operation { id kind state source targetExternalId target { id } client idempotencyKey reason
    failure { code message } references { quoteId contractId invoiceId taskId newCommitmentId }
    request { method path body } settledAt needsOperator organization { slug } }
  preview { request { method path body } implications { code externalId message } unchecked }
  isReplay isDurable userErrors ${USER_ERRORS}`;

/** What tests select unless they say otherwise. */
const SELECTIONS: Readonly<Record<ChangedBackend, string>> = {
  monetizenow: `${SHORT} contract { externalId status version } quote { externalId status typeText }
    invoice { externalId type }`,
  cloudmc: `${SHORT} commitment { id externalId name isTerminated version term { startsOn endsBefore } }
    externalId previousExternalId previousId deletedId`,
};

/** A minute: longer than a request can be on its way, so that what is not there by then will not come. */
export const A_WHILE = 60_000;

/**
 * `writeTimeoutMs`: how long an answer is waited for. `followMs`: how long a caller waits for what the vendor has taken
 * and not finished; not at all unless given. `isOneForAll`: one gateway and one journal for all tests, where what
 * one of them leaves behind is nothing to the others; otherwise each has its own.
 */
export function changeRig(
  backend: ChangedBackend,
  options: {
    readonly writeTimeoutMs?: number;
    readonly followMs?: number;
    readonly isOneForAll?: boolean;
  } = {},
): ChangeRig {
  let now = NOW;
  let keys = 0;
  let sandbox: Sandbox;
  let gateway: Gateway;
  let folder = '';
  let earlier = 0;
  const clock = () => now;
  // Looks are due by the clock, which stands still; how long the journal rests before it sees that they are, is waited
  // for in vain. Limits on calls are longer than that, or shorter.
  const timers: Timers = {
    ...systemTimers,
    after: (ms, callback) => systemTimers.after(ms >= 500 && ms <= 5_000 ? 20 : ms, callback),
  };

  const { writeTimeoutMs, followMs = 0, isOneForAll = false } = options;
  const open = async () => {
    folder = mkdtempSync(join(tmpdir(), 'changes-'));
    const backends = Object.fromEntries(
      Object.entries(sandbox.backends).map(([name, settings]) => [
        name,
        // Whatever was read before a change would be there to be shown after it.
        { ...settings, freshForMs: 600_000, ...(writeTimeoutMs === undefined ? {} : { writeTimeoutMs }) },
      ]),
    );
    gateway = await startGateway({
      backends,
      accounts: sandbox.directory,
      clock,
      timers,
      store: join(folder, 'journal.db'),
      journal: { times: { followMs } },
    });
  };
  const close = async () => {
    await gateway[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ today: TODAY, clock, only: ['monetizenow', 'cloudmc'] });
    if (isOneForAll) await open();
  });
  afterAll(async () => {
    if (isOneForAll) await close();
    await sandbox.stop();
  });
  beforeEach(async () => {
    now = NOW;
    sandbox.reset();
    earlier = sandbox.effects.length;
    if (!isOneForAll) await open();
  });
  afterEach(async () => {
    if (!isOneForAll) await close();
  });

  const emulator = () => sandbox.emulator(backend);
  const callsThat = (write: boolean) =>
    emulator()
      .calls.filter(({ method }) => (method !== 'GET') === write)
      .map(({ method, path }) => `${method} ${path}`);
  const query: Gateway['query'] = (document, variables, headers) =>
    gateway.query(document, variables, headers);

  const rig: ChangeRig = {
    sandbox: () => sandbox,
    emulator,
    query,
    async change(name, input, selection = SELECTIONS[backend]) {
      keys += 1;
      const answer = await query(mutationOf(name, selection), {
        input: { idempotencyKey: `key-of-test-${keys}`, ...input },
      });
      return { answer, payload: answer.data?.[name] ?? null };
    },
    async succeed(name, input, selection) {
      const { answer, payload } = await rig.change(name, input, selection);
      expect({ errors: answer.errors, userErrors: payload?.userErrors }).toEqual({
        errors: [],
        userErrors: [],
      });
      expect(payload).toMatchObject({ operation: { state: 'SUCCEEDED' }, isReplay: false, isDurable: true });
      return payload;
    },
    effects: () => sandbox.effects.slice(earlier).filter((effect) => effect.backend === backend),
    writes: () => callsThat(true),
    reads: () => callsThat(false),
    forgetCalls: () => {
      emulator().clearCalls();
    },
    async operation(id) {
      const fields = `{ id kind state needsOperator settledAt looks targetExternalId target { id }
        failure { code message } references { quoteId contractId invoiceId taskId newCommitmentId }
        evidence { before after } contract { externalId } quote { externalId status } invoice { externalId }
        organization { slug } }`;
      const { data, errors } = await query(
        `query ($id: ID!) { contractOperation(id: $id) { ...All organization { operations { nodes { ...All } } } }
           node(id: $id) { ...All } }
         fragment All on ContractOperation ${fields}`,
        { id },
      );
      expect(errors).toEqual([]);
      const { organization, ...operation } = data.contractOperation;
      const listed = organization.operations.nodes.find((other: any) => other.id === id);
      expect(data.node).toEqual({ ...operation, organization: { slug: organization.slug } });
      expect(listed).toEqual(data.node);
      return data.node;
    },
    async settled(id, state) {
      await expect
        .poll(async () => (await rig.operation(id)).state, { timeout: 10_000, interval: 20 })
        .toBe(state);
      return rig.operation(id);
    },
    skip: (milliseconds) => {
      now += milliseconds;
    },
  };
  return rig;
}

/** What is wrong with a change, in short. */
export function wrongWith(payload: any): readonly string[] {
  return payload.userErrors.map(
    ({ path, code }: { readonly path: readonly string[]; readonly code: string }) =>
      `${path.join('.')}: ${code}`,
  );
}

/** Nothing went out, nothing was done, and nothing is on record as a change. */
export function expectNothingSent(rig: ChangeRig, payload: any): void {
  expect(rig.writes()).toEqual([]);
  expect(rig.effects()).toEqual([]);
  expect(payload).toMatchObject({ operation: null, isReplay: false });
}
