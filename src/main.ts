#!/usr/bin/env node
/** The process: reads the command line, runs one command, leaves with its exit code. */
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addClients } from './cli/clients-command.js';
import { addDocuments } from './cli/documents-command.js';
import { addOperations } from './cli/operations-command.js';
import { addReconcile } from './cli/reconcile-command.js';
import { EXIT_WRONG, explain, outliveReaders } from './cli/run.js';
import type { LogLevel } from './observability/log.js';

interface PackageFile {
  readonly version: string;
}

function whole(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${from} to ${to}.`);
  };
}

const logOption = () =>
  new Option('--log <level>', 'how much to log').choices(['silent', 'error', 'warn', 'info', 'debug']);

outliveReaders();

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as PackageFile;
const program = new Command('commitment-graph')
  .description('One GraphQL gateway over the billing systems that hold customers’ commitments.')
  .version(version)
  // `documents` has a --version of its own, behind its name.
  .enablePositionalOptions()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_WRONG));

// Commands are loaded when they run, so that a wrong word is answered at once.
program
  .command('serve')
  .description('run the gateway over the backends of a configuration')
  .requiredOption('-c, --config <file>', 'gateway.yaml')
  .option(
    '--workers <n>',
    'processes that answer requests on the same port; `workers` of the configuration if left out',
    whole(1, 64),
  )
  .addOption(logOption().default('info'))
  .action(async (options: { config: string; workers?: number; log: LogLevel }) => {
    if ((await import('./workers/processes.js')).isWorkerProcess(process.env)) {
      await (await import('./cli/serve-worker.js')).serveAsWorker(options);
    } else await (await import('./cli/serve.js')).serve(options);
  });
program
  .command('check')
  .description('say whether a configuration can be used, and what it amounts to; calls nobody')
  .requiredOption('-c, --config <file>', 'gateway.yaml')
  .action(async (options: { config: string }) => (await import('./cli/check.js')).check(options));
program
  .command('sandbox')
  .description('run emulators of all backends on this machine, and the gateway over them')
  .option('-p, --port <port>', 'port of the graph and the explorer', whole(0, 65_535), 4000)
  .option('--admin-port <port>', 'port of the health checks', whole(0, 65_535), 4001)
  .option(
    '--organizations <n>',
    'generate this many customers instead of the ready portfolio',
    whole(1, 100_000),
  )
  .option(
    '--commitments <n>',
    'with --organizations: commitments for each customer and backend',
    whole(1, 10_000),
  )
  .addOption(logOption().default('error'))
  .action(
    async (
      options: {
        port: number;
        adminPort: number;
        organizations?: number;
        commitments?: number;
        log: LogLevel;
      },
      command: Command,
    ) => {
      if (options.commitments !== undefined && options.organizations === undefined) {
        command.error('error: --commitments needs --organizations: the ready portfolio has its own');
      }
      if (options.port === options.adminPort && options.port !== 0) {
        command.error('error: --port and --admin-port must differ');
      }
      await (await import('./cli/sandbox.js')).sandbox(options);
    },
  );
addOperations(program, whole);
addReconcile(program, whole);
addClients(program);
addDocuments(program, whole);
program
  .command('schema')
  .description('print the SDL of the graph')
  .action(async () => (await import('./cli/schema.js')).schema());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
