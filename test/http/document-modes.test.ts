/** What registered documents mean to each client, as the clients file says, also after it has changed. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type App } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { DOCUMENT_MODES, type DocumentMode } from '../../src/domain/principal.js';
import { createLog } from '../../src/observability/log.js';
import { withKey } from '../support/clients.js';
import { configuration, GATEWAY } from '../support/configuration.js';
import { register } from '../support/documents-folder.js';

const SLUGS = 'query Slugs { organizations { nodes { slug } } }';
const FREE = '{ organizations { nodes { name } } }';

/** `null`: the client says nothing, and the configuration does: prefer. */
const clientsWith = (modes: Readonly<Record<string, DocumentMode | null>>) =>
  Object.entries(modes)
    .map(
      ([name, mode]) =>
        `- name: ${name}\n  organizations: [sleepyco]\n  keys: [sha256:${createHash('sha256').update(`key-of-${name}`).digest('hex')}]\n` +
        (mode === null ? '' : `  documents: ${mode}\n`),
    )
    .join('');

const NAMED = Object.fromEntries(DOCUMENT_MODES.map((mode) => [mode, mode]));

let app: App;
let file: string;
beforeAll(async () => {
  const config = configuration({
    'gateway.yaml': `${GATEWAY}clients: ./clients.yaml\nstore: none\ndocuments: { mode: prefer, path: ./docs }\n`,
    'clients.yaml': clientsWith({ ...NAMED, usual: null }),
  });
  file = join(dirname(config), 'clients.yaml');
  for (const client of [...DOCUMENT_MODES, 'usual']) {
    register(join(dirname(config), 'docs'), client, '1', [{ id: 'slugs', body: SLUGS }]);
  }
  app = await startApp({ config: loadConfig(config, {}), log: createLog('silent') });
});
afterAll(() => app.stop());

/** The code of what is refused; `null`: it ran. */
async function refusal(client: string, body: object): Promise<string | null> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...withKey(`key-of-${client}`) },
    body: JSON.stringify(body),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return errors?.[0]?.extensions.code ?? null;
}

const seen = async (client: string) => ({
  byId: await refusal(client, { documentId: 'slugs' }),
  registered: await refusal(client, { query: SLUGS }),
  free: await refusal(client, { query: FREE }),
});

const OPEN = { byId: null, registered: null, free: null };
const EXPECTED: Readonly<Record<DocumentMode, object>> = {
  off: { byId: 'DOCUMENT_NOT_TRUSTED', registered: null, free: null },
  log: OPEN,
  prefer: OPEN,
  enforce: { byId: null, registered: null, free: 'DOCUMENT_NOT_TRUSTED' },
};

describe('a client of mode', () => {
  it.each(DOCUMENT_MODES)('%s', async (mode) => {
    expect(await seen(mode)).toEqual(EXPECTED[mode]);
  });

  it('its own, or else that of the configuration', async () => {
    expect(await seen('usual')).toEqual(EXPECTED.prefer);
  });
});

it('the clients file changes the mode of one client, and of no other, without a restart', async () => {
  const others = { ...NAMED, usual: null };
  for (const mode of ['enforce', 'off', 'log', 'enforce'] as const) {
    writeFileSync(file, clientsWith({ ...others, usual: mode }));
    await app.reload();
    expect(await seen('usual')).toEqual(EXPECTED[mode]);
    expect(await seen('enforce')).toEqual(EXPECTED.enforce);
    expect(await seen('off')).toEqual(EXPECTED.off);
  }
  writeFileSync(file, clientsWith(others));
  await app.reload();
  expect(await seen('usual')).toEqual(EXPECTED.prefer);
});
