/** Members that a schema does not name are found at any depth, told by path, and nothing else is. */
import { parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as cloudmc from '../../src/backends/cloudmc/wire.js';
import * as manager from '../../src/backends/commitment-manager/wire.js';
import { findUnknownMembers } from '../../src/backends/known-members.js';
import * as logisense from '../../src/backends/logisense/wire.js';
import * as salesforce from '../../src/backends/salesforce/wire.js';
import { anyAsText, decimalNumber, maybe, text, unread } from '../../src/backends/wire.js';
import { sampleBytes } from '../support/samples.js';

function unknownIn(schema: z.ZodType, value: unknown): string[] {
  const found: string[] = [];
  findUnknownMembers(schema, value, 'row', (path) => found.push(path));
  return found;
}

const named = z.object({ id: text });
const sent = { id: 'x', colour: 'red' };

interface Tree {
  readonly children?: readonly Tree[] | undefined;
}
const tree: z.ZodType<Tree> = z.object({ children: z.array(z.lazy(() => tree)).optional() });

describe('what is found', () => {
  it.each<[string, z.ZodType, unknown, readonly string[]]>([
    ['an object', named, sent, ['row.colour']],
    ['a strict object', z.strictObject({ id: text }), sent, ['row.colour']],
    ['an object with a check', named.refine(() => true), sent, ['row.colour']],
    ['an object that a transform follows', named.transform(({ id }) => id), sent, ['row.colour']],
    ['a list', z.array(named), [sent, { id: 'y' }, sent], ['row[].colour', 'row[].colour']],
    ['lists in lists', z.array(z.array(named)), [[sent]], ['row[][].colour']],
    ['a tuple', z.tuple([text, named]), ['x', sent], ['row[].colour']],
    ['the rest of a tuple', z.tuple([text]).rest(named), ['x', sent], ['row[].colour']],
    ['optional', named.optional(), sent, ['row.colour']],
    ['nullable', named.nullable(), sent, ['row.colour']],
    ['default', named.default({ id: '' }), sent, ['row.colour']],
    ['prefault', named.prefault({ id: '' }), sent, ['row.colour']],
    ['catch', named.catch({ id: '' }), sent, ['row.colour']],
    ['readonly', named.readonly(), sent, ['row.colour']],
    ['nonoptional', z.nonoptional(named.optional()), sent, ['row.colour']],
    ['maybe', maybe(named), sent, ['row.colour']],
    ['lazy', z.lazy(() => named), sent, ['row.colour']],
    [
      'a schema within itself',
      tree,
      { children: [{ children: [sent] }] },
      ['row.children[].children[].id', 'row.children[].children[].colour'],
    ],
    [
      'an intersection',
      z.intersection(named, z.object({ sku: text })),
      { ...sent, sku: 'y' },
      ['row.colour'],
    ],
    ['a union of texts and objects', z.union([text, named]), sent, ['row.colour']],
    ['a union of objects', z.union([named, z.object({ sku: text })]), { ...sent, sku: 1 }, ['row.colour']],
    [
      'a union within whose members both know something',
      z.union([z.object({ at: named }), z.object({ at: z.object({ sku: text }) })]),
      { at: { ...sent, sku: 1 } },
      ['row.at.colour'],
    ],
    ['an object or a list of them: the object', z.union([named, z.array(named)]), sent, ['row.colour']],
    ['an object or a list of them: the list', z.union([named, z.array(named)]), [sent], ['row[].colour']],
    [
      'one of two told apart by a member',
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), id: text }),
        z.object({ kind: z.literal('b') }),
      ]),
      { ...sent, kind: 'a' },
      ['row.colour'],
    ],
    ['what a record holds', z.record(z.string(), named), { any: sent }, ['row.any.colour']],
    [
      'within known members of an open object',
      z.looseObject({ at: named }),
      { more: 1, at: sent },
      ['row.at.colour'],
    ],
    [
      'what is left after a step before',
      z.preprocess((value) => (value as { inner: unknown }).inner, named),
      { inner: sent, action: 'created' },
      ['row.colour'],
    ],
    [
      'what a transform made of anything',
      z
        .record(z.string(), z.unknown())
        .transform(({ data }) => data)
        .pipe(named.nullable()),
      { data: sent },
      ['row.colour'],
    ],
    [
      'far inside',
      z.object({ products: maybe(z.array(z.object({ product: named }))) }),
      { products: [{ product: sent }] },
      ['row.products[].product.colour'],
    ],
    [
      'that a prototype would have',
      named,
      parse('{"id":"x","constructor":1,"__proto__":{"deep":1}}'),
      ['row.constructor', 'row.__proto__'],
    ],
  ])('%s', (_, schema, value, paths) => {
    expect(unknownIn(schema, value)).toEqual(paths);
    // What was learnt of the schema the first time holds the second time.
    expect(unknownIn(schema, value)).toEqual(paths);
  });
});

describe('nothing is found', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['where all members are known', named, { id: 'x' }],
    ['where a member is missing or null', z.object({ at: maybe(named) }), { at: null }],
    ['where anything is taken', z.unknown(), sent],
    ['in a list of anything', z.array(z.unknown()), [sent]],
    ['in an open object', z.looseObject({ id: text }), sent],
    ['in a record of anything', z.record(z.string(), z.unknown()), sent],
    [
      'in a member of any kind',
      z.object({ custom: z.record(z.string(), anyAsText) }),
      { custom: { a: sent } },
    ],
    ['where one of several shapes may be anything', z.union([named, z.unknown()]), sent],
    ['where one of several shapes is open', z.union([named, z.looseObject({})]), sent],
    ['in a member that is documented and not read', z.object({ ...unread('meta') }), { meta: sent }],
    [
      'in a number, which is an object to us',
      z.object({ n: z.union([named, decimalNumber]) }),
      parse('{"n":1.5}'),
    ],
    ['in a number where an object is expected', z.object({ n: named }), parse('{"n":1.5}')],
    ['in text where an object is expected', named, 'text'],
    ['in a list where an object is expected', named, [sent]],
    ['in an object where a list is expected', z.array(named), sent],
    ['in an object where text is expected', z.object({ id: text }), { id: sent }],
    ['in nothing', named, null],
    [
      'where a step before fails',
      z.preprocess((_, ctx) => {
        ctx.addIssue('no');
      }, named),
      sent,
    ],
  ])('%s', (_, schema, value) => {
    expect(unknownIn(schema, value)).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['Commit_Start_Date_Normalized__c', 'row.Commit_Start_Date_Normalized__c'],
    ['address2', 'row.address2'],
    ['x'.repeat(64), `row.${'x'.repeat(64)}`],
    ['x'.repeat(65), 'row.(withheld)'],
    ['x'.repeat(1_000_000), 'row.(withheld)'],
    ['619c56b5-596b-4cc4-8b04-38fe8e05c750', 'row.(withheld)'],
    ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'row.(withheld)'],
    ['someone@example.com', 'row.(withheld)'],
    ['two words', 'row.(withheld)'],
    ['line\nbreak', 'row.(withheld)'],
    ['', 'row.(withheld)'],
  ])('%j is %j', (member, path) => {
    expect(unknownIn(named, { id: 'x', [member]: 1 })).toEqual([path]);
  });

  it('that the backend chooses for what it holds are withheld as well', () => {
    const rates = z.record(z.string(), named);
    expect(unknownIn(rates, { 'someone@example.com': sent })).toEqual(['row.(withheld).colour']);
  });

  it('however deep they are, make a path of at most 300 characters', () => {
    let value: object = sent;
    for (let level = 0; level < 500; level += 1) value = { children: [value] };
    const paths = unknownIn(tree, value);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(path.length).toBeLessThanOrEqual(300);
  });
});

describe("nothing in the vendors' own samples is unknown", () => {
  const sample = (name: string) => parse(Buffer.from(sampleBytes(name)).toString()) as Record<string, never>;
  const orders = salesforce.orderRow('Service_Order_Details__r');
  it.each<[string, z.ZodType, (reply: Record<string, never>) => unknown]>([
    ['cloudmc/list', cloudmc.commitmentList, (reply) => reply],
    ['cloudmc/list', z.array(cloudmc.commitment), (reply) => reply['data']],
    ['cloudmc/get', cloudmc.commitmentReply, (reply) => reply],
    ['cloudmc/get', cloudmc.commitment, (reply) => reply['data']],
    ['cloudmc/create-fixed-price-response', cloudmc.commitment, (reply) => reply['data']],
    ['cloudmc/create-utility-discount-response', cloudmc.commitment, (reply) => reply['data']],
    ['commitment-manager/commitments', manager.listReply, (reply) => reply],
    ['commitment-manager/commitments', z.array(manager.commitmentRow), (reply) => reply['data']],
    ['logisense/list', logisense.commitmentPage, (reply) => reply],
    ['logisense/list', z.array(logisense.commitmentItem), (reply) => reply['items']],
    ['logisense/paged', logisense.commitmentPage, (reply) => reply],
    ['logisense/paged-detail', logisense.commitmentPage, (reply) => reply],
    ['logisense/paged-detail', z.array(logisense.commitmentItem), (reply) => reply['pagedResults']!['items']],
    ['logisense/get', logisense.commitmentReply, (reply) => reply],
    ['logisense/get-detail', logisense.commitmentItem, (reply) => reply['instance']],
    ['logisense/patch-response', z.array(logisense.commitmentItem), (reply) => reply['results']!['items']],
    ['salesforce/orders-page-1', salesforce.queryReply, (reply) => reply],
    ['salesforce/orders-page-1', z.array(orders), (reply) => reply['records']],
    ['salesforce/orders-page-2', z.array(orders), (reply) => reply['records']],
    ['salesforce/ramp-page-2', z.array(salesforce.rampRow), (reply) => reply['records']],
  ])('%s', (name, schema, part) => {
    const value = part(sample(name));
    expect(value).toBeDefined();
    expect(unknownIn(schema, value)).toEqual([]);
  });
});
