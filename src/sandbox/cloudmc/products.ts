/**
 * The products that can be committed to. Guarantees the ids that seed 003 prints: the list sample's, and the two of the
 * create samples, which differ in one digit between request and answer (`backends.md` §5.4), so that either works.
 */
import { chanceOf } from '../random.js';

export interface Product {
  readonly id: string;
  readonly sku: string;
  /** What it costs today, as the vendor writes it; kept with a FIXED_RATE commitment when one is made. */
  readonly price: string;
}

export const SKUS = ['CVM-1M02', 'CVM-2M04', 'CVM-4M16', 'STO-SSD-1T', 'NET-EGRESS-1T'] as const;
const PRICES: Readonly<Record<(typeof SKUS)[number], string>> = {
  'CVM-1M02': '10.0',
  'CVM-2M04': '19.5',
  'CVM-4M16': '61.25',
  'STO-SSD-1T': '3.2',
  'NET-EGRESS-1T': '0.045',
};
/** The first one's id is printed in seed 003. */
const SAMPLE_PRODUCT_ID = 'bcd82514-d539-4d66-aaf4-b24a95ebe1cd';

export const productId = (sku: string): string =>
  sku === SKUS[0] ? SAMPLE_PRODUCT_ID : chanceOf(`cloudmc product ${sku}`).uuid();

const PRODUCTS: ReadonlyMap<string, Product> = new Map(
  [
    ...SKUS.map((sku): Product => ({ id: productId(sku), sku, price: PRICES[sku] })),
    { id: '73ebf9c8-ecf7-4ee6-b881-150023d5f422', sku: 'f', price: '10' },
    { id: '73ebf9c8-ecf7-4ee6-b881-150023d5f442', sku: 'f', price: '10' },
  ].map((product) => [product.id, product]),
);

export function productOf(id: string): Product | undefined {
  return PRODUCTS.get(id);
}
