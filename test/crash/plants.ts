/**
 * Five bugs that a journal could have, as something that stands between it and its store or beside it. A gateway process
 * of the harness has at most one of them.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { ChangePorts } from '../../src/domain/change-port.js';
import type { Json } from '../../src/domain/json.js';
import type { Organization } from '../../src/domain/organization.js';
import { portOf } from '../../src/journal/port-of.js';
import { changeOf, planOf } from '../../src/journal/rows.js';
import type { OperationStore, Row } from '../../src/journal/store.js';
import type { Plant } from './messages.js';

export interface Surroundings {
  readonly clock: () => number;
  readonly ports: () => ChangePorts;
  readonly organization: (slug: string) => Organization | null;
}

type Wrap = (store: OperationStore) => OperationStore;

export function planted(plant: Plant, around: Surroundings): Wrap {
  switch (plant) {
    case 'intents-in-memory':
      return intentsInMemory;
    case 'sent-again-on-restart':
      return sentAgainOnRestart(around);
    case 'key-not-scoped':
      return keyNotScoped;
    case 'settled-before-reply':
      return settledBeforeReply;
    case 'input-not-compared':
      return inputNotCompared();
  }
}

/** An intent is written together with what came of it. */
const intentsInMemory: Wrap = (store) => {
  const unwritten = new Map<string, { readonly row: Row; readonly details: Json }>();
  const inMemory = (organization: string, client: string, key: string): Row | null =>
    [...unwritten.values()].find(
      ({ row }) => row.organization === organization && row.client === client && row.idempotency_key === key,
    )?.row ?? null;
  const find = async (organization: string, client: string, key: string) =>
    inMemory(organization, client, key) ?? (await store.byKey(organization, client, key));
  return {
    ...store,
    byKey: find,
    byId: async (id) => unwritten.get(id)?.row ?? (await store.byId(id)),
    async begin(row, details, beforeCommit) {
      const known = await find(row.organization, row.client, row.idempotency_key);
      if (known !== null) return { kind: 'known', row: known };
      beforeCommit?.();
      unwritten.set(row.id, { row, details });
      return { kind: 'mine', row };
    },
    async change(hold, change, at, event, details, by) {
      const late = unwritten.get(hold.id);
      if (late !== undefined) {
        await store.begin(late.row, late.details);
        unwritten.delete(hold.id);
      }
      return store.change(hold, change, at, event, details, by);
    },
  };
};

/** Whatever was being sent when the process died is sent once more by the next one. */
const sentAgainOnRestart =
  ({ clock, ports, organization }: Surroundings): Wrap =>
  (store) => ({
    ...store,
    async abandoned(now, most) {
      for (const row of await store.abandoned(now, most)) {
        const mine = await store.hold(row, 'planted', now, now + 10_000);
        const owner = organization(row.organization);
        const port = portOf(ports(), changeOf(row));
        if (mine === null || owner === null || port === null) continue;
        const step = await port.send(owner, changeOf(row), planOf(row), row.id);
        const isDone = step.state === 'SUCCEEDED';
        const at = clock();
        await store.change(
          mine,
          {
            state: isDone ? 'SUCCEEDED' : 'UNKNOWN',
            ...(isDone ? { settled_at: at } : { look_at: at }),
            holder: null,
            held_until: 0,
          },
          at,
          'ANSWERED',
          null,
        );
      }
      return [];
    },
  });

/** Whose key it is, is not asked. */
const keyNotScoped: Wrap = (store) => ({
  ...store,
  byKey: async (_organization, _client, key) =>
    (await store.listAll(null, 100_000)).findLast((row) => row.idempotency_key === key) ?? null,
});

/** Success is written down with the intent. */
const settledBeforeReply: Wrap = (store) => ({
  ...store,
  async begin(row, details, beforeCommit) {
    const begun = await store.begin(row, details, beforeCommit);
    if (begun.kind === 'mine') {
      const { id, fence, sent_at: at } = begun.row;
      const settled = { state: 'SUCCEEDED', settled_at: at, holder: null, held_until: 0 } as const;
      await store.change({ id, fence }, settled, at, 'ANSWERED', null);
    }
    return begun;
  },
});

/**
 * What was asked with a key is taken for what was asked with it first. A store does not get to see the caller's
 * fingerprint, so the last one that was worked out on the way to it is remembered.
 */
const inputNotCompared = (): Wrap => {
  const last = new AsyncLocalStorage<string>();
  const { createHash } = crypto;
  crypto.createHash = (algorithm, options) => {
    const hash = createHash(algorithm, options);
    const digest = hash.digest.bind(hash) as (encoding?: crypto.BinaryToTextEncoding) => string;
    hash.digest = ((encoding?: crypto.BinaryToTextEncoding) => {
      const text = digest(encoding);
      if (encoding === 'hex') last.enterWith(text);
      return text;
    }) as typeof hash.digest;
    return hash;
  };
  syncBuiltinESMExports();
  return (store) => ({
    ...store,
    async byKey(organization, client, key) {
      const fingerprint = last.getStore();
      const row = await store.byKey(organization, client, key);
      return row === null || fingerprint === undefined ? row : { ...row, fingerprint };
    },
  });
};
