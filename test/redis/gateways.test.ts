/** Two gateways on one Redis, over HTTP: a client's budget is one; and when Redis goes, requests go on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, withKey } from '../support/clients.js';
import { startGateway, type Gateway } from '../support/gateway.js';
import { startRedis, type RedisServer } from '../support/redis-server.js';

const KEY = 'placeholder-key';

let redis: RedisServer;
let gateways: [Gateway, Gateway];

beforeAll(async () => {
  redis = await startRedis();
  const start = () =>
    startGateway({
      backends: { cloudmc: { url: 'http://127.0.0.1:9', apiKey: 'unused' } },
      accounts: [{ slug: 'sleepyco', name: 'SleepyCo' }],
      clients: [
        {
          ...clientOf('partner', KEY, '*'),
          limits: { mode: 'enforce', operationCost: 10, costAtOnce: 10, costPerMinute: 1 },
        },
      ],
      redis: redis.url,
    });
  gateways = [await start(), await start()];
});
afterAll(async () => {
  for (const gateway of gateways) await gateway[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

const ask = (gateway: Gateway) =>
  gateway.query('{ organization(slug: "sleepyco") { name } }', {}, withKey(KEY));
const budgetsOf = async ({ app }: Gateway) => {
  const response = await fetch(`${app.adminUrl}/health/ready`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { budgets: unknown }).budgets;
};

describe('two gateways', () => {
  it('share one budget of a client, and go on alone without Redis', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) for (const gateway of gateways) statuses.push((await ask(gateway)).status);
    // Two points each, of ten.
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(await budgetsOf(gateways[0])).toEqual({ kept: 'in Redis', trouble: null });

    await redis.kill();
    for (const gateway of gateways) {
      const alone: number[] = [];
      for (let i = 0; i < 7; i += 1) alone.push((await ask(gateway)).status);
      expect(alone).toEqual([200, 200, 200, 200, 200, 429, 429]);
      expect(await budgetsOf(gateway)).toMatchObject({
        kept: 'in Redis',
        trouble: expect.stringMatching(/^Redis: /) as string,
      });
    }
  });
});
