/**
 * Verifiers over one real store, with a billing system in memory and time that moves when a test says so.
 */
import type { Signal } from '../../../src/domain/signal.js';
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Instant } from '../../../src/domain/calendar.js';
import { instantOfMillis } from '../../../src/domain/calendar.js';
import type { ChangeVerification, VerificationSchedule } from '../../../src/domain/change-verification.js';
import type { MinimumCommitment } from '../../../src/domain/commitment.js';
import { SourceError, failure } from '../../../src/domain/failure.js';
import { decimal, money, type CurrencyCode } from '../../../src/domain/money.js';
import type { RecordPort, SpendPort } from '../../../src/domain/ports.js';
import type { Day } from '../../../src/domain/calendar.js';
import type { VerificationRequest, Verifications } from '../../../src/domain/verifications.js';
import { createVerificationStore, type VerificationStore } from '../../../src/verification/store.js';
import { createVerifier, type VerificationNews } from '../../../src/verification/verifier.js';
import { ACME, createRig, OTHER } from '../../journal/support/rig.js';

export { ACME, OTHER };

export const SCHEDULE: VerificationSchedule = { firstLookSeconds: 120, everySeconds: 60, giveUpSeconds: 300 };

export interface Billing {
  /** Of each month, in dollars. */
  minimum: string;
  lastUpdatedAt: Instant;
  isDown: boolean;
  isStale: boolean;
  /** Answers wait as long as this does not end. */
  held: Promise<void> | null;
  /** What was looked at, one entry for each look. */
  readonly looks: string[];
}

export interface VerifierProcess {
  readonly news: VerificationNews[];
  verifications(client?: string): Verifications;
  stop(): Promise<void>;
}

export interface VerificationRig extends AsyncDisposable {
  readonly billing: Billing;
  clock(): number;
  /** A gateway; as many as one likes on the same store. */
  process(options?: { readonly store?: () => Promise<VerificationStore> }): Promise<VerifierProcess>;
  /** A connection of its own. */
  store(): Promise<VerificationStore>;
  request(key: string, changes?: Partial<VerificationRequest>): VerificationRequest;
  /** Moves time on, and lets everything that it starts come to rest. */
  advance(seconds: number): Promise<void>;
}

const dollars = (amount: string) => money(decimal(amount), 'USD' as CurrencyCode);
const TERM = { startsOn: '2026-06-01' as Day, endsBefore: '2027-06-01' as Day };

export async function createVerificationRig(): Promise<VerificationRig> {
  const rig = await createRig();
  const { timers } = rig;
  const clock = () => rig.clock();
  const billing: Billing = {
    minimum: '15000',
    lastUpdatedAt: instantOfMillis(clock() - 86_400_000),
    isDown: false,
    isStale: false,
    held: null,
    looks: [],
  };
  const processes: VerifierProcess[] = [];
  let underWay = 0;

  const counted = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  };
  const countedStore = (store: VerificationStore): VerificationStore =>
    Object.fromEntries(
      Object.entries(store).map(([name, method]: [string, (...args: unknown[]) => Promise<unknown>]) => [
        name,
        (...args: unknown[]) => counted(() => method(...args)),
      ]),
    ) as unknown as VerificationStore;

  const answer = async <Value>(value: () => Value, signal: Signal): Promise<Value> => {
    if (billing.held !== null) {
      const left = new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
      await Promise.race([billing.held, left]);
    }
    if (billing.isDown || signal.aborted) {
      throw new SourceError(failure('UPSTREAM_UNAVAILABLE', 'COMMITMENT_MANAGER'));
    }
    return value();
  };
  const observation = () => ({ observedAt: instantOfMillis(clock()), stale: billing.isStale });
  const commitment = (): MinimumCommitment => ({
    kind: 'minimum',
    source: 'COMMITMENT_MANAGER',
    externalId: 'cm_1',
    organization: ACME.slug,
    name: null,
    status: 'ACTIVE',
    statusText: 'active',
    term: TERM,
    committed: dollars(billing.minimum),
    committedPer: 'MONTH',
    products: [],
    periods: [],
    createdAt: null,
    updatedAt: billing.lastUpdatedAt,
    cancelledAt: null,
    observation: observation(),
  });
  const sources = (signal: Signal) => {
    const spend: Pick<SpendPort, 'state'> = {
      state: ({ slug }) => {
        billing.looks.push(slug);
        return answer(
          () => ({
            status: 'ACTIVE',
            statusText: 'active',
            minimum: dollars(billing.minimum),
            reportedMinimum: decimal(billing.minimum),
            term: TERM,
            syncStatus: 'SYNCHRONIZED',
            syncStatusText: 'synchronized',
            lastUpdatedAt: billing.lastUpdatedAt,
            commitmentHandlerId: 'cm_1',
            observation: observation(),
          }),
          signal,
        );
      },
    };
    const minimumCommitments: Pick<RecordPort<MinimumCommitment>, 'list'> = {
      list: () =>
        answer(
          () => ({ items: [commitment()], dropped: [], truncated: false, observation: observation() }),
          signal,
        ),
    };
    return {
      spend: spend as SpendPort,
      minimumCommitments: minimumCommitments as RecordPort<MinimumCommitment>,
    };
  };

  const settle = async () => {
    for (let still = 0; still < 5; still = underWay === 0 ? still + 1 : 0) await turn();
  };

  const store = () => counted(async () => countedStore(createVerificationStore(await rig.database())));

  return {
    billing,
    clock,
    store,
    async process({ store: given } = {}) {
      const news: VerificationNews[] = [];
      const opened = await store();
      const verifier = createVerifier({
        store: given ?? (() => Promise.resolve(opened)),
        schedule: SCHEDULE,
        sources,
        organization: (slug) => [ACME, OTHER].find((each) => each.slug === slug) ?? null,
        clock,
        timers,
        newId: randomUUID,
        tell: (what) => news.push(what),
      });
      verifier.start();
      await settle();
      const process: VerifierProcess = {
        news,
        verifications: (client = 'shop') => verifier.forCaller({ client, requestId: 'request-1' }),
        stop: () => verifier.stop(),
      };
      processes.push(process);
      return process;
    },
    request: (key, changes = {}) => ({
      organization: ACME,
      expected: { minimum: dollars('17500'), startsOn: null, endsBefore: null },
      changedAt: instantOfMillis(clock()),
      operationId: null,
      idempotencyKey: `key-${key.padStart(8, '0')}`,
      reason: null,
      ...changes,
    }),
    async advance(seconds) {
      await settle();
      for (let left = seconds * 1_000; left > 0; left -= 1_000) {
        await timers.tick(Math.min(1_000, left));
        await settle();
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(processes.map((one) => one.stop()));
      await rig.close();
    },
  };
}

/** The looks of a verification as lines: seconds since it was asked for, state and cause. */
export function linesOf({ looks, requestedAt }: ChangeVerification): string[] {
  const start = Date.parse(requestedAt);
  return looks.map(
    ({ lookedAt, state, cause }) => `${(Date.parse(lookedAt) - start) / 1_000} ${state} ${cause}`,
  );
}
