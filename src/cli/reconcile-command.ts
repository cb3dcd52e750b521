/** The words of `commitment-graph reconcile`. What it does is loaded when it is run. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { RECONCILIATION_STATES, type ReconciliationState } from '../domain/reconciliation/types.js';
import type { ReconcileOptions } from './reconcile.js';

const STATES = RECONCILIATION_STATES.filter((state) => state !== 'MATCH');

function states(text: string, before: readonly ReconciliationState[] = []): readonly ReconciliationState[] {
  const found = text.split(',').map((word) => {
    const name = word.trim().toUpperCase();
    const state = STATES.find((one) => one === name);
    if (state !== undefined) return state;
    throw new InvalidArgumentError(`Expected one or more of ${STATES.join(', ')}.`);
  });
  return [...before, ...found];
}

const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

const HELP = `
Exit codes:
  0  nothing differs (or nothing that --fail-on names)
  1  differences were found
  2  the command or its configuration is wrong
  3  incomplete: something could not be compared, or the run was interrupted; this goes before 1

--fail-on:
  any             every difference that lasts
  unacknowledged  those without an acknowledgement that holds; what could not be compared counts in the same way
  money           those that cost somebody something
  overcharge      those by which a customer pays too much
  none            no difference

JSON (version 1; members may be added, and none changes or goes away):
  { version, startedAt, finishedAt, isComplete,
    organizations: { total, done, resumed, left },
    summary: { organizations, complete, discrepancies, withoutAmount, counts: { <state>: n }, coverage,
               impact: [{ currency, overchargePerMonth, overchargeOverTerm, leakagePerMonth, leakageOverTerm }] },
    findings: [{ id, organization, state, fields, orderId, stepId, commitmentId,
                 crm, billing: { source, recordId, value, observedAt, updatedAt } or null,
                 cause, authority: { side, rule } or null, severity,
                 impact: { direction, perMonth, overTerm: { amount, currency } or null, affects: { startsOn, endsBefore } },
                 action: { kind, … }, firstSeenAt, acknowledgement: { by, at, reason } or null }] }
  Amounts are text, exact, in major units. Days are half-open: endsBefore is the first day after them.

The progress of a run is kept beside the configuration until the run is complete; --resume goes on with one that is
younger than six hours. A gateway that runs beside it counts its own requests: share what billing allows with --rate.`;

/** `whole`: makes a parser of whole numbers within a range. */
export function addReconcile(
  program: Command,
  whole: (from: number, to: number) => (text: string) => number,
): void {
  program
    .command('reconcile')
    .description('compare the CRM with billing for all customers, and say what differs and what it costs')
    .option('-c, --config <file>', 'gateway.yaml', 'gateway.yaml')
    .option('--sandbox', 'compare the customers of the sandbox, without a configuration')
    .option('--organization <slug>', 'only this customer; may be given several times', several)
    .option(
      '--state <states>',
      `show only these, with commas between: ${STATES.join(', ')}; left out, all but SYNC_PENDING`,
      states,
    )
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['table', 'json', 'csv']).default('table'),
    )
    .option('--output <file>', 'write it there; left out, to standard output')
    .option('--resume', 'go on with a run that was interrupted')
    .addOption(
      new Option('--fail-on <what>', 'which differences make the exit code 1')
        .choices(['any', 'unacknowledged', 'money', 'overcharge', 'none'])
        .default('any'),
    )
    .option('--rate <n>', 'requests a second to billing, at most those of the configuration', whole(1, 1_000))
    .addHelpText('after', HELP)
    .action(async (options: ReconcileOptions) => (await import('./reconcile.js')).reconcile(options));
}
