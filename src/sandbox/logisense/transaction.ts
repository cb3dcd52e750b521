/**
 * Changes that take place together or not at all (`backends.md` §3.6). Guarantees that the state is untouched, identities
 * included, until `commit()`; whoever finds a problem simply drops the transaction.
 */
import type { Commitment, LogisenseState } from './state.js';

export interface Touched {
  readonly identity: number;
  /** As it stands in the state; `null` for one that is made here. */
  readonly before: Commitment | null;
  /** `null` for one that is deleted here. */
  readonly after: Commitment | null;
}

export interface Transaction {
  readonly state: LogisenseState;
  /** A copy to be changed, the same one each time. `undefined` if there is none, or none any more. */
  commitment(id: number): Commitment | undefined;
  add(commitment: Commitment): void;
  remove(id: number): void;
  nextIdentity(): number;
  /** In the order in which they were first touched; without those that are both made and deleted here. */
  touched(): Touched[];
  commit(): void;
}

export function begin(state: LogisenseState): Transaction {
  let { nextIdentity } = state;
  const drafts = new Map<number, Commitment | null>();
  return {
    state,
    commitment(id) {
      const draft = drafts.get(id);
      if (draft !== undefined) return draft ?? undefined;
      const stored = state.commitments.get(id);
      if (!stored) return undefined;
      const copy = structuredClone(stored);
      drafts.set(id, copy);
      return copy;
    },
    add: (commitment) => drafts.set(commitment.identity, commitment),
    remove: (id) => drafts.set(id, null),
    nextIdentity: () => nextIdentity++,
    touched: () =>
      [...drafts]
        .map(([identity, after]) => ({
          identity,
          before: state.commitments.get(identity) ?? null,
          after,
        }))
        .filter(({ before, after }) => before !== null || after !== null),
    commit() {
      state.nextIdentity = nextIdentity;
      for (const [identity, draft] of drafts) {
        if (draft) state.commitments.set(identity, draft);
        else state.commitments.delete(identity);
      }
    },
  };
}
