import { afterEach, describe, expect, it } from 'vitest';
import { generatePortfolio } from '../../src/sandbox/portfolio.js';
import { BACKEND_NAMES, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';

const TODAY = '2026-11-20';
let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.stop());

describe('the sandbox', () => {
  it('serves what its own backends section and account directory promise', async () => {
    sandbox = await startSandbox({ today: TODAY });
    const { commitmentManager, salesforce, logisense, monetizenow, cloudmc } = sandbox.backends;
    if (!commitmentManager || !salesforce || !logisense || !monetizenow || !cloudmc)
      throw new Error('one is missing');
    const [sleepyco] = sandbox.directory;

    const commitments = await fetch(
      `${commitmentManager.url}/commitments?organization_id=${sleepyco?.commitmentManager?.organizationId ?? ''}`,
      { headers: { username: commitmentManager.username, webhook_api_key: commitmentManager.webhookApiKey } },
    );
    expect(await commitments.json()).toMatchObject({ data: [{ commitment_id: 'cm_7f3b9e2a1c' }, {}] });
    const current = await fetch(
      `${commitmentManager.url}/organizations/${sleepyco?.commitmentManager?.organizationId ?? ''}/commitment/current`,
      { headers: { authorization: `Bearer ${commitmentManager.bearerToken}` } },
    );
    expect(current.status).toBe(200);

    const login = await fetch(`${salesforce.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: salesforce.clientId,
        client_secret: salesforce.clientSecret,
      }),
    });
    const { access_token: token, instance_url: instance } = (await login.json()) as Record<string, string>;
    expect(instance).toBe(salesforce.url);
    const soql = `SELECT Id FROM Service_Order__c WHERE Mission_Control_Account__c = '${sleepyco?.salesforce?.missionControlAccountId ?? ''}'`;
    const orders = await fetch(
      `${salesforce.url}/services/data/${salesforce.apiVersion}/query?q=${encodeURIComponent(soql)}`,
      { headers: { authorization: `Bearer ${token ?? ''}` } },
    );
    expect(await orders.json()).toMatchObject({ totalSize: 3 });

    const session = await fetch(new URL('/AuthorizationServer/api/v6/Access/Login', logisense.url), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        username: logisense.username,
        password: logisense.password,
        client_id: logisense.clientId,
      }),
    });
    const { access_token: bearer } = (await session.json()) as Record<string, string>;
    const contracts = await fetch(`${logisense.url}/Contract/Commitment/Paged`, {
      headers: { authorization: `Bearer ${bearer ?? ''}` },
    });
    expect(contracts.status).toBe(200);

    for (const name of BACKEND_NAMES)
      expect(sandbox.emulator(name).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.emulator('salesforce').calls.map(({ path, status }) => [path, status])).toEqual([
      ['/services/oauth2/token', 200],
      ['/services/data/v59.0/query', 200],
    ]);
    expect(sandbox.emulator('monetizenow').calls).toHaveLength(0);
    sandbox.reset();
    expect(sandbox.emulator('salesforce').calls).toHaveLength(0);
  });

  it('starts only what is asked for, over other customers, and lets its time run from the day given', async () => {
    const profiles = generatePortfolio({ organizations: 3, commitmentsPerBackend: 2, seed: 1, today: TODAY });
    sandbox = await startSandbox({ today: TODAY, profiles, only: ['cloudmc'] });
    expect(Object.keys(sandbox.backends)).toEqual(['cloudmc']);
    expect(sandbox.directory.map(({ slug }) => slug)).toEqual(['org-1', 'org-2', 'org-3']);
    expect(new Date(sandbox.clock()).toISOString().slice(0, 13)).toBe('2026-11-20T12');
    expect(() => sandbox?.emulator('salesforce')).toThrow(/without salesforce/);
  });

  it('leaves nothing running when one cannot start, and nothing after it was stopped', async () => {
    sandbox = await startSandbox({ today: TODAY, only: ['salesforce'] });
    const taken = sandbox.emulator('salesforce').port;
    const free = await startSandbox({ today: TODAY, only: ['cloudmc'] });
    const { port, url } = free.emulator('cloudmc');
    await free.stop();
    await expect(fetch(url)).rejects.toThrow();
    await expect(
      startSandbox({
        today: TODAY,
        only: ['cloudmc', 'salesforce'],
        ports: { cloudmc: port, salesforce: taken },
      }),
    ).rejects.toThrow(/EADDRINUSE/);
    await expect(fetch(url)).rejects.toThrow();
  });
});
