/**
 * What a partner meets: a gateway that was configured by files, over the sandbox, with documents that were pushed by the
 * program, and keys. The files, ports and processes are real; only the backends are emulators.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Kind, type DocumentNode } from 'graphql';
import { startApp } from '../../src/app.js';
import { push } from '../../src/cli/documents.js';
import { loadConfig } from '../../src/config.js';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { createLog } from '../../src/observability/log.js';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { run } from '../support/program.js';
import { NOW, TODAY } from '../support/sandboxed-gateway.js';

const execute = promisify(execFile);
const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Clients have the names of their modes. */
export const MODES = ['enforce', 'prefer', 'off'] as const;
export type Mode = (typeof MODES)[number];

const keyOf = (mode: Mode) => `placeholder-key-of-${mode}`;

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A request as it left a library, and the status of its answer. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly status: number;
  readonly type: string;
}

export interface World extends AsyncDisposable {
  readonly url: string;
  readonly graph: string;
  headers(mode: Mode): Readonly<Record<string, string>>;
}

/**
 * `build` makes files or folders of documents in the folder that it is given, by the version to push them as: for clients
 * of all modes but `off`.
 */
export async function startWorld(
  build: (folder: string) => Promise<Readonly<Record<string, string>>>,
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-clients-'));
  const started = performance.now();
  const clock = () => NOW + Math.floor(performance.now() - started);
  const sandbox = await startSandbox({ today: TODAY, clock });
  const stopping: (() => Promise<void>)[] = [() => sandbox.stop()];
  const dispose = async () => {
    for (const stop of stopping.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    // JSON is YAML.
    const write = (name: string, data: unknown) => {
      writeFileSync(join(folder, name), JSON.stringify(data));
    };
    write('accounts.yaml', sandbox.directory);
    write(
      'clients.yaml',
      MODES.map((mode) => ({
        name: mode,
        keys: [`sha256:${sha256(keyOf(mode))}`],
        organizations: ['sleepyco'],
        scopes: ['commitments:read', 'billing:read', 'contracts:write'],
        documents: mode,
      })),
    );
    write('gateway.yaml', {
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      backends: sandbox.backends,
      accounts: './accounts.yaml',
      clients: './clients.yaml',
      store: 'sqlite:./journal.db',
      documents: { mode: 'enforce', path: './documents' },
    });
    const config = join(folder, 'gateway.yaml');
    for (const [version, file] of Object.entries(await build(folder))) {
      const args = ['documents', 'push', file, '--client', 'enforce', '--version', version, '-c', config];
      const { code, stderr } = await run(args);
      if (code !== 0) throw new Error(`documents push ${file} ended with ${code}: ${stderr}`);
      // The same without a process of its own, which takes most of the time.
      await push(file, { client: 'prefer', version, config });
      if (process.exitCode !== undefined) throw new Error(`the push of ${file} for prefer was refused`);
    }
    const app = await startApp({ config: loadConfig(config, {}), log: createLog('silent'), clock });
    stopping.push(() => app.stop());
    return {
      url: app.url,
      graph: `${app.url}/graphql`,
      headers: (mode) => ({ 'x-api-key': keyOf(mode) }),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** A `fetch` for a library, and what went through it. */
export function recordingFetch(): { readonly fetch: typeof fetch; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.clone().text();
      const response = await fetch(request);
      sent.push({
        method: request.method,
        url: new URL(request.url),
        body: text === '' ? null : (JSON.parse(text) as Readonly<Record<string, unknown>>),
        status: response.status,
        type: response.headers.get('content-type') ?? '',
      });
      return response;
    },
  };
}

/** Whether a request has a document's text in it, wherever it may be. */
export function hasText({ url, body }: Sent): boolean {
  return url.searchParams.has('query') || typeof body?.['query'] === 'string';
}

/** Of a document with one operation. */
export function operationNameOf(document: DocumentNode): string {
  const names = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? ''] : [],
  );
  return names.join();
}

/** Runs Apollo's generator on the sources of `app/`, as a partner's build does; gives the manifest's file. */
export async function generateApolloManifest(
  folder: string,
  name: string,
  /** The body of `createOperationId`, where ids are not to be hashes. */
  createOperationId?: string,
): Promise<string> {
  const output = join(folder, `${name}.json`);
  const config = join(folder, `${name}.config.cjs`);
  const custom =
    createOperationId === undefined
      ? ''
      : `, createOperationId: (query, { operationName, type }) => ${createOperationId}`;
  writeFileSync(config, `module.exports = { output: ${JSON.stringify(output)}${custom} };\n`);
  const program = join(HERE, 'node_modules/@apollo/generate-persisted-query-manifest/cli.js');
  await execute(process.execPath, [program, '--config', config], { cwd: join(HERE, 'app') });
  return output;
}

export const SLUG = 'sleepyco';

/** For `TryQuantity`. */
export const INPUT = {
  idempotencyKey: '6f1c3a52-0000-4000-8000-000000000001',
  contractId: encodeGlobalId({ type: 'Contract', organization: SLUG, key: 'ctrct_xNE4v9dkjXjorYAM' }),
  offerings: [
    {
      offeringId: 'offer_fYyrKcVaJRgVN7jg',
      products: [{ productId: 'prod_sVd2qS8nXCP7X1Uf', quantity: '11' }],
    },
  ],
  dryRun: true,
};
