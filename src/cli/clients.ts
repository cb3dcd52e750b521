/**
 * `commitment-graph clients`: makes, rotates and revokes the keys of clients, in the clients file of a configuration.
 *
 * Guarantees: a key is shown once and kept nowhere, only its hash is written; what is written is what a gateway accepts,
 * and appears at once and as a whole; a running gateway takes it within seconds. What cannot be done is told in a
 * sentence, changes nothing and ends with 1, or 2 where the configuration is wrong.
 */
import { createHash, randomBytes } from 'node:crypto';
import { loadClientsFile, type ClientsFile } from '../config.js';
import {
  EditRefusal,
  shortHash,
  withClient,
  withoutClient,
  withoutKey,
  withSecondKey,
} from '../config/clients-edit.js';
import { ConfigError } from '../config/yaml-file.js';
import { ReplaceRefusal, replaceFile } from './replace-file.js';
import { complain, EXIT_FAILED, EXIT_WRONG, say } from './run.js';

interface Options {
  readonly config: string;
}

export interface ListOptions extends Options {
  readonly json?: boolean;
}

export interface AddOptions extends Options {
  readonly organizations: '*' | readonly string[];
  readonly scopes?: readonly string[];
}

export interface RetireOptions extends Options {
  readonly key: string;
}

const KEY_BYTES = 32;

function newKey(): string {
  return `cg_${randomBytes(KEY_BYTES).toString('base64url')}`;
}

function hashOf(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

function fileOf({ config }: Options): ClientsFile | null {
  const file = loadClientsFile(config, process.env);
  if (file !== null) return file;
  complain(`${config} names no clients file. Add to it: \`clients: ./clients.yaml\`.`);
  process.exitCode = EXIT_WRONG;
  return null;
}

/** The content of a file that has none: one that `add` is to make. */
function accessOf(file: ClientsFile) {
  return file.text.trim() === '' ? { clients: [], issuers: [] } : file.parse(file.text);
}

/** Changes the file; false: it was told why not. */
async function change(options: Options, edit: (text: string) => string): Promise<boolean> {
  const named = fileOf(options);
  if (named === null) return false;
  try {
    await replaceFile(named.path, () => {
      // Again, now that nobody else changes it.
      const file = fileOf(options) ?? named;
      accessOf(file);
      const text = edit(file.text);
      refuseWhere(() => file.parse(text));
      return text;
    });
    return true;
  } catch (error) {
    if (!(error instanceof EditRefusal || error instanceof ReplaceRefusal)) throw error;
    complain(error.message);
    process.exitCode = EXIT_FAILED;
    return false;
  }
}

/** What is wrong with a text that is not written yet has no line that anybody could look at. */
function refuseWhere(check: () => unknown): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const said = error.problems.map(({ key, message }) => `${key}: ${message}`).join('; ');
    throw new EditRefusal(`That would not be a clients file (${said}). Nothing was changed.`);
  }
}

function showKey(key: string): void {
  say(`key   ${key}`);
  say(`hash  ${shortHash(hashOf(key))}…`);
  say('It is not shown again, and kept nowhere. A running gateway knows it within ten seconds.');
}

export function list(options: ListOptions): void {
  const file = fileOf(options);
  if (file === null) return;
  const { clients, issuers } = accessOf(file);
  if (options.json === true) {
    say(
      JSON.stringify(
        {
          clients: clients.map(({ keys, ...client }) => ({ ...client, keys: keys.map(shortHash) })),
          issuers,
        },
        null,
        2,
      ),
    );
    return;
  }
  if (clients.length === 0) say('No clients.');
  for (const { name, keys, organizations, scopes, inspect } of clients) {
    say(name);
    say(`  keys           ${keys.map((key) => `${shortHash(key)}…`).join(', ')}`);
    say(`  organizations  ${organizations === '*' ? 'all' : organizations.join(', ') || 'none'}`);
    say(`  scopes         ${[...scopes, ...(inspect ? ['(may see costs)'] : [])].join(' ') || 'none'}`);
  }
  for (const { issuer, audience } of issuers) say(`tokens of ${issuer} for ${audience}`);
}

export async function add(name: string, options: AddOptions): Promise<void> {
  const key = newKey();
  const { organizations, scopes = null } = options;
  const client = { name, key: hashOf(key), organizations, scopes };
  if (!(await change(options, (text) => withClient(text, client)))) return;
  say(`The client ${name} was added.`);
  showKey(key);
}

export async function rotate(name: string, options: Options): Promise<void> {
  const key = newKey();
  if (!(await change(options, (text) => withSecondKey(text, name, hashOf(key))))) return;
  say(`${name} has a second key; the first still works. When nobody uses that any more: clients retire.`);
  showKey(key);
}

export async function retire(name: string, options: RetireOptions): Promise<void> {
  const retired: string[] = [];
  const isDone = await change(options, (text) => {
    const edited = withoutKey(text, name, options.key);
    retired.push(edited.key);
    return edited.text;
  });
  if (!isDone) return;
  say(
    `The key ${retired.map(shortHash).join('')}… of ${name} is retired. A running gateway forgets it within ten seconds.`,
  );
}

export async function revoke(name: string, options: Options): Promise<void> {
  if (!(await change(options, (text) => withoutClient(text, name)))) return;
  say(`The client ${name} was removed. A running gateway forgets it and its keys within ten seconds.`);
}
