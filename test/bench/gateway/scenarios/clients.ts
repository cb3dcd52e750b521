/** The portfolio, asked for by 1 to 512 clients at once. */
import { CONTESTANTS, type ContestantName } from '../contestants.js';
import { portfolioOf } from '../operations.js';
import { linesOf, tableOf } from '../report.js';
import { createField, createRig } from '../rounds.js';
import { chosen, type Scenario } from '../scenario.js';
import { firstOf, PORTFOLIO_SIZE, WARM_UP } from './compared.js';

const COUNTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
const BY_DEFAULT: readonly ContestantName[] = ['hand-written', 'gateway', 'gateway-shared'];

export const clients: Scenario = {
  about: 'the portfolio, asked for by 1 to 512 clients at once',
  contestants: CONTESTANTS,
  async run(options) {
    const names = options.only === null ? BY_DEFAULT : chosen(options, CONTESTANTS);
    const rig = await createRig(PORTFOLIO_SIZE, options.programs);
    try {
      await using field = await createField(
        rig,
        names.map((contestant) => ({ label: contestant, contestant })),
        [portfolioOf(firstOf(rig.accounts))],
        { ...options, isCold: false, connections: 16, warmUp: WARM_UP },
      );
      const results = [];
      for (const connections of COUNTS) {
        options.tell(`${connections} clients`);
        const measured = await field.measure({
          rounds: options.rounds ?? 1,
          seconds: options.seconds ?? 3,
          connections,
          mayBeIncomplete: true,
        });
        results.push({ connections, lines: linesOf(measured, 'hand-written') });
      }
      return {
        lines: tableOf([
          [
            'clients',
            '',
            'req/s',
            'of the limit',
            'of its CPU',
            'p50 ms',
            'p99 ms',
            'p99/p50',
            'turned away',
            'incomplete',
          ],
          ...results.flatMap(({ connections, lines }) =>
            lines.map((line) => [
              String(connections),
              line.label,
              line.perSecond.median.toFixed(0),
              line.ratio?.median.toFixed(2) ?? '-',
              line.cpuRatio?.median.toFixed(2) ?? '-',
              line.p50.median.toFixed(1),
              line.p99.median.toFixed(1),
              (line.p99.median / line.p50.median).toFixed(1),
              `${(100 * line.turnedAwayShare.median).toFixed(1)} %`,
              `${(100 * line.incompleteShare.median).toFixed(1)} %`,
            ]),
          ),
        ]),
        data: { results },
      };
    } finally {
      await rig[Symbol.asyncDispose]();
    }
  },
};
