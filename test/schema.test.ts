/** Conventions of the SDL, checked on the schema that runs: what no reviewer should have to look for. */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { SOURCE_LABELS } from '../src/domain/source.js';
import { createSchema } from '../src/graph/resolvers.js';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

interface Described {
  readonly name: string;
  readonly description: string | null | undefined;
}

function partsOf(type: GraphQLNamedType): Described[] {
  const parts: Described[] = [{ name: type.name, description: type.description }];
  if (isEnumType(type)) {
    parts.push(...type.getValues().map((value) => ({ ...value, name: `${type.name}.${value.name}` })));
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      parts.push({ name: `${type.name}.${field.name}`, description: field.description });
      for (const argument of field.args) {
        parts.push({
          name: `${type.name}.${field.name}(${argument.name}:)`,
          description: argument.description,
        });
      }
    }
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      parts.push({ name: `${type.name}.${field.name}`, description: field.description });
    }
  }
  return parts;
}

describe('the schema', () => {
  it('describes every type, field, argument and value in sentences', () => {
    const bad = types
      .flatMap(partsOf)
      .filter(({ description }) => description == null || !/^\S[^]*[.:]$/.test(description.trim()))
      .map(({ name }) => name);
    expect(bad).toEqual([]);
  });

  it('names no type after a vendor', () => {
    const vendors = Object.values(SOURCE_LABELS).flatMap((label) => [
      label.replace(' ', ''),
      label.split(' ')[0] ?? '',
    ]);
    const bad = types
      .map(({ name }) => name)
      .filter((name) =>
        vendors.some(
          (vendor) => vendor !== 'Commitment' && name.toLowerCase().includes(vendor.toLowerCase()),
        ),
      );
    expect(bad).toEqual([]);
  });

  it('writes enum values in capitals, and fields and arguments in camel case', () => {
    const bad = types.flatMap(partsOf).filter(({ name }) => {
      const [type = '', member] = name.split('.');
      if (!/^[A-Z][A-Za-z]+$/.test(type)) return true;
      if (member === undefined) return false;
      return isEnumType(schema.getType(type))
        ? !/^[A-Z][A-Z_]*$/.test(member)
        : !/^[a-z][A-Za-z]*(\([a-z][A-Za-z]*:\))?$/.test(member);
    });
    expect(bad.map(({ name }) => name)).toEqual([]);
  });

  it('says …At for instants, …On or …Before for days, and is/has or a verb for booleans', () => {
    const allowedBooleans = /^(is|has)[A-Z]|^(stale|complete|renewsAutomatically|includesChildAccounts)$/;
    const bad: string[] = [];
    for (const type of types) {
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const { name } = getNamedType(field.type);
        const isWrong =
          (name === 'DateTime' && !/At$|^at$/.test(field.name)) ||
          (name === 'Date' && !/On$|Before$/.test(field.name)) ||
          (name === 'Boolean' && !allowedBooleans.test(field.name));
        if (isWrong) bad.push(`${type.name}.${field.name}: ${name}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it('never uses a float, and never an integer for money or quantities', () => {
    expect(schema.getType('Float')).toBeUndefined();
    const bad = types.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => /amount|price|quantity|percent|value/i.test(field.name))
            .filter(
              (field) => getNamedType(field.type).name === 'Int' && !/unrecognizedValues/.test(field.name),
            )
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    expect(bad).toEqual([]);
  });

  it('gives every connection a bounded page, and coverage where sources are read', () => {
    for (const type of types) {
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const named = getNamedType(field.type);
        if (!named.name.endsWith('Connection') || !isObjectType(named)) continue;
        expect(field.args.map(({ name }) => name)).toEqual(expect.arrayContaining(['first', 'after']));
        if (named.name !== 'OrganizationConnection') {
          expect(isNonNullType(named.getFields()['coverage']?.type)).toBe(true);
        }
      }
    }
  });

  it('has the root fields that were promised', () => {
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort()).toEqual(
      [
        'commitment',
        'commitments',
        'contract',
        'node',
        'nodes',
        'organization',
        'organizations',
        'sources',
      ].sort(),
    );
  });

  it('is what is printed in schema/printed', () => {
    const printed = readFileSync(
      new URL('../schema/printed/commitment-graph.graphql', import.meta.url),
      'utf8',
    );
    expect(printSchema(lexicographicSortSchema(buildSchema(printed)))).toBe(
      printSchema(lexicographicSortSchema(schema)),
    );
  });

  it('has the directives that were promised, and those of the specification', () => {
    const own = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
    expect(own.map(({ name }) => name)).toEqual(['fresh']);
  });
});
