/** Resolvers that do not fit the SDL are told at start; the SDL itself is held against the rules of the language here. */
import { buildASTSchema, concatAST, graphqlSync, parse, validateSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { executableSchema } from '../../src/graph/executable.js';
import { createSchema, readSdl } from '../../src/graph/resolvers.js';

const SDL = [
  'type Query { one: String } interface Named { name: String }',
  'extend type Query { named: Named } type Dog implements Named { name: String }',
];
const tells = { Named: { __resolveType: () => 'Dog' } };

describe('an executable schema', () => {
  it('has the fields of all files, with their resolvers', () => {
    const schema = executableSchema(SDL, {
      ...tells,
      Query: { one: () => 'first', named: () => ({ name: 'Rex' }) },
      Dog: { name: ({ name }: { name: string }) => `${name}!` },
    } as Parameters<typeof executableSchema>[1]);
    expect(graphqlSync({ schema, source: '{ one named { __typename name } }' })).toEqual({
      data: { one: 'first', named: { __typename: 'Dog', name: 'Rex!' } },
    });
  });

  it.each([
    ['of no field', { ...tells, Query: { two: () => 2 } }, 'Query.two'],
    ['of no type', { ...tells, Mutation: { two: () => 2 } }, 'Mutation.two'],
    [
      'that would tell an object apart',
      { ...tells, Dog: { __resolveType: () => 'Dog' } },
      'Dog.__resolveType',
    ],
  ])('refuses a resolver %s', (_, resolvers, named) => {
    expect(() => executableSchema(SDL, resolvers)).toThrow(named);
  });

  it('refuses an interface that cannot tell its types apart', () => {
    expect(() => executableSchema(SDL, {})).toThrow('Named');
  });
});

it('the SDL keeps the rules of the language, which a start does not check again', () => {
  expect(() => buildASTSchema(concatAST(readSdl().map((text) => parse(text))))).not.toThrow();
  expect(validateSchema(createSchema())).toEqual([]);
});
