/** The configuration that a worker gets is the one that its primary has; clients are as their file says by then. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { packConfig, unpackConfig } from '../../src/workers/hand-over.js';
import { CLIENTS, configuration, GATEWAY } from '../support/configuration.js';

const ACCOUNTS = `- slug: sleepyco
  name: SleepyCo
  currency: USD
  cloudmc: { organizationId: 42a54cde-0e5d-4168-9827-5967ded6095e }
  logisense: { accountContractIds: [8], accountContractTerms: { 8: { startsOn: 2024-01-01, endsBefore: 2027-01-01 } } }
`;

function load() {
  const file = configuration({
    'gateway.yaml': `${GATEWAY}clients: ./clients.yaml\nworkers: 3\n`,
    'accounts.yaml': ACCOUNTS,
    'clients.yaml': CLIENTS,
  });
  return { file, clients: join(dirname(file), 'clients.yaml'), config: loadConfig(file, {}) };
}

it('is the same, whatever has become of the file', () => {
  const { file, config } = load();
  expect(config.workers).toBe(3);
  const packed = packConfig(config);
  writeFileSync(file, 'broken');
  const { clientsFile, ...rest } = unpackConfig(packed, {});
  const { clientsFile: before, ...others } = config;
  expect(rest).toEqual(others);
  expect([clientsFile?.path, clientsFile?.text]).toEqual([before?.path, before?.text]);
  expect(clientsFile?.parse(CLIENTS).clients).toEqual(config.clients);
});

it('has the clients that there are now', () => {
  const { clients, config } = load();
  const packed = packConfig(config);
  writeFileSync(clients, CLIENTS.replace('partner', 'other'));
  const now = unpackConfig(packed, {});
  expect(now.clients?.map(({ name }) => name)).toEqual(['other']);
  expect(now.clientsFile?.text).toBe(readFileSync(clients, 'utf8'));
});

it('has the clients that there were if their file cannot be used', () => {
  const { clients, config } = load();
  const packed = packConfig(config);
  writeFileSync(clients, 'nonsense');
  expect(unpackConfig(packed, {}).clients?.map(({ name }) => name)).toEqual(['partner']);
  rmSync(clients);
  const now = unpackConfig(packed, {});
  expect([now.clients, now.clientsFile?.text]).toEqual([config.clients, CLIENTS]);
});

it('of a gateway without clients has none', () => {
  const config = loadConfig(configuration(), {});
  expect(unpackConfig(packConfig(config), {})).toEqual(config);
});
