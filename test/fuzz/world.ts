/**
 * What is fuzzed: the program as people start it, in a process of its own, over emulators in this one, with clients that
 * may much and little, and registered documents. All that it writes is looked at, line by line.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { add } from '../../src/admission/documents/folder.js';
import { SCOPES } from '../../src/domain/principal.js';
import { compiled } from '../support/compiled.js';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { decodeGlobalId, NODE_TYPES } from '../../src/graph/global-id.js';
import { leaksIn, type Rules } from './answers.js';
import type { Known } from './values.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Registered {
  readonly id: string;
  readonly text: string;
}

export interface World extends AsyncDisposable {
  readonly port: number;
  /** May everything, for everybody, and is not counted. */
  readonly key: string;
  /** May read what one customer has, and is limited. */
  readonly smallKey: string;
  readonly rules: Rules;
  readonly known: Known;
  /** What is wrong with what it logged, and how it ended if it did; more may come. */
  readonly troubles: () => readonly string[];
  readonly isRunning: () => boolean;
  /** Changes that the backends made. */
  readonly effects: () => number;
}

export const SMALL = 'small';
export const LARGE = 'large';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

function secretsIn(value: unknown): string[] {
  return Object.entries(value ?? {}).flatMap(([name, member]: [string, unknown]) => {
    if (typeof member === 'object') return secretsIn(member);
    return /key|token|secret|password|username|clientId/i.test(name) && typeof member === 'string'
      ? [member]
      : [];
  });
}

/** A line of a log that no run should have. */
function objectionToLine(line: string): string | null {
  let entry: { level?: unknown; msg?: unknown; err?: unknown };
  try {
    entry = JSON.parse(line) as typeof entry;
  } catch {
    return `not a line of the log: ${line.slice(0, 500)}`;
  }
  const { level, msg } = entry;
  if (typeof level !== 'number' || level >= 60) return `logged: ${line.slice(0, 2_000)}`;
  if (entry.err !== undefined || /unexpected|failed at the edge|nobody caught/.test(String(msg))) {
    return `logged: ${line.slice(0, 2_000)}`;
  }
  return null;
}

/** `documents`: registered for both clients. */
export async function startWorld(documents: readonly Registered[] = []): Promise<World> {
  const sandbox = await startSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-fuzz-'));
  const key = 'fuzz-key-of-the-large-client';
  const smallKey = 'fuzz-key-of-the-small-client';
  const entry = (name: string, presented: string, more: object) => ({
    name,
    keys: [`sha256:${hashOf(presented)}`],
    ...more,
  });
  // Short, so that what waits is answered while it is still wanted.
  const settings = { timeoutMs: 1_500, writeTimeoutMs: 2_000, freshForMs: 3_600_000 };
  const backends = Object.fromEntries(
    Object.entries(sandbox.backends).map(([name, backend]) => [
      name,
      { ...(backend as object), ...settings },
    ]),
  );
  const files: Readonly<Record<string, unknown>> = {
    'gateway.yaml': {
      listen: { host: '127.0.0.1', port: 0, adminPort: 0, allowedOrigins: ['https://app.example'] },
      backends,
      accounts: './accounts.yaml',
      clients: './clients.yaml',
      documents: { mode: 'log', path: './documents' },
      store: 'sqlite:./gateway.db',
    },
    'accounts.yaml': sandbox.directory,
    'clients.yaml': [
      entry(LARGE, key, {
        organizations: '*',
        scopes: [...SCOPES],
        inspect: true,
        limits: { mode: 'measure' },
      }),
      entry(SMALL, smallKey, { organizations: ['sleepyco'] }),
    ],
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), stringify(content));
  for (const client of documents.length === 0 ? [] : [LARGE, SMALL]) {
    add(join(folder, 'documents'), {
      client,
      version: '1',
      pushedAt: '2026-11-21T12:00:00.000Z',
      operations: documents.map(({ id, text }) => ({ id, name: null, body: text })),
    });
  }

  const rules: Rules = {
    secrets: [...secretsIn(sandbox.backends), key, smallKey, hashOf(key), hashOf(smallKey), folder, ROOT],
  };
  const child = spawn(
    process.execPath,
    [join(compiled(['src']), 'src/main.js'), 'serve', '-c', join(folder, 'gateway.yaml'), '--log', 'debug'],
    { cwd: ROOT, env: { PATH: process.env['PATH'], NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const troubles = new Set<string>();
  let said = '';
  let isEnded = false;
  let isWanted = true;
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const started = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Health is at')) resolve();
    });
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    const objection = objectionToLine(line);
    if (objection !== null && troubles.size < 50) troubles.add(objection);
    // Operators know where it is.
    for (const leak of leaksIn(line.replaceAll(folder, '').replaceAll(ROOT, ''), rules)) {
      troubles.add(`in the log: ${leak}`);
    }
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      isEnded = true;
      if (isWanted) troubles.add(`the process ended: ${code ?? signal}`);
      resolve();
    });
  });
  const stop = async () => {
    isWanted = false;
    child.kill('SIGTERM');
    const late = setTimeout(() => {
      troubles.add('the process did not end when it was told to');
      child.kill('SIGKILL');
    }, 30_000);
    await ended;
    clearTimeout(late);
    process.off('exit', killAtExit);
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([started, ended]);
    if (isEnded) throw new Error(`the gateway did not start: ${[...troubles].join('\n')}`);
    const port = Number(/:(\d+)\/graphql/.exec(said)?.[1]);
    return {
      port,
      key,
      smallKey,
      rules,
      known: await look(port, key, sandbox.directory),
      troubles: () => [...troubles],
      isRunning: () => !isEnded,
      effects: () => sandbox.effects.length,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const THINGS = `{
  organizations(first: 100) { edges { cursor node {
    id slug
    contracts { nodes { id externalId offerings { offering { externalId } rate { externalId } products { productId externalId } } } }
  } } }
  commitments(first: 100) { edges { cursor node {
    id externalId products { product { id } } periods { externalId }
    ... on ContractCommitment { services { service { externalId } } accountContract { externalId } }
  } } }
}`;
const ORDERS = '{ organizations(first: 100) { nodes { serviceOrders { nodes { id externalId } } } } }';

/** What there is to name. */
async function look(
  port: number,
  key: string,
  directory: readonly { readonly slug: string }[],
): Promise<Known> {
  const found: unknown[] = [];
  for (const query of [THINGS, ORDERS]) {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as { data?: unknown; errors?: readonly unknown[] };
    if (answer.data == null) throw new Error(`nothing is known: ${JSON.stringify(answer.errors)}`);
    found.push(answer.data);
  }
  const named = new Map<string, Set<string>>();
  const add = (name: string, member: string) => named.set(name, (named.get(name) ?? new Set()).add(member));
  const note = (value: unknown, parent: string) => {
    if (Array.isArray(value)) for (const item of value) note(item, parent);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        if (typeof member !== 'string') note(member, name);
        else {
          const type = name === 'id' ? decodeGlobalId(member)?.type : undefined;
          add(type ?? (name === 'id' || name === 'externalId' ? `external ${parent}` : name), member);
        }
      }
    }
  };
  note(found, '');
  const sorted = (...names: readonly string[]) =>
    names.flatMap((name) => [...(named.get(name) ?? [])]).sort();
  const externals = [...named.keys()].filter((name) => name.startsWith('external '));
  const slugs = directory.map(({ slug }) => slug);
  return {
    ids: sorted(...Object.keys(NODE_TYPES)),
    cursors: sorted('cursor'),
    externalIds: sorted(...externals, 'productId'),
    slugs,
    fitting: {
      slug: slugs,
      organization: slugs,
      contractId: sorted('Contract'),
      commitmentId: sorted('ResourceCommitment', 'ContractCommitment'),
      offeringId: sorted('external offering'),
      newOfferingId: sorted('external offering'),
      rateId: sorted('external rate'),
      productId: sorted('external product', 'productId'),
      serviceId: sorted('external service'),
      periodId: sorted('external periods'),
      accountContractId: sorted('external accountContract'),
      commitmentTypeId: ['1', '2'],
    },
  };
}
