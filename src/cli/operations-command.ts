/** The words of `commitment-graph operations`. What they do is loaded when they are run. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RowState } from '../journal/tables.js';
import type { ListOptions, SettleOptions, ShowOptions, VerifyOptions } from './operations.js';

const STATES = {
  SENDING: true,
  PENDING: true,
  IN_REVIEW: true,
  SUCCEEDED: true,
  FAILED: true,
  UNKNOWN: true,
  NOT_SENT: true,
} as const satisfies Record<RowState, true>;

function states(text: string): readonly RowState[] {
  return text.split(',').map((word) => {
    const name = word.trim().toUpperCase();
    if (Object.hasOwn(STATES, name)) return name as RowState;
    throw new InvalidArgumentError(`Expected one or more of ${Object.keys(STATES).join(', ')}.`);
  });
}

/** One line of text with something in it. */
function words(most: number): (text: string) => string {
  return (text) => {
    const trimmed = text.trim();
    if (trimmed !== '' && trimmed.length <= most && !/\p{Cc}/u.test(trimmed)) return trimmed;
    throw new InvalidArgumentError(`Expected one line of text of up to ${most} characters.`);
  };
}

function hash(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('Expected the 64 hexadecimal digits that verify printed once.');
}

const LONGEST_REASON = 1_000;
const LONGEST_NAME = 100;

/** `whole`: makes a parser of whole numbers within a range. */
export function addOperations(
  program: Command,
  whole: (from: number, to: number) => (text: string) => number,
): void {
  const operations = program
    .command('operations')
    .description('list, show and settle changes that were sent to backends, and verify their audit trail');
  const command = (name: string, description: string) =>
    operations.command(name).description(description).requiredOption('-c, --config <file>', 'gateway.yaml');

  command('list', 'operations, newest first')
    .option('--state <states>', `only these, with commas between: ${Object.keys(STATES).join(', ')}`, states)
    .option('--organization <slug>', 'only those of this customer')
    .option('--needs-operator', 'only those that the gateway has given up finding out about')
    .option('--limit <n>', 'at most so many', whole(1, 10_000), 50)
    .option('--json', 'for programs')
    .action(async (options: ListOptions) => (await import('./operations.js')).list(options));

  command('show', 'everything that is known of one operation')
    .argument('<id>', 'its id, as list, the log or the graph gives it')
    .option('--json', 'for programs')
    .action(async (id: string, options: ShowOptions) => (await import('./operations.js')).show(id, options));

  command('settle', 'say what became of an operation; cannot be taken back')
    .argument('<id>', 'its id, as list, the log or the graph gives it')
    .addOption(
      new Option('--as <outcome>', 'whether the backend has made the change')
        .choices(['succeeded', 'failed'])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'how you know; kept in the audit trail', words(LONGEST_REASON))
    .option('--by <name>', 'who decides; without it, the name you are logged in with', words(LONGEST_NAME))
    .option('--force', 'also what is PENDING or IN_REVIEW, or was left by a gateway that is gone')
    .option('--dry-run', 'say what would be done, and do nothing')
    .action(async (id: string, options: SettleOptions) =>
      (await import('./operations.js')).settle(id, options),
    );

  command('verify', 'whether the audit trail and the operations are as they were written')
    .option(
      '--expect <hash>',
      'the last hash that an earlier verify printed: must still be in the trail',
      hash,
    )
    .action(async (options: VerifyOptions) => (await import('./operations.js')).verify(options));
}
