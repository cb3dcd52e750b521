/**
 * The whole gateway in a process of its own, to be killed: at a point in the life of an operation by itself, at a point
 * on the wire by its parent. It loads, waits to be told with what to start, and ends with its parent.
 */
import { createHash } from 'node:crypto';
import { startApp } from '../../src/app.js';
import { createRegistry } from '../../src/backends/registry.js';
import { parseAccounts, parseBackends } from '../../src/config.js';
import { SCOPES } from '../../src/domain/principal.js';
import type { OperationStore } from '../../src/journal/store.js';
import { createDrift } from '../../src/observability/drift.js';
import { createLog } from '../../src/observability/log.js';
import { createMeter } from '../../src/observability/meter.js';
import type { FromGateway, StartSettings, ToGateway } from './messages.js';
import { createPassingTime, type PassingTime } from './passing-time.js';
import { planted } from './plants.js';

let dieAt: string | null = null;
let time: PassingTime | null = null;

function tell(message: FromGateway): void {
  process.send?.(message);
}

async function start(settings: StartSettings): Promise<string> {
  const { aheadMs, plant, journal } = settings;
  dieAt = settings.dieAt;
  const { clock, timers } = (time = createPassingTime(aheadMs));
  const backends = parseBackends(settings.backends);
  const organizations = parseAccounts(settings.accounts);
  const ownPorts = () => {
    const registry = createRegistry(backends, {
      clock,
      timers,
      drift: createDrift(() => undefined),
      onBreaker: () => undefined,
    });
    const signal = new AbortController().signal;
    return registry.createChanges({ signal, meter: createMeter(), withinMs: () => 0 });
  };
  const wrapStore: ((store: OperationStore) => OperationStore) | null =
    plant === null
      ? null
      : planted(plant, {
          clock,
          ports: ownPorts,
          organization: (slug) => organizations.find((one) => one.slug === slug) ?? null,
        });
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const { url } = await startApp({
    config: {
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      backends,
      organizations,
      clients: settings.clients.map(({ name, key, organizations: slugs }) => ({
        name,
        keys: [`sha256:${createHash('sha256').update(key).digest('hex')}`],
        organizations: [...slugs],
        inspect: false,
        scopes: [...SCOPES],
      })),
      store: { kind: 'sqlite', file: journal },
    },
    log: createLog('silent'),
    clock,
    timers,
    journal: {
      times: {
        followMs: 400,
        twinMs: 300,
        provenAfterMs: PROVEN_AFTER_MS,
        giveUpAfterMs: GIVE_UP_AFTER_MS,
        holdMs: 2_000,
      },
      failpoint: (name) => {
        if (name === dieAt) process.kill(process.pid, 'SIGKILL');
      },
      wrapStore: (store) => {
        open();
        return wrapStore?.(store) ?? store;
      },
    },
  });
  // Time is ticked from now on: what is to be looked at later has to be known by then.
  await opened;
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
  return url;
}

/** For the journal's first round, which reads what is due. */
const SETTLING_MS = 5;

/** A request that was sent takes effect before that, or never. */
const PROVEN_AFTER_MS = 40_000;
const GIVE_UP_AFTER_MS = 50_000;

process.once('disconnect', () => process.exit());
process.on('message', (message: ToGateway) => {
  switch (message.kind) {
    case 'start':
      void start(message.settings).then((url) => {
        tell({ kind: 'started', url });
      });
      return;
    case 'die-at':
      dieAt = message.point;
      break;
    case 'pass':
      time?.pass(message.ms);
      break;
  }
  tell({ kind: 'taken' });
});
tell({ kind: 'loaded' });
