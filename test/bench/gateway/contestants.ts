/** Who is measured: the gateway in two settings, the hand-written limit, and the peers. */
import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../support/compiled.js';
import type { Account } from './fixture.js';
import { startGateway } from './gateway.js';
import type { RunningContestant } from './hand-written.js';
import { startChild, type Place } from './processes.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PEERS = join(ROOT, 'test/bench/peers');

export const CONTESTANTS = [
  'hand-written',
  'gateway',
  'gateway-shared',
  'mercurius-jit',
  'yoga',
  'apollo',
] as const;
export type ContestantName = (typeof CONTESTANTS)[number];

export const DESCRIPTIONS: Readonly<Record<ContestantName, string>> = {
  'hand-written': 'node:http and undici, by hand, without any check: the limit',
  gateway: 'this gateway, every check on, nothing shared and nothing kept',
  'gateway-shared': 'this gateway as it comes: reads under way are shared, answers kept while fresh',
  'mercurius-jit': 'Mercurius on Fastify with jit: 1, naive resolvers',
  yoga: 'GraphQL Yoga on node:http, naive resolvers',
  apollo: 'Apollo Server standalone, naive resolvers',
};

export const isPeer = (name: ContestantName): name is 'mercurius-jit' | 'yoga' | 'apollo' =>
  name === 'mercurius-jit' || name === 'yoga' || name === 'apollo';

export interface Running {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** What is put into the measured process beside what it is. */
export interface Inside {
  /** Flags for Node. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Programs {
  /** Of the gateway. */
  readonly main: string;
  /** Added to its `gateway.yaml`. */
  readonly settings: object;
  /** Flags for Node, of whatever is measured. */
  readonly flags: readonly string[];
  /** Where what is measured may run. */
  readonly place: Place;
  /** Of this folder, as JavaScript. */
  readonly own: (module: string) => string;
  readonly peer: (module: string) => string;
}

/** Peers are installed for this alone. Throws if they cannot be had. */
function installPeers(): void {
  if (existsSync(join(PEERS, 'node_modules/mercurius'))) return;
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', PEERS], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (done.status !== 0) throw new Error('the peers could not be installed');
}

/** `build`: a folder such as `dist`; `null`: the sources as they are now. */
export function programs(
  build: string | null,
  withPeers: boolean,
  settings: object = {},
  flags: readonly string[] = [],
  place: Place = 'measured',
): Programs {
  if (withPeers) installPeers();
  const folder = compiled(['test/bench/gateway', 'test/bench/peers']);
  const modules = join(folder, 'test/bench/peers/node_modules');
  if (withPeers && !existsSync(modules)) symlinkSync(join(PEERS, 'node_modules'), modules);
  return {
    settings,
    flags,
    place,
    main: build === null ? join(compiled(['src']), 'src/main.js') : resolve(build, 'main.js'),
    own: (module) => join(folder, 'test/bench/gateway', `${module}.js`),
    peer: (module) => join(folder, 'test/bench/peers', `${module}.js`),
  };
}

export async function startContestant(
  name: ContestantName,
  { main, own, peer, settings: extra, flags: ofAll, place }: Programs,
  settings: { readonly upstream: string; readonly accounts: readonly Account[] },
  { flags = [], environment = {} }: Inside = {},
): Promise<Running> {
  if (name === 'gateway' || name === 'gateway-shared') {
    const gateway = await startGateway({
      ...settings,
      main,
      extra,
      isSharing: name === 'gateway-shared',
      place,
      flags: [...ofAll, ...flags],
      environment,
    });
    return { pid: gateway.pid, url: gateway.ready.url, stop: () => gateway.stop() };
  }
  const module = isPeer(name) ? peer(name) : own(name);
  const child = await startChild<RunningContestant>(module, settings, {
    place,
    flags: [...ofAll, ...flags],
    environment,
  });
  return { pid: child.pid, url: child.ready.url, stop: () => child.stop() };
}
