/**
 * What the graph may ask about reconciliation, for one request: looks live, and remembers.
 *
 * Guarantees: looking never waits for the store and never fails because of it; what is remembered of a page is read by
 * one query, and only if it is asked for. An acknowledgement is of what is there: it is looked at again first.
 */
import { OperationError } from '../domain/operations.js';
import type { Organization } from '../domain/organization.js';
import {
  findingsOf,
  idOf,
  isRemembered,
  type Acknowledged,
  type Looked,
  type Memories,
  type Reconciliations,
} from '../domain/reconciliation/memory.js';
import { SourceError } from '../domain/failure.js';
import { storeErrorOf, type StoreError } from '../journal/store-error.js';
import { inTurns, type Reader } from './read.js';
import type { DiscrepancyRecorder } from './recorder.js';
import type { DiscrepancyStore } from './store.js';

/** The memory of one process. */
export interface DiscrepancyMemory {
  readonly recorder: Pick<DiscrepancyRecorder, 'saw'>;
  /** `null`: not open right now. */
  readonly store: () => DiscrepancyStore | null;
}

export interface ReconciliationsOptions {
  readonly reader: Reader;
  /** `null`: this gateway keeps nothing. */
  readonly memory: DiscrepancyMemory | null;
  /** Name of the client that asks. */
  readonly client: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
}

/** A call waits for its turn at a backend for a second or so: more at once would wait past their time. */
const AT_ONCE = 8;
const TRIES = 20;
const PAUSE_MS = 50;

function unavailable(error: StoreError | null): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'What is remembered of differences cannot be read or written right now. Try again later.',
    {
      isRetryable: true,
      detail: error === null ? 'the store is not open' : `${error.trouble}: ${error.message}`,
    },
  );
}

function nothingKept(): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'This gateway keeps nothing: it was started without a store, and without one nothing can be acknowledged.',
  );
}

export function createReconciliations({
  reader,
  memory,
  client,
  clock,
  timers,
}: ReconciliationsOptions): Reconciliations {
  const pause = () => new Promise<void>((resolve) => void timers.after(PAUSE_MS, resolve));

  /** Other processes write too: they are done in a moment. */
  const inStore = async <Value>(work: (store: DiscrepancyStore) => Promise<Value>): Promise<Value> => {
    for (let tries = 1; ; tries += 1) {
      const store = memory?.store() ?? null;
      let trouble: StoreError | null = null;
      try {
        if (store !== null) return await work(store);
      } catch (thrown) {
        trouble = storeErrorOf(thrown);
      }
      // Not open: the gateway has just started, or tries to open it again.
      if ((trouble !== null && trouble.trouble !== 'locked') || tries >= TRIES) throw unavailable(trouble);
      await pause();
    }
  };

  const look = async (organizations: readonly Organization[]): Promise<readonly Looked[]> => {
    const orders = await reader.ordersOf(organizations);
    const looked: Looked[] = [];
    let recalled: Promise<Memories> | null = null;
    const memories = (): Promise<Memories> =>
      (recalled ??=
        memory === null
          ? Promise.resolve(null)
          : inStore((store) => store.recall(organizations.map(({ slug }) => slug))));
    await inTurns(organizations, AT_ONCE, async (organization, index) => {
      const compared = await reader.compare(organization, orders(organization));
      memory?.recorder.saw(compared.reconciliation);
      looked[index] = { organization, ...compared, memories };
    });
    return looked;
  };

  const lookAt = async (organization: Organization): Promise<Looked> => {
    const [looked] = await look([organization]);
    if (looked === undefined) throw new Error('a look at one customer gave none');
    return looked;
  };
  const findingIn = ({ reconciliation }: Looked, id: string) =>
    findingsOf(reconciliation).find((one) => idOf(one) === id) ?? null;

  const known = new Map<string, Promise<readonly Looked[]>>();

  return {
    of(organizations) {
      const key = organizations.map(({ slug }) => slug).join(' ');
      const found = known.get(key) ?? look(organizations);
      known.set(key, found);
      return found;
    },

    async acknowledge(organization, id, reason): Promise<Acknowledged> {
      if (memory === null) throw nothingKept();
      const looked = await lookAt(organization);
      const finding = findingIn(looked, id);
      if (finding === null) {
        const [failure] = looked.reconciliation.coverage.failures;
        // It may be there all the same.
        if (failure !== undefined) throw new SourceError(failure);
        return { kind: 'not-found' };
      }
      if (!isRemembered(finding)) return { kind: 'not-lasting', finding };
      await inStore((store) => store.acknowledge(finding, { client, at: clock(), reason }));
      return { kind: 'done', looked, finding };
    },

    async withdraw(organization, id, reason): Promise<Acknowledged> {
      if (memory === null) throw nothingKept();
      const wasKept = await inStore((store) =>
        store.withdraw(organization.slug, id, { client, at: clock(), reason }),
      );
      const looked = await lookAt(organization);
      const finding = findingIn(looked, id);
      return finding === null && !wasKept ? { kind: 'not-found' } : { kind: 'done', looked, finding };
    },
  };
}
