/**
 * The sandbox's own customers, whose traits were made up before there was a finder: what is awkward about them is found,
 * and nothing about the others.
 */
import { expect, it } from 'vitest';
import type { CurrencyCode } from '../../src/domain/money.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { createPortfolio } from '../../src/sandbox/portfolio.js';
import { findings } from './build.js';
import { NOW } from './plant.js';
import { readAll } from './portfolio.js';

const profiles = createPortfolio({ today: '2026-11-21' });

it('says what is awkward about the customers of the demonstration, and nothing else', async () => {
  const organizations = profiles.map(
    ({ slug, name, currency, commitmentManager, salesforce }): Organization => ({
      slug: slug as OrganizationSlug,
      name,
      currency: currency as CurrencyCode,
      commitmentManager: commitmentManager ?? null,
      salesforce: salesforce ?? null,
      logisense: null,
      monetizenow: null,
      cloudmc: null,
    }),
  );
  const everybody = new Set(profiles.map(({ slug }) => slug));
  const { reconciliations } = await readAll({
    now: NOW,
    organizations,
    profiles,
    withState: everybody,
    withTerms: everybody,
  });
  const told = reconciliations.flatMap((one) =>
    findings(one).map(({ state, cause }) => `${one.organization}: ${state} ${cause}`),
  );
  expect(told.sort()).toEqual([
    'brightwell-energy: ONLY_IN_CRM NEVER_SENT',
    'kestrel-media: ONLY_IN_CRM SEVERAL_ACTIVE_ORDERS',
    'lumiere-sante: SYNC_PENDING CHANGE_ON_ITS_WAY',
    'maple-transit: CRM_AHEAD WEBHOOK_FAILED',
    'solis-agro: CANNOT_COMPARE NOT_LINKED',
  ]);
});

it('can be told of records that somebody else wrote', async () => {
  const organizationId = '619c56b5-596b-4cc4-8b04-000000000001';
  const rows = [{ commitment_id: 'cm_given', anything: 'goes' }];
  const sandbox = await startSandbox({
    today: '2026-11-21',
    profiles: [],
    only: ['commitment-manager', 'salesforce'],
    given: {
      commitmentManager: new Map([[organizationId, { commitments: rows, contract: { contract: {} } }]]),
      salesforce: [{ object: 'Service_Order__c', fields: { Id: 'a0U000000000001', Name: 'Given' } }],
    },
  });
  try {
    const { url, username, webhookApiKey, bearerToken } = sandbox.backends.commitmentManager!;
    sandbox.reset();
    const list = await fetch(`${url}/commitments?organization_id=${organizationId}`, {
      headers: { username, webhook_api_key: webhookApiKey },
    });
    expect(await list.json()).toEqual({ data: rows, meta: { total_results: 1 } });
    const headers = { authorization: `Bearer ${bearerToken}` };
    const statusOf = async (what: string) =>
      (await fetch(`${url}/organizations/${organizationId}/${what}`, { headers })).status;
    expect([await statusOf('contract'), await statusOf('commitment/current')]).toEqual([200, 404]);

    const { url: crm, clientId, clientSecret } = sandbox.backends.salesforce!;
    const login = await fetch(`${crm}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    const { access_token: token } = (await login.json()) as { access_token: string };
    const query = await fetch(`${crm}/services/data/v59.0/query?q=SELECT+Name+FROM+Service_Order__c`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await query.json()).toMatchObject({ totalSize: 1, records: [{ Name: 'Given' }] });
  } finally {
    await sandbox.stop();
  }
});
