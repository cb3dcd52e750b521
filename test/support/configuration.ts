/** Configurations as files: a gateway over one backend that is not there, with what a test changes in it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const SECRET = 'hunter2-never-to-be-seen';
export const KEY = 'key-of-a-partner';

export const ACCOUNTS = `- slug: sleepyco
  name: SleepyCo
  currency: USD
  cloudmc: { organizationId: 42a54cde-0e5d-4168-9827-5967ded6095e }
`;
export const CLIENTS = `- name: partner
  keys: [sha256:${createHash('sha256').update(KEY).digest('hex')}]
  organizations: [sleepyco]
`;
export const GATEWAY = `listen: { host: 127.0.0.1, port: 0, adminPort: 0 }
backends:
  cloudmc:
    url: http://127.0.0.1:9/api/v2
    apiKey: ${SECRET}
accounts: ./accounts.yaml
`;

let files = 0;

/** Writes a configuration into a folder of its own; gives the path of its gateway.yaml. */
export function configuration(contents: Readonly<Record<string, string>> = {}): string {
  files += 1;
  const at = mkdtempSync(join(folder, `${files}-`));
  for (const [name, text] of Object.entries({
    'gateway.yaml': GATEWAY,
    'accounts.yaml': ACCOUNTS,
    ...contents,
  })) {
    writeFileSync(join(at, name), text);
  }
  return join(at, 'gateway.yaml');
}
