/** The words of `commitment-graph clients`. What they do is loaded when they are run. */
import { createHash } from 'node:crypto';
import { InvalidArgumentError, type Command } from 'commander';
import { SCOPES } from '../domain/principal.js';
import type { AddOptions, ListOptions, RetireOptions } from './clients.js';

function clientName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected up to 64 letters, digits, dots and hyphens.');
}

function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function slugs(text: string): '*' | readonly string[] {
  const words = listed(text);
  if (words.length === 0) throw new InvalidArgumentError('Expected slugs of the account directory, or *.');
  return words.includes('*') ? '*' : words;
}

function scopes(text: string): readonly string[] {
  const words = listed(text);
  const isKnown = (word: string) => (SCOPES as readonly string[]).includes(word);
  if (words.every(isKnown)) return words;
  throw new InvalidArgumentError(`Expected one or more of ${SCOPES.join(', ')}, with commas between.`);
}

/** Of a hash, as `list` shows them, or of a key that is at hand: then the key itself. */
function hashStart(text: string): string {
  if (/^cg_[\w-]{43}$/.test(text)) return createHash('sha256').update(text).digest('hex');
  const start = text.replace(/^sha256:/, '').replace(/…$/, '');
  if (/^[0-9a-f]{4,64}$/i.test(start)) return start.toLowerCase();
  throw new InvalidArgumentError('Expected at least four digits of its hash, as `clients list` shows it.');
}

export function addClients(program: Command): void {
  const clients = program
    .command('clients')
    .description('list clients, and make, rotate and revoke their keys; a running gateway follows by itself');
  const command = (name: string, description: string) =>
    clients.command(name).description(description).requiredOption('-c, --config <file>', 'gateway.yaml');

  command('list', 'who may ask, for which customers; keys by the start of their hash')
    .option('--json', 'for programs')
    .action(async (options: ListOptions) => {
      (await import('./clients.js')).list(options);
    });

  command('add', 'make a client and its key, which is shown this once')
    .argument('<name>', 'what to call it', clientName)
    .requiredOption('--organizations <slugs>', 'its customers, with commas between; or *', slugs)
    .option(
      '--scopes <scopes>',
      `what it may do; without this, everything may be read. With commas between: ${SCOPES.join(', ')}`,
      scopes,
    )
    .action(async (name: string, options: AddOptions) => (await import('./clients.js')).add(name, options));

  command('rotate', 'make a second key, shown this once; the first goes on working')
    .argument('<name>', 'the client', clientName)
    .action(async (name: string, options: { config: string }) =>
      (await import('./clients.js')).rotate(name, options),
    );

  command('retire', 'end one of two keys')
    .argument('<name>', 'the client', clientName)
    .requiredOption('--key <start>', 'the start of its hash, as list shows it', hashStart)
    .action(async (name: string, options: RetireOptions) =>
      (await import('./clients.js')).retire(name, options),
    );

  command('revoke', 'remove a client with all of its keys')
    .argument('<name>', 'the client', clientName)
    .action(async (name: string, options: { config: string }) =>
      (await import('./clients.js')).revoke(name, options),
    );
}
