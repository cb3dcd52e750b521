/**
 * Calendars of renewals over HTTP: what is in them, who can open them and for how long, and what they do while a backend is
 * down. On real sockets, over the sandbox, with a store that outlives the gateway.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type App } from '../../src/app.js';
import { parseAccounts, parseBackends, type Config } from '../../src/config.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { clientOf, withKey, withoutRequestId } from '../support/clients.js';
import { claims, makeKey, sign, startIssuer } from '../support/issuer.js';
import { NOW, TODAY } from '../support/sandboxed-gateway.js';

type Clients = NonNullable<Config['clients']>;

const ONE = 'the-key-of-one';
const TWO = 'the-key-of-two';
const ALL = 'the-key-of-all';
const CLIENTS: Clients = [
  clientOf('one', ONE, ['sleepyco', 'polar-night-games']),
  clientOf('two', TWO, ['tessera-bank']),
  clientOf('all', ALL, '*'),
];

let sandbox: Sandbox;
let folder: string;
let app: App;
const lines: string[] = [];
const opened: App[] = [];

async function start(
  options: {
    readonly clients?: Clients;
    readonly store?: boolean;
    readonly issuers?: Config['issuers'];
  } = {},
) {
  const clients = options.clients ?? CLIENTS;
  const path = join(folder, 'clients.json');
  const text = JSON.stringify(clients);
  writeFileSync(path, text);
  const started = await startApp({
    config: {
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      // Nothing is kept of what backends say: a calendar that is read again calls them.
      backends: parseBackends(
        Object.fromEntries(
          Object.entries(sandbox.backends).map(([name, section]) => [name, { ...section, freshForMs: 0 }]),
        ),
      ),
      organizations: parseAccounts(sandbox.directory),
      clients,
      issuers: options.issuers ?? [],
      clientsFile: { path, text, parse: (other) => ({ clients: JSON.parse(other) as Clients, issuers: [] }) },
      store: options.store === false ? null : { kind: 'sqlite', file: join(folder, 'journal.db') },
      redis: null,
    },
    log: pino({ base: null }, { write: (line: string) => lines.push(line) }),
    clock: () => NOW + Math.floor(performance.now() - began),
  });
  opened.push(started);
  return started;
}

let began = 0;
beforeEach(async () => {
  began = performance.now();
  lines.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'calendars-'));
  sandbox = await startSandbox({ today: TODAY, clock: () => NOW + Math.floor(performance.now() - began) });
  app = await start();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  // Tests read answers by their shape.
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function ask(
  query: string,
  variables: object,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const CREATE = `mutation ($input: RenewalCalendarCreateInput!) { renewalCalendarCreate(input: $input) {
  calendar { id name createdAt revokedAt organizations { slug } } urlPath isReplay userErrors { path code } } }`;
const REVOKE = `mutation ($input: RenewalCalendarRevokeInput!) { renewalCalendarRevoke(input: $input) {
  calendar { id revokedAt } userErrors { path code } } }`;

async function create(input: object, key = ONE) {
  const { data, errors } = await ask(CREATE, { input: { name: 'Renewals', ...input } }, withKey(key));
  expect(errors).toBeUndefined();
  return data.renewalCalendarCreate;
}

async function revoke(id: string, key = ONE) {
  const { data, errors } = await ask(REVOKE, { input: { id } }, withKey(key));
  expect(errors).toBeUndefined();
  return data.renewalCalendarRevoke;
}

async function listed(key = ONE): Promise<string[]> {
  const { data } = await ask('{ renewalCalendars { name } }', {}, withKey(key));
  return data.renewalCalendars.map(({ name }: { name: string }) => name);
}

async function open(path: string) {
  const response = await fetch(`${app.url}${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

type Event = Readonly<Record<string, string>>;

/** The events of a calendar, by a reader of its own: lines put together again, and what is escaped as it was. */
function eventsIn(text: string): Event[] {
  const whole = text.replaceAll('\r\n ', '').split('\r\n');
  const events: Record<string, string>[] = [];
  let isAlarm = false;
  for (const line of whole) {
    const at = line.indexOf(':');
    const [name, value] = [line.slice(0, at), line.slice(at + 1)];
    if (line === 'BEGIN:VEVENT') events.push({});
    else if (/^(BEGIN|END):VALARM$/.test(line)) isAlarm = line.startsWith('BEGIN');
    else {
      const plain = value.replaceAll(/\\(.)/g, (_, next: string) => (next === 'n' ? '\n' : next));
      const event = events.at(-1);
      if (event !== undefined && name !== 'END') event[isAlarm ? `ALARM ${name}` : name] = plain;
    }
  }
  return events;
}

describe('a calendar', () => {
  it('has the ends and the last days for notice, and an alarm before the latter alone', async () => {
    const { urlPath, calendar, isReplay, userErrors } = await create({ organizations: ['sleepyco'] });
    expect({ isReplay, userErrors }).toEqual({ isReplay: false, userErrors: [] });
    expect(calendar).toMatchObject({
      name: 'Renewals',
      revokedAt: null,
      organizations: [{ slug: 'sleepyco' }],
    });
    expect(urlPath).toMatch(/^\/calendar\/[A-Za-z0-9_-]{43}\.ics$/);
    const { status, headers, text } = await open(urlPath);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toMatch(/^private\b/);
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:')).toBe(true);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);

    const events = eventsIn(text);
    // Eight ends, and two days for notice: of the minimum and of the contract.
    expect(events).toHaveLength(10);
    expect(new Set(events.map(({ UID }) => UID)).size).toBe(10);
    const notice = events.find(
      ({ SUMMARY }) => SUMMARY === 'SleepyCo: last day for notice, minimum commitment',
    );
    expect(notice).toMatchObject({
      'DTSTART;VALUE=DATE': '20270501',
      'DTEND;VALUE=DATE': '20270502',
      'ALARM TRIGGER': '-P7D',
      'ALARM ACTION': 'DISPLAY',
      DTSTAMP: expect.stringMatching(/^20261121T1200\d\dZ$/),
      DESCRIPTION: expect.stringContaining(
        'Last day for notice: 2027-05-01 (30 days before the end).\nCommitted: 15000.00 USD a month.',
      ),
    });
    const end = events.find(({ SUMMARY }) => SUMMARY === 'SleepyCo: minimum commitment renews');
    expect(end).toMatchObject({ 'DTSTART;VALUE=DATE': '20270531', 'DTEND;VALUE=DATE': '20270601' });
    const order = events.find(({ SUMMARY }) => SUMMARY?.includes('service order'));
    expect(order?.['DESCRIPTION']).toContain('Last day for notice: not known; its source does not state it.');
    const alarms = events.filter((event) => 'ALARM TRIGGER' in event).map(({ CATEGORIES }) => CATEGORIES);
    expect(alarms).toEqual(['Notice', 'Notice']);
  });

  it('is read once in five minutes, and has the same events each time', async () => {
    const { urlPath } = await create({ organizations: ['sleepyco'] });
    const first = await open(urlPath);
    for (const emulator of Object.values(sandbox.emulators)) emulator.clearCalls();
    expect((await open(urlPath)).text).toBe(first.text);
    expect(Object.values(sandbox.emulators).flatMap(({ calls }) => calls)).toEqual([]);
  });

  it('is none while a backend fails, so that nothing goes missing from it, and is there again after it', async () => {
    const { urlPath } = await create({ organizations: ['sleepyco'] });
    sandbox.emulators.cloudmc!.faults.replace([{ fault: { kind: 'refuse', status: 400 } }]);
    const down = await open(urlPath);
    expect(down.status).toBe(503);
    expect(down.headers.get('retry-after')).toBe('300');
    expect(down.text).toContain('CloudMC');
    expect(down.text).not.toContain('VCALENDAR');
    sandbox.emulators.cloudmc!.faults.clear();
    const up = await open(urlPath);
    expect([up.status, eventsIn(up.text).length]).toEqual([200, 10]);
  });

  it('says what it lacks where only the terms could not be read', async () => {
    const { urlPath } = await create({ organizations: ['sleepyco'] });
    sandbox.emulators['commitment-manager']!.faults.replace([
      { match: { path: '/contract' }, fault: { kind: 'refuse', status: 400 } },
    ]);
    const { status, text } = await open(urlPath);
    expect(status).toBe(200);
    expect(text.replaceAll('\r\n ', '')).toContain('Not everything could be read: Commitment Manager.');
    const end = eventsIn(text).find(
      ({ SUMMARY }) => SUMMARY === 'SleepyCo: minimum commitment ends or renews',
    );
    expect(end?.['DESCRIPTION']).toContain('Last day for notice: not known');
  });
});

describe('an address', () => {
  const wrong = `/calendar/${'A'.repeat(43)}.ics`;

  it('that is wrong, revoked or of nothing gets one answer, and what was revoked is revoked at once', async () => {
    const made = await create({ organizations: ['sleepyco'] });
    expect((await open(made.urlPath)).status).toBe(200);
    const { calendar, userErrors } = await revoke(made.calendar.id);
    expect(userErrors).toEqual([]);
    expect(calendar).toEqual({ id: made.calendar.id, revokedAt: expect.any(String) });
    expect(await listed()).toEqual([]);
    const answers = await Promise.all(
      [made.urlPath, wrong, '/calendar/x', '/calendar/.ics', made.urlPath.replace('.ics', '.txt')].map(open),
    );
    for (const { status, text, headers } of answers) {
      expect(status).toBe(404);
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(withoutRequestId(text)).toBe(withoutRequestId(answers[0]!.text));
    }
    // Again it stays so.
    expect((await revoke(made.calendar.id)).calendar).toEqual(calendar);
  });

  it('is guessed only so often, and one that was open stays open meanwhile', async () => {
    const { urlPath } = await create({ organizations: ['sleepyco'] });
    const unread = await create({ organizations: ['sleepyco'], name: 'Not read yet' });
    expect((await open(urlPath)).status).toBe(200);
    const statuses: number[] = [];
    for (let guess = 0; guess < 25; guess += 1) {
      statuses.push((await open(`/calendar/${String(guess).padStart(43, 'G')}.ics`)).status);
    }
    expect(statuses.slice(0, 20).every((status) => status === 404)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    const refused = await open(unread.urlPath);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await open(urlPath)).status).toBe(200);
    expect(lines.filter((line) => line.includes('guessing'))).toHaveLength(1);
  });

  it('is kept nowhere: neither in the store nor in the log', async () => {
    const { urlPath } = await create({ organizations: ['sleepyco'] });
    await open(urlPath);
    const token = urlPath.slice('/calendar/'.length, -'.ics'.length);
    await app.stop();
    opened.length = 0;
    expect(readFileSync(join(folder, 'journal.db')).includes(token)).toBe(false);
    expect(lines.join('\n')).not.toContain(token);
  });

  it('outlives the gateway, and so does its end', async () => {
    const kept = await create({ organizations: ['sleepyco'], name: 'Kept' });
    const gone = await create({ organizations: ['sleepyco'], name: 'Gone' });
    await revoke(gone.calendar.id);
    await app.stop();
    opened.length = 0;
    app = await start();
    expect(await listed()).toEqual(['Kept']);
    expect((await open(kept.urlPath)).status).toBe(200);
    expect((await open(gone.urlPath)).status).toBe(404);
  });
});

describe('what a calendar shows', () => {
  const customersIn = (text: string) =>
    new Set(eventsIn(text).map(({ DESCRIPTION = '' }) => /customer ([a-z-]+)\./.exec(DESCRIPTION)?.[1]));

  it('is what its client is granted at that moment', async () => {
    const { urlPath: named } = await create({ organizations: ['sleepyco', 'polar-night-games'] });
    const { urlPath: granted } = await create({ name: 'All' });
    for (const path of [named, granted]) {
      expect(customersIn((await open(path)).text)).toEqual(new Set(['sleepyco', 'polar-night-games']));
    }
    const now = async (clients: Clients) => {
      writeFileSync(join(folder, 'clients.json'), JSON.stringify(clients));
      await app.reload();
      return [await open(named), await open(granted)];
    };
    const others = CLIENTS.slice(1);
    // An organization taken away, and another given: only what is of all that is granted grows.
    const [fewer, other] = await now([clientOf('one', ONE, ['sleepyco', 'tessera-bank']), ...others]);
    expect(customersIn(fewer!.text)).toEqual(new Set(['sleepyco']));
    expect(customersIn(other!.text)).toEqual(new Set(['sleepyco', 'tessera-bank']));
    const statuses = async (clients: Clients) => (await now(clients)).map(({ status }) => status);
    expect(await statuses([clientOf('one', ONE, ['tessera-bank']), ...others])).toEqual([404, 200]);
    const one = clientOf('one', ONE, ['sleepyco']);
    expect(await statuses([{ ...one, scopes: ['commitments:read'] }, ...others])).toEqual([404, 404]);
    expect(await statuses(others)).toEqual([404, 404]);
    expect(await statuses(CLIENTS)).toEqual([200, 200]);
  });

  it('is of no customer that its client may not see, and of no other client', async () => {
    const refused = await create({ organizations: ['sleepyco', 'tessera-bank', 'nobody'] });
    expect(refused).toEqual({
      calendar: null,
      urlPath: null,
      isReplay: false,
      userErrors: [
        { path: ['organizations', '1'], code: 'NOT_FOUND' },
        { path: ['organizations', '2'], code: 'NOT_FOUND' },
      ],
    });
    const { calendar, urlPath } = await create({ organizations: ['sleepyco'] });
    expect(await listed(TWO)).toEqual([]);
    expect(await revoke(calendar.id, TWO)).toEqual({
      calendar: null,
      userErrors: [{ path: ['id'], code: 'NOT_FOUND' }],
    });
    expect((await open(urlPath)).status).toBe(200);
    expect(await listed()).toEqual(['Renewals']);
  });

  it('is not for who comes with a token, whatever name is in it', async () => {
    const key = await makeKey('one');
    await using issuer = await startIssuer(key);
    await app.stop();
    opened.length = 0;
    app = await start({ issuers: [issuer.entry()] });
    const mine = await create({ organizations: ['sleepyco'] });
    const token = await sign(
      key,
      claims(NOW / 1000, {
        client_id: 'one',
        organizations: ['tessera-bank'],
        scope: 'commitments:read billing:read',
      }),
    );
    const bearer = { authorization: `Bearer ${token}` };
    const made = await ask(CREATE, { input: { name: 'Mine', organizations: ['tessera-bank'] } }, bearer);
    expect(made.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(made.errors?.[0]?.message).toContain('clients file');
    expect((await ask('{ renewalCalendars { name } }', {}, bearer)).data).toEqual({ renewalCalendars: [] });
    const { data } = await ask(REVOKE, { input: { id: mine.calendar.id } }, bearer);
    expect(data.renewalCalendarRevoke.calendar).toBeNull();
    expect((await open(mine.urlPath)).status).toBe(200);
  });
});

describe('making one', () => {
  it('again with the same key makes no second, and shows its address no more', async () => {
    const input = { organizations: ['sleepyco', 'polar-night-games'], idempotencyKey: 'k-1' };
    const first = await create(input);
    const again = await create({ ...input, organizations: [...input.organizations].reverse() });
    expect(again).toEqual({ ...first, urlPath: null, isReplay: true });
    expect(await listed()).toHaveLength(1);
    const { errors } = await ask(CREATE, { input: { name: 'Other', ...input } }, withKey(ONE));
    expect(errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
    // Another client's key is another key.
    expect((await create({ organizations: ['sleepyco'], idempotencyKey: 'k-1' }, ALL)).isReplay).toBe(false);
  });

  it('is refused with a name or customers that no calendar can have', async () => {
    const wrong = [
      [{ name: ' ' }, { path: ['name'], code: 'REQUIRED' }],
      [{ name: 'x'.repeat(101) }, { path: ['name'], code: 'OUT_OF_RANGE' }],
      [{ name: 'a\r\nBEGIN:VEVENT' }, { path: ['name'], code: 'INVALID' }],
      [{ organizations: [] }, { path: ['organizations'], code: 'REQUIRED' }],
      [
        { organizations: Array<string>(51).fill('sleepyco') },
        { path: ['organizations'], code: 'OUT_OF_RANGE' },
      ],
    ] as const;
    for (const [input, problem] of wrong) expect((await create(input)).userErrors).toEqual([problem]);
    expect(await listed()).toEqual([]);
  });

  it('needs a store', async () => {
    await app.stop();
    opened.length = 0;
    app = await start({ store: false });
    const { errors } = await ask(CREATE, { input: { name: 'x', organizations: ['sleepyco'] } }, withKey(ONE));
    expect(errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE' } }]);
    expect(await listed()).toEqual([]);
    expect((await open(`/calendar/${'A'.repeat(43)}.ics`)).status).toBe(404);
  });
});
