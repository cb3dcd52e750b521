/**
 * Changes that clients wish for, drawn at random from a customer's things, each with something in it that no other has:
 * so that an effect in the ledger can be told to be this one's, without asking the gateway.
 */
import { encodeGlobalId } from '../../src/graph/global-id.js';
import type { Effect } from '../../src/sandbox/ledger.js';
import { seedCloudmc } from '../../src/sandbox/cloudmc/seed.js';
import { productId, SKUS } from '../../src/sandbox/cloudmc/products.js';
import { seedLogisense } from '../../src/sandbox/logisense/seed.js';
import {
  createCatalogue,
  PLUS_OFFERING,
  PLUS_PRODUCT,
  SEAT_PRODUCT,
  SEATS_OFFERING,
  SUPPORT_OFFERING,
} from '../../src/sandbox/monetizenow/catalogue.js';
import type { BackendName, Profile } from '../../src/sandbox/types.js';
import type { WireRequest } from './wire.js';

export const KINDS = [
  'quantity-change',
  'offering-add',
  'resource-create',
  'resource-update',
  'resource-terminate',
  'commitment-create',
  'commitment-update',
  'commitment-patch',
  'commitment-delete',
  'sync',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Wish {
  readonly kind: Kind;
  readonly backend: BackendName;
  readonly organization: string;
  /** The mutation. */
  readonly field: string;
  /** Without the key. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether an effect is this one's. */
  readonly isEffect: (effect: Effect) => boolean;
  /** Whether a request on the wire is this one's. */
  readonly isRequest: (request: WireRequest) => boolean;
}

export interface Wishes {
  /** A wish of that kind for that customer; `null`: it has nothing left for it. */
  draw(kind: Kind, organization: string): Wish | null;
  /** The same thing, asked for with another input; `null`: there is no other. */
  vary(wish: Wish): Wish | null;
  /** What only its input says, asked for another customer; `null`: it names a thing of the first. */
  sameFor(wish: Wish, organization: string): Wish | null;
}

const FIELDS: Readonly<Record<Kind, readonly [field: string, type: string, backend: BackendName]>> = {
  'quantity-change': ['contractQuantityChange', 'ContractQuantityChangeInput', 'monetizenow'],
  'offering-add': ['contractOfferingAdd', 'ContractOfferingAddInput', 'monetizenow'],
  'resource-create': ['resourceCommitmentCreate', 'ResourceCommitmentCreateInput', 'cloudmc'],
  'resource-update': ['resourceCommitmentUpdate', 'ResourceCommitmentUpdateInput', 'cloudmc'],
  'resource-terminate': ['resourceCommitmentTerminate', 'ResourceCommitmentTerminateInput', 'cloudmc'],
  'commitment-create': ['contractCommitmentCreate', 'ContractCommitmentCreateInput', 'logisense'],
  'commitment-update': ['contractCommitmentUpdate', 'ContractCommitmentUpdateInput', 'logisense'],
  'commitment-patch': ['contractCommitmentPatch', 'ContractCommitmentPatchInput', 'logisense'],
  'commitment-delete': ['contractCommitmentDelete', 'ContractCommitmentDeleteInput', 'logisense'],
  sync: ['organizationSync', 'OrganizationSyncInput', 'commitment-manager'],
};

const RESULTS: Readonly<Partial<Record<BackendName, string>>> = {
  monetizenow: 'contract { id status modifiedAt } quote { externalId status } invoice { externalId }',
  cloudmc: 'commitment { id name pricingMethod } externalId previousExternalId previousId deletedId',
  logisense: 'commitments { id penalty { description } } affected { type action externalId } deletedIds',
  'commitment-manager': '',
};

export function documentOf({ kind }: Wish): string {
  const [field, type, backend] = FIELDS[kind];
  return `mutation Change($input: ${type}!) { ${field}(input: $input) {
    operation { id kind state needsOperator targetExternalId client idempotencyKey reason requestedAt sentAt settledAt
      updatedAt requestId looks request { method path body } failure { code message } evidence { before after }
      references { quoteId contractId invoiceId taskId trackingId newCommitmentId } }
    isReplay isDurable userErrors { code path message } ${RESULTS[backend] ?? ''} } }`;
}

/** The first days after the current billing cycle and after the next, for a sandbox on a day of that month. */
interface Ends {
  readonly current: string;
  readonly next: string;
}

export function createWishes(profiles: readonly Profile[], clock: () => number, ends: Ends): Wishes {
  let count = 0;
  const next = () => (count += 1);
  const cloudmc = seedCloudmc(profiles, clock);
  const logisense = seedLogisense(profiles);
  const supportProduct = createCatalogue(['USD']).offerings.get(SUPPORT_OFFERING)?.productIds[0] ?? '';

  /** Things that nobody has touched yet, by customer. */
  const stock = <Thing>(thingsOf: (profile: Profile) => readonly Thing[]) => {
    const left = new Map(profiles.map((profile) => [profile.slug, [...thingsOf(profile)]]));
    return (organization: string): Thing | null => left.get(organization)?.shift() ?? null;
  };
  const takeContract = stock((profile) => profile.monetizenow?.contractIds ?? []);
  const takeResource = stock((profile) =>
    (cloudmc.byOrganization.get(profile.cloudmc?.organizationId ?? '') ?? []).map(({ id }) => id),
  );
  const takeCommitment = stock((profile) => {
    const own = new Set(profile.logisense?.accountContracts.map(({ id }) => id));
    return [...logisense.commitments.values()]
      .filter(({ accountContractId }) => own.has(accountContractId))
      .map(({ identity }) => String(identity));
  });
  const profileOf = (organization: string): Profile => {
    const found = profiles.find(({ slug }) => slug === organization);
    if (found === undefined) throw new Error(`there is no customer ${organization}`);
    return found;
  };

  const wish = (
    kind: Kind,
    organization: string,
    input: Wish['input'],
    isEffect: Wish['isEffect'],
    isRequest: Wish['isRequest'],
  ): Wish => {
    const [field, , backend] = FIELDS[kind];
    return {
      kind,
      backend,
      organization,
      field,
      input,
      isEffect: (effect) => effect.backend === backend && isEffect(effect),
      isRequest,
    };
  };
  const detailsOf = ({ details }: Effect, name: string): string => JSON.stringify(details[name] ?? null);

  const ofContract = (kind: 'quantity-change' | 'offering-add', organization: string, id: string): Wish => {
    const quantity = 1_000 + next();
    const [offeringId, productId] =
      kind === 'quantity-change'
        ? [SUPPORT_OFFERING, supportProduct]
        : quantity % 2 === 0
          ? [SEATS_OFFERING, SEAT_PRODUCT]
          : [PLUS_OFFERING, PLUS_PRODUCT];
    const mark = new RegExp(`"quantity":"?${quantity}\\b`);
    return wish(
      kind,
      organization,
      {
        contractId: encodeGlobalId({ type: 'Contract', organization, key: id }),
        offerings: [{ offeringId, products: [{ productId, quantity: String(quantity) }] }],
      },
      (effect) => effect.target === id && mark.test(detailsOf(effect, 'request')),
      ({ body }) => body.includes(id) && mark.test(body.replaceAll(/\s/g, '')),
    );
  };

  const ofNewResource = (organization: string, input: Wish['input']): Wish => {
    const { cloudmc: account } = profileOf(organization);
    const name = String(input['name']);
    return wish(
      'resource-create',
      organization,
      { ...input, organization },
      (effect) =>
        effect.action === 'commitment.create' &&
        effect.customer === account?.organizationId &&
        detailsOf(effect, 'asked').includes(`"${name}"`),
      ({ body }) => body.includes(`"${name}"`) && body.includes(account?.organizationId ?? ''),
    );
  };

  const ofResource = (
    kind: 'resource-update' | 'resource-terminate',
    organization: string,
    id: string,
    end: string,
  ): Wish => {
    const commitmentId = encodeGlobalId({ type: 'ResourceCommitment', organization, key: id });
    const name = `renamed ${next()}`;
    const isUpdate = kind === 'resource-update';
    const mark = isUpdate ? `"${name}"` : `"${end}"`;
    return wish(
      kind,
      organization,
      isUpdate ? { commitmentId, name } : { commitmentId, endsBefore: end },
      (effect) => effect.target === id && detailsOf(effect, 'asked').includes(mark),
      ({ path, body }) => path.includes(id) && body.includes(mark),
    );
  };

  const ofCommitment = (
    kind: Exclude<Kind & `commitment-${string}`, 'commitment-delete'>,
    organization: string,
    id: string,
  ): Wish => {
    const penaltyDescription = `as agreed in letter ${next()}`;
    const commitmentId = encodeGlobalId({ type: 'ContractCommitment', organization, key: id });
    const [contract] = profileOf(organization).logisense?.accountContracts ?? [];
    const mark = `"${penaltyDescription}"`;
    return wish(
      kind,
      organization,
      kind === 'commitment-update'
        ? { commitmentId, penaltyDescription }
        : kind === 'commitment-patch'
          ? {
              organization,
              commitments: [{ action: 'UPDATE', commitmentId, fields: { penaltyDescription } }],
            }
          : {
              organization,
              accountContractId: String(contract?.id),
              commitmentTypeId: '1',
              penaltyDescription,
            },
      (effect) => detailsOf(effect, 'asked').includes(mark),
      ({ body }) => body.includes(mark),
    );
  };

  const ofDeletion = (organization: string, id: string): Wish =>
    wish(
      'commitment-delete',
      organization,
      { commitmentId: encodeGlobalId({ type: 'ContractCommitment', organization, key: id }) },
      ({ action, target }) => action === 'commitment.delete' && target === id,
      ({ method, path }) => method === 'DELETE' && path.split('?')[0]?.endsWith(`/${id}`) === true,
    );

  const ofSync = (organization: string): Wish => {
    const id = profileOf(organization).commitmentManager?.organizationId ?? '';
    return wish(
      'sync',
      organization,
      { organization },
      ({ action, target }) => action === 'organization.sync' && target === id,
      ({ method, path }) => method === 'POST' && path.includes(`/${id}/sync`),
    );
  };

  const draw: Wishes['draw'] = (kind, organization) => {
    switch (kind) {
      case 'quantity-change':
      case 'offering-add': {
        const id = takeContract(organization);
        return id === null ? null : ofContract(kind, organization, id);
      }
      case 'resource-create':
        return ofNewResource(organization, newResource(next()));
      case 'resource-update':
      case 'resource-terminate': {
        const id = takeResource(organization);
        return id === null ? null : ofResource(kind, organization, id, ends.current);
      }
      case 'commitment-create':
        return ofCommitment(kind, organization, '0');
      case 'commitment-update':
      case 'commitment-patch': {
        const id = takeCommitment(organization);
        return id === null ? null : ofCommitment(kind, organization, id);
      }
      case 'commitment-delete': {
        const id = takeCommitment(organization);
        return id === null ? null : ofDeletion(organization, id);
      }
      case 'sync':
        return ofSync(organization);
    }
  };

  const keyOf = (input: Wish['input'], name: string): string => {
    const decoded = Buffer.from(String(input[name]), 'base64url').toString('utf8');
    return decoded.slice(decoded.indexOf('/') + 1);
  };

  return {
    draw,
    vary({ kind, organization, input }) {
      switch (kind) {
        case 'quantity-change':
        case 'offering-add':
          return ofContract(kind, organization, keyOf(input, 'contractId'));
        case 'resource-update':
          return ofResource(kind, organization, keyOf(input, 'commitmentId'), ends.current);
        case 'resource-terminate':
          return ofResource(kind, organization, keyOf(input, 'commitmentId'), ends.next);
        case 'commitment-update':
          return ofCommitment(kind, organization, keyOf(input, 'commitmentId'));
        case 'resource-create':
        case 'commitment-create':
        case 'commitment-patch':
        case 'commitment-delete':
          return draw(kind, organization);
        case 'sync':
          return null;
      }
    },
    sameFor({ kind, input }, organization) {
      switch (kind) {
        case 'resource-create':
          return ofNewResource(organization, input);
        case 'sync':
          return ofSync(organization);
        default:
          return null;
      }
    },
  };
}

/** `startsOn` lies in the future, so that no invoice is in the way. */
function newResource(number: number): Wish['input'] {
  const sku = SKUS[number % SKUS.length] ?? SKUS[0];
  return {
    name: `commitment ${number}`,
    pricingMethod: 'UTILITY_DISCOUNT',
    rateType: number % 2 === 0 ? 'FIXED_RATE' : 'VARIABLE_RATE',
    products: [{ productId: productId(sku), committedQuantity: String(100 + number), discountPercent: '10' }],
    startsOn: '2027-01-01',
    endsBefore: '2028-01-01',
  };
}
