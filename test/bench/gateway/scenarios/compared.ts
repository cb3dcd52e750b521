/** The same work for everybody, in rounds. */
import { CONTESTANTS, DESCRIPTIONS } from '../contestants.js';
import type { Account, FixtureSize } from '../fixture.js';
import { nodesOf, oneOf, PAGE_OF_1000, portfolioOf, walkOf, type Operation } from '../operations.js';
import { linesOf, printedLines } from '../report.js';
import { createField, createRig, type Contender } from '../rounds.js';
import { chosen, type Scenario } from '../scenario.js';

const LIMIT = 'hand-written';
/** Half of it is compiled after some hundred; of large answers, so many take too long. */
export const WARM_UP = { answers: 1_500, seconds: 12 };

export interface Comparison {
  readonly about: string;
  readonly size: FixtureSize;
  readonly operations: (accounts: readonly Account[]) => readonly Operation[];
  /** Beside each contestant by text, the gateway by id. */
  readonly isById?: boolean;
}

export function compared({ about, size, operations, isById = false }: Comparison): Scenario {
  return {
    about,
    contestants: CONTESTANTS,
    async run(options) {
      const names = chosen(options, CONTESTANTS);
      const contenders: Contender[] = names.flatMap((contestant) => [
        { label: contestant, contestant },
        ...(isById && contestant.startsWith('gateway')
          ? [{ label: `${contestant} by id`, contestant, byId: true }]
          : []),
      ]);
      const rig = await createRig(size, options.programs);
      try {
        const connections = options.connections ?? 16;
        const seconds = options.seconds ?? 3;
        await using field = await createField(rig, contenders, operations(rig.accounts), {
          ...options,
          connections,
          warmUp: WARM_UP,
        });
        const measured = await field.measure({ rounds: options.rounds ?? 5, seconds, connections });
        const lines = linesOf(measured, LIMIT);
        return {
          lines: [
            `${measured[0]?.dataBytes ?? 0} bytes of data, the same from all; ${connections} connections; ` +
              (options.isCold ? 'each time from the first request of a new process' : 'warm'),
            '',
            ...printedLines(lines),
            '',
            ...names.map((name) => `${name}: ${DESCRIPTIONS[name]}`),
          ],
          data: { connections, lines, measured },
        };
      } finally {
        await rig[Symbol.asyncDispose]();
      }
    },
  };
}

const PORTFOLIO_SIZE: FixtureSize = {
  organizations: 4,
  contractCommitments: 8,
  resourceCommitments: 8,
  contracts: 6,
  serviceOrders: 6,
};

const firstOf = (accounts: readonly Account[]): Account => {
  const [first] = accounts;
  if (first === undefined) throw new RangeError('a fixture without organizations');
  return first;
};

const portfolio: Comparison = {
  about: 'one customer in four backends',
  size: PORTFOLIO_SIZE,
  operations: (accounts) => [portfolioOf(firstOf(accounts))],
};

const nodes: Comparison = {
  about: 'a hundred nodes of four customers and three backends by their ids',
  size: { ...PORTFOLIO_SIZE, contractCommitments: 0, resourceCommitments: 9, contracts: 9, serviceOrders: 9 },
  operations: (accounts) => [nodesOf(accounts, 100, 9)],
};

const persisted: Comparison = {
  about: 'one commitment, by the id of a registered document and by its text',
  size: PORTFOLIO_SIZE,
  operations: (accounts) => [oneOf(firstOf(accounts))],
  isById: true,
};

const page: Comparison = {
  about: 'a thousand commitments of ten customers in one answer',
  size: {
    organizations: 10,
    contractCommitments: 50,
    resourceCommitments: 50,
    contracts: 0,
    serviceOrders: 0,
  },
  operations: () => [PAGE_OF_1000],
};

const tenants: Comparison = {
  about: 'the portfolios of fifty customers, mixed',
  size: {
    organizations: 50,
    contractCommitments: 2,
    resourceCommitments: 4,
    contracts: 3,
    serviceOrders: 3,
  },
  operations: (accounts) => accounts.map(portfolioOf),
};

/** For its profile only: `rows.ts` measures it. */
const rows: Comparison = {
  about: 'pages of a portfolio of 100,000 commitments of 20,000 customers',
  size: {
    organizations: 20_000,
    contractCommitments: 0,
    resourceCommitments: 5,
    contracts: 0,
    serviceOrders: 0,
  },
  operations: (accounts) => walkOf(accounts, 200),
};

export const PROFILES: Readonly<Record<string, Comparison>> = {
  portfolio,
  nodes,
  persisted,
  page,
  tenants,
  rows,
};

export const COMPARISONS: Readonly<Record<string, Comparison>> = {
  portfolio,
  nodes,
  persisted,
  page,
  tenants,
};

export { firstOf, PORTFOLIO_SIZE };
