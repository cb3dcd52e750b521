/**
 * `reconcile`, run as a process: its words, exit codes, and a signal in the middle of it; and how what it says is written.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addReconcile } from '../../src/cli/reconcile-command.js';
import { csvCell } from '../../src/cli/reconcile-print.js';
import { createProgressBar, durationText } from '../../src/cli/reconcile-progress.js';
import { progressPathOf } from '../../src/cli/reconcile.js';
import { loadConfig } from '../../src/config.js';
import { plant } from '../reconciliation/plant.js';
import { askedFor, startPlanted } from '../reconciliation/emulators.js';
import { run, start } from '../support/program.js';
import { until } from '../support/until.js';

describe('the words', () => {
  /** What is said to whoever gives them, before anything is loaded. */
  const said = async (...args: readonly string[]) => {
    let text = '';
    const program = new Command().exitOverride();
    addReconcile(program, () => Number);
    for (const command of [program, ...program.commands]) {
      command.exitOverride().configureOutput({
        writeOut: (part) => (text += part),
        writeErr: (part) => (text += part),
      });
    }
    await expect(program.parseAsync(['reconcile', ...args], { from: 'user' })).rejects.toThrow();
    return text;
  };

  it('say what the exit codes and the JSON are', async () => {
    const text = await said('--help');
    expect(text).toMatch(/3 +incomplete: something could not be compared/);
    expect(text).toContain('findings: [{ id, organization, state');
  });

  it('that are wrong are told with those that are right', async () => {
    expect(await said('--state', 'CRM_AHEAD,WRONG')).toMatch(
      /Expected one or more of SYNC_PENDING, CRM_AHEAD/,
    );
    expect(await said('--format', 'xml')).toMatch(/Allowed choices are table, json, csv/);
    expect(await said('--fail-on', 'mondays')).toMatch(/Allowed choices are any, unacknowledged, money/);
  });
});

it('compares the sandbox without a configuration', async () => {
  const { code, stdout, stderr } = await run([
    ...['reconcile', '--sandbox', '--format', 'csv'],
    ...['--organization', 'maple-transit', '--organization', 'sleepyco'],
  ]);
  expect(code).toBe(1);
  const [head, ...lines] = stdout.trimEnd().split('\r\n');
  expect(head).toMatch(/^organization,state,severity,cause,/);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^maple-transit,CRM_AHEAD,LEAKAGE,WEBHOOK_FAILED,MONTHLY_MINIMUM,/);
  expect(stderr).toMatch(/^2 customers: at least 0 s at 10 requests a second/);
  expect(stderr).toContain('2 of 2 customers compared; 2 with both sides read whole; 1 differences.');
  expect(stderr).not.toContain('Warning');
}, 60_000);

it('a signal ends it with 3 and leaves what it has, and --resume reads the rest', async () => {
  const portfolio = plant({ seed: 5, organizations: 40, planted: 10 });
  await using planted = await startPlanted(portfolio);
  const { commitmentManager, salesforce } = planted.config.backends;
  const folder = mkdtempSync(join(tmpdir(), 'reconcile-cli-'));
  try {
    const config = join(folder, 'gateway.yaml');
    const accounts = portfolio.organizations.map(({ slug, name, currency, organizationId, accountId }) => ({
      slug,
      name,
      currency,
      commitmentManager: { organizationId },
      salesforce: { missionControlAccountId: accountId },
    }));
    writeFileSync(join(folder, 'accounts.yaml'), JSON.stringify(accounts));
    const { url, username, webhookApiKey, bearerToken } = commitmentManager!;
    const { url: crm, clientId, clientSecret } = salesforce!;
    writeFileSync(
      config,
      JSON.stringify({
        backends: {
          commitmentManager: { url, username, webhookApiKey, bearerToken, requestsPerSecond: 10 },
          salesforce: { url: crm, clientId, clientSecret },
        },
        accounts: './accounts.yaml',
        store: 'none',
      }),
    );
    const program = start([
      'reconcile',
      '-c',
      config,
      '--format',
      'json',
      '--output',
      join(folder, 'report.json'),
    ]);
    // The first ten are done at once; those of the next second are not.
    await until('some are done', () => {
      try {
        return readFileSync(progressPathOf(config), 'utf8').split('\n').length > 6;
      } catch {
        return false;
      }
    });
    program.process.kill('SIGINT');
    const { code, stdout, stderr } = await program.ended;
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^40 customers: at least 4 s at 10 requests a second/);
    expect(stderr).toMatch(/Run it again with --resume/);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ version: 1, isComplete: false, organizations: { total: 40, resumed: 0 } });
    expect(report.organizations.done).toBeGreaterThan(4);
    expect(report.organizations.left).toBeGreaterThan(0);

    planted.commitmentManager.clearCalls();
    const loaded = loadConfig(config, {});
    const fast = {
      ...loaded,
      backends: {
        ...loaded.backends,
        commitmentManager: { ...loaded.backends.commitmentManager!, requestsPerSecond: null as never },
      },
    };
    const rest = await planted.run(
      { resume: true },
      // The process that was ended measured time by its own clock.
      { config: fast, progressPath: progressPathOf(config), clock: Date.now },
    );
    expect(JSON.parse(rest.out).organizations).toEqual({
      total: 40,
      done: 40,
      resumed: report.organizations.done,
      left: 0,
    });
    expect(askedFor(planted)).toHaveLength(report.organizations.left);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

describe('what it writes', () => {
  it.each([
    ['Acme', 'Acme'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['=HYPERLINK("x")\n', '"\'=HYPERLINK(""x"")\n"'],
  ])('%j is the cell %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('%i ms are %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('a bar where somebody looks, and a line now and then where nobody does', () => {
    const shown = (isTty: boolean) => {
      let now = 0;
      let text = '';
      const bar = createProgressBar({ isTty, write: (part) => (text += part) }, () => now);
      for (let done = 0; done <= 100; done += 1) {
        now = done * 250;
        bar.show({
          phase: 'COMPARING',
          total: 100,
          done,
          resumed: 0,
          discrepancies: 3,
          leftMs: (100 - done) * 250,
        });
      }
      bar.clear();
      return text;
    };
    expect(shown(true).split('\r').length).toBe(103);
    expect(shown(true)).toContain(
      '[###############---------------] 50 %  50 of 100 customers, 3 differences, about 13 s left',
    );
    expect(shown(false)).toBe(
      [
        '0 of 100 customers, 3 differences, about 25 s left',
        '40 of 100 customers, 3 differences, about 15 s left',
        '80 of 100 customers, 3 differences, about 5 s left',
        '100 of 100 customers, 3 differences\n',
      ].join('\n'),
    );
  });
});
