/**
 * What a change is about: customers by slug, and things by global id.
 *
 * Guarantees: an id that this graph did not write, or that is of another type, is BAD_USER_INPUT, as everywhere; one of
 * a customer that the caller may not see looks exactly like one of a thing that does not exist.
 */
import type { Problem } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { GraphContext } from '../context.js';
import { badInput } from '../errors.js';
import { decodeGlobalId } from '../global-id.js';
import { countMiss, mayLookUp } from '../lookup.js';

type TargetType = 'Contract' | 'ContractCommitment' | 'ResourceCommitment';

const NAMES = {
  Contract: 'contract',
  ContractCommitment: 'commitment',
  ResourceCommitment: 'commitment',
} as const satisfies Record<TargetType, string>;

export interface Target {
  readonly organization: Organization;
  /** The backend's own id. */
  readonly key: string;
}

function portOf(type: TargetType, { sources }: GraphContext) {
  switch (type) {
    case 'Contract':
      return sources.contracts;
    case 'ContractCommitment':
      return sources.contractCommitments;
    case 'ResourceCommitment':
      return sources.resourceCommitments;
  }
}

/** `null`: no such thing as far as this caller can know. Throws BAD_USER_INPUT and RATE_LIMITED. */
export function targetOf(
  id: string,
  type: TargetType,
  path: readonly string[],
  context: GraphContext,
): Target | null {
  const place = `\`input.${path.join('.')}\``;
  const notAnId = () =>
    badInput(`${place}: this is not an id of this graph. Give one as another answer gave it.`);
  const decoded = decodeGlobalId(id);
  if (decoded === null) throw notAnId();
  if (decoded.type !== type) {
    throw badInput(`${place} names a ${decoded.type}; the change is about a ${type}.`);
  }
  mayLookUp(context);
  const organization = context.directory.find(decoded.organization);
  if (organization === null) return countMiss(id, null, context);
  if (portOf(type, context)?.isId(decoded.key) === false) throw notAnId();
  return { organization, key: decoded.key };
}

export function noSuch(type: TargetType, path: readonly string[]): Problem {
  return { path, code: 'NOT_FOUND', message: `There is no such ${NAMES[type]}.` };
}

export const NO_SUCH_ORGANIZATION: Problem = {
  path: ['organization'],
  code: 'NOT_FOUND',
  message: 'There is no such customer.',
};
