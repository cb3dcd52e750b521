/** A folder of configuration for each test, and what the gateway makes of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { ConfigError } from '../../src/config/yaml-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commitment-graph-'));
  write('accounts.yaml', ACCOUNTS);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

export function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

export const ACCOUNTS = `
- slug: sleepyco
  name: SleepyCo
  currency: USD
  cloudmc: { organizationId: 42a54cde-0e5d-4168-9827-5967ded6095e }
  logisense: { accountContractIds: [8, 24], accountContractTerms: { 8: { startsOn: 2024-01-01, endsBefore: 2027-01-01 } } }
`;

export const GATEWAY = `listen: { port: 4000 }
backends:
  cloudmc:
    url: https://cloud.example/api/v2
    apiKey: \${CLOUDMC_KEY}
accounts: ./accounts.yaml
`;

export const PLACEHOLDER = 'not-a-real-key';

export function load(gateway: string, environment: Record<string, string> = { CLOUDMC_KEY: PLACEHOLDER }) {
  write('gateway.yaml', gateway);
  return loadConfig(join(folder, 'gateway.yaml'), environment);
}

/** The problems, as `file:line key`, and their messages. */
export function problemsOf(run: () => unknown): { readonly at: string; readonly message: string }[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems.map(({ file, line, key, message }) => ({
        at: `${file.slice(folder.length + 1)}:${line} ${key}`,
        message,
      }));
    }
    throw error;
  }
  return [];
}
