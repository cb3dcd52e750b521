/** The explorer's examples of a change, as a visitor runs them one after another: tried, made, made again, followed. */
import { expect, it } from 'vitest';
import { examplesFor } from '../../src/cli/examples.js';
import { startSandboxedGateway, TODAY } from '../support/sandboxed-gateway.js';

const PRODUCT = {
  contractId: 'ctrct_xNE4v9dkjXjorYAM',
  offeringId: 'offer_fYyrKcVaJRgVN7jg',
  productId: 'prod_sVd2qS8nXCP7X1Uf',
  quantity: '11',
};

it('the examples show a dry run, a real change, its replay, and what became of it', async () => {
  await using over = await startSandboxedGateway({ isWritable: true });
  const run = async (wanted: string) => {
    const example = examplesFor('sleepyco', TODAY, PRODUCT).find(({ name }) => name === wanted);
    const { data, errors } = await over.query(
      example?.query ?? '',
      JSON.parse(example?.variables ?? '{}') as object,
    );
    expect(errors, wanted).toEqual([]);
    return data;
  };
  const tried = (await run('Try a change')).contractQuantityChange;
  expect(tried.userErrors).toEqual([]);
  expect(tried.preview.request.body).toContain('"quantity":11');
  expect((await run('Follow a change')).contractOperation).toBeNull();

  await run('One customer');
  const made = (await run('Make a change')).contractQuantityChange;
  expect(made).toMatchObject({ operation: { state: 'SUCCEEDED' }, isReplay: false, userErrors: [] });
  expect(made.quote.detail.offerings[0].products).toContainEqual(
    expect.objectContaining({ previousQuantity: '10', quantity: '11' }),
  );
  const again = (await run('Make a change')).contractQuantityChange;
  expect(again).toEqual({ ...made, isReplay: true });

  const followed = await run('Follow a change');
  expect(followed.contractOperation).toMatchObject({
    kind: 'CONTRACT_QUANTITY_CHANGE',
    state: 'SUCCEEDED',
    target: { externalId: PRODUCT.contractId, version: made.contract.version },
  });
  expect(followed.organization.operations.totalCount).toBe(1);

  await run('One customer');
  const { changes } = (await run('What changed since …?')).organization;
  expect(changes.nodes).toContainEqual(
    expect.objectContaining({ kind: 'CHANGED', recordKind: 'CONTRACT', externalId: PRODUCT.contractId }),
  );
});

it('without a product that may be changed, no example changes anything', () => {
  for (const { query } of examplesFor('sleepyco', TODAY)) expect(query).not.toContain('mutation');
});
