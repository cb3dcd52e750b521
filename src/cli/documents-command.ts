/** The words of `commitment-graph documents`. What they do is loaded when they are run. */
import { InvalidArgumentError, type Command } from 'commander';
import type { CheckOptions, DiffOptions, ListOptions, PruneOptions, PushOptions } from './documents.js';
import type { UsageOptions } from './documents-usage.js';

/** Becomes a name of a file. */
function fileName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError(
    'Expected up to 64 letters, digits, dots, hyphens, plus signs, underscores.',
  );
}

const FILE = 'Apollo’s manifest, a map from id to text (Relay’s, for one), or a folder of .graphql files';

export function addDocuments(
  program: Command,
  whole: (from: number, to: number) => (text: string) => number,
): void {
  const documents = program
    .command('documents')
    .description('register the documents of clients, and say what is registered');
  const command = (name: string, description: string) =>
    documents.command(name).description(description).requiredOption('-c, --config <file>', 'gateway.yaml');

  command('push', 'register what a client’s build made; all of it, or nothing')
    .argument('<file>', FILE)
    .requiredOption('--client <name>', 'whose they are', fileName)
    .requiredOption('--version <version>', 'of the client', fileName)
    .option('--dry-run', 'check everything, and register nothing')
    .action(async (file: string, options: PushOptions) =>
      (await import('./documents.js')).push(file, options),
    );

  command('list', 'what is registered, by client and version')
    .option('--client <name>', 'only of this one, and its documents', fileName)
    .option('--json', 'for programs')
    .action(async (options: ListOptions) => (await import('./documents.js')).list(options));

  command('diff', 'what a push would add, and what it leaves out; exit 1 if it would be refused')
    .argument('<file>', FILE)
    .requiredOption('--client <name>', 'whose they are', fileName)
    .option('--version <version>', 'compare with this version instead of the newest', fileName)
    .action(async (file: string, options: DiffOptions) =>
      (await import('./documents.js')).diff(file, options),
    );

  command('prune', 'forget versions of a client; their documents stop running within ten seconds')
    .requiredOption('--client <name>', 'whose they are', fileName)
    .option('--keep-last <n>', 'keep the newest so many', whole(1, 1_000))
    .option('--keep <versions...>', 'keep these')
    .option(
      '--unused-for <days>',
      'keep versions with a document that was asked for since then and no kept version has, those pushed since then, and the newest',
      whole(1, 400),
    )
    .option('--dry-run', 'say what would be forgotten, and forget nothing')
    .action(async (options: PruneOptions) => (await import('./documents.js')).prune(options));

  command(
    'usage',
    'what was asked for: requests, errors, cost, latency, last use, by client, version and document',
  )
    .option('--client <name>', 'only of this one')
    .option('--days <n>', 'of so many days', whole(1, 400), 30)
    .option('--json', 'for programs')
    .action(async (options: UsageOptions) => (await import('./documents-usage.js')).usage(options));

  command('unused', 'which registered documents nobody asked for; they are candidates for prune')
    .option('--client <name>', 'only of this one')
    .option('--days <n>', 'in so many days', whole(1, 400), 30)
    .option('--json', 'for programs')
    .action(async (options: UsageOptions) => (await import('./documents-usage.js')).unused(options));

  command('check', 'which registered documents a schema would break; exit 1 if there are any')
    .option('--schema <file>', 'SDL to check against, instead of this version’s own')
    .option('--json', 'for programs')
    .action(async (options: CheckOptions) => (await import('./documents.js')).check(options));
}
