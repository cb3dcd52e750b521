/**
 * The action records of seed 001: what a PATCH or a DELETE lists, and POST and PUT when asked for results. Three kinds,
 * as the vendor prints them: by identity, by both ends of a link, by `foreignKeyIdentity` for what goes with its parent.
 *
 * Our choice, because the samples hold placeholders: `foreignKeyIdentity` is the identity of the child that went, so that
 * each removed object is named; a link's key is its object's with `Connector` behind it, as in `sampleObjectConnector`;
 * a link has no `instance`.
 */
import { presentCommitment, presentPeriod } from './present.js';
import type { Commitment, LogisenseState, Period } from './state.js';

export interface ActionRecord {
  readonly identity?: number;
  readonly lhsId?: number;
  readonly rhsId?: number;
  readonly foreignKeyIdentity?: number;
  readonly action: 'created' | 'updated' | 'deleted' | 'attached' | 'detached';
  readonly dtoTypeKey: string;
  readonly instance?: Readonly<Record<string, unknown>>;
}

const COMMITMENT = 'contractCommitment';
const PERIOD = 'contractCommitmentPeriod';
const SERVICE = 'serviceConnector';

export function commitmentRecord(
  state: LogisenseState,
  action: 'created' | 'updated',
  commitment: Commitment,
): ActionRecord {
  const instance = presentCommitment(state, commitment);
  return { identity: commitment.identity, action, dtoTypeKey: COMMITMENT, instance };
}

export function periodRecord(
  state: LogisenseState,
  action: 'created' | 'updated',
  commitment: Commitment,
  period: Period,
): ActionRecord {
  const instance = presentPeriod(state, commitment.identity, period);
  return { identity: period.identity, action, dtoTypeKey: PERIOD, instance };
}

export function periodDeleted(identity: number): ActionRecord {
  return { identity, action: 'deleted', dtoTypeKey: PERIOD };
}

export function serviceRecord(
  action: 'attached' | 'detached',
  commitmentId: number,
  serviceId: number,
): ActionRecord {
  return { lhsId: commitmentId, rhsId: serviceId, action, dtoTypeKey: SERVICE };
}

/** The commitment and everything that goes with it, in the order of the vendor's sample. */
export function cascade(commitment: Commitment): ActionRecord[] {
  const { identity, periods, services, packageFrequencies, usageClasses } = commitment;
  const detached =
    (dtoTypeKey: string) =>
    ({ targetId }: { readonly targetId: number }): ActionRecord => ({
      lhsId: identity,
      rhsId: targetId,
      action: 'detached',
      dtoTypeKey,
    });
  return [
    { identity, action: 'deleted', dtoTypeKey: COMMITMENT },
    ...services.map(detached(SERVICE)),
    ...packageFrequencies.map(detached('packageFrequencyConnector')),
    ...usageClasses.map(detached('usageClassConnector')),
    ...periods.map((period): ActionRecord => ({
      foreignKeyIdentity: period.identity,
      action: 'deleted',
      dtoTypeKey: PERIOD,
    })),
  ];
}
