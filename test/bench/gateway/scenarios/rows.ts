/**
 * What a row costs in portfolios of ten commitments and of a hundred thousand: all customers' commitments, page after
 * page, and what a page does to the memory of the gateway. One process serves them all, each portfolio to a client that
 * sees no more, and they take turns: what is compiled and what lies about is the same for each.
 */
import type { ContestantName } from '../contestants.js';
import { startGateway, type RunningGateway } from '../gateway.js';
import { createLook } from '../look-inside.js';
import { WALK } from '../operations.js';
import { cpuMs, type Child } from '../processes.js';
import { spreadOf, tableOf, type Spread } from '../report.js';
import { createRig, Difference } from '../rounds.js';
import { chosen, type Scenario } from '../scenario.js';

/** Of one customer: small, so that a page needs many, in small portfolios as in large ones. */
const ROWS_OF_CUSTOMER = 5;
const SIZES = [10, 100, 1_000, 10_000, 100_000];
const CUSTOMERS = Math.max(...SIZES) / ROWS_OF_CUSTOMER;
/** Each portfolio is walked once before it is measured: what nobody has seen before is written down then, once. */
const FIRST_WALK_SECONDS = 60;
const WARM_UP = { rows: 4_000, seconds: 3 };
const CONTESTANTS: readonly ContestantName[] = ['gateway', 'gateway-shared'];

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly coverage: { readonly complete: boolean };
}

async function pageAfter(url: string, key: string, after: string | null): Promise<Page> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key, 'graphql-client-name': 'bench' },
    body: JSON.stringify({ query: WALK, variables: { after } }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { commitments: Page };
    errors?: readonly object[];
  };
  if (data === undefined || errors !== undefined || !data.commitments.coverage.complete) {
    throw new Difference(`a page is not whole: ${JSON.stringify(errors).slice(0, 500)}`);
  }
  return data.commitments;
}

interface Walker {
  readonly commitments: number;
  /** Whether all of the portfolio was seen at least once. */
  readonly isWhole: boolean;
  /** Goes on where it stopped, and from the beginning after the end. Gives the rows. */
  walk(most: { readonly rows?: number; readonly seconds: number }): Promise<number>;
}

function createWalker(url: string, key: string, commitments: number): Walker {
  const seen = new Set<string>();
  let after: string | null = null;
  let isWhole = false;
  return {
    commitments,
    get isWhole() {
      return isWhole;
    },
    async walk({ rows: most = Infinity, seconds }) {
      const until = performance.now() + seconds * 1000;
      let rows = 0;
      do {
        const page: Page = await pageAfter(url, key, after);
        rows += page.nodes.length;
        if (!isWhole) for (const { id } of page.nodes) seen.add(id);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        if (after === null && !isWhole) {
          isWhole = true;
          if (seen.size !== commitments)
            throw new Difference(`${seen.size} of ${commitments} commitments were found`);
        }
      } while (rows < most && performance.now() < until);
      return rows;
    },
  };
}

interface RowSample {
  readonly rows: number;
  readonly microsecondsARow: number;
  /** More than rows have customers: the last one of a page is the first of the next, and they are read in groups. */
  readonly callsARow: number;
  /** Bytes that pages need at once, and those that stay. */
  readonly peakBytes: number;
  readonly keptBytes: number;
}

const mebibytes = ({ median, min, max }: Spread) =>
  [median, min, max].map((bytes) => (bytes / 1_048_576).toFixed(1)) as [string, string, string];
const shownMebibytes = (spread: Spread) => {
  const [median, min, max] = mebibytes(spread);
  return `${median} (${min}–${max})`;
};

export const rows: Scenario = {
  about: 'processor time for a row of a portfolio of 10 to 100,000 commitments, and memory of a page',
  contestants: CONTESTANTS,
  async run(options) {
    const [name = 'gateway'] = options.only === null ? [] : chosen(options, CONTESTANTS);
    const rig = await createRig(
      {
        organizations: CUSTOMERS,
        contractCommitments: 0,
        resourceCommitments: ROWS_OF_CUSTOMER,
        contracts: 0,
        serviceOrders: 0,
      },
      options.programs,
    );
    using look = createLook(options.programs, { isHeapSeen: true });
    let gateway: Child<RunningGateway> | null = null;
    try {
      const keyOf = (size: number) => `key-of-${size}`;
      gateway = await startGateway({
        main: rig.programs.main,
        extra: rig.programs.settings,
        upstream: rig.upstream.ready.url,
        accounts: rig.accounts,
        isSharing: name === 'gateway-shared',
        keys: Object.fromEntries(
          SIZES.map((size) => [
            keyOf(size),
            rig.accounts.slice(0, size / ROWS_OF_CUSTOMER).map(({ slug }) => slug),
          ]),
        ),
        ...look.inside,
        flags: [...rig.programs.flags, ...(look.inside.flags ?? [])],
      });
      const { pid } = gateway;
      const { url } = gateway.ready;
      const walkers = SIZES.map((size) => createWalker(url, keyOf(size), size));
      const firstWalks: number[] = [];
      for (const walker of walkers) {
        const before = cpuMs(pid) ?? NaN;
        const count = await walker.walk({ rows: walker.commitments, seconds: FIRST_WALK_SECONDS });
        firstWalks.push((((cpuMs(pid) ?? NaN) - before) * 1000) / count);
        await walker.walk(WARM_UP);
      }
      const samples = new Map<Walker, RowSample[]>(walkers.map((walker) => [walker, []]));
      const rounds = options.rounds ?? 5;
      for (let round = 0; round < rounds; round += 1) {
        for (const walker of walkers) {
          await rig.upstream.ask('count');
          let count = 0;
          let spent = 0;
          const { heap } = await look.during(pid, async () => {
            const before = cpuMs(pid) ?? NaN;
            count = await walker.walk({ seconds: options.seconds ?? 3 });
            spent = (cpuMs(pid) ?? NaN) - before;
          });
          samples.get(walker)?.push({
            rows: count,
            microsecondsARow: (spent * 1000) / count,
            callsARow: (await rig.upstream.ask('count')) / count,
            peakBytes: heap === null ? NaN : heap.peak - heap.before,
            keptBytes: heap === null ? NaN : heap.after - heap.before,
          });
        }
        options.tell(`round ${round + 1} of ${rounds}`);
      }
      const base = samples.get(walkers[SIZES.indexOf(100)] as Walker) ?? [];
      const results = walkers.map((walker, at) => {
        const own = samples.get(walker) ?? [];
        const all = (of: (sample: RowSample) => number) => spreadOf(own.map(of));
        return {
          commitments: walker.commitments,
          isWhole: walker.isWhole,
          firstWalkMicrosecondsARow: firstWalks[at] ?? NaN,
          microsecondsARow: all((one) => one.microsecondsARow),
          ofThatAt100: spreadOf(
            own.map((one, round) => one.microsecondsARow / (base[round]?.microsecondsARow ?? NaN)),
          ),
          callsARow: all((one) => one.callsARow),
          peakBytes: all((one) => one.peakBytes),
          keptBytes: all((one) => one.keptBytes),
          samples: own,
        };
      });
      return {
        lines: [
          `${name}, one client at a time, pages of a hundred; ${ROWS_OF_CUSTOMER} commitments for each of up to ${CUSTOMERS} customers`,
          '',
          ...tableOf([
            [
              'commitments',
              'CPU µs/row',
              'of that at 100 (min–max)',
              'first walk',
              'upstream/row',
              'heap above start MiB',
              'kept MiB',
              'seen whole',
            ],
            ...results.map((one) => [
              String(one.commitments),
              one.microsecondsARow.median.toFixed(1),
              `${one.ofThatAt100.median.toFixed(2)} (${one.ofThatAt100.min.toFixed(2)}–${one.ofThatAt100.max.toFixed(2)})`,
              one.firstWalkMicrosecondsARow.toFixed(1),
              one.callsARow.median.toFixed(3),
              shownMebibytes(one.peakBytes),
              shownMebibytes(one.keptBytes),
              one.isWhole ? 'yes' : 'no: time was over',
            ]),
          ]),
        ],
        data: { name, results },
      };
    } finally {
      await gateway?.stop();
      await rig[Symbol.asyncDispose]();
    }
  },
};
