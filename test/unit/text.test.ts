/** Texts that come from a wide one, where an answer may show them, are kept in one byte a letter. */
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { buildSchema, parse } from 'graphql';
import { expect, it } from 'vitest';
import { narrow } from '../../src/domain/text.js';
import { createExecutor } from '../../src/graph/execution/executor.js';
import { ACCOUNTS, GATEWAY, load, write } from '../support/config-folder.js';

/** As V8 tags it, behind a header of two bytes. */
const isNarrow = (text: string) => serialize(text)[2] === '"'.charCodeAt(0);

it('is the same text', () => {
  const any = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('青空', '\ud800', '"\\'));
  fc.assert(fc.property(any, (text) => narrow(text) === text));
});

it('is no wider than its letters need', () => {
  const wide = '青 é and more';
  expect(isNarrow(narrow(wide.slice(2)))).toBe(true);
  expect(isNarrow(narrow(wide))).toBe(false);
});

it('keeps customers narrow beside one with a wide name', () => {
  write('accounts.yaml', `${ACCOUNTS}\n- slug: aozora-denki\n  name: 青空電気\n`);
  const [sleepyco, aozora] = load(GATEWAY).organizations;
  const { slug, name, currency, cloudmc } = sleepyco!;
  expect([slug, name, currency!, cloudmc!.organizationId].map(isNarrow)).toEqual([true, true, true, true]);
  expect([aozora!.slug, aozora!.name].map(isNarrow)).toEqual([true, false]);
});

it('answers narrowly to a document with wide letters', async () => {
  const schema = buildSchema('type Query { slug: String }');
  const document = parse('{ # 青空\n ownNameOfTheSlug: slug anotherNameOfIt: slug slug }');
  const { data } = await createExecutor(schema).execute({
    schema,
    document,
    rootValue: { slug: 'aozora-denki' },
  });
  const text = JSON.stringify(data);
  expect(text).toContain('ownNameOfTheSlug');
  expect(isNarrow(text)).toBe(true);
});
