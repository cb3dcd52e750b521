/** S90: keys that come and go while the gateway runs. No restart, no failed request in an orderly rotation. */
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { LOOK_EVERY_MS } from '../../src/admission/reload.js';
import { startApp } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { withKey } from '../support/clients.js';
import { configuration, GATEWAY } from '../support/configuration.js';

const [OLD, NEW] = ['key-one-0123456789', 'key-two-0123456789'];
const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');
const clientsWith = (...keys: readonly string[]) => `- name: partner
  organizations: [sleepyco]
  keys:
${keys.map((key) => `    - sha256:${hashOf(key)}\n`).join('')}`;

async function start() {
  const config = configuration({
    'gateway.yaml': `${GATEWAY}clients: ./clients.yaml\n`,
    'clients.yaml': clientsWith(OLD),
  });
  const file = join(dirname(config), 'clients.yaml');
  const lines: Record<string, unknown>[] = [];
  const waiting = new Map<() => void, number>();
  let now = 0;
  const app = await startApp({
    config: { ...loadConfig(config, {}), store: null },
    log: pino(
      { base: null },
      { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
    timers: {
      now: () => now,
      after: (milliseconds, callback) => {
        const then = () => {
          callback();
        };
        waiting.set(then, now + milliseconds);
        return { cancel: () => waiting.delete(then) };
      },
    },
  });
  return {
    app,
    file,
    lines,
    /** Whether somebody with this key is let in. */
    async opens(key: string) {
      const { status } = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...withKey(key) },
        body: '{"query":"{ __typename }"}',
      });
      return status === 200;
    },
    /** Lets time pass, as many looks long; gives them the turns that reading a file takes. */
    async looks(times: number) {
      for (let n = 0; n < times; n += 1) {
        now += LOOK_EVERY_MS;
        let looking = 0;
        for (const [then, at] of [...waiting]) {
          if (at > now) continue;
          waiting.delete(then);
          then();
          looking += 1;
        }
        // Until all that look (at clients, at documents) are done, and wait for the next time.
        const end = performance.now() + 5_000;
        while ([...waiting.values()].filter((at) => at === now + LOOK_EVERY_MS).length < looking) {
          if (performance.now() > end) throw new Error('the look did not end');
          await turn();
        }
      }
    },
    [Symbol.asyncDispose]: () => app.stop(),
  };
}

it('a key is rotated without a failed request, and is worth nothing within 30 seconds of its end', async () => {
  await using gateway = await start();
  expect([await gateway.opens(OLD), await gateway.opens(NEW)]).toEqual([true, false]);
  writeFileSync(gateway.file, clientsWith(OLD, NEW));
  await gateway.looks(1);
  expect([await gateway.opens(OLD), await gateway.opens(NEW)]).toEqual([true, false]);
  await gateway.looks(1);
  expect([await gateway.opens(OLD), await gateway.opens(NEW)]).toEqual([true, true]);
  writeFileSync(gateway.file, clientsWith(NEW));
  const looks = 2;
  expect(looks * LOOK_EVERY_MS).toBeLessThanOrEqual(30_000);
  await gateway.looks(looks);
  expect([await gateway.opens(OLD), await gateway.opens(NEW)]).toEqual([false, true]);
  expect(gateway.lines.filter(({ msg }) => msg === 'the clients file was read again')).toHaveLength(2);
});

it('a signal does not wait', async () => {
  await using gateway = await start();
  writeFileSync(gateway.file, clientsWith(NEW));
  await gateway.app.reload();
  expect([await gateway.opens(OLD), await gateway.opens(NEW)]).toEqual([false, true]);
});

it('a file that is wrong, half written or gone revokes nobody, and is told with its line', async () => {
  await using gateway = await start();
  writeFileSync(gateway.file, `${clientsWith(OLD)}  secret: hunter2-never-to-be-seen\n`);
  await gateway.looks(3);
  expect(await gateway.opens(OLD)).toBe(true);
  const wrong = gateway.lines.filter(
    ({ msg }) => msg === 'the clients file is wrong; clients stay as they were',
  );
  expect(wrong).toMatchObject([{ level: 50, file: gateway.file, line: 5, key: '0.secret' }]);
  expect(JSON.stringify(gateway.lines)).not.toMatch(/hunter2|[0-9a-f]{64}/);

  // Another client first: at this moment, a good file without ours.
  writeFileSync(gateway.file, `- { name: other, organizations: [], keys: ["sha256:${'0'.repeat(64)}"] }\n`);
  await gateway.looks(1);
  appendFileSync(gateway.file, clientsWith(OLD));
  await gateway.looks(2);
  expect(await gateway.opens(OLD)).toBe(true);

  writeFileSync(gateway.file, '');
  await gateway.looks(3);
  rmSync(gateway.file);
  await gateway.looks(3);
  expect(await gateway.opens(OLD)).toBe(true);
  expect(gateway.lines.at(-1)).toMatchObject({
    msg: 'the clients file cannot be read; clients stay as they were',
  });
});
