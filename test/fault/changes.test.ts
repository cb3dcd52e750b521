/**
 * What can go wrong with changes at the edge and in the journal, over real HTTP: `failures.md` C1 to C6, C14, C16, C21 to
 * C25, S42 and S46. What really happened is what the emulators' ledger says.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { SOURCE_OF_CHANGE } from '../../src/domain/change.js';
import type { Effect } from '../../src/sandbox/ledger.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { BackendName } from '../../src/sandbox/types.js';
import { change as askFor, idOf, newKey, operationBy, problemsIn } from '../support/changes-accounts.js';
import { clientOf, withKey } from '../support/clients.js';
import { startGateway, type Gateway, type GatewayOptions, type GraphAnswer } from '../support/gateway.js';
import { NOW, TODAY } from '../support/sandboxed-gateway.js';
import { until } from '../support/until.js';

const ALL = ['contracts:write', 'commitments:write', 'commitments:delete'] as const;
const SHOP = 'key-of-the-shop-0123456789';
const DESK = 'key-of-the-desk-0123456789';
const CLIENTS = [clientOf('shop', SHOP, '*', [...ALL]), clientOf('desk', DESK, '*', [...ALL])];

let sandbox: Sandbox;
let place: string;
let folder: string;
let file: string;
let skippedMs = 0;
const running = new Set<Gateway>();

beforeEach(async () => {
  const began = performance.now();
  skippedMs = 0;
  sandbox = await startSandbox({
    today: TODAY,
    clock: () => NOW + Math.floor(performance.now() - began) + skippedMs,
  });
  place = mkdtempSync(join(tmpdir(), 'journal-'));
  folder = place;
  file = join(folder, 'journal.db');
});
afterEach(async () => {
  for (const gateway of running) await stop(gateway);
  await sandbox.stop();
  rmSync(place, { recursive: true, force: true });
});

/** Several may run on one journal. */
async function start(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  const { logisense, monetizenow, ...others } = sandbox.backends;
  const gateway = await startGateway({
    backends: {
      ...others,
      logisense: { ...logisense, writeTimeoutMs: 1_500 },
      monetizenow: { ...monetizenow, writeTimeoutMs: 1_500 },
    },
    accounts: sandbox.directory,
    clock: sandbox.clock,
    store: file,
    ...options,
  });
  running.add(gateway);
  return gateway;
}

async function stop(gateway: Gateway): Promise<void> {
  running.delete(gateway);
  await gateway[Symbol.asyncDispose]();
}

const isWrite = ({ method, path }: { method: string; path: string }) =>
  method !== 'GET' && !/oauth2\/token$|Access\/Login$/.test(path);

/** Requests for changes that reached that backend, or any. */
function writes(name?: BackendName): readonly string[] {
  return Object.values(sandbox.emulators)
    .filter((emulator) => name === undefined || emulator.name === name)
    .flatMap(({ calls }) => calls.filter(isWrite).map(({ method, path }) => `${method} ${path}`));
}

function expectNothingSent(): void {
  expect(writes()).toEqual([]);
  expect(sandbox.effects).toEqual([]);
}

const CREATION = {
  organization: 'sleepyco',
  accountContractId: '8',
  commitmentTypeId: '1',
  penaltyDescription: 'Made by a test.',
};

const create = (gateway: Gateway, input: object = {}, headers?: Readonly<Record<string, string>>) =>
  askFor(
    gateway,
    'contractCommitmentCreate',
    { ...CREATION, ...input },
    'commitments { id externalId }',
    headers,
  );

const payloadOf = ({ data }: GraphAnswer) => data?.contractCommitmentCreate;

/** Reads go on, whatever the journal does. */
async function expectReadsGoOn({ query }: Gateway): Promise<void> {
  const { data, errors } = await query(
    `{ organization(slug: "sleepyco") {
      commitments(filter: { sources: [LOGISENSE] }) { nodes { externalId } coverage { complete } }
    } }`,
  );
  expect(errors).toEqual([]);
  expect(data.organization.commitments.coverage.complete).toBe(true);
  expect(data.organization.commitments.nodes.length).toBeGreaterThan(0);
}

async function readiness({ app }: Gateway) {
  const response = await fetch(`${app.adminUrl}/health/ready`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function operationsOf({ query }: Gateway, headers?: Readonly<Record<string, string>>) {
  const { data, errors } = await query(
    '{ organization(slug: "sleepyco") { operations { totalCount nodes { id state client idempotencyKey } } } }',
    {},
    headers,
  );
  expect(errors).toEqual([]);
  return data.organization.operations;
}

/** A contract of MonetizeNow, and what a change of a quantity needs. */
async function aQuantityChange({ query }: Gateway) {
  const { data, errors } = await query(
    `{ organization(slug: "sleepyco") { contracts { nodes {
      id externalId status version offerings { offering { externalId } products { productId quantity } }
    } } } }`,
  );
  expect(errors).toEqual([]);
  for (const { id, status, version, offerings } of data.organization.contracts.nodes) {
    for (const { offering, products } of offerings ?? []) {
      const [product] = products.filter(({ quantity }: { quantity: string | null }) => quantity !== null);
      if (status !== 'ACTIVE' || product === undefined) continue;
      const quantities = (quantity: string) => ({
        contractId: id,
        offerings: [
          { offeringId: offering.externalId, products: [{ productId: product.productId, quantity }] },
        ],
      });
      return { quantities, version, now: Number(product.quantity) };
    }
  }
  throw new Error('no contract with a quantity');
}

describe('C1: the key', () => {
  it('that is missing is refused with the document', async () => {
    const gateway = await start();
    const inline = await gateway.query(
      'mutation { organizationSync(input: { organization: "sleepyco" }) { isReplay } }',
    );
    expect(inline).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false } }],
    });
    for (const idempotencyKey of [undefined, null]) {
      const { errors } = await create(gateway, { idempotencyKey });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(errors[0]?.message).toMatch(/idempotencyKey/);
    }
    expectNothingSent();
    expect((await operationsOf(gateway)).totalCount).toBe(0);
  });

  it.each([
    ['empty', ''],
    ['shorter than 8', 'key-000'],
    ['longer than 255', 'k'.repeat(256)],
    ['with a space', 'key 00000001'],
    ['with a line break', 'key-0000\n0001'],
    ['with a tab', 'key-0000\t0001'],
    ['not ASCII', 'schlüssel-0001'],
    ['with an invisible character', 'key-0000\u200b0001'],
  ])('that is %s is refused before anything is read', async (_, idempotencyKey) => {
    const gateway = await start();
    for (const dryRun of [false, true]) {
      const { data, errors } = await create(gateway, { idempotencyKey, dryRun });
      expect(data).toEqual({ contractCommitmentCreate: null });
      expect(errors).toMatchObject([
        { path: ['contractCommitmentCreate'], extensions: { code: 'BAD_USER_INPUT', retryable: false } },
      ]);
    }
    expectNothingSent();
    expect(sandbox.emulator('logisense').calls).toEqual([]);
    expect((await operationsOf(gateway)).totalCount).toBe(0);
  });

  it('with NUL is refused before anything is looked at', async () => {
    const gateway = await start();
    const { status, data, errors } = await create(gateway, { idempotencyKey: 'key-0000\u00000001' });
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', retryable: false } }]);
    expectNothingSent();
    expect((await operationsOf(gateway)).totalCount).toBe(0);
  });

  it('of 8 and of 255 visible characters is one', async () => {
    const gateway = await start();
    for (const idempotencyKey of ['!"#$%&~0', '~'.repeat(255)]) {
      const answer = await create(gateway, { idempotencyKey });
      expect(answer.errors).toEqual([]);
      expect(payloadOf(answer).operation.state).toBe('SUCCEEDED');
    }
    expect(sandbox.effects).toHaveLength(2);
  });
});

describe('C2: the same key and arguments', () => {
  it('replay the outcome, also after a restart, and nothing is asked', async () => {
    const idempotencyKey = newKey();
    let gateway = await start();
    const first = await create(gateway, { idempotencyKey });
    expect(first.errors).toEqual([]);
    for (const isRestarted of [false, true]) {
      if (isRestarted) {
        await stop(gateway);
        gateway = await start();
      }
      for (const emulator of Object.values(sandbox.emulators)) emulator.clearCalls();
      const again = await create(gateway, { idempotencyKey });
      expect(again.text.replace('"isReplay":true', '"isReplay":false')).toBe(first.text);
      expect(payloadOf(again).isReplay).toBe(true);
      expect(sandbox.emulator('logisense').calls).toEqual([]);
    }
    expect(sandbox.effects).toHaveLength(1);
  });

  it('replay a refusal of the backend, and another one is not asked for', async () => {
    const gateway = await start();
    sandbox.emulator('logisense').behave({ refuse: 'Not today.' });
    const idempotencyKey = newKey();
    const first = payloadOf(await create(gateway, { idempotencyKey }));
    expect(first).toMatchObject({ operation: { state: 'FAILED' }, userErrors: [{ message: 'Not today.' }] });
    sandbox.emulator('logisense').behave({ refuse: null });
    expect(payloadOf(await create(gateway, { idempotencyKey }))).toEqual({ ...first, isReplay: true });
    expect(sandbox.effects).toEqual([]);
    expect(writes()).toHaveLength(1);
  });
});

describe('C3: the same key and other arguments', () => {
  it('are refused, and the first stands', async () => {
    const gateway = await start();
    const idempotencyKey = newKey();
    const first = await create(gateway, { idempotencyKey });
    const calls = sandbox.emulator('logisense').calls.length;
    for (const other of [
      { commitmentTypeId: '2' },
      { penaltyDescription: 'Other.' },
      { accountContractId: '24' },
    ]) {
      const { data, errors } = await create(gateway, { idempotencyKey, ...other });
      expect(data).toEqual({ contractCommitmentCreate: null });
      expect(errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_KEY_REUSED', retryable: false } }]);
    }
    const otherKind = await askFor(gateway, 'contractCommitmentDelete', {
      commitmentId: idOf(1),
      idempotencyKey,
    });
    expect(otherKind.errors[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(sandbox.emulator('logisense').calls).toHaveLength(calls);
    expect(payloadOf(await create(gateway, { idempotencyKey }))).toEqual({
      ...payloadOf(first),
      isReplay: true,
    });
    expect(sandbox.effects).toHaveLength(1);
  });

  it('are the same where only the order of members or the zeros of a number differ', async () => {
    const gateway = await start();
    const { quantities, now } = await aQuantityChange(gateway);
    const idempotencyKey = newKey();
    const { contractId, offerings } = quantities(`${now + 1}`);
    const first = await askFor(gateway, 'contractQuantityChange', { contractId, offerings, idempotencyKey });
    expect(first.data.contractQuantityChange.operation.state).toBe('SUCCEEDED');
    for (const text of [`${now + 1}.0`, `${now + 1}.000`]) {
      const [{ offeringId, products }] = quantities(text).offerings as [
        { offeringId: string; products: { productId: string; quantity: string }[] },
      ];
      const turned = products.map(({ productId, quantity }) => ({ quantity, productId }));
      const again = await askFor(gateway, 'contractQuantityChange', {
        offerings: [{ products: turned, offeringId }],
        contractId,
        idempotencyKey,
      });
      expect(again.errors).toEqual([]);
      expect(again.data.contractQuantityChange.isReplay).toBe(true);
    }
    expect(sandbox.effects).toHaveLength(1);
  });
});

describe('C4: fifty concurrent copies of one key', () => {
  const COPIES = 50;

  const expectOne = (answers: readonly GraphAnswer[], name: string) => {
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    const payloads = answers.map(({ data }) => data[name]);
    const [first] = payloads;
    expect(first.operation.state).toBe('SUCCEEDED');
    expect(payloads.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    for (const payload of payloads)
      expect({ ...payload, isReplay: false }).toEqual({ ...first, isReplay: false });
  };

  it('make one creation', async () => {
    const gateway = await start();
    const idempotencyKey = newKey();
    const answers = await Promise.all(
      Array.from({ length: COPIES }, () => create(gateway, { idempotencyKey })),
    );
    expectOne(answers, 'contractCommitmentCreate');
    expect(writes()).toHaveLength(1);
    expect(sandbox.effects).toHaveLength(1);
    expect((await operationsOf(gateway)).totalCount).toBe(1);
  });

  it('make one, through two gateways on one journal', async () => {
    const gateways = [await start(), await start()] as const;
    const idempotencyKey = newKey();
    const answers = await Promise.all(
      Array.from({ length: COPIES }, (_, i) => create(gateways[i % 2] ?? gateways[0], { idempotencyKey })),
    );
    expectOne(answers, 'contractCommitmentCreate');
    expect(writes()).toHaveLength(1);
    expect(sandbox.effects).toHaveLength(1);
  });

  it('make one, and those with other arguments are refused', async () => {
    const gateway = await start();
    const idempotencyKey = newKey();
    const answers = await Promise.all(
      Array.from({ length: COPIES }, (_, i) =>
        create(gateway, { idempotencyKey, penaltyDescription: i % 2 === 0 ? 'This.' : 'That.' }),
      ),
    );
    const made = answers.filter(({ errors }) => errors.length === 0);
    expectOne(made, 'contractCommitmentCreate');
    expect(made).toHaveLength(COPIES / 2);
    const refused = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
    expect(refused).toEqual(Array<string>(COPIES / 2).fill('IDEMPOTENCY_KEY_REUSED'));
    expect(sandbox.effects).toHaveLength(1);
  });

  it('of a deletion delete once', async () => {
    const gateway = await start();
    const input = { commitmentId: idOf(1), idempotencyKey: newKey() };
    const answers = await Promise.all(
      Array.from({ length: COPIES }, () => askFor(gateway, 'contractCommitmentDelete', input, 'deletedIds')),
    );
    expectOne(answers, 'contractCommitmentDelete');
    expect(sandbox.effects).toHaveLength(1);
  });

  it('with a key each make one at a time: what is in the way is said', async () => {
    const gateway = await start();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(gateway)));
    const made = answers.filter(({ errors }) => errors.length === 0);
    for (const { errors } of answers.filter((answer) => !made.includes(answer))) {
      expect(errors).toMatchObject([{ extensions: { code: 'TARGET_BUSY', retryable: true } }]);
    }
    expect(made.length).toBeGreaterThan(0);
    expect(sandbox.effects).toHaveLength(made.length);
  });
});

describe('C5: the same key of somebody else', () => {
  it('is independent: another client, another customer', async () => {
    const gateway = await start({ clients: CLIENTS });
    const idempotencyKey = newKey();
    const [shop, desk] = [withKey(SHOP), withKey(DESK)];
    const elsewhere = { organization: 'harbourline-logistics', accountContractId: '34' };
    const answers = [
      await create(gateway, { idempotencyKey }, shop),
      await create(gateway, { idempotencyKey }, desk),
      await create(gateway, { idempotencyKey, ...elsewhere }, shop),
      // With other arguments: nothing says that the key exists.
      await create(gateway, { idempotencyKey, ...elsewhere, commitmentTypeId: '2' }, desk),
    ];
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    for (const answer of answers) {
      expect(payloadOf(answer)).toMatchObject({ isReplay: false, operation: { state: 'SUCCEEDED' } });
    }
    expect(new Set(answers.map((answer) => payloadOf(answer).operation.id)).size).toBe(4);
    expect(sandbox.effects.map(({ customer }: Effect) => customer)).toEqual(['8', '8', '34', '34']);
  });

  it('is not to be found, and not to be seen', async () => {
    const gateway = await start({ clients: CLIENTS });
    const idempotencyKey = newKey();
    const made = payloadOf(await create(gateway, { idempotencyKey }, withKey(SHOP)));
    const find = 'query ($idempotencyKey: ID!) { contractOperation(idempotencyKey: $idempotencyKey) { id } }';
    const asDesk = await gateway.query(find, { idempotencyKey }, withKey(DESK));
    const nobodys = await gateway.query(find, { idempotencyKey: newKey() }, withKey(DESK));
    expect(asDesk.text).toBe(nobodys.text);
    expect(asDesk).toMatchObject({ errors: [], data: { contractOperation: null } });
    const asShop = await gateway.query(find, { idempotencyKey }, withKey(SHOP));
    expect(asShop.data.contractOperation.id).toBe(made.operation.id);
    expect((await operationsOf(gateway, withKey(DESK))).nodes).toEqual([
      { id: made.operation.id, state: 'SUCCEEDED', client: 'shop', idempotencyKey: null },
    ]);
  });

  it('at once with another customer makes one each', async () => {
    const gateway = await start({ clients: CLIENTS });
    const idempotencyKey = newKey();
    const elsewhere = { organization: 'harbourline-logistics', accountContractId: '34' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        create(gateway, { idempotencyKey, ...(i % 2 === 0 ? {} : elsewhere) }, withKey(SHOP)),
      ),
    );
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(sandbox.effects.map(({ customer }) => customer).sort()).toEqual(['34', '8']);
  });
});

describe('C6: an answer that comes too late', () => {
  it('is unknown; the gateway that is started next finds out, and a replay says so', async () => {
    let gateway = await start();
    const idempotencyKey = newKey();
    sandbox.emulator('logisense').faults.add({
      match: { method: 'POST', path: /Commitment\/$/ },
      fault: { kind: 'silent', applied: true },
    });
    // Nothing is to be learnt before the gateway is stopped.
    const answer = await create(gateway, { idempotencyKey });
    expect(payloadOf(answer)).toMatchObject({ operation: { state: 'UNKNOWN' }, userErrors: [] });
    expect(answer.errors).toMatchObject([
      { path: ['contractCommitmentCreate'], extensions: { code: 'OUTCOME_UNKNOWN', retryable: false } },
    ]);
    await stop(gateway);
    gateway = await start();
    const { id } = payloadOf(answer).operation;
    await expect
      .poll(async () => (await operationBy(gateway, id)).state, { timeout: 15_000 })
      .toBe('SUCCEEDED');
    const replay = await create(gateway, { idempotencyKey });
    expect(replay.errors).toEqual([]);
    expect(payloadOf(replay)).toMatchObject({ isReplay: true, operation: { id, state: 'SUCCEEDED' } });
    expect(payloadOf(replay).commitments).toHaveLength(1);
    expect(writes()).toHaveLength(1);
    expect(sandbox.effects).toHaveLength(1);
  });
});

describe('a journal that is being opened', () => {
  /** Loading what speaks with the database takes as long as the test wants. */
  function held() {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let loads = 0;
    const load = async () => {
      loads += 1;
      await gate;
      return import('../../src/compose/stores.js');
    };
    return { go, load, loads: () => loads };
  }
  const CHANGES = `query ($since: DateTime!) {
    organization(slug: "sleepyco") { changes(since: $since) { nodes { seenAt } } }
  }`;

  it('keeps no read waiting; changes and history wait for it, and nothing is sent before', async () => {
    const { go, load, loads } = held();
    const gateway = await start({ journal: { load } });
    await expectReadsGoOn(gateway);
    const answered: string[] = [];
    const change = create(gateway).finally(() => answered.push('change'));
    const history = gateway
      .query(CHANGES, { since: '2026-01-01T00:00:00Z' })
      .finally(() => answered.push('history'));
    await expectReadsGoOn(gateway);
    // Whoever was let in before this read has come to where it waits.
    await expectReadsGoOn(gateway);
    expect(answered).toEqual([]);
    expectNothingSent();
    expect(existsSync(file)).toBe(false);

    go();
    const made = await change;
    expect(made.errors).toEqual([]);
    expect(payloadOf(made).operation.state).toBe('SUCCEEDED');
    expect(sandbox.effects).toHaveLength(1);
    expect((await history).errors).toEqual([]);
    expect(loads()).toBe(1);
  });

  it('gives what a key made before, and does not make it again', async () => {
    const idempotencyKey = newKey();
    const first = await start();
    const { id } = payloadOf(await create(first, { idempotencyKey })).operation;
    await stop(first);
    const { go, load } = held();
    const second = await start({ journal: { load } });
    const replay = create(second, { idempotencyKey });
    await expectReadsGoOn(second);
    go();
    expect(payloadOf(await replay)).toMatchObject({ isReplay: true, operation: { id, state: 'SUCCEEDED' } });
    expect(sandbox.effects).toHaveLength(1);
  });

  it('whose driver cannot be loaded is one that does not work: told, and nothing is changed', async () => {
    const load = () => Promise.reject(new Error("Cannot find package 'libsql'"));
    const gateway = await start({ journal: { load } });
    const { data, errors } = await create(gateway);
    expect(data).toEqual({ contractCommitmentCreate: null });
    expect(errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE' } }]);
    const history = await gateway.query(CHANGES, { since: '2026-01-01T00:00:00Z' });
    expect(history.errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE', retryable: true } }]);
    await expectReadsGoOn(gateway);
    expectNothingSent();
    expect(await readiness(gateway)).toMatchObject({
      body: {
        journal: { isWritable: false, trouble: expect.stringContaining('libsql') as unknown },
      },
    });
  });
});

describe('C14, C16: a journal that does not work', () => {
  const expectRefused = async (gateway: Gateway, trouble: RegExp) => {
    const before = sandbox.emulator('logisense').calls.filter(isWrite).length;
    const effects = sandbox.effects.length;
    const { data, errors } = await create(gateway);
    expect(data).toEqual({ contractCommitmentCreate: null });
    expect(errors).toMatchObject([
      { path: ['contractCommitmentCreate'], extensions: { code: 'STORE_UNAVAILABLE', retryable: true } },
    ]);
    expect(JSON.stringify(errors)).not.toContain(place);
    expect(sandbox.emulator('logisense').calls.filter(isWrite)).toHaveLength(before);
    expect(sandbox.effects).toHaveLength(effects);
    await expectReadsGoOn(gateway);
    expect(await readiness(gateway)).toMatchObject({
      status: 200,
      body: {
        status: 'ready',
        journal: { isWritable: false, trouble: expect.stringMatching(trouble) as unknown, unwritten: 0 },
      },
    });
  };
  const expectWorks = async (gateway: Gateway) => {
    await expect
      .poll(async () => ((await readiness(gateway)).body['journal'] as { isWritable: boolean }).isWritable, {
        timeout: 15_000,
      })
      .toBe(true);
    const answer = await create(gateway);
    expect(answer.errors).toEqual([]);
    expect(payloadOf(answer).operation.state).toBe('SUCCEEDED');
  };
  /** A journal with one change in it, in one file: nobody has it open, and nothing waits beside it. */
  const made = async () => {
    const gateway = await start();
    await create(gateway);
    await stop(gateway);
    expect(sandbox.effects).toHaveLength(1);
    const connection = new Libsql(file);
    connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    connection.close();
    const bytes = readFileSync(file);
    folder = join(folder, 'copy');
    mkdirSync(folder);
    file = join(folder, 'journal.db');
    writeFileSync(file, bytes);
  };
  const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const contents = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, hashOf(join(folder, name))]));

  it.each<[string, () => Promise<void> | void]>([
    ['garbage', () => writeFileSync(file, 'this is no journal '.repeat(1_000))],
    ['empty', () => writeFileSync(file, '')],
    [
      'cut short',
      async () => {
        await made();
        truncateSync(file, 8_192);
      },
    ],
    [
      'a journal whose beginning was overwritten',
      async () => {
        await made();
        const bytes = readFileSync(file);
        bytes.fill(0, 0, 100);
        writeFileSync(file, bytes);
      },
    ],
  ])('a file that is %s: refused at start, and left as it is', async (_, prepare) => {
    await prepare();
    const before = contents();
    const gateway = await start();
    await expectRefused(gateway, /^corrupt: /);
    await expectRefused(gateway, /^corrupt: /);
    await stop(gateway);
    expect(contents()).toMatchObject(before); // SQLite's own files beside it may come, with nothing in them
  });

  it('a file that is removed while it is used: none is made in its place', async () => {
    const gateway = await start();
    await create(gateway);
    rmSync(file);
    await expectRefused(gateway, /^missing: /);
    await expectRefused(gateway, /^missing: /);
    expect(existsSync(file)).toBe(false);
  });

  it('a folder in its place: refused', async () => {
    const gateway = await start({ store: folder });
    await expectRefused(gateway, /^[a-z-]+: /);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('another process that holds the lock: refused until it lets go', async () => {
    const gateway = await start();
    await expectWorks(gateway);
    const before = hashOf(file);
    const other = spawn(
      process.execPath,
      [
        '-e',
        `const db = new (require('libsql'))(process.argv[1]);
         db.exec('BEGIN EXCLUSIVE');
         process.stdout.write('locked');
         process.stdin.once('end', () => { db.exec('ROLLBACK'); db.close(); }).resume();`,
        file,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');
    await expectRefused(gateway, /^locked: /);
    expect(hashOf(file)).toBe(before);
    other.stdin.end();
    await once(other, 'exit');
    await expectWorks(gateway);
    expect(sandbox.effects).toHaveLength(2);
  });

  describe('that may not be written', () => {
    // Root may write anything, so the test steps down for as long as it has to.
    const isRoot = process.getuid?.() === 0;
    const asNobody = () => {
      if (isRoot) process.seteuid?.(65_534);
    };
    const asOneself = () => {
      if (isRoot) process.seteuid?.(0);
    };
    afterEach(asOneself);

    it('is refused, and left as it is', async () => {
      await made();
      for (const path of [dirname(folder), folder]) chmodSync(path, 0o755);
      chmodSync(file, 0o444);
      const before = hashOf(file);
      asNobody();
      const gateway = await start();
      await expectRefused(gateway, /^read-only: /);
      await stop(gateway);
      asOneself();
      expect(hashOf(file)).toBe(before);
      chmodSync(file, 0o600);
      await expectWorks(await start());
    });

    it('in a folder where none can be made: refused, and none is', async () => {
      chmodSync(folder, 0o555);
      asNobody();
      const gateway = await start();
      await expectRefused(gateway, /^read-only: /);
      await stop(gateway);
      asOneself();
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it('what was made before can be replayed no more than made again', async () => {
    const idempotencyKey = newKey();
    const gateway = await start();
    await create(gateway, { idempotencyKey });
    rmSync(file);
    const { data, errors } = await create(gateway, { idempotencyKey });
    expect(data).toEqual({ contractCommitmentCreate: null });
    expect(errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE' } }]);
    const shown = await gateway.query(
      '{ organization(slug: "sleepyco") { slug operations { totalCount } } }',
    );
    expect(shown.data).toEqual({ organization: { slug: 'sleepyco', operations: null } });
    expect(shown.errors).toMatchObject([
      { path: ['organization', 'operations'], extensions: { code: 'STORE_UNAVAILABLE', retryable: true } },
    ]);
    expect(sandbox.effects).toHaveLength(1);
  });
});

describe('a gateway without a journal', () => {
  it('only reads: every change is refused, for good', async () => {
    const { backends, directory, clock } = sandbox;
    const gateway = await startGateway({ backends, accounts: directory, clock });
    running.add(gateway);
    const { data, errors } = await create(gateway);
    expect(data).toEqual({ contractCommitmentCreate: null });
    expect(errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE', retryable: false } }]);
    expect(errors[0]?.message).toMatch(/only reads/);
    expect(sandbox.emulator('logisense').calls).toEqual([]);
    await expectReadsGoOn(gateway);
    expectNothingSent();
    expect((await readiness(gateway)).body).toMatchObject({ status: 'ready', journal: null });
    expect(existsSync(file)).toBe(false);
  });
});

const SYNC =
  'organizationSync(input: { organization: "sleepyco", idempotencyKey: "key-of-a-document" }) { isReplay }';
const OTHER_SYNC =
  'organizationSync(input: { organization: "tessera-bank", idempotencyKey: "key-of-another" }) { isReplay }';
const DELETE = `contractCommitmentDelete(input: { commitmentId: "${idOf(1)}", idempotencyKey: "key-of-a-document" }) { isReplay }`;

const onlyIf = (field: string) => field.replace(') {', ') @include(if: $on) {');

describe('C21: two changes in one document', () => {
  it.each([
    ['as two fields', `mutation { ${SYNC} ${DELETE} }`],
    ['as aliases of one', `mutation { a: ${SYNC} b: ${OTHER_SYNC} }`],
    ['in an inline fragment', `mutation { ${SYNC} ... on Mutation { ${DELETE} } }`],
    ['in a fragment', `mutation { ${SYNC} ...More } fragment More on Mutation { ${DELETE} }`],
    ['in one fragment', `mutation { ...Both } fragment Both on Mutation { ${SYNC} ${DELETE} }`],
    [
      'in fragments of fragments',
      `mutation { ...A } fragment A on Mutation { ...B ...C }
       fragment B on Mutation { ${SYNC} } fragment C on Mutation { ${DELETE} }`,
    ],
    [
      'by one fragment twice',
      `mutation { ...A ... on Mutation { ...A } } fragment A on Mutation { a: ${SYNC} }`,
    ],
    ['with @include', `mutation ($on: Boolean = false) { ${SYNC} b: ${onlyIf(OTHER_SYNC)} }`],
    [
      'with @include on a fragment',
      `mutation ($on: Boolean = false) { ${SYNC} ...A @include(if: $on) } fragment A on Mutation { b: ${OTHER_SYNC} }`,
    ],
    ['with @skip', `mutation { ${SYNC} ... on Mutation @skip(if: true) { ${DELETE} } }`],
  ])('%s: refused, and neither is made', async (_, document) => {
    const gateway = await start();
    const { status, data, errors } = await gateway.query(document);
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors[0]).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false } });
    expect(errors[0]?.message).toMatch(/^A mutation makes one change/);
    expectNothingSent();
    expect((await operationsOf(gateway)).totalCount).toBe(0);
  });

  it('each an operation of its own, are made as asked for: one of them', async () => {
    const gateway = await start();
    const document = `mutation One { ${SYNC} __typename } mutation Two { ${DELETE} }`;
    const response = await post(gateway, JSON.stringify({ query: document, operationName: 'Two' }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { contractCommitmentDelete: { isReplay: false } } });
    expect(sandbox.effects.map(({ action }) => action)).toEqual(['commitment.delete']);
  });
});

function post({ app }: Gateway, body: string, headers: Readonly<Record<string, string>> = {}) {
  return fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

describe('C22: a change by another way than one POST of JSON', () => {
  const DOCUMENT = `mutation { ${DELETE} }`;
  const query = `query=${encodeURIComponent(DOCUMENT)}`;

  it.each<[string, readonly number[], (gateway: Gateway) => Promise<Response>]>([
    [
      'GET',
      [405],
      ({ app }) => fetch(`${app.url}/graphql?${query}`, { headers: { 'apollo-require-preflight': '1' } }),
    ],
    [
      'GET that looks like JSON',
      [405],
      ({ app }) => fetch(`${app.url}/graphql?${query}`, { headers: { 'content-type': 'application/json' } }),
    ],
    ['GET of a page', [400], ({ app }) => fetch(`${app.url}/graphql?${query}`)],
    [
      'GET by the hash of a document',
      [405],
      ({ app }) =>
        fetch(
          `${app.url}/graphql?${query}&extensions=${encodeURIComponent(
            JSON.stringify({ persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } }),
          )}`,
          { headers: { 'apollo-require-preflight': '1' } },
        ),
    ],
    [
      'a batch',
      [400],
      (gateway) => post(gateway, JSON.stringify([{ query: DOCUMENT }, { query: DOCUMENT }])),
    ],
    ['a batch of one', [400], (gateway) => post(gateway, JSON.stringify([{ query: DOCUMENT }]))],
    [
      'a form',
      [415],
      (gateway) => post(gateway, query, { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    [
      'plain text',
      [400, 415],
      (gateway) => post(gateway, JSON.stringify({ query: DOCUMENT }), { 'content-type': 'text/plain' }),
    ],
    ['PUT', [405], ({ app }) => fetch(`${app.url}/graphql?${query}`, { method: 'PUT' })],
    [
      'a stream of events',
      [400],
      (gateway) => post(gateway, JSON.stringify({ query: DOCUMENT }), { accept: 'text/event-stream' }),
    ],
  ])('%s: refused, and nothing is written down or sent', async (_, statuses, ask) => {
    const gateway = await start();
    const response = await ask(gateway);
    expect(statuses).toContain(response.status);
    const answer = (await response.json()) as { errors: readonly unknown[] };
    expect(answer).not.toHaveProperty('data');
    expect(answer.errors).not.toEqual([]);
    expectNothingSent();
    expect(sandbox.emulator('logisense').calls).toEqual([]);
    expect((await operationsOf(gateway)).totalCount).toBe(0);
    // The very same document is a change where it comes as one should.
    expect((await post(gateway, JSON.stringify({ query: DOCUMENT }))).status).toBe(200);
    expect(sandbox.effects).toHaveLength(1);
  });
});

describe('C23: something that has changed since it was read', () => {
  it('is not changed where the caller says what he read', async () => {
    const gateway = await start();
    const versionOf = async () => {
      const { data } = await gateway.query(
        'query ($id: ID!) @fresh(within: 0) { commitment(id: $id) { ... on ContractCommitment { version } } }',
        { id: idOf(1) },
      );
      return data.commitment.version as string;
    };
    const update = (penaltyDescription: string, expectedVersion?: string, dryRun = false) =>
      askFor(gateway, 'contractCommitmentUpdate', {
        commitmentId: idOf(1),
        penaltyDescription,
        expectedVersion,
        dryRun,
      });
    const read = await versionOf();
    expect((await update('Somebody else.')).errors).toEqual([]);
    expect(writes()).toHaveLength(1);
    for (const dryRun of [true, false]) {
      const { data, errors } = await update('Mine.', read, dryRun);
      expect(data).toEqual({ contractCommitmentUpdate: null });
      expect(errors).toMatchObject([{ extensions: { code: 'PRECONDITION_FAILED', retryable: false } }]);
    }
    expect(writes()).toHaveLength(1);
    expect(sandbox.effects).toHaveLength(1);
    const now = await versionOf();
    expect(now).not.toBe(read);
    expect((await update('Mine.', now)).data.contractCommitmentUpdate.operation.state).toBe('SUCCEEDED');
    expect(sandbox.effects).toHaveLength(2);
  });

  it('is a contract, too', async () => {
    const gateway = await start();
    const { quantities, version, now } = await aQuantityChange(gateway);
    const ask = (quantity: number, expectedVersion: string) =>
      askFor(gateway, 'contractQuantityChange', { ...quantities(`${quantity}`), expectedVersion });
    expect((await ask(now + 1, version)).data.contractQuantityChange.operation.state).toBe('SUCCEEDED');
    const second = await ask(now + 2, version);
    expect(second.errors).toMatchObject([{ extensions: { code: 'PRECONDITION_FAILED' } }]);
    expect(sandbox.effects).toHaveLength(1);
  });
});

describe('C24: a creation in Salesforce', () => {
  it('is never asked for: no change goes there', () => {
    expect(Object.values(SOURCE_OF_CHANGE)).not.toContain('SALESFORCE');
  });
});

describe('C25: a dry run', () => {
  it('sends nothing and writes nothing down, of any backend', async () => {
    const gateway = await start();
    const { quantities, now } = await aQuantityChange(gateway);
    const { contractId } = quantities(`${now + 1}`);
    const dry: readonly (readonly [string, object])[] = [
      ['contractQuantityChange', quantities(`${now + 1}`)],
      ['contractCancel', { contractId }],
      ['contractCommitmentCreate', CREATION],
      ['contractCommitmentDelete', { commitmentId: idOf(1) }],
      ['organizationSync', { organization: 'sleepyco' }],
      [
        'resourceCommitmentCreate',
        {
          organization: 'sleepyco',
          name: 'Compute',
          pricingMethod: 'FIXED_PRICE',
          fixedPrice: '10.00',
          products: [],
          startsOn: '2027-02-01',
        },
      ],
    ];
    for (const [name, input] of dry) {
      const { data, errors } = await askFor(gateway, name, { ...input, dryRun: true });
      expect(errors, name).toEqual([]);
      const { operation, preview, userErrors } = data[name];
      expect(operation, name).toBeNull();
      expect(preview !== null || userErrors.length > 0, name).toBe(true);
    }
    expectNothingSent();
    expect((await operationsOf(gateway)).totalCount).toBe(0);
  });

  it('of a change that is wrong tells what is wrong, and of its key nothing is kept', async () => {
    const gateway = await start();
    const idempotencyKey = newKey();
    const dry = await create(gateway, { idempotencyKey, accountContractId: '34', dryRun: true });
    expect(problemsIn(payloadOf(dry))).toEqual(['NOT_FOUND accountContractId']);
    const real = await create(gateway, { idempotencyKey });
    expect(payloadOf(real)).toMatchObject({ isReplay: false, operation: { state: 'SUCCEEDED' } });
  });
});

describe('S42: a client that goes away', () => {
  const leave = async (gateway: Gateway, input: object, whenToLeave: () => Promise<void>) => {
    const leaving = new AbortController();
    const answer = fetch(`${gateway.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      signal: leaving.signal,
      body: JSON.stringify({
        query: `mutation ($input: ContractCommitmentCreateInput!) {
          contractCommitmentCreate(input: $input) { isReplay operation { state } }
        }`,
        variables: { input: { ...CREATION, ...input } },
      }),
    });
    const gone = expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    await whenToLeave();
    leaving.abort();
    await gone;
  };

  it('while the change is made: it comes to its end, and is replayed', async () => {
    const gateway = await start();
    sandbox.emulator('logisense').faults.add({
      match: { method: 'POST', path: /Commitment\/$/ },
      fault: { kind: 'slow', ms: 500 },
    });
    const idempotencyKey = newKey();
    await leave(gateway, { idempotencyKey }, () => until('the change arrives', () => writes().length === 1));
    const find = async () => {
      const { data } = await gateway.query(
        'query ($idempotencyKey: ID!) { contractOperation(idempotencyKey: $idempotencyKey) { id state looks } }',
        { idempotencyKey },
      );
      return data.contractOperation;
    };
    await expect.poll(async () => (await find())?.state, { timeout: 15_000 }).toBe('SUCCEEDED');
    // By the answer that it waited for, not by looking.
    expect((await find()).looks).toBe(0);
    const replay = payloadOf(await create(gateway, { idempotencyKey }));
    expect(replay).toMatchObject({ isReplay: true, operation: { state: 'SUCCEEDED' } });
    expect(replay.commitments).toHaveLength(1);
    expect(writes()).toHaveLength(1);
    expect(sandbox.effects).toHaveLength(1);
  });

  it('while it is being checked: nothing is sent, and the key is free', async () => {
    const gateway = await start();
    sandbox.emulator('logisense').faults.add({
      match: { method: 'GET' },
      times: 1,
      fault: { kind: 'slow', ms: 60_000 },
    });
    const idempotencyKey = newKey();
    const reads = () => sandbox.emulator('logisense').calls.filter(({ method }) => method === 'GET').length;
    await leave(gateway, { idempotencyKey }, () => until('it is being read', () => reads() === 1));
    const again = await create(gateway, { idempotencyKey });
    expect(again.errors).toEqual([]);
    expect(payloadOf(again)).toMatchObject({ isReplay: false, operation: { state: 'SUCCEEDED' } });
    expect(writes()).toHaveLength(1);
    expect(sandbox.effects).toHaveLength(1);
  });

  it('while others wait for the same: they get its outcome', async () => {
    const gateway = await start();
    sandbox.emulator('logisense').faults.add({
      match: { method: 'POST', path: /Commitment\/$/ },
      fault: { kind: 'slow', ms: 500 },
    });
    const idempotencyKey = newKey();
    const waiting: Promise<GraphAnswer>[] = [];
    await leave(gateway, { idempotencyKey }, async () => {
      await until('the change arrives', () => writes().length === 1);
      waiting.push(create(gateway, { idempotencyKey }), create(gateway, { idempotencyKey }));
    });
    for (const answer of await Promise.all(waiting)) {
      expect(answer.errors).toEqual([]);
      expect(payloadOf(answer)).toMatchObject({ isReplay: true, operation: { state: 'SUCCEEDED' } });
    }
    expect(sandbox.effects).toHaveLength(1);
  });
});

describe('S46: a change of a quantity', () => {
  const isQuantity = ({ action }: Effect) => action === 'contract.quantity-change';

  it('that is absolute is a change each time it is sent, so it is sent once', async () => {
    const gateway = await start();
    const { quantities, now } = await aQuantityChange(gateway);
    const input = { ...quantities(`${now + 5}`), idempotencyKey: newKey() };
    const first = await askFor(gateway, 'contractQuantityChange', input);
    expect(first.data.contractQuantityChange.operation.state).toBe('SUCCEEDED');
    const again = await Promise.all(
      Array.from({ length: 5 }, () => askFor(gateway, 'contractQuantityChange', input)),
    );
    for (const { data } of again) {
      expect(data.contractQuantityChange).toEqual({ ...first.data.contractQuantityChange, isReplay: true });
    }
    expect(sandbox.effects.filter(isQuantity)).toHaveLength(1);
    expect(writes('monetizenow')).toHaveLength(1);
  });

  it.each([true, false])(
    'whose answer got lost (done: %s) is looked for, not sent again',
    async (applied) => {
      const gateway = await start();
      const { quantities, now } = await aQuantityChange(gateway);
      sandbox.emulator('monetizenow').faults.add({
        match: { method: 'POST' },
        times: 1,
        fault: { kind: 'reset', applied },
      });
      const input = { ...quantities(`${now + 5}`), idempotencyKey: newKey() };
      const { data, errors } = await askFor(gateway, 'contractQuantityChange', input);
      expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN', source: 'MONETIZENOW' } }]);
      const { id, state } = data.contractQuantityChange.operation;
      expect(state).toBe('UNKNOWN');
      skippedMs += 60_000;
      await expect
        .poll(async () => (await operationBy(gateway, id)).state, { timeout: 15_000 })
        .toBe(applied ? 'SUCCEEDED' : 'FAILED');
      expect(sandbox.effects.filter(isQuantity)).toHaveLength(applied ? 1 : 0);
      const replay = await askFor(gateway, 'contractQuantityChange', input);
      expect(replay.data.contractQuantityChange).toMatchObject({ isReplay: true, operation: { id } });
      expect(writes('monetizenow')).toHaveLength(1);
      expect(sandbox.effects.filter(isQuantity)).toHaveLength(applied ? 1 : 0);
    },
  );
});
