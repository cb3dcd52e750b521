/**
 * Synchronization with Commitment Manager over real sockets: the request of seed 000 as it arrives, its documented
 * errors byte for byte, and the promises around it: one request for each organization and minute, success only with
 * the proof that the page names, nothing claimed that cannot be told.
 */
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCommitmentManager } from '../../src/backends/commitment-manager/backend.js';
import { instantOfMillis } from '../../src/domain/calendar.js';
import type { Step } from '../../src/domain/change-port.js';
import type { SyncChange } from '../../src/domain/change.js';
import { SourceError } from '../../src/domain/failure.js';
import type { Json } from '../../src/domain/json.js';
import type { Plan, Planned } from '../../src/domain/operation.js';
import { NO_RESULT } from '../../src/domain/operation.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import { createGate } from '../../src/upstream/gate.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { startPlainServer, type PlainReply } from '../support/plain-server.js';
import { startRawServer } from '../support/raw-server.js';
import { aRequest } from '../support/request.js';
import { sampleBytes } from '../support/samples.js';

const ORG_ID = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const OTHER_ID = '00000000-0000-4000-8000-000000000001';
const STATE = `GET /organizations/${ORG_ID}/commitment/current`;
const SYNC = `POST /organizations/${ORG_ID}/sync`;
const NOW = Date.UTC(2026, 10, 21, 9);
const CHANGE: SyncChange = { kind: 'ORGANIZATION_SYNC' };
const MINUTE = 60_000;

function organization(slug: string, organizationId: string | null): Organization {
  return {
    slug: slug as OrganizationSlug,
    name: slug,
    currency: null,
    commitmentManager: organizationId === null ? null : { organizationId },
    salesforce: null,
    logisense: null,
    monetizenow: null,
    cloudmc: null,
  };
}
const sleepyco = organization('sleepyco', ORG_ID);

/** The current commitment under the names of the seed. */
function shown(changes: Record<string, unknown> = {}): PlainReply {
  const commitment = {
    status: 'active',
    mmc_amount: 15000,
    contract_start_date: '2024-02-01',
    contract_end_date: '2025-01-31',
    sync_status: 'synchronized',
    last_updated: '2026-11-20T10:15:23Z',
    commitment_handler_id: 'ch_42',
    ...changes,
  };
  return { body: JSON.stringify({ commitment }) };
}
const BEFORE = {
  status: 'active',
  syncStatus: 'SYNCHRONIZED',
  syncStatusText: 'synchronized',
  lastUpdated: '2026-11-20T10:15:23Z',
  handlerId: 'ch_42',
};
const NO_COMMITMENT: PlainReply = { status: 404, body: '{"error": "No active commitment"}' };
const QUEUED: PlainReply = { status: 202, body: '{"status": "queued"}' };
const documented = (status: number): PlainReply => ({
  status,
  body: sampleBytes(`commitment-manager/error-${status}`),
});

/** A backend at that address whose time is `time.now`. */
function backendAt(url: string, longestSyncMs?: number) {
  const time = { now: NOW };
  const drift = createDrift(() => undefined);
  const clock = () => time.now;
  const gate = createGate(
    {
      source: 'COMMITMENT_MANAGER',
      url,
      timeoutMs: 5_000,
      writeTimeoutMs: 5_000,
      freshForMs: 0,
      staleForMs: 0,
      concurrency: 16,
      requestsPerSecond: null,
      allowPrivateAddresses: true,
    },
    { clock, timers: systemTimers, random: () => 0.5 },
  );
  onTestFinished(() => gate.close());
  const manager = createCommitmentManager(
    { bearerToken: 'not-a-real-token', longestSyncMs },
    { clock, drift, createUpstream: (options) => gate.createUpstream(options) },
  );
  return {
    time,
    counts: () => drift.counts('COMMITMENT_MANAGER'),
    /** Of one request. */
    port: () => manager.changes(aRequest({ withinMs: () => 0 })),
  };
}

async function backend(changes: Record<string, PlainReply> = {}, longestSyncMs?: number) {
  const replies: Record<string, PlainReply> = { [STATE]: shown(), [SYNC]: QUEUED, ...changes };
  const server = await startPlainServer(replies);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return {
    ...backendAt(server.url, longestSyncMs),
    replies,
    calls: server.calls,
    sent: () => server.calls.filter(({ method }) => method !== 'GET'),
  };
}
type Backend = Awaited<ReturnType<typeof backend>>;

function planOf(planned: Planned): Plan {
  if (!planned.isSendable) throw new Error(JSON.stringify(planned.problems));
  return planned.plan;
}

/** Out of the journal. */
function kept<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** Plans and sends through a port of its own, as a request does. */
async function asked(
  { port }: Pick<Backend, 'port'>,
  who: Organization = sleepyco,
): Promise<{ readonly plan: Plan; readonly step: Step }> {
  const one = port();
  const plan = kept(planOf(await one.plan(who, CHANGE)));
  return { plan, step: kept(await one.send(who, CHANGE, plan, 'request-1')) };
}

function progressOf(step: Step): Json {
  return ('progress' in step ? step.progress : null) ?? null;
}

describe('the request of seed 000', () => {
  it('arrives as the page shows it: POST, bearer token, no body', async () => {
    const { sent, port } = await backend();
    await asked({ port });
    expect(sent()).toHaveLength(1);
    const [call] = sent();
    expect(call).toMatchObject({ method: 'POST', path: `/organizations/${ORG_ID}/sync`, body: '' });
    expect([...call!.query]).toEqual([]);
    expect(call!.headers).toMatchObject({
      authorization: 'Bearer not-a-real-token',
      'x-request-id': 'request-1',
    });
    for (const name of ['content-type', 'username', 'webhook_api_key'])
      expect(call!.headers).not.toHaveProperty(name);
  });
});

describe('planning', () => {
  it('shows the request, what is there now, and the delay; and sends nothing', async () => {
    const { port, calls } = await backend();
    const { target, ...plan } = planOf(await port().plan(sleepyco, CHANGE));
    expect(plan).toEqual({
      externalId: ORG_ID,
      request: { method: 'POST', path: `organizations/${ORG_ID}/sync`, body: null },
      implications: [
        {
          code: 'SYNC_DELAY',
          externalId: null,
          message: expect.stringContaining('2 to 5 minutes') as string,
        },
      ],
      unchecked: [expect.stringContaining('refuses and says when to ask again')],
      version: null,
      before: BEFORE,
    });
    expect(target).toMatch(new RegExp(`^COMMITMENT_MANAGER/${ORG_ID}/sync/.`));
    expect(kept(plan)).toEqual(plan);
    expect(calls.map(({ method }) => method)).toEqual(['GET']);
  });

  it('gives each operation a target of its own: they join, and are not in each other’s way', async () => {
    const { port } = await backend();
    const plans = await Promise.all([1, 2, 3].map(() => port().plan(sleepyco, CHANGE)));
    expect(new Set(plans.map((planned) => planOf(planned).target)).size).toBe(3);
  });

  it('refuses an organization without an account there, without a call', async () => {
    const { port, calls } = await backend();
    expect(await port().plan(organization('stranger', null), CHANGE)).toEqual({
      isSendable: false,
      problems: [{ path: [], code: 'NOT_ALLOWED', message: expect.any(String) as string }],
      plan: null,
    });
    expect(calls).toEqual([]);
  });

  it.each([
    ['404', NO_COMMITMENT],
    ['an empty wrapper', { body: '{"commitment": null}' }],
  ])(
    'goes on without a current commitment (%s), and says that nothing can be read back',
    async (_, reply) => {
      const { port } = await backend({ [STATE]: reply });
      const plan = planOf(await port().plan(sleepyco, CHANGE));
      expect(plan.before).toBeNull();
      expect(plan.unchecked.join(' ')).toMatch(/knows the organization.*nothing can be read back/);
    },
  );

  it("does not show another's commitment", async () => {
    const { port, counts } = await backend({ [STATE]: shown({ organization_id: OTHER_ID }) });
    expect(planOf(await port().plan(sleepyco, CHANGE)).before).toBeNull();
    expect(counts().foreignRecords).toBe(1);
  });

  it.each(['pending', 'failed', 'some-new-word'])(
    'goes on where it is %s: that is what it is for',
    async (word) => {
      const { port } = await backend({ [STATE]: shown({ sync_status: word }) });
      const { implications } = planOf(await port().plan(sleepyco, CHANGE));
      expect(
        implications
          .map(({ message }) => message)
          .join(' ')
          .includes('synchronizing already'),
      ).toBe(word === 'pending');
    },
  );

  it.each([
    ['401', documented(401), 'UPSTREAM_UNAVAILABLE'],
    ['409', documented(409), 'UPSTREAM_CONFLICT'],
    ['503', documented(503), 'UPSTREAM_UNAVAILABLE'],
    ['a 404 of a wrong address', { status: 404, body: '' }, 'UPSTREAM_MALFORMED'],
    ['200 without a body', { body: '' }, 'UPSTREAM_MALFORMED'],
  ])('rejects where reading fails (%s), and nothing is sent', async (_, reply, code) => {
    const { port, sent } = await backend({ [STATE]: reply });
    const error: unknown = await port()
      .plan(sleepyco, CHANGE)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).failure.code).toBe(code);
    expect(sent()).toEqual([]);
  });

  it('never lets an id that is no UUID reach a path', async () => {
    const { port, calls } = await backend();
    const wrong = organization('wrong', '../../admin');
    await expect(port().plan(wrong, CHANGE)).rejects.toBeInstanceOf(SourceError);
    const plan = planOf(await port().plan(sleepyco, CHANGE));
    expect(await port().send(wrong, CHANGE, plan, 'request-1')).toMatchObject({ state: 'NOT_SENT' });
    expect(calls).toHaveLength(1);
  });
});

describe('the answer', () => {
  it('202 with the proposed body: taken, and not done yet', async () => {
    const { step } = await asked(await backend());
    expect(step).toEqual({
      state: 'PENDING',
      progress: { askedAt: instantOfMillis(NOW), takenAt: instantOfMillis(NOW), before: BEFORE },
      outcome: {
        askedAt: instantOfMillis(NOW),
        takenAt: instantOfMillis(NOW),
        reply: '{"status":"queued"}',
      },
    });
  });

  it.each<[string, PlainReply, string | null]>([
    ['202 without a body', { status: 202, body: '' }, null],
    ['200 without a body', { body: '' }, null],
    ['204', { status: 204, body: '' }, null],
    ['200 of another shape', { body: '[1, "x"]' }, '[1,"x"]'],
    ['200 with exact numbers', { body: '{"id": 12345678901234567890.10}' }, '{"id":12345678901234567890.10}'],
    [
      '200 in an envelope',
      { body: `{"data": {"organization_id": "${ORG_ID.toUpperCase()}", "status": "pending"}}` },
      `{"data":{"organization_id":"${ORG_ID.toUpperCase()}","status":"pending"}}`,
    ],
    ['a long answer', { body: JSON.stringify({ log: 'x'.repeat(20_000) }) }, null],
  ])('%s: taken', async (_, reply, text) => {
    const { step } = await asked(await backend({ [SYNC]: reply }));
    expect(step).toMatchObject({ state: 'PENDING', outcome: { reply: text } });
  });

  it.each<[string, PlainReply]>([
    ['a page under 200', { body: '<html>Welcome</html>' }],
    ['an error under 200', { body: '{"error": "Something"}' }],
    ['a failure under 202', { status: 202, body: '{"status": "failed"}' }],
    ['500', { status: 500, body: '{"error": "oops"}' }],
    ['the documented 503', documented(503)],
    ['408', { status: 408, body: '{"error": "timeout"}' }],
    ['a redirect', { status: 302, body: '', headers: { location: 'http://elsewhere.test/' } }],
    ['a 404 of a wrong address', { status: 404, body: '<html>' }],
  ])('%s: nobody knows', async (_, reply) => {
    const { step } = await asked(await backend({ [SYNC]: reply }));
    expect(step).toEqual({
      state: 'UNKNOWN',
      message: expect.stringMatching(/^Commitment Manager .* is not known\.$/) as string,
      progress: { askedAt: instantOfMillis(NOW), takenAt: null, before: BEFORE },
    });
  });

  it('another organization in it: nobody knows, and it is counted', async () => {
    const reply = { status: 202, body: JSON.stringify({ status: 'queued', organization_id: OTHER_ID }) };
    const rig = await backend({ [SYNC]: reply });
    const { step } = await asked(rig);
    expect(step.state).toBe('UNKNOWN');
    expect(JSON.stringify(step)).not.toContain(OTHER_ID);
    expect(rig.counts().foreignRecords).toBe(1);
  });

  it('a connection that breaks off after the request: nobody knows', async () => {
    const body = shown().body as string;
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const server = await startRawServer((socket, _, request) => {
      if (request.startsWith('GET')) socket.write(head + body);
      else socket.destroy();
    });
    onTestFinished(() => server[Symbol.asyncDispose]());
    const { step } = await asked(backendAt(server.url));
    expect(step).toMatchObject({ state: 'UNKNOWN', progress: { takenAt: null } });
    expect(server.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it('nobody listens: not sent', async () => {
    const server = await startPlainServer({});
    const { port } = backendAt(server.url);
    await server[Symbol.asyncDispose]();
    const other = await backend();
    const plan = planOf(await other.port().plan(sleepyco, CHANGE));
    expect(await port().send(sleepyco, CHANGE, plan, 'request-1')).toMatchObject({ state: 'NOT_SENT' });
  });

  it('the documented 409: not sent, to be repeated with the same key after 300 seconds (S19)', async () => {
    const { step } = await asked(await backend({ [SYNC]: documented(409) }));
    expect(step).toMatchObject({
      state: 'NOT_SENT',
      failure: { code: 'UPSTREAM_CONFLICT', retryAfterMs: 300_000 },
    });
  });

  it.each([
    ['-5', 0],
    ['1e9', 3_600_000],
    ['"soon"', undefined],
  ])('409 with retry_after %s', async (retryAfter, ms) => {
    const body = `{"error": "Commitment modification in progress", "retry_after": ${retryAfter}}`;
    const { step } = await asked(await backend({ [SYNC]: { status: 409, body } }));
    expect(step.state).toBe('NOT_SENT');
    expect(step).toHaveProperty('failure.code', 'UPSTREAM_CONFLICT');
    expect('failure' in step && 'retryAfterMs' in step.failure ? step.failure.retryAfterMs : undefined).toBe(
      ms,
    );
  });

  it.each<[string, PlainReply, string]>([
    ['the documented 401', documented(401), 'UPSTREAM_UNAVAILABLE'],
    ['403', { status: 403, body: '{"error": "no access"}' }, 'UPSTREAM_UNAVAILABLE'],
    [
      '429 in the other form',
      { status: 429, body: '{"errors": [{"code": "10011", "title": "Too many requests"}]}' },
      'UPSTREAM_RATE_LIMITED',
    ],
  ])('%s: not sent, and none of it is the caller’s', async (_, reply, code) => {
    const { step } = await asked(await backend({ [SYNC]: reply }));
    expect(step).toMatchObject({ state: 'NOT_SENT', failure: { code } });
  });

  it('the documented 404: refused', async () => {
    const { step } = await asked(await backend({ [SYNC]: documented(404) }));
    expect(step).toEqual({
      state: 'FAILED',
      failure: { code: 'REFUSED', message: 'Commitment Manager does not know the organization.' },
    });
  });

  it.each<[string, string]>([
    [
      '{"error": "Synchronization is switched off"}',
      'Commitment Manager refused: Synchronization is switched off',
    ],
    [
      '{"errors": [{"code": "10015", "title": "Bad request", "detail": "x"}]}',
      'Commitment Manager refused: 10015 Bad request',
    ],
    ...[
      '<b>no</b>',
      'at Foo.bar(Sync.java:12)',
      'host db-1.internal.example',
      `organization ${OTHER_ID}`,
      'see cm_7f3b9e2a1c',
      'key 7f3b9e2a1c7f3b9e',
      'x'.repeat(301),
    ].map((words): [string, string] => [
      JSON.stringify({ error: words }),
      'Commitment Manager refused to synchronize the organization.',
    ]),
    ['', 'Commitment Manager refused to synchronize the organization.'],
  ])('400 %s: refused, in words for people', async (body, message) => {
    const { step } = await asked(await backend({ [SYNC]: { status: 400, body } }));
    expect(step).toEqual({ state: 'FAILED', failure: { code: 'REFUSED', message } });
  });
});

describe('asked for repeatedly (S53)', () => {
  it('50 at once: one request, one end for all', async () => {
    const rig = await backend();
    const all = await Promise.all(Array.from({ length: 50 }, () => asked(rig)));
    expect(rig.sent()).toHaveLength(1);
    expect(new Set(all.map(({ step }) => JSON.stringify(step))).size).toBe(1);
    expect(new Set(all.map(({ plan }) => plan.target)).size).toBe(50);
  });

  it('joins the last one for a minute, says so beforehand, and then asks again', async () => {
    const rig = await backend();
    const first = await asked(rig);
    rig.time.now += MINUTE - 1;
    const second = await asked(rig);
    expect(second.step).toEqual(first.step);
    expect(second.plan.implications.map(({ message }) => message).join(' ')).toContain(
      'that request stands for this one',
    );
    expect(rig.sent()).toHaveLength(1);
    rig.time.now += 1;
    const third = await asked(rig);
    expect(third.plan.implications).toHaveLength(1);
    expect(progressOf(third.step)).not.toEqual(progressOf(first.step));
    expect(rig.sent()).toHaveLength(2);
  });

  it('who joins follows the request that stands for him, also where that was done before he asked', async () => {
    const rig = await backend();
    await asked(rig);
    rig.replies[STATE] = shown({ last_updated: '2026-11-21T09:00:20Z' });
    rig.time.now += 30_000;
    const { plan, step } = await asked(rig);
    const look = await rig
      .port()
      .look(sleepyco, CHANGE, { plan, sentAt: rig.time.now, progress: progressOf(step) });
    expect(look.state).toBe('SUCCEEDED');
  });

  it('one that nobody knows the end of is joined too: it is never sent again to find out', async () => {
    const rig = await backend({ [SYNC]: { status: 500, body: '{"error": "oops"}' } });
    const first = await asked(rig);
    rig.time.now += 30_000;
    expect((await asked(rig)).step).toEqual(first.step);
    expect(rig.sent()).toHaveLength(1);
  });

  it('a 409 holds until its wait is over, a minute at most, and says how much is left', async () => {
    const conflict = (seconds: number): PlainReply => ({
      status: 409,
      body: `{"error": "Commitment modification in progress", "retry_after": ${seconds}}`,
    });
    const rig = await backend({ [SYNC]: conflict(20) });
    await asked(rig);
    rig.time.now += 15_000;
    expect((await asked(rig)).step).toMatchObject({ state: 'NOT_SENT', failure: { retryAfterMs: 5_000 } });
    expect(rig.sent()).toHaveLength(1);
    rig.time.now += 5_000;
    rig.replies[SYNC] = conflict(300);
    await asked(rig);
    expect(rig.sent()).toHaveLength(2);
    rig.time.now += MINUTE;
    rig.replies[SYNC] = QUEUED;
    expect((await asked(rig)).step.state).toBe('PENDING');
    expect(rig.sent()).toHaveLength(3);
  });

  it.each<[string, PlainReply]>([
    ['refused for good', documented(404)],
    ['turned away unread', documented(401)],
  ])('one that was %s holds nobody up', async (_, reply) => {
    const rig = await backend({ [SYNC]: reply });
    await asked(rig);
    rig.replies[SYNC] = QUEUED;
    expect((await asked(rig)).step.state).toBe('PENDING');
  });

  it('a clock that is put back holds nobody up', async () => {
    const rig = await backend();
    await asked(rig);
    rig.time.now -= 60 * MINUTE;
    await asked(rig);
    expect(rig.sent()).toHaveLength(2);
  });

  it('is counted for each organization', async () => {
    const rig = await backend({
      [`GET /organizations/${OTHER_ID}/commitment/current`]: NO_COMMITMENT,
      [`POST /organizations/${OTHER_ID}/sync`]: QUEUED,
    });
    const [mine, theirs] = await Promise.all([asked(rig), asked(rig, organization('other', OTHER_ID))]);
    expect(rig.sent()).toHaveLength(2);
    expect(progressOf(mine.step)).not.toEqual(progressOf(theirs.step));
  });
});

describe('looking', () => {
  const UPDATED = '2026-11-21T09:03:00Z';
  interface Case {
    readonly before?: PlainReply;
    /** `taken`: the request was answered with 202; `lost`: its answer was; `crashed`: so was its sender. */
    readonly sent: 'taken' | 'lost' | 'crashed';
    readonly after: PlainReply;
    readonly minutes?: number;
  }

  async function seen({ before = shown(), sent, after, minutes = 4 }: Case) {
    const rig = await backend({
      [STATE]: before,
      [SYNC]: sent === 'taken' ? QUEUED : { status: 500, body: '{"error": "oops"}' },
    });
    const { plan, step } = await asked(rig);
    rig.replies[STATE] = after;
    rig.time.now += minutes * MINUTE;
    const progress = sent === 'crashed' ? null : progressOf(step);
    const look = await rig.port().look(sleepyco, CHANGE, { plan, sentAt: NOW, progress });
    expect(rig.sent()).toHaveLength(1);
    expect(kept(look)).toEqual(look);
    return look;
  }
  const stateOf = async (facts: Case) => (await seen(facts)).state;

  it.each(['taken', 'lost', 'crashed'] as const)(
    'synchronized and updated since: succeeded (%s), with what is there now',
    async (sent) => {
      expect(await seen({ sent, after: shown({ last_updated: UPDATED }) })).toEqual({
        state: 'SUCCEEDED',
        after: { ...BEFORE, lastUpdated: UPDATED },
      });
    },
  );

  it('by the clock of the backend alone where the commitment is the same', async () => {
    const after = shown({ last_updated: '2026-11-20T10:15:24Z' });
    expect(await stateOf({ sent: 'taken', after })).toBe('SUCCEEDED');
  });

  it('a commitment that was not there before', async () => {
    const created = { before: NO_COMMITMENT, after: shown({ last_updated: UPDATED }) };
    expect(await stateOf({ sent: 'taken', ...created })).toBe('SUCCEEDED');
    expect(await stateOf({ sent: 'crashed', ...created })).toBe('SUCCEEDED');
    const old = { before: NO_COMMITMENT, after: shown() };
    expect(await stateOf({ sent: 'taken', ...old })).toBe('PENDING');
    expect(await stateOf({ sent: 'taken', ...old, minutes: 10 })).toBe('UNKNOWN');
  });

  it('another commitment than before: compared with the time of the request', async () => {
    const other = (last_updated: string) => shown({ commitment_handler_id: 'ch_43', last_updated });
    expect(await stateOf({ sent: 'lost', after: other(UPDATED) })).toBe('SUCCEEDED');
    expect(await stateOf({ sent: 'lost', after: other('2026-11-21T08:59:59Z'), minutes: 10 })).toBe(
      'UNKNOWN',
    );
  });

  it('under way: pending, and known to have been taken from then on', async () => {
    const after = shown({ sync_status: 'pending' });
    expect(await seen({ sent: 'taken', after })).not.toHaveProperty('progress');
    expect(await seen({ sent: 'lost', after })).toMatchObject({
      state: 'PENDING',
      progress: { askedAt: instantOfMillis(NOW), takenAt: instantOfMillis(NOW + 4 * MINUTE), before: BEFORE },
    });
    expect(await stateOf({ sent: 'taken', after, minutes: 60 })).toBe('PENDING');
  });

  it('failed since: failed; failed as before: not yet', async () => {
    const failed = shown({ sync_status: 'failed' });
    expect(await seen({ sent: 'taken', after: failed })).toMatchObject({
      state: 'FAILED',
      failure: { code: 'REFUSED', message: expect.stringContaining('failed') as string },
    });
    expect(await stateOf({ sent: 'taken', before: failed, after: failed })).toBe('PENDING');
    expect(await stateOf({ sent: 'taken', before: failed, after: failed, minutes: 10 })).toBe('UNKNOWN');
    const again = shown({ sync_status: 'failed', last_updated: UPDATED });
    expect(await stateOf({ sent: 'taken', before: failed, after: again })).toBe('FAILED');
  });

  it('as before, and it may have got lost: nothing is proved until the longest time is over', async () => {
    for (const sent of ['lost', 'crashed'] as const) {
      expect(await stateOf({ sent, after: shown(), minutes: 9 })).toBe('UNKNOWN');
      expect(await seen({ sent, after: shown(), minutes: 10 })).toEqual({
        state: 'NOT_APPLIED',
        after: BEFORE,
      });
    }
  });

  it('as before, and it was taken: pending, then for a person to judge; never "not applied"', async () => {
    expect(await stateOf({ sent: 'taken', after: shown(), minutes: 9 })).toBe('PENDING');
    expect(await seen({ sent: 'taken', after: shown(), minutes: 10 })).toMatchObject({
      state: 'UNKNOWN',
      message: expect.stringContaining('has not updated') as string,
      after: BEFORE,
    });
  });

  it('no current commitment: pending while it may bring one about, then for a person to judge', async () => {
    for (const before of [NO_COMMITMENT, shown()]) {
      const none = { before, after: NO_COMMITMENT };
      expect(await stateOf({ sent: 'taken', ...none, minutes: 9 })).toBe('PENDING');
      expect(await seen({ sent: 'taken', ...none, minutes: 10 })).toMatchObject({
        state: 'UNKNOWN',
        message: expect.stringContaining('no current commitment') as string,
        after: null,
      });
      expect(await stateOf({ sent: 'lost', ...none, minutes: 10 })).toBe('UNKNOWN');
    }
  });

  it("one that was under way already proves nothing of one that may have got lost, and enough of one that wasn't", async () => {
    const before = shown({ sync_status: 'pending' });
    for (const after of [
      shown({ last_updated: UPDATED }),
      shown({ sync_status: 'failed' }),
      shown({ sync_status: 'pending' }),
    ]) {
      expect(await stateOf({ sent: 'lost', before, after })).toBe('UNKNOWN');
    }
    expect(await stateOf({ sent: 'taken', before, after: shown({ last_updated: UPDATED }) })).toBe(
      'SUCCEEDED',
    );
  });

  it.each([
    ['another status of the commitment', shown({ status: 'cancelled' })],
    ['updated, and a word that is not known', shown({ sync_status: 'halfway', last_updated: UPDATED })],
    ['updated, and no word of synchronization', shown({ sync_status: null, last_updated: UPDATED })],
    ['synchronized without a date', shown({ last_updated: null })],
  ])('%s: no success, and no proof of the contrary', async (_, after) => {
    expect(await stateOf({ sent: 'lost', after, minutes: 10 })).toBe('UNKNOWN');
    expect(await stateOf({ sent: 'taken', after, minutes: 10 })).toBe('UNKNOWN');
  });

  it('waits as long as it is told', async () => {
    const rig = await backend({}, 1_000);
    const { plan } = await asked(rig);
    rig.time.now += 1_000;
    const look = await rig.port().look(sleepyco, CHANGE, { plan, sentAt: NOW, progress: null });
    expect(look.state).toBe('NOT_APPLIED');
  });

  it('rejects where the backend cannot be read', async () => {
    const rig = await backend();
    const { plan, step } = await asked(rig);
    rig.replies[STATE] = { status: 500, body: '{"error": "oops"}' };
    await expect(
      rig.port().look(sleepyco, CHANGE, { plan, sentAt: NOW, progress: progressOf(step) }),
    ).rejects.toBeInstanceOf(SourceError);
  });

  it('never claims success unless it is synchronized and newer, whatever is shown', async () => {
    const words = fc.constantFrom('synchronized', 'pending', 'failed', 'other', null);
    const days = fc.constantFrom(
      '2026-11-20T10:15:22Z',
      '2026-11-20T10:15:23Z',
      '2026-11-20T10:15:24Z',
      null,
    );
    const rig = await backend();
    const { plan, step } = await asked(rig);
    await fc.assert(
      fc.asyncProperty(
        words,
        days,
        fc.boolean(),
        fc.integer({ min: 0, max: 30 }),
        async (word, day, isTaken, m) => {
          rig.replies[STATE] = shown({ sync_status: word, last_updated: day });
          rig.time.now = NOW + m * MINUTE;
          const progress = isTaken ? progressOf(step) : null;
          const { state } = await rig.port().look(sleepyco, CHANGE, { plan, sentAt: NOW, progress });
          expect(state === 'SUCCEEDED').toBe(word === 'synchronized' && day === '2026-11-20T10:15:24Z');
          if (isTaken) expect(state).not.toBe('NOT_APPLIED');
          if (state === 'NOT_APPLIED')
            expect([word, day, m >= 10]).toEqual(['synchronized', BEFORE.lastUpdated, true]);
        },
      ),
      { seed: 20261121, numRuns: 100 },
    );
  });
});

describe('the result', () => {
  it('is nothing of the graph, and the same each time', async () => {
    const rig = await backend();
    const { step } = await asked(rig);
    const outcome = ('outcome' in step ? step.outcome : null) ?? null;
    expect(rig.port().result(sleepyco, CHANGE, outcome)).toEqual(NO_RESULT);
    expect(rig.port().result(sleepyco, CHANGE, kept(outcome))).toEqual(NO_RESULT);
  });
});
