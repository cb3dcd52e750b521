/**
 * A backend in memory that can be changed, and whose ledger of effects is never rewritten: what it holds is what happened,
 * whatever the journal says.
 */
import type { Change, ContractChange } from '../../../src/domain/change.js';
import type { ChangePort, ChangePorts, Look, Sent, Step } from '../../../src/domain/change-port.js';
import { NO_RESULT, type Plan, type Planned, type Problem } from '../../../src/domain/operation.js';
import type { Organization } from '../../../src/domain/organization.js';

export interface Effect {
  /** The operation's id, as it arrived with the request. */
  readonly id: string;
  readonly organization: string;
  readonly contractId: string;
}

export interface Backend {
  readonly ledger: readonly Effect[];
  /** Requests that arrived, whether they did something or not. */
  readonly sends: readonly string[];
  /** How often it was read to plan, and to look. */
  plans: number;
  looks: number;
  readonly ports: ChangePorts;
  /** What the next requests meet; by default they are done. `apply` makes the effect. */
  onSend: (apply: () => Effect) => Step | Promise<Step>;
  /** What looking back shows; by default what the ledger says. */
  onLook: (sent: Sent, isApplied: boolean) => Look | Promise<Look>;
  /** What is wrong with changes; nothing by default. */
  problems: readonly Problem[];
}

export function succeeded({ id }: Effect): Step {
  return {
    state: 'SUCCEEDED',
    outcome: { effect: id, price: '10.10' },
    after: { effects: 1 },
    references: { quoteId: `quote-${id}` },
    externalId: `made-${id}`,
  };
}

export const unknown: Step & Look = { state: 'UNKNOWN', message: 'The connection broke.' };

const contractOf = (change: Change) => ('contractId' in change ? change.contractId : '-');

export function createBackend(): Backend {
  const ledger: Effect[] = [];
  const sends: string[] = [];
  const effectsOn = (organization: Organization, change: Change) =>
    ledger.filter(
      (effect) => effect.organization === organization.slug && effect.contractId === contractOf(change),
    );

  const port: ChangePort<ContractChange> = {
    plan(organization, change): Promise<Planned> {
      backend.plans += 1;
      const effects = effectsOn(organization, change).length;
      const plan: Plan = {
        target: `MONETIZENOW/${change.contractId}`,
        externalId: change.contractId,
        request: {
          method: 'POST',
          path: `/api/contracts/${change.contractId}/operations`,
          body: JSON.stringify(change),
        },
        implications: [{ code: 'CHARGE', message: 'It costs.', externalId: null }],
        unchecked: ['The rate may be retired.'],
        version: `version-${effects}`,
        before: { effects },
      };
      const [first, ...others] = backend.problems;
      return Promise.resolve(
        first === undefined
          ? { isSendable: true, plan }
          : { isSendable: false, plan, problems: [first, ...others] },
      );
    },
    async send(organization, change, _plan, id) {
      sends.push(id);
      return backend.onSend(() => {
        const effect = { id, organization: organization.slug, contractId: change.contractId };
        ledger.push(effect);
        return effect;
      });
    },
    async look(organization, change, sent) {
      backend.looks += 1;
      const before = (sent.plan.before as { readonly effects: number }).effects;
      return backend.onLook(sent, effectsOn(organization, change).length > before);
    },
    result: (_organization, _change, outcome) => ({
      ...NO_RESULT,
      externalId: (outcome as { readonly effect: string }).effect,
    }),
  };

  const backend: Backend = {
    ledger,
    sends,
    plans: 0,
    looks: 0,
    ports: { contracts: port, resourceCommitments: null, contractCommitments: null, sync: null },
    onSend: (apply) => succeeded(apply()),
    onLook: (_sent, isApplied) =>
      isApplied
        ? { state: 'SUCCEEDED', outcome: { effect: ledger.at(-1)?.id ?? '' }, after: { effects: 1 } }
        : { state: 'NOT_APPLIED' },
    problems: [],
  };
  return backend;
}
