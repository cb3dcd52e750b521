/** How long it takes from the start of the process to its first answer, with emulators in it and without. */
import { startGateway } from '../gateway.js';
import { portfolioOf } from '../operations.js';
import { cpuMs, ready, startNode, stopped } from '../processes.js';
import { spreadOf, tableOf, type Spread } from '../report.js';
import { ask, bodyOf, createRig, type Rig } from '../rounds.js';
import type { Scenario } from '../scenario.js';
import { firstOf, PORTFOLIO_SIZE } from './compared.js';

interface Start {
  /** From the start of the process until it said where it listens, and until it had answered. */
  readonly listensMs: number;
  readonly answeredMs: number;
  readonly cpuMs: number;
}

async function gatewayStart(rig: Rig, body: string): Promise<Start> {
  const gateway = await startGateway({
    main: rig.programs.main,
    extra: rig.programs.settings,
    upstream: rig.upstream.ready.url,
    accounts: rig.accounts,
    isSharing: true,
    place: 'anywhere',
  });
  try {
    const { url, startMs, startedAt } = gateway.ready;
    await ask(url, body);
    return {
      listensMs: startMs,
      answeredMs: performance.now() - startedAt,
      cpuMs: cpuMs(gateway.pid) ?? NaN,
    };
  } finally {
    await gateway.stop();
  }
}

const IN_SANDBOX = JSON.stringify({
  query: '{ organization(slug: "sleepyco") { commitments { nodes { source } coverage { complete } } } }',
});

async function sandboxStart(main: string): Promise<Start> {
  const began = performance.now();
  const child = startNode(
    { args: [main, 'sandbox', '--port', '0', '--admin-port', '0'], place: 'anywhere' },
    false,
  );
  try {
    let text = '';
    const url = await ready<string>(child, 'the sandbox', (isReady) => {
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const said = /(http:\/\/[^\s/]+)\/graphql/.exec(text)?.[1];
        if (said !== undefined) isReady(said);
      });
    });
    const listensMs = performance.now() - began;
    await ask(url, IN_SANDBOX);
    return { listensMs, answeredMs: performance.now() - began, cpuMs: cpuMs(child.pid ?? 0) ?? NaN };
  } finally {
    await stopped(child);
  }
}

const shown = ({ median, min, max }: Spread) => `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`;

export const start: Scenario = {
  about: 'from the start of the process to its first answer, with the sandbox off and on',
  contestants: ['gateway-shared'],
  isOfBuild: true,
  async run(options) {
    const rig = await createRig(PORTFOLIO_SIZE, options.programs);
    try {
      const off: Start[] = [];
      const on: Start[] = [];
      const body = bodyOf(portfolioOf(firstOf(rig.accounts)), false);
      for (let round = 0; round < (options.rounds ?? 7); round += 1) {
        off.push(await gatewayStart(rig, body));
        on.push(await sandboxStart(rig.programs.main));
      }
      const line = (label: string, starts: readonly Start[]) => [
        label,
        shown(spreadOf(starts.map(({ answeredMs }) => answeredMs))),
        shown(spreadOf(starts.map(({ listensMs }) => listensMs))),
        shown(spreadOf(starts.map(({ cpuMs: spent }) => spent))),
      ];
      return {
        lines: [
          'on all processors, files of the program in the cache of the system after the first',
          '',
          ...tableOf([
            ['', 'first answer ms (min–max)', 'listens ms (min–max)', 'CPU ms (min–max)'],
            line('sandbox off', off),
            line('sandbox on', on),
          ]),
        ],
        data: { off, on },
      };
    } finally {
      await rig[Symbol.asyncDispose]();
    }
  },
};
