/**
 * `commitment-graph sandbox`, and `npm start`: emulators of all five backends on loopback, and the gateway over them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../app.js';
import { parseAccounts, parseBackends, type Config } from '../config.js';
import { dayOf, instantOfMillis } from '../domain/calendar.js';
import { createLog, type LogLevel } from '../observability/log.js';
import { generatePortfolio } from '../sandbox/portfolio.js';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.js';
import { examplesFor } from './examples.js';
import { say, untilStopped } from './run.js';
import { endOnUncaught } from './uncaught.js';

export interface SandboxOptions {
  readonly port: number;
  readonly adminPort: number;
  readonly organizations?: number;
  readonly commitments?: number;
  readonly log: LogLevel;
}

/** The contract that seed 002 changes in its samples; the ready portfolio has it, with ten seats. */
const SAMPLE = {
  contractId: 'ctrct_xNE4v9dkjXjorYAM',
  offeringId: 'offer_fYyrKcVaJRgVN7jg',
  productId: 'prod_sVd2qS8nXCP7X1Uf',
  quantity: '11',
};

/** The configuration of a gateway over the sandbox: everybody on this machine may read and change everything. */
export function sandboxConfig(
  sandbox: Sandbox,
  listen: { readonly port: number; readonly adminPort: number },
  store: string,
): Config {
  return {
    listen: { host: '127.0.0.1', ...listen },
    backends: parseBackends(sandbox.backends),
    organizations: parseAccounts(sandbox.directory),
    clients: null,
    store: { kind: 'sqlite', file: store },
  };
}

export async function sandbox(options: SandboxOptions): Promise<void> {
  const today = dayOf(instantOfMillis(Date.now()));
  const emulators = await startSandbox({
    today,
    clock: Date.now,
    ...(options.organizations === undefined
      ? {}
      : {
          profiles: generatePortfolio({
            organizations: options.organizations,
            commitmentsPerBackend: options.commitments ?? 3,
            seed: 1,
            today,
          }),
        }),
  });
  const slug = emulators.profiles[0]?.slug ?? '';
  const isSampleThere = emulators.profiles[0]?.monetizenow?.contractIds.includes(SAMPLE.contractId) ?? false;
  // The emulators forget everything when they stop, and so must the journal: it speaks of their records.
  const journal = mkdtempSync(join(tmpdir(), 'commitment-graph-'));
  const forget = () => {
    rmSync(journal, { recursive: true, force: true });
    return Promise.resolve();
  };
  let app;
  try {
    const config = sandboxConfig(emulators, options, join(journal, 'journal.db'));
    const log = createLog(options.log);
    app = await startApp({
      config,
      log,
      examples: examplesFor(slug, today, isSampleThere ? SAMPLE : null),
    });
    endOnUncaught(app, log);
  } catch (error) {
    await emulators.stop();
    await forget();
    throw error;
  }
  // Listened for before anybody is told that it runs: a signal may follow at once.
  const stopped = untilStopped(app, emulators, { stop: forget });
  say(`The graph is at    ${app.url}/graphql`);
  say(`The explorer is at ${app.url}/graphiql`);
  say('');
  say('A first query to try:');
  say(
    `  curl -s ${app.url}/graphql -H 'content-type: application/json' \\\n` +
      `    -d '{"query":"{ organization(slug: \\"${slug}\\") { name commitments { nodes { source status committed { amount currency } } } } }"}'`,
  );
  say('');
  say('Emulators (add /__control/calls to see what each was asked):');
  for (const [name, emulator] of Object.entries(emulators.emulators))
    say(`  ${name.padEnd(19)} ${emulator.url}`);
  await stopped;
}
