/**
 * The vendors and their customers, on a clock of their own, with a wire to each; and the gateways that come one after
 * the other on one journal. The vendors live in this process, so that what they did outlives every gateway.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FailpointName } from '../../src/journal/failpoint.js';
import { generatePortfolio } from '../../src/sandbox/portfolio.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { BackendName } from '../../src/sandbox/types.js';
import type { Gateway, Gateways } from './gateway.js';
import { openJournalFile, type JournalFile } from './journal-file.js';
import type { ClientSettings, Plant } from './messages.js';
import { startWire, type Wire } from './wire.js';
import { createWishes, type Wishes } from './wishes.js';

/** Noon, in the middle of a month: no cycle ends while a world lasts. */
const TODAY = '2026-11-20';
const NOON = Date.parse(`${TODAY}T12:00:00Z`);
const ENDS = { current: '2026-12-01', next: '2027-01-01' };
const READ_TIMEOUT_MS = 4_000;
const WRITE_TIMEOUT_MS = 700;
/** Longer than any look takes on a machine that is busy with other things. */
const QUIET_WITHIN_MS = 10_000;
const ORGANIZATIONS = 16;
const COMMITMENTS = 8;

/** Backends that can be changed, as the configuration calls them. */
const SECTIONS = {
  commitmentManager: 'commitment-manager',
  logisense: 'logisense',
  monetizenow: 'monetizenow',
  cloudmc: 'cloudmc',
} as const satisfies Partial<Record<keyof Sandbox['backends'], BackendName>>;

export interface World extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly clients: readonly [ClientSettings, ClientSettings];
  readonly wishes: Wishes;
  /** Of the backends that can be changed. */
  readonly wires: ReadonlyMap<BackendName, Wire>;
  /** Request ids whose intent was in the journal's file when they passed the wire. */
  readonly witnessed: ReadonlySet<string>;
  /** The vendors' ids of a customer. */
  customersOf(organization: string): ReadonlySet<string>;
  clock(): number;
  journal(): JournalFile;
  /** The gateway that runs; a new one if none does. */
  gateway(): Promise<Gateway>;
  /** Starts one that is to die where it gets to first; resolves when it has died, or to it if it has not. */
  startDoomed(point: FailpointName): Promise<Gateway | null>;
  /** Lets time pass for everybody, and the gateway do what is due by then. */
  pass(ms: number): Promise<void>;
}

export async function createWorld(gateways: Gateways, seed: number, plant: Plant | null): Promise<World> {
  const folder = mkdtempSync(join(gateways.folder, 'world-'));
  const file = join(folder, 'journal.db');
  let aheadMs = NOON - Date.now();
  const clock = () => Date.now() + aheadMs;
  const profiles = generatePortfolio({
    organizations: ORGANIZATIONS,
    commitmentsPerBackend: COMMITMENTS,
    seed,
    today: TODAY,
  });
  const wishes = createWishes(profiles, clock, ENDS);
  const sandbox = await startSandbox({ today: TODAY, clock, profiles });
  // Without this, what was billed already could not be changed at all.
  sandbox.emulator('cloudmc').behave({ invoicesIssued: false });
  sandbox.emulator('commitment-manager').behave({ syncMs: 200 });

  let opened: JournalFile | null = null;
  const journal = () => (opened ??= openJournalFile(file));
  const witnessed = new Set<string>();
  const wires = new Map<BackendName, Wire>();
  for (const name of Object.values(SECTIONS)) {
    const wire = await startWire(sandbox.emulator(name).port, ({ requestId }) => {
      if (requestId !== null && existsSync(file) && journal().has(requestId)) witnessed.add(requestId);
    });
    wires.set(name, wire);
  }
  const backends = Object.fromEntries(
    Object.entries(sandbox.backends).map(([section, settings]: [string, { readonly url: string }]) => {
      const name = (SECTIONS as Readonly<Record<string, BackendName>>)[section];
      const wire = name === undefined ? undefined : wires.get(name);
      const url = new URL(settings.url);
      if (wire !== undefined) url.port = String(wire.port);
      return [
        section,
        { ...settings, url: String(url), timeoutMs: READ_TIMEOUT_MS, writeTimeoutMs: WRITE_TIMEOUT_MS },
      ];
    }),
  );
  const slugs = profiles.map(({ slug }) => slug);
  const clients = [
    { name: 'north', key: 'key-of-north', organizations: slugs.filter((_, index) => index % 2 === 0) },
    { name: 'south', key: 'key-of-south', organizations: slugs.filter((_, index) => index % 2 === 1) },
  ] as const;

  let running: Gateway | null = null;
  const start = async (dieAt: FailpointName | null): Promise<Gateway | null> => {
    if (running !== null && !running.isDead) throw new Error('one gateway at a time');
    running = await gateways.start({
      backends,
      accounts: sandbox.directory,
      clients,
      journal: file,
      aheadMs,
      dieAt,
      plant,
    });
    return running;
  };

  /** Waits until the gateway that runs has looked at all that is due. */
  const quiet = async () => {
    const end = performance.now() + QUIET_WITHIN_MS;
    while (running !== null && !running.isDead && performance.now() < end && journal().isStirring(clock())) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  return {
    sandbox,
    clients,
    wishes,
    wires,
    witnessed,
    customersOf(organization) {
      const profile = profiles.find(({ slug }) => slug === organization);
      const { commitmentManager, logisense, monetizenow, cloudmc } = profile ?? {};
      return new Set([
        ...(commitmentManager ? [commitmentManager.organizationId] : []),
        ...(logisense?.accountContracts.map(({ id }) => String(id)) ?? []),
        ...(monetizenow ? [monetizenow.accountId] : []),
        ...(cloudmc ? [cloudmc.organizationId] : []),
      ]);
    },
    clock,
    journal,
    async gateway() {
      if (running !== null && !running.isDead) return running;
      const started = await start(null);
      if (started === null) throw new Error('a gateway that nobody kills died');
      return started;
    },
    startDoomed: (point) => start(point),
    async pass(ms) {
      // Not in the middle of reading: its time would be over at once.
      await quiet();
      // The vendors' first: an intent must not look later than its effect.
      aheadMs += ms;
      if (running !== null && !running.isDead) await running.pass(ms);
      await quiet();
    },
    [Symbol.asyncDispose]: async () => {
      running?.kill();
      await running?.dead;
      opened?.close();
      for (const wire of wires.values()) await wire[Symbol.asyncDispose]();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
