/** Conventions of the SDL, checked on the schema that runs: what no reviewer should have to look for. */
import { readFileSync } from 'node:fs';
import { serialize } from 'node:v8';
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
  printType,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { CHANGE_KINDS } from '../src/domain/change.js';
import type { ProblemCode } from '../src/domain/operation.js';
import { SOURCE_LABELS } from '../src/domain/source.js';
import { createSchema } from '../src/graph/resolvers.js';

const PROBLEM_CODES = Object.keys({
  REQUIRED: 1,
  INVALID: 1,
  NOT_ALLOWED: 1,
  DUPLICATE: 1,
  NOT_FOUND: 1,
  NOT_CHANGED: 1,
  DATE_NOT_ALLOWED: 1,
  STATE_NOT_ALLOWED: 1,
  OVERLAP: 1,
  OUT_OF_RANGE: 1,
  WOULD_CANCEL_CONTRACT: 1,
  REFUSED: 1,
} satisfies Record<ProblemCode, 1>);

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
    const allowedBooleans =
      /^(is|has)[A-Z]|^(stale|complete|renewsAutomatically|includesChildAccounts|needsOperator)$/;
    const bad: string[] = [];
    for (const type of types) {
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const { name } = getNamedType(field.type);
        const isWrong =
          (name === 'DateTime' && !/At$|^at$/.test(field.name)) ||
          (name === 'Date' && !/On$|^on$|Before$/.test(field.name)) ||
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
        // These are the gateway's own: no source could be missing from them.
        const own = [
          'OrganizationConnection',
          'ContractOperationConnection',
          'ChangeVerificationConnection',
          'RecordChangeConnection',
        ];
        if (!own.includes(named.name)) {
          expect(isNonNullType(named.getFields()['coverage']?.type)).toBe(true);
        }
      }
    }
  });

  it('has the root fields that were promised', () => {
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort()).toEqual(
      [
        'changeVerification',
        'changes',
        'commitment',
        'commitments',
        'contract',
        'contractOperation',
        'node',
        'nodes',
        'organization',
        'organizations',
        'reconciliation',
        'renewalCalendars',
        'renewals',
        'sources',
      ].sort(),
    );
  });

  it('has the mutations that were promised, and one input for each of them', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(fields.map(({ name }) => name).sort()).toEqual(
      [
        'contractQuantityChange',
        'contractRateChange',
        'contractOfferingChange',
        'contractOfferingAdd',
        'contractOfferingRemove',
        'contractCancel',
        'resourceCommitmentCreate',
        'resourceCommitmentUpdate',
        'resourceCommitmentTerminate',
        'resourceCommitmentDelete',
        'contractCommitmentCreate',
        'contractCommitmentUpdate',
        'contractCommitmentPatch',
        'contractCommitmentDelete',
        'organizationSync',
        'changeVerificationStart',
        'discrepancyAcknowledge',
        'discrepancyAcknowledgementWithdraw',
        'renewalCalendarCreate',
        'renewalCalendarRevoke',
      ].sort(),
    );
    for (const { name, args, type } of fields) {
      const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
      expect(args.map((argument) => `${argument.name}: ${String(argument.type)}`)).toEqual([
        `input: ${input}`,
      ]);
      expect(isNonNullType(type), name).toBe(false);
      // These change nothing in any backend.
      if (/^(changeVerificationStart$|discrepancy|renewalCalendar)/.test(name)) continue;
      const members = (schema.getType(input.slice(0, -1)) as GraphQLInputObjectType).getFields();
      expect(String(members['idempotencyKey']?.type), name).toBe('ID!');
      expect(String(members['dryRun']?.type), name).toBe('Boolean!');
      expect(members['dryRun']?.defaultValue, name).toBe(false);
      expect(String(members['reason']?.type), name).toBe('String');
      const payload = getNamedType(type);
      const interfaces = isObjectType(payload) ? payload.getInterfaces().map((one) => one.name) : [];
      expect(interfaces, name).toEqual(['ChangePayload']);
    }
  });

  it('has exactly one way to say when a change takes effect', () => {
    const effective = schema.getType('EffectiveInput') as GraphQLInputObjectType;
    expect(effective.isOneOf).toBe(true);
    expect(Object.keys(effective.getFields()).sort()).toEqual(['at', 'on']);
    expect(printType(effective)).toContain('input EffectiveInput @oneOf {');
  });

  it.each([
    ['ContractOperationKind', CHANGE_KINDS],
    ['UserErrorCode', PROBLEM_CODES],
  ])('has all of %s', (name, values) => {
    const type = schema.getType(name) as GraphQLEnumType;
    expect(
      type
        .getValues()
        .map(({ name: value }) => value)
        .sort(),
    ).toEqual([...values].sort());
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

  // Answers are twice as large in memory, and take longer to print and to send, where one of these names is not.
  it('has no name that is kept in two bytes a letter', () => {
    const LATIN = '"'.charCodeAt(0); // how V8 tags such texts, behind a header of two bytes
    const names = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .flatMap((type) => [type.name, ...Object.values(type.getFields()).map(({ name }) => name)]);
    expect(serialize('a…')[2]).not.toBe(LATIN);
    expect([...new Set(names)].filter((name) => serialize(name)[2] !== LATIN)).toEqual([]);
  });

  it('has the directives that were promised, and those of the specification', () => {
    const own = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
    expect(own.map(({ name }) => name)).toEqual(['requires', 'cost', 'listSize', 'fresh']);
  });
});
