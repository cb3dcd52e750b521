/**
 * `commitment-graph documents usage` and `unused`: what was asked for, and what was not.
 *
 * Guarantees: reads the configuration, the registered documents and the store, and changes nothing; works while the
 * gateway runs, which writes every five seconds. Says since when anything is known: what was not counted was not unused.
 */
import { operationLabel } from '../admission/documents/problem.js';
import { columns, plain, timeText } from './operations-print.js';
import { documentsIn, type Options } from './documents-open.js';
import { complain, EXIT_FAILED, EXIT_WRONG, say } from './run.js';
import { caveat, DAY_MS, placeOf, registeredIn, unusedSince, usageIn, usesIn, type Known } from './usage.js';

export interface UsageOptions extends Options {
  readonly client?: string;
  readonly days: number;
  readonly json?: boolean;
}

function refuse({ why, isForGood }: Extract<Known, { kind: 'unknown' }>): void {
  complain(why);
  process.exitCode = isForGood ? EXIT_WRONG : EXIT_FAILED;
}

const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const count = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

export async function usage(options: UsageOptions): Promise<void> {
  const now = Date.now();
  const { config, manifests } = await documentsIn(options);
  const known = await usageIn(config, options.days, options.client ?? null, now);
  if (known.kind === 'unknown') {
    refuse(known);
    return;
  }
  const { report } = known;
  const names = new Map(registeredIn(manifests).map(({ client, id, name }) => [placeOf(client, id), name]));
  const rows = report.rows.map((row) => ({
    ...row,
    name: row.version === '' ? row.name : (names.get(placeOf(row.client, row.document)) ?? null),
  }));
  if (options.json === true) {
    const shown = rows.map((row) => ({
      client: row.client === '' ? null : row.client,
      document: row.document === '' ? null : row.document,
      version: row.version === '' ? null : row.version,
      name: row.name,
      requests: row.requests,
      errors: row.errors,
      cost: { estimated: row.costEstimated, actual: row.costActual },
      latencyMs: { mean: Math.round(row.totalMs / row.requests), slowest: row.slowestMs },
      firstUsedAt: isoOf(row.firstAt),
      lastUsedAt: isoOf(row.lastAt),
    }));
    say(JSON.stringify({ days: options.days, countedSince: isoOf(report.since), usage: shown }, null, 2));
    return;
  }
  if (rows.length > 0) {
    const heads = ['CLIENT', 'VERSION', 'DOCUMENT', 'REQUESTS', 'ERRORS', 'COST', 'ESTIMATED'];
    const lines = rows.map((row) => [
      row.client === '' ? '(others)' : plain(row.client),
      row.version === '' ? '-' : row.version,
      row.document === '' ? '(everything else)' : plain(operationLabel(row.name, row.document)),
      String(row.requests),
      String(row.errors),
      String(row.costActual),
      String(row.costEstimated),
      `${Math.round(row.totalMs / row.requests)} ms`,
      `${row.slowestMs} ms`,
      timeText(row.lastAt),
    ]);
    for (const line of columns([[...heads, 'MEAN', 'SLOWEST', 'LAST USED'], ...lines])) say(line);
  } else say(`Nothing was asked for in the last ${count(options.days, 'day')}.`);
  const since = caveat(report, now - options.days * DAY_MS);
  if (since !== null) say(since);
}

export async function unused(options: UsageOptions): Promise<void> {
  const now = Date.now();
  const from = now - options.days * DAY_MS;
  const { config, manifests } = await documentsIn(options);
  const known = await usageIn(config, null, options.client ?? null, now);
  if (known.kind === 'unknown') {
    refuse(known);
    return;
  }
  const registered = registeredIn(manifests);
  const { unused: found, young } = unusedSince(registered, usesIn(known.report), from);
  const since = caveat(known.report, from);
  if (options.json === true) {
    const shown = found.map(({ registeredAt, lastUsedAt, ...document }) => ({
      ...document,
      registeredAt: isoOf(registeredAt),
      lastUsedAt: isoOf(lastUsedAt),
    }));
    say(
      JSON.stringify(
        {
          days: options.days,
          countedSince: isoOf(known.report.since),
          isConclusive: since === null,
          registered: registered.length,
          unused: shown,
          registeredSince: young.map(({ client, id, name }) => ({ client, id, name })),
        },
        null,
        2,
      ),
    );
    return;
  }
  for (const line of columns(
    found.map(({ client, id, name, versions, registeredAt, lastUsedAt }) => [
      client,
      versions.join(' '),
      plain(operationLabel(name, id)),
      lastUsedAt === null
        ? `never asked for; registered ${timeText(registeredAt)}`
        : `last used ${timeText(lastUsedAt)}`,
    ]),
  )) {
    say(line);
  }
  say(
    `${found.length} of ${count(registered.length, 'document')} not asked for in the last ${count(options.days, 'day')}.` +
      (young.length === 0 ? '' : ` ${young.length} more were registered since then, and not asked for yet.`),
  );
  if (since !== null) say(since);
}
