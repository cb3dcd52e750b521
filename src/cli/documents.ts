/**
 * `commitment-graph documents`: the registered documents of clients, as files. A gateway that runs takes changes within
 * ten seconds.
 *
 * Guarantees: calls nobody; `push` registers all or nothing, and never gives an id another text; a version is written
 * once. Everything that is wrong is told at once. What is refused ends with 1, a wrong configuration or folder with 2.
 */
import { readFileSync } from 'node:fs';
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql';
import { add, fileOf, readAll, remove } from '../admission/documents/folder.js';
import { readOffer, type Offered } from '../admission/documents/formats.js';
import { MOST_DOCUMENT_TEXT } from '../admission/documents/ids.js';
import { judge, type Bench } from '../admission/documents/judge.js';
import { sortedOperations, type Manifest } from '../admission/documents/manifest.js';
import {
  DocumentsError,
  operationLabel,
  printDocumentProblem,
  wrongFile,
  type DocumentProblem,
} from '../admission/documents/problem.js';
import { charactersOf } from '../admission/documents/registry.js';
import { caveatAbout, objectionToClient, ownBench, remarkOn } from './documents-bench.js';
import { documentsIn, manifestsIn, openConfig, type Options } from './documents-open.js';
import { plain, timeText } from './operations-print.js';
import { complain, EXIT_FAILED, say } from './run.js';
import { caveat, DAY_MS, idleVersions, placeOf, usageIn, usesIn } from './usage.js';

export interface PushOptions extends Options {
  readonly client: string;
  readonly version: string;
  readonly dryRun?: boolean;
}

export interface ListOptions extends Options {
  readonly client?: string;
  readonly json?: boolean;
}

export interface DiffOptions extends Options {
  readonly client: string;
  readonly version?: string;
}

export interface PruneOptions extends Options {
  readonly client: string;
  readonly keepLast?: number;
  readonly keep?: readonly string[];
  readonly unusedFor?: number;
  readonly dryRun?: boolean;
}

export interface CheckOptions extends Options {
  readonly schema?: string;
  readonly json?: boolean;
}

function refuse(lines: readonly string[]): void {
  for (const line of lines) complain(line);
  process.exitCode = EXIT_FAILED;
}

/** One line for each; texts of others reach the terminal as visible characters. */
function printed(problems: readonly DocumentProblem[]): string[] {
  return problems.map((problem) => `  ${plain(printDocumentProblem(problem))}`);
}

function flawsOf(offered: readonly Offered[], client: string, bench: Bench): DocumentProblem[] {
  return offered.flatMap(({ file, id, name, body }) => {
    const verdict = judge(body, client, bench);
    if (verdict.kind === 'good') return [];
    return verdict.flaws.map(({ line, message }) => ({
      file,
      operation: operationLabel(name, id),
      line,
      message,
    }));
  });
}

/** Ids that have another text already. */
function conflictsWith(manifests: readonly Manifest[], offered: readonly Offered[]): DocumentProblem[] {
  const registered = new Map(
    manifests.flatMap(({ version, operations }) =>
      operations.map(({ id, body }) => [id, { body, version }] as const),
    ),
  );
  return offered.flatMap(({ file, id, name, body }) => {
    const known = registered.get(id);
    if (known === undefined || known.body === body) return [];
    return [
      {
        file,
        operation: operationLabel(name, id),
        line: null,
        message: `this id has another text since version ${known.version}, and an id never changes its text`,
      },
    ];
  });
}

/** The same text under the same id, once. */
function distinct(offered: readonly Offered[]): Manifest['operations'] {
  return sortedOperations([
    ...new Map(offered.map(({ id, name, body }) => [id, { id, name, body }])).values(),
  ]);
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

export async function push(file: string, options: PushOptions): Promise<void> {
  const { client, version } = options;
  const { folder, config } = openConfig(options.config);
  const objection = objectionToClient(client, config);
  if (objection !== null) {
    refuse([objection, 'Nothing was pushed.']);
    return;
  }
  const all = await manifestsIn(folder);
  const own = all.filter((manifest) => manifest.client === client);
  const { offered, problems } = readOffer(file);
  const bench = ownBench(config);
  const wrong = [...problems, ...flawsOf(offered, client, bench), ...conflictsWith(own, offered)];
  if (wrong.length > 0) {
    refuse([...printed(wrong), `Nothing was pushed: ${count(wrong.length, 'problem')}.`]);
    return;
  }
  const operations = distinct(offered);
  const manifest = { client, version, pushedAt: new Date().toISOString(), operations };
  const same = own.find((one) => one.version === version);
  if (same !== undefined) {
    if (JSON.stringify(same.operations) === JSON.stringify(operations)) {
      say(
        `${client} ${version} is registered already, with the same ${count(operations.length, 'document')}.`,
      );
    } else {
      refuse([
        `${client} ${version} is registered with other documents; \`documents diff\` shows them. ` +
          'A version is pushed once: give this one another name.',
        'Nothing was pushed.',
      ]);
    }
    return;
  }
  if (charactersOf([...all, manifest]) > MOST_DOCUMENT_TEXT) {
    refuse([
      `All documents together would have more than ${MOST_DOCUMENT_TEXT.toLocaleString('en')} characters. ` +
        'Prune versions that nobody uses any more.',
      'Nothing was pushed.',
    ]);
    return;
  }
  const known = new Set(own.flatMap((one) => one.operations.map(({ id }) => id)));
  const added = operations.filter(({ id }) => !known.has(id)).length;
  const summary = `${count(operations.length, 'document')} of ${client} ${version}, ${added} of them new`;
  const remarks = [
    ...[caveatAbout(client, config)].filter((caveat) => caveat !== null),
    ...offered.flatMap(({ id, name, body }) => {
      const verdict = judge(body, client, bench);
      const remark =
        verdict.kind === 'good' ? remarkOn(verdict.document, client, config, bench.schema) : null;
      return remark === null ? [] : [`${plain(operationLabel(name, id))}: ${remark}.`];
    }),
  ];
  if (options.dryRun === true) {
    say(`Would push ${summary}. Nothing was pushed.`);
    for (const remark of remarks) say(`  ${remark}`);
    return;
  }
  const isAdded = add(folder, manifest);
  // Somebody else may have pushed in the meantime. Of two that contradict each other none may stay unseen.
  const { problems: after } = await readAll(folder);
  if (!isAdded || after.length > 0) {
    if (isAdded) remove(folder, client, version);
    refuse([...printed(after), 'Somebody else pushed at the same time. Nothing was pushed: try again.']);
    return;
  }
  say(`Pushed ${summary}.`);
  say(`  ${fileOf(folder, client, version)}`);
  for (const remark of remarks) say(`  ${remark}`);
}

export async function list(options: ListOptions): Promise<void> {
  const { manifests } = await documentsIn(options);
  if (options.json === true) {
    const shown = manifests.map(({ operations, ...manifest }) => ({
      ...manifest,
      documents: operations.map(({ id, name }) => ({ id, name })),
    }));
    say(JSON.stringify({ manifests: shown }, null, 2));
    return;
  }
  if (manifests.length === 0) say('Nothing is registered.');
  for (const { client, version, pushedAt, operations } of manifests) {
    const pushed = pushedAt.replace(/\.\d+Z$/, 'Z');
    say(`${client}  ${version}  pushed ${pushed}  ${count(operations.length, 'document')}`);
    if (options.client === undefined) continue;
    for (const { id, name } of operations) say(`  ${id}  ${plain(name ?? '(no name)')}`);
  }
}

export async function diff(file: string, options: DiffOptions): Promise<void> {
  const { client } = options;
  const { config, manifests: own } = await documentsIn(options);
  const other =
    options.version === undefined ? own.at(-1) : own.find(({ version }) => version === options.version);
  if (options.version !== undefined && other === undefined) {
    refuse([`${client} ${options.version} is not registered.`]);
    return;
  }
  const { offered, problems } = readOffer(file);
  const wrong = [...problems, ...flawsOf(offered, client, ownBench(config)), ...conflictsWith(own, offered)];
  const operations = distinct(offered);
  const before = new Set(other?.operations.map(({ id }) => id));
  const now = new Set(operations.map(({ id }) => id));
  const added = operations.filter(({ id }) => !before.has(id));
  const gone = (other?.operations ?? []).filter(({ id }) => !now.has(id));
  say(
    other === undefined ? `${client} has nothing registered.` : `Compared with ${client} ${other.version}:`,
  );
  for (const { id, name } of added) say(`+ ${plain(name ?? '(no name)')}  ${plain(id)}`);
  for (const { id, name } of gone) say(`- ${plain(name ?? '(no name)')}  ${id}`);
  say(`${added.length} added, ${gone.length} gone, ${operations.length - added.length} as before.`);
  if (wrong.length > 0)
    refuse([...printed(wrong), `A push would be refused: ${count(wrong.length, 'problem')}.`]);
}

export async function prune(options: PruneOptions): Promise<void> {
  const { client, keepLast, keep, unusedFor } = options;
  if (keepLast === undefined && keep === undefined && unusedFor === undefined) {
    refuse([
      'Say what to keep: --keep-last <n>, --keep <versions…>, --unused-for <days>, or several of them.',
    ]);
    return;
  }
  const { folder, config, manifests: own } = await documentsIn(options);
  const missing = (keep ?? []).filter((version) => !own.some((manifest) => manifest.version === version));
  if (missing.length > 0) {
    refuse([`${client} has no version ${missing.map(plain).join(', ')}. Nothing was forgotten.`]);
    return;
  }
  let used: readonly string[] = [];
  if (unusedFor !== undefined) {
    const now = Date.now();
    const from = now - unusedFor * DAY_MS;
    const known = await usageIn(config, null, client, now);
    if (known.kind === 'unknown') {
      refuse([known.why, 'Nothing was forgotten.']);
      return;
    }
    const { since } = known.report;
    if (since === null || since > from) {
      refuse([
        `Use is counted ${since === null ? 'by no gateway yet' : `since ${timeText(since)}`}: what was not used for ${count(unusedFor, 'day')} is not known. Nothing was forgotten.`,
      ]);
      return;
    }
    const idle = idleVersions(own, usesIn(known.report), from);
    used = own.map(({ version }) => version).filter((version) => !idle.includes(version));
  }
  const kept = new Set([
    ...(keep ?? []),
    ...used,
    ...(keepLast === undefined ? [] : own.slice(-keepLast).map(({ version }) => version)),
  ]);
  const left = new Set(
    own.flatMap(({ version, operations }) => (kept.has(version) ? operations.map(({ id }) => id) : [])),
  );
  const leaving = own.filter(({ version }) => !kept.has(version));
  if (leaving.length === 0) say('There is nothing to forget.');
  for (const { version, operations } of leaving) {
    if (options.dryRun !== true) remove(folder, client, version);
    const lost = operations.filter(({ id }) => !left.has(id)).length;
    say(
      `${options.dryRun === true ? 'Would forget' : 'Forgot'} ${client} ${version}: ` +
        `${count(lost, 'document')} that no version has that is kept.`,
    );
  }
}

function schemaFrom(file: string): GraphQLSchema {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new DocumentsError([wrongFile(file, 'cannot be read')]);
  }
  try {
    return buildSchema(text);
  } catch (error) {
    const line = error instanceof GraphQLError ? (error.locations?.[0]?.line ?? null) : null;
    const message = `is no SDL: ${error instanceof Error ? error.message : 'unknown'}`;
    throw new DocumentsError([{ file, operation: null, line, message }]);
  }
}

/** How far back the use of a document says that somebody needs it. */
const WEIGHED_DAYS = 30;

function useText({
  requests,
  lastUsedAt,
}: {
  readonly requests: number;
  readonly lastUsedAt: string | null;
}) {
  const days = count(WEIGHED_DAYS, 'day');
  return lastUsedAt === null
    ? `not used in the last ${days}`
    : `used ${requests === 1 ? 'once' : `${requests.toLocaleString('en')} times`} in the last ${days}, last on ${lastUsedAt.slice(0, 10)}`;
}

export async function check(options: CheckOptions): Promise<void> {
  const now = Date.now();
  const { config, manifests } = await documentsIn(options);
  const bench = ownBench(config, options.schema === undefined ? undefined : schemaFrom(options.schema));
  const broken = manifests.flatMap(({ client, version, operations }) =>
    operations.flatMap(({ id, name, body }) => {
      const verdict = judge(body, client, bench);
      return verdict.kind === 'good' ? [] : [{ client, version, id, operation: name, flaws: verdict.flaws }];
    }),
  );
  // Only where it matters: the store may be far away.
  const known = broken.length === 0 ? null : await usageIn(config, WEIGHED_DAYS, null, now);
  const lastUse = known?.kind === 'known' ? usesIn(known.report) : null;
  const weighed = broken.map((one) => {
    const use = lastUse?.get(placeOf(one.client, one.id));
    return {
      ...one,
      usage:
        lastUse === null
          ? null
          : {
              requests: use?.requests ?? 0,
              lastUsedAt: use === undefined ? null : new Date(use.lastAt).toISOString(),
            },
    };
  });
  const total = manifests.reduce((sum, { operations }) => sum + operations.length, 0);
  if (options.json === true) say(JSON.stringify({ checked: total, broken: weighed }, null, 2));
  else {
    for (const { client, version, id, operation, flaws, usage } of weighed) {
      say(
        `${client}  ${version}  ${plain(operationLabel(operation, id))}${usage === null ? '' : `  ${useText(usage)}`}`,
      );
      for (const { line, message } of flaws) {
        say(`  ${line === null ? '' : `line ${line}: `}${plain(message)}`);
      }
    }
    say(`${broken.length} of ${count(total, 'document')} would break.`);
    if (known?.kind === 'unknown') say(`How often they are used is not known. ${known.why}`);
    else if (known !== null) {
      const since = caveat(known.report, now - WEIGHED_DAYS * DAY_MS);
      if (since !== null) say(since);
    }
  }
  if (broken.length > 0) process.exitCode = EXIT_FAILED;
}
