/**
 * What changes answer with. One type for each family of changes: whoever asks for six kinds of contract operations reads
 * all six answers with one fragment, and what all families share is the interface.
 */
import type { Change } from '../../domain/change.js';
import type { Operation } from '../../domain/operation.js';
import type { SourceName } from '../../domain/source.js';
import { encodeGlobalId } from '../global-id.js';
import type { Resolvers } from '../generated.js';
import type { ChangeOutcome } from './outcome.js';

type Family =
  | 'ContractChangePayload'
  | 'ResourceCommitmentChangePayload'
  | 'ContractCommitmentChangePayload'
  | 'OrganizationSyncPayload';

function familyOf(source: SourceName): Family {
  switch (source) {
    case 'MONETIZENOW':
      return 'ContractChangePayload';
    case 'CLOUDMC':
      return 'ResourceCommitmentChangePayload';
    case 'LOGISENSE':
      return 'ContractCommitmentChangePayload';
    case 'COMMITMENT_MANAGER':
      return 'OrganizationSyncPayload';
    case 'SALESFORCE':
      throw new Error('nothing is changed in the CRM');
  }
}

/** What it certainly deleted because it was asked to. */
function deletedBy(operation: Operation | null): readonly string[] {
  if (operation?.state !== 'SUCCEEDED') return [];
  const { change }: { readonly change: Change } = operation;
  switch (change.kind) {
    case 'RESOURCE_COMMITMENT_DELETE':
    case 'CONTRACT_COMMITMENT_DELETE':
      return [change.commitmentId];
    case 'CONTRACT_COMMITMENT_PATCH':
      return change.commitments.flatMap((item) => (item.action === 'DELETE' ? [item.commitmentId] : []));
    default:
      return [];
  }
}

function idsOf(
  { organization }: ChangeOutcome,
  type: 'ResourceCommitment' | 'ContractCommitment',
  keys: readonly string[],
): string[] {
  if (organization === null) return [];
  return keys.map((key) => encodeGlobalId({ type, organization: organization.slug, key }));
}

export const payloadResolvers = {
  ChangePayload: { __resolveType: ({ source }) => familyOf(source) },
  ContractChangePayload: {
    contract: ({ result }) => result.contract,
    quote: ({ result: { contract, quote } }) => quote && { contract, quote, detail: quote },
    invoice: ({ result }) => result.invoice,
  },
  ResourceCommitmentChangePayload: {
    commitment: ({ result }) => result.resourceCommitment,
    externalId: ({ result }) => result.externalId,
    previousExternalId: ({ result }) => result.previousExternalId,
    previousId: (outcome) => {
      const { previousExternalId } = outcome.result;
      const keys = previousExternalId === null ? [] : [previousExternalId];
      return idsOf(outcome, 'ResourceCommitment', keys)[0] ?? null;
    },
    deletedId: (outcome) => idsOf(outcome, 'ResourceCommitment', deletedBy(outcome.operation))[0] ?? null,
  },
  ContractCommitmentChangePayload: {
    commitments: ({ result }) => result.contractCommitments,
    affected: ({ result }) => result.affected,
    deletedIds: (outcome) => idsOf(outcome, 'ContractCommitment', deletedBy(outcome.operation)),
  },
  OrganizationSyncPayload: {
    state: async ({ organization, operation }, _, context) =>
      organization === null || operation === null
        ? null
        : ((await context.sources.spend?.state(organization)) ?? null),
  },
  UserError: {
    __resolveType: ({ code }) => (code === 'REFUSED' ? 'BackendRefusal' : 'InputProblem'),
  },
} satisfies Resolvers;
