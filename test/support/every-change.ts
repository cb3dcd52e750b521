/** Changes of every kind on the sandbox, real ones and dry runs, right ones and wrong ones, so that all can be seen. */
import { encodeGlobalId, type NodeType } from '../../src/graph/global-id.js';
import type { Gateway } from './gateway.js';

const SLUG = 'sleepyco';
const CONTRACT = 'ctrct_xNE4v9dkjXjorYAM';
const SEATS = 'offer_fYyrKcVaJRgVN7jg';
const SEAT = 'prod_sVd2qS8nXCP7X1Uf';
const YEARLY = 'rate_Y6FfLGv3Ycipd1cw';

const THINGS = `{ organization(slug: "${SLUG}") {
  contracts { nodes { externalId version offerings { offering { externalId } } } }
  resources: commitments(filter: { sources: [CLOUDMC], statuses: [ACTIVE] }) {
    nodes { id ... on ResourceCommitment { version products { product { id } } } }
  }
  contractual: commitments(filter: { sources: [LOGISENSE] }) {
    nodes { id externalId ... on ContractCommitment { version periods { externalId } services { service { externalId } } } }
  }
} }`;

/** `change`: makes one, and gives its payload. */
export async function everyChange(
  query: Gateway['query'],
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a payload is read by its shape
  change: (name: string, input: object) => Promise<any>,
): Promise<void> {
  const { organization } = (await query(THINGS)).data;
  const contract = organization.contracts.nodes.find(
    ({ externalId }: { externalId: string }) => externalId === CONTRACT,
  );
  const idOf = (type: NodeType, key: string) => encodeGlobalId({ type, organization: SLUG, key });
  const onContract = { contractId: idOf('Contract', CONTRACT) };
  const dry = { dryRun: true };
  const reason = 'To see it all';

  const seats = (quantity: string) => [{ offeringId: SEATS, products: [{ productId: SEAT, quantity }] }];
  await change('contractRateChange', {
    ...onContract,
    ...dry,
    offerings: [{ offeringId: SEATS, rateId: YEARLY }],
  });
  await change('contractOfferingChange', {
    ...onContract,
    ...dry,
    offerings: [{ offeringId: SEATS, newOfferingId: 'offer_other0000000000' }],
  });
  await change('contractOfferingAdd', {
    ...onContract,
    ...dry,
    offerings: [{ offeringId: 'offer_other0000000000' }],
  });
  await change('contractOfferingRemove', {
    ...onContract,
    ...dry,
    offerings: contract.offerings.map((one: { offering: { externalId: string } }) => ({
      offeringId: one.offering.externalId,
    })),
  });
  await change('contractCancel', { ...onContract, ...dry, effective: { at: 'NEXT_BILL_CYCLE' } });
  await change('contractQuantityChange', {
    ...onContract,
    reason,
    expectedVersion: contract.version,
    offerings: seats('11'),
  });

  const [resource] = organization.resources.nodes;
  const product = { productId: resource.products[0].product.id, committedQuantity: '5' };
  const wanted = {
    organization: SLUG,
    name: 'Everything',
    pricingMethod: 'FIXED_PRICE',
    fixedPrice: '100',
    products: [product],
  };
  await change('resourceCommitmentCreate', { ...wanted, startsOn: '2026-01-01' }); // billed long ago
  await change('resourceCommitmentCreate', { ...wanted, startsOn: '2027-03-01', endsBefore: '2027-06-01' });
  for (const [index, { id, version }] of organization.resources.nodes.entries()) {
    await change('resourceCommitmentUpdate', {
      commitmentId: id,
      expectedVersion: version,
      name: `Renamed ${index}`,
    });
  }
  await change('resourceCommitmentTerminate', {
    commitmentId: resource.id,
    endsBefore: '2026-12-01',
    ...dry,
  });
  const listed = await query(
    `{ organization(slug: "${SLUG}") { commitments(filter: { sources: [CLOUDMC], statuses: [PENDING] }) { nodes { id } } } }`,
  );
  await change('resourceCommitmentDelete', {
    commitmentId: listed.data.organization.commitments.nodes[0].id,
  });

  const [first, second] = organization.contractual.nodes;
  await change('contractCommitmentCreate', {
    organization: SLUG,
    accountContractId: '8',
    commitmentTypeId: '1',
  });
  await change('contractCommitmentUpdate', { commitmentId: first.id, penaltyDescription: reason });
  await change('contractCommitmentPatch', {
    organization: SLUG,
    services: [
      { action: 'DETACH', commitmentId: second.id, serviceId: second.services[0].service.externalId },
    ],
    periods: second.periods.map(({ externalId }: { externalId: string }) => ({
      action: 'DELETE',
      commitmentId: second.id,
      periodId: externalId,
    })),
  });
  await change('contractCommitmentDelete', { commitmentId: second.id });
  await change('contractCommitmentDelete', { commitmentId: first.id, ...dry });
  await change('contractCommitmentUpdate', { commitmentId: first.id, commitmentTypeId: null }); // cannot be

  await change('organizationSync', { organization: SLUG, ...dry });
  await change('organizationSync', { organization: SLUG });
  await change('organizationSync', { organization: 'nobody' });
}

/** The first event of following a change. */
export async function firstEvent(url: string, query: string, id: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables: { id } }),
  });
  const text = await response.text();
  const event = text.split('\n\n').find((part) => part.startsWith('event: next')) ?? '';
  return (JSON.parse(event.slice(event.indexOf('data: ') + 6)) as { readonly data: unknown }).data;
}
