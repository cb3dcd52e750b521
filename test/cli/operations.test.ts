/**
 * `operations`, run as a process over a real journal file that others have open: what it shows, what it settles and
 * refuses to, and that it makes nothing where nothing is.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { userInfo } from 'node:os';
import Libsql from 'libsql';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAccounts } from '../../src/config.js';
import type { Change } from '../../src/domain/change.js';
import type { ChangePort, ChangePorts } from '../../src/domain/change-port.js';
import type { Json } from '../../src/domain/json.js';
import { NO_RESULT, type Operation, type Plan } from '../../src/domain/operation.js';
import type { ChangeRequest } from '../../src/domain/operations.js';
import type { Organization } from '../../src/domain/organization.js';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { openDatabase } from '../../src/journal/database.js';
import { noFailpoint } from '../../src/journal/failpoint.js';
import { createJournal } from '../../src/journal/journal.js';
import { newRow } from '../../src/journal/rows.js';
import { createStore, type OperationStore, type Row, type RowChange } from '../../src/journal/store.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { configuration, folder, GATEWAY, SECRET } from '../support/configuration.js';
import { run } from '../support/program.js';

const NOW = Date.now();
const [SLEEPYCO] = parseAccounts([{ slug: 'sleepyco', name: 'SleepyCo' }]) as [Organization];
const [OTHER] = parseAccounts([{ slug: 'other', name: 'Other' }]) as [Organization];

const CHANGE: Change = { kind: 'CONTRACT_CANCEL', contractId: 'ctrct_1', effective: null };
const BEFORE: Json = { contract: { status: 'ACTIVE', seats: '10' }, quotes: ['q_1'] };

function planOn(target: string): Plan {
  return {
    target,
    externalId: 'ctrct_1',
    request: { method: 'POST', path: '/contracts/ctrct_1/cancel', body: '{"amount":10.00}' },
    implications: [{ code: 'CONTRACT_CANCELLED', message: 'The contract ends.', externalId: null }],
    unchecked: [],
    version: null,
    before: BEFORE,
  };
}

function requestFor(key: string, organization = SLEEPYCO): ChangeRequest {
  return {
    organization,
    change: CHANGE,
    idempotencyKey: key,
    dryRun: false,
    expectedVersion: null,
    reason: 'customer leaves',
  };
}

interface Journal {
  readonly config: string;
  readonly file: string;
  readonly store: OperationStore;
  /** Writes an intent down, and what became of it. `heldFor`: how long its sender has it. */
  add(
    id: string,
    facts?: {
      readonly change?: RowChange;
      readonly askedAt?: number;
      readonly heldFor?: number;
      readonly organization?: Organization;
    },
  ): Promise<Row>;
  operations(...args: readonly string[]): ReturnType<typeof run>;
}

const closing: OperationStore[] = [];
afterEach(async () => {
  for (const store of closing.splice(0)) await store.close();
});

function configured(store: string): string {
  return configuration({ 'gateway.yaml': `${GATEWAY}store: ${store}\n` });
}

function operationsOf(config: string) {
  return ([command = '', ...args]: readonly string[]) => run(['operations', command, ...args, '-c', config]);
}

async function journal(): Promise<Journal> {
  const config = configured('sqlite:data/journal.db');
  const file = join(dirname(config), 'data/journal.db');
  const store = createStore(await openDatabase({ kind: 'sqlite', file }));
  closing.push(store);
  return {
    config,
    file,
    store,
    async add(id, { change, askedAt = NOW - 7_200_000, heldFor = 60_000, organization = SLEEPYCO } = {}) {
      const row = newRow({
        id,
        request: requestFor(`key-of-${id}`, organization),
        client: 'partner',
        fingerprint: id,
        plan: planOn(`MONETIZENOW/${id}`),
        requestId: `request-of-${id}`,
        holder: 'a gateway',
        now: askedAt,
        heldUntil: Date.now() + heldFor,
      });
      const begun = await store.begin(row, { reason: row.reason });
      expect(begun.kind).toBe('mine');
      if (change === undefined) return row;
      const changed = await store.change(
        row,
        { holder: null, held_until: 0, ...change },
        askedAt + 1_000,
        'ANSWERED',
        { state: change.state ?? null },
      );
      return changed!;
    },
    operations: (...args) => operationsOf(config)(args),
  };
}

const UNKNOWN: RowChange = {
  state: 'UNKNOWN',
  needs_operator: 1,
  failure: JSON.stringify({ code: 'NO_ANSWER', message: 'No answer came.' }),
  upstream_references: JSON.stringify({ quoteId: 'quote_7' }),
  after: JSON.stringify({ contract: { status: 'CANCELLED', seats: '10' }, quotes: ['q_1', 'q_2'] }),
};

describe('list', () => {
  it('shows the newest first, and what is asked for', async () => {
    const { add, operations } = await journal();
    await add('op-sending', { askedAt: NOW - 1_000 });
    await add('op-unknown', { change: UNKNOWN, askedAt: NOW - 2 * 86_400_000 });
    await add('op-pending', { change: { state: 'PENDING' }, askedAt: NOW - 3 * 86_400_000 });
    await add('op-done', { change: { state: 'SUCCEEDED', settled_at: NOW }, organization: OTHER });

    const all = await operations('list');
    expect(all.stderr).toBe('');
    expect(all.code).toBe(0);
    const ids = (text: string) => [...text.matchAll(/^op-\w+/gm)].map(([id]) => id);
    expect(ids(all.stdout)).toEqual(['op-sending', 'op-done', 'op-unknown', 'op-pending']);
    expect(all.stdout).toMatch(
      /^op-unknown +UNKNOWN \* +CONTRACT_CANCEL +sleepyco +MONETIZENOW\/op-unknown +\d{4}-\d\d-\d\dT\S+Z +partner +2d$/m,
    );
    expect(all.stdout).toMatch(/^\* The gateway has given up/m);

    const [some, needing, ofOther, limited, json, none] = await Promise.all([
      operations('list', '--state', 'unknown,PENDING'),
      operations('list', '--needs-operator'),
      operations('list', '--organization', 'other'),
      operations('list', '--limit', '1'),
      operations('list', '--json', '--state', 'UNKNOWN,SENDING', '--limit', '1'),
      operations('list', '--organization', 'nobody'),
    ]);
    expect(ids(some.stdout)).toEqual(['op-unknown', 'op-pending']);
    expect(ids(needing.stdout)).toEqual(['op-unknown']);
    expect(ids(ofOther.stdout)).toEqual(['op-done']);
    expect(ids(limited.stdout)).toEqual(['op-sending']);
    expect(limited.stdout).toContain('There are older ones');
    expect(JSON.parse(json.stdout)).toMatchObject({
      operations: [
        { id: 'op-sending', state: 'SENDING', organization: 'sleepyco', reason: 'customer leaves' },
      ],
      hasMore: true,
    });
    expect(none).toMatchObject({ code: 0, stdout: 'No such operations.\n' });
  });
});

describe('show', () => {
  it('tells everything, and marks what differs', async () => {
    const { add, operations } = await journal();
    await add('op-1', { change: UNKNOWN });
    const { code, stdout, stderr } = await operations('show', 'op-1');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    for (const line of [
      /^state +UNKNOWN, and only an operator can tell$/m,
      /^asked by +partner, key key-of-op-1, request request-of-op-1$/m,
      /^asked at .*Z, 2h ago$/m,
      /^reason +customer leaves$/m,
      /^quoteId +quote_7$/m,
      /^failure +NO_ANSWER: No answer came\.$/m,
      /^ {2}POST \/contracts\/ctrct_1\/cancel$/m,
      /^ {2}\{"amount":10\.00\}$/m, // as sent: digits and all
      /^ {3}contract\.seats +"10" +"10"$/m,
      /^\* +contract\.status +"ACTIVE" +"CANCELLED"$/m,
      /^\* +quotes\.1 +- +"q_2"$/m,
      /^ {2}1 .* INTENDED +partner\n.*\n {2}2 .* ANSWERED +partner$/m,
    ]) {
      expect(stdout).toMatch(line);
    }
    expect(stdout.match(/^\* /gm)).toHaveLength(3); // two members, and the legend
    expect(stdout).not.toContain(SECRET);

    const id = encodeGlobalId({ type: 'ContractOperation', organization: 'sleepyco', key: 'op-1' });
    const asJson = await operations('show', id, '--json');
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      operation: {
        id: 'op-1',
        state: 'UNKNOWN',
        before: BEFORE,
        after: { contract: { status: 'CANCELLED' } },
        request: { body: '{"amount":10.00}' },
      },
      audit: [
        { seq: 1, event: 'INTENDED', by: 'partner' },
        { seq: 2, event: 'ANSWERED', said: { state: 'UNKNOWN' } },
      ],
    });
  });

  it('lets nothing that others wrote move the cursor', async () => {
    const { add, operations } = await journal();
    await add('op-1', {
      change: {
        ...UNKNOWN,
        after: JSON.stringify({ contract: { status: '\u001b[2J\u202eLIVE', 'seats\nfree': 1 } }),
        failure: JSON.stringify({ code: 'NO_ANSWER', message: 'line\r\n* settled\u001b[1m' }),
      },
    });
    const { stdout } = await operations('show', 'op-1');
    expect(stdout).not.toMatch(/[\u001b\u202e\r]/);
    expect(stdout).toContain('line\\u000d\\n* settled\\u001b[1m');
  });
});

describe('settle', () => {
  it('is seen by a gateway that runs, and frees the target', async () => {
    const { file, operations } = await journal();
    let sent = 0;
    const port: ChangePort<Change> = {
      plan: () => Promise.resolve({ isSendable: true, plan: planOn('MONETIZENOW/ctrct_1') }),
      send() {
        sent += 1;
        return Promise.resolve(
          sent === 1 ? { state: 'UNKNOWN', message: 'No answer came.' } : { state: 'SUCCEEDED' },
        );
      },
      look: () => Promise.resolve({ state: 'UNKNOWN', message: 'It fits neither.' }),
      result: () => NO_RESULT,
    };
    const ports: ChangePorts = {
      contracts: port,
      resourceCommitments: null,
      contractCommitments: null,
      sync: null,
    };
    const running = createJournal({
      open: async () => createStore(await openDatabase({ kind: 'sqlite', file })),
      times: {
        sendMs: 1_000,
        followMs: 100,
        twinMs: 1_000,
        provenAfterMs: 60_000,
        giveUpAfterMs: 60_000,
        holdMs: 1_000,
      },
      clock: Date.now,
      timers: systemTimers,
      newId: () => `op-${sent + 1}`,
      holder: 'this test',
      ports: () => ports,
      organization: () => SLEEPYCO,
      failpoint: noFailpoint,
      tell: () => undefined,
    });
    await running.start();
    try {
      const caller = { client: 'partner', requestId: 'r', signal: new AbortController().signal };
      const graph = running.forCaller(caller, ports);
      expect(await graph.perform(requestFor('the-first'))).toMatchObject({ operation: { state: 'UNKNOWN' } });
      await expect(graph.perform(requestFor('the-second'))).rejects.toMatchObject({ code: 'TARGET_BUSY' });

      const seen: Operation[] = [];
      const followed = (async () => {
        for await (const operation of graph.follow(SLEEPYCO, 'op-1', caller.signal)) seen.push(operation);
      })();
      const { code, stdout } = await operations('settle', 'op-1', '--as', 'failed', '--reason', 'asked them');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^operation op-1 is settled as FAILED; it was UNKNOWN\.$/m);
      await followed;
      expect(seen.at(-1)).toMatchObject({
        state: 'FAILED',
        needsOperator: false,
        failure: { code: 'SETTLED_BY_OPERATOR' },
      });

      expect(await graph.perform(requestFor('the-first'))).toMatchObject({
        isReplay: true,
        operation: { state: 'FAILED' },
      });
      expect(await graph.perform(requestFor('the-second'))).toMatchObject({
        operation: { state: 'SUCCEEDED' },
      });
      expect(sent).toBe(2);
    } finally {
      await running.stop();
    }
    expect(await operations('verify')).toMatchObject({ code: 0 });
    expect((await operations('show', 'op-1')).stdout).toMatch(
      new RegExp(`DECIDED +operator:${userInfo().username}\\n.*"reason":"asked them"`),
    );
  });

  it('says who decided, and a dry run changes nothing', async () => {
    const { add, store, operations } = await journal();
    const before = await add('op-1', { change: { ...UNKNOWN, needs_operator: 0, look_at: NOW + 60_000 } });
    const command = ['settle', 'op-1', '--as', 'succeeded', '--reason', 'the quote is there', '--by', 'Ada'];

    const dry = await operations(...command, '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/would be settled as SUCCEEDED; it is UNKNOWN\. Nothing was changed\./);
    expect(dry.stdout).toContain('decided by Ada: the quote is there');
    expect(dry.stdout).toContain('the gateway would still look for itself');
    expect(await store.byId('op-1')).toEqual(before);

    expect((await operations(...command)).code).toBe(0);
    expect(await store.byId('op-1')).toMatchObject({
      state: 'SUCCEEDED',
      failure: null,
      needs_operator: 0,
      look_at: null,
      settled_at: expect.any(Number),
      holder: null,
    });
    expect(
      (JSON.parse((await operations('show', 'op-1', '--json')).stdout) as { audit: unknown[] }).audit.at(-1),
    ).toMatchObject({
      event: 'DECIDED',
      by: 'operator:Ada',
      said: { from: 'UNKNOWN', to: 'SUCCEEDED', reason: 'the quote is there', isForced: false },
    });
    const again = await operations(...command);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toBe('operation op-1 is settled already: SUCCEEDED. Nothing was changed.\n');
  });

  it.each<readonly [string, RowChange | undefined, number, RegExp, 'refused' | 'allowed']>([
    ['held by a live sender', undefined, 60_000, /is being sent right now/, 'refused'],
    ['left by a sender that is gone', undefined, -1, /by a gateway that is gone/, 'allowed'],
    ['PENDING', { state: 'PENDING' }, 0, /is PENDING: .* With --force/, 'allowed'],
    ['IN_REVIEW', { state: 'IN_REVIEW' }, 0, /is IN_REVIEW: .* With --force/, 'allowed'],
    ['FAILED', { state: 'FAILED', settled_at: NOW }, 0, /is settled already: FAILED/, 'refused'],
    ['never sent', { state: 'NOT_SENT' }, 0, /was never sent/, 'refused'],
  ])('of what is %s is refused; by force as it should be', async (_, change, heldFor, says, byForce) => {
    const { add, store, operations } = await journal();
    const before = await add('op-1', { heldFor, ...(change === undefined ? {} : { change }) });
    const command = ['settle', 'op-1', '--as', 'failed', '--reason', 'seen there'];
    for (const refused of await Promise.all([operations(...command), operations(...command, '--dry-run')])) {
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(says);
      expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(await store.byId('op-1')).toEqual(before);

    const forced = await operations(...command, '--force');
    expect(forced.code).toBe(byForce === 'allowed' ? 0 : 1);
    expect((await store.byId('op-1'))?.state).toBe(byForce === 'allowed' ? 'FAILED' : before.state);
    if (byForce === 'allowed') {
      // Whoever had it can no longer write to it.
      expect(await store.change(before, { state: 'SUCCEEDED' }, NOW, 'ANSWERED', null)).toBeNull();
    }
    expect((await operations('verify')).code).toBe(0);
  });

  it('waits for whoever is looking, and does not write over what was found', async () => {
    const { add, store, operations } = await journal();
    const row = await add('op-1', { change: UNKNOWN });
    const look = (await store.hold(row, 'a gateway', Date.now(), Date.now() + 60_000))!;
    const command = operations('settle', 'op-1', '--as', 'failed', '--reason', 'seen there');
    await rest(2_500);
    const found = { state: 'SUCCEEDED', settled_at: NOW, holder: null, held_until: 0 } as const;
    expect(await store.change(look, found, NOW, 'LOOKED', null)).not.toBeNull();
    expect(await command).toMatchObject({
      code: 1,
      stderr: 'operation op-1 is settled already: SUCCEEDED. Nothing was changed.\n',
    });
  });
});

describe('verify', () => {
  it('finds an altered row, a removed one and a trail that was cut off', async () => {
    const { add, file, operations } = await journal();
    await add('op-1', { change: UNKNOWN });
    const first = await operations('verify');
    expect(first.stderr).toBe('');
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^entries +2$/m);
    expect(first.stdout).toMatch(/^operations +1$/m);
    const [, hash = ''] = /^last hash +([0-9a-f]{64})$/m.exec(first.stdout) ?? [];

    await add('op-2', { change: UNKNOWN });
    expect((await operations('verify', '--expect', hash)).code).toBe(0);
    expect(await operations('verify', '--expect', '0'.repeat(64))).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'The audit trail is not intact: the audit trail does not contain the hash that it once ended with.\n',
    });

    const direct = new Libsql(file);
    direct.exec(`update operations set state = 'SUCCEEDED' where id = 'op-2'`);
    expect(await operations('verify')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'The audit trail is not intact: operation op-2 was altered.\n',
    });
    direct.exec(`update operations set plan = 'nothing' where id = 'op-2'`);
    const shown = await operations('show', 'op-2');
    expect(shown).toMatchObject({ code: 1, stdout: '' });
    expect(shown.stderr).toMatch(/^operation op-2 cannot be read: /);
    direct.exec(`delete from operations where id = 'op-2'`);
    expect((await operations('verify')).stderr).toBe(
      'The audit trail is not intact: operation op-2 is missing.\n',
    );
    direct.exec(`update audit set event = 'REFUSED' where seq = 1`);
    expect((await operations('verify')).stderr).toBe(
      'The audit trail is not intact: audit entry 1 was altered.\n',
    );
    direct.close();
  });
});

describe('a journal that cannot be used', () => {
  const each = [
    ['list'],
    ['show', 'op-1'],
    ['settle', 'op-1', '--as', 'failed', '--reason', 'seen there'],
    ['verify'],
  ];

  it('that is not there is not made', async () => {
    const config = configured('sqlite:data/journal.db');
    for (const { code, stdout, stderr } of await Promise.all(each.map(operationsOf(config)))) {
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^There is no journal, and none was made: .*journal\.db is not there/);
    }
    expect(existsSync(join(dirname(config), 'data'))).toBe(false);
  });

  it('because there is to be none is told', async () => {
    for (const { code, stdout, stderr } of await Promise.all(each.map(operationsOf(configured('none'))))) {
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/has no journal \(store: none\)/);
    }
  });

  it('is told apart: damaged, locked, unreachable', async () => {
    const damaged = configured('sqlite:journal.db');
    const rubbish = 'this is no database, and is longer than the head of one would be. '.repeat(20);
    writeFileSync(join(dirname(damaged), 'journal.db'), rubbish);

    const locked = await journal();
    await locked.add('op-1', { change: UNKNOWN });
    const other = new Libsql(locked.file);
    other.exec('begin immediate');

    const [ofDamaged, read, written, unreachable] = await Promise.all([
      operationsOf(damaged)(['list']),
      locked.operations('list'),
      locked.operations('settle', 'op-1', '--as', 'failed', '--reason', 'seen there'),
      operationsOf(configured('postgres://nobody:hunter2@127.0.0.1:9/none'))(['list']),
    ]);
    other.exec('rollback');
    other.close();
    expect(ofDamaged).toMatchObject({ code: 1, stdout: '' });
    expect(ofDamaged.stderr).toMatch(/^The journal is damaged, and was left as it is: /);
    expect(read.code).toBe(0); // somebody who writes keeps nobody from reading
    expect(written).toMatchObject({ code: 1, stdout: '' });
    expect(written.stderr).toMatch(/^The journal is locked by another program\. Try again in a moment/);
    expect((await locked.store.byId('op-1'))?.state).toBe('UNKNOWN');
    expect(unreachable).toMatchObject({ code: 1, stdout: '' });
    expect(unreachable.stderr).toMatch(/^The journal’s database cannot be reached: /);
    for (const { stderr } of [ofDamaged, written, unreachable]) {
      expect(stderr).not.toMatch(/^\s+at |hunter2/m);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });

  it('because another version made it is left alone', async () => {
    const { file, operations } = await journal();
    const direct = new Libsql(file);
    direct.exec(`insert into journal_migrations (name, timestamp) values ('9999-later', '2030-01-01')`);
    expect((await operations('list')).stderr).toMatch(/made by a newer version/);
    direct.exec(`delete from journal_migrations`);
    expect((await operations('list')).stderr).toMatch(/made by an older version/);
    direct.close();
  });
});

describe.concurrent('a wrong command line', () => {
  const settle = ['settle', 'op-1', '--as', 'failed'];
  it.each<readonly [string, readonly string[], RegExp]>([
    ['no subcommand', [], /Usage: commitment-graph operations/],
    ['no configuration', ['list'], /required option '-c, --config <file>'/],
    ['an unknown state', ['list', '--state', 'UNKNOWN,LOST', '-c', 'x'], /Expected one or more of SENDING, /],
    ['no number', ['list', '--limit', '0', '-c', 'x'], /Expected a whole number from 1 to 10000/],
    ['no id', ['show', '-c', 'x'], /missing required argument 'id'/],
    ['no reason', [...settle, '-c', 'x'], /required option '--reason <text>'/],
    ['a blank reason', [...settle, '--reason', ' ', '-c', 'x'], /Expected one line of text/],
    [
      'another outcome',
      ['settle', 'op-1', '--as', 'UNKNOWN', '-c', 'x'],
      /Allowed choices are succeeded, failed/,
    ],
    ['a hash that is none', ['verify', '--expect', 'abc', '-c', 'x'], /Expected the 64 hexadecimal digits/],
    ['a configuration that is not there', ['verify', '-c', join(folder, 'no.yaml')], /cannot be used/],
  ])('with %s ends with 2 and says so', async (_, args, says) => {
    const { code, stdout, stderr } = await run(['operations', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
  });

  it('with an id that there is not ends with 1', async () => {
    const { operations } = await journal();
    for (const args of [
      ['show', 'op-9'],
      ['settle', 'op-9', '--as', 'failed', '--reason', 'seen there'],
    ]) {
      expect(await operations(...args)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: 'There is no operation op-9. `operations list` shows which there are.\n',
      });
    }
  });
});
