/**
 * Changes of LogiSense's commitments through the graph, over the sandbox: made once, seen at once, replayed without
 * another effect; refused before sending where the rule can be known, and in the vendor's words where it cannot; and
 * settled by reading back where the answer got lost. What really happened is what the emulator's ledger says.
 */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.js';
import { clientOf, withKey } from '../support/clients.js';
import {
  change,
  comesTo,
  expectNothingSent,
  idOf,
  newKey,
  operationBy,
  problemsIn,
  startChanges,
  type ChangesRig,
} from '../support/changes-accounts.js';

const ROOT = '/ResourceServer/api/v6/Contract/Commitment/';

/** Of account contract 8: with a penalty and two periods; and of the type Service, with services 13 and 11. */
const WITH_PERIODS = 1;
const WITH_SERVICES = 90;
/** Of account contract 24, with a package frequency. */
const ON_OTHER_CONTRACT = 52;
/** harbourline-logistics': account contract 34. */
const FOREIGN = 4;
/** No commitment has it. */
const NOBODYS = 4711;

const FIELDS = `externalId accountContract { externalId } commitmentType { externalId name }
  penalty { service { externalId } description chargeType { externalId } } includesChildAccounts
  periods { externalId order occurrences isRemainderOfTerm frequency { length externalId } }
  services { externalId service { externalId } } version`;
const SELECTION = `commitments { ${FIELDS} } deletedIds
  affected { type action actionText externalId leftExternalId rightExternalId }`;

const make = (
  rig: ChangesRig,
  what: 'Create' | 'Update' | 'Patch' | 'Delete',
  input: object,
  headers?: Readonly<Record<string, string>>,
) =>
  change(rig, `contractCommitment${what}`, input, SELECTION, headers).then(({ data, errors, ...answer }) => ({
    ...answer,
    errors,
    payload: data?.[`contractCommitment${what}`],
  }));

/** The customer's commitments as the graph lists them. */
async function listed({ query }: ChangesRig, slug = 'sleepyco') {
  const { data, errors } = await query(
    `query ($slug: String!) { organization(slug: $slug) {
      commitments(filter: { sources: [LOGISENSE] }) { nodes { ... on ContractCommitment { ${FIELDS} } } }
    } }`,
    { slug },
  );
  expect(errors).toEqual([]);
  const nodes = data.organization.commitments.nodes as { readonly externalId: string }[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- read by their shape, like all answers
  return new Map<string, any>(nodes.map((node) => [node.externalId, node]));
}

/** One entry of the ledger, and one request. */
function onlyEffect(rig: ChangesRig) {
  expect(rig.effects('logisense')).toHaveLength(1);
  expect(rig.writes('logisense')).toHaveLength(1);
  return rig.effects('logisense')[0]!;
}

const CREATION = {
  organization: 'sleepyco',
  accountContractId: '24',
  commitmentTypeId: '3',
  penaltyServiceId: '5',
  penaltyDescription: 'Minimum quantity commit.',
  includesChildAccounts: true,
  penaltyChargeTypeId: '1',
};

/** Each change once, such as it succeeds. */
const CHANGES = {
  Create: CREATION,
  Update: { commitmentId: idOf(WITH_PERIODS), penaltyDescription: 'Another text.', penaltyServiceId: null },
  Patch: {
    organization: 'sleepyco',
    commitments: [
      { action: 'UPDATE', commitmentId: idOf(ON_OTHER_CONTRACT), fields: { includesChildAccounts: true } },
      { action: 'CREATE', fields: { accountContractId: '8', commitmentTypeId: '4' } },
    ],
    periods: [
      { action: 'UPDATE', commitmentId: idOf(WITH_PERIODS), periodId: '2', fields: { occurrences: 9 } },
      { action: 'DELETE', commitmentId: idOf(WITH_PERIODS), periodId: '3' },
      {
        action: 'CREATE',
        commitmentId: idOf(WITH_PERIODS),
        fields: { order: 7, occurrences: 1, frequency: 1, frequencyTypeId: '4', isRemainderOfTerm: true },
      },
    ],
    services: [
      { action: 'DETACH', commitmentId: idOf(WITH_SERVICES), serviceId: '13' },
      { action: 'ATTACH', commitmentId: idOf(WITH_SERVICES), serviceId: '12' },
    ],
  },
  Delete: { commitmentId: idOf(WITH_SERVICES) },
} as const;
type Kind = keyof typeof CHANGES;
const KINDS = Object.keys(CHANGES) as Kind[];

describe('a change that succeeds', () => {
  it('creates one commitment, which the next query shows', async () => {
    const rig = await startChanges();
    const before = await listed(rig);
    const { payload, errors } = await make(rig, 'Create', CREATION);
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({
      isReplay: false,
      isDurable: true,
      preview: null,
      userErrors: [],
      operation: { state: 'SUCCEEDED', kind: 'CONTRACT_COMMITMENT_CREATE', failure: null },
    });
    const made = payload.operation.targetExternalId;
    expect(before.has(made)).toBe(false);
    expect(payload.affected).toMatchObject([{ action: 'CREATED', externalId: made }]);
    expect(payload.commitments).toMatchObject([
      {
        externalId: made,
        accountContract: { externalId: '24' },
        commitmentType: { externalId: '3', name: 'Service' },
        penalty: {
          service: { externalId: '5' },
          description: 'Minimum quantity commit.',
          chargeType: { externalId: '1' },
        },
        includesChildAccounts: true,
        periods: [],
        services: [],
      },
    ]);
    expect(await listed(rig)).toEqual(new Map([...before, [made, payload.commitments[0]]]));
    expect(onlyEffect(rig)).toMatchObject({
      action: 'commitment.create',
      target: made,
      customer: '24',
      details: {
        trackingId: payload.operation.references.trackingId,
        before: null,
        asked: {
          accountContractId: 24,
          contractCommitmentTypeId: 3,
          penaltyServiceId: 5,
          penaltyDescription: 'Minimum quantity commit.',
          includeChildAccounts: true,
          contractCommitmentPenaltyChargeTypeId: 1,
        },
      },
    });
  });

  it('updates the members that are given and no others', async () => {
    const rig = await startChanges();
    const before = await listed(rig);
    const old = before.get('1');
    const { payload, errors } = await make(rig, 'Update', CHANGES.Update);
    expect(errors).toEqual([]);
    const { version, ...expected } = {
      ...old,
      penalty: { ...old.penalty, service: null, description: 'Another text.' },
    };
    expect(payload.operation).toMatchObject({ state: 'SUCCEEDED', targetExternalId: '1' });
    expect(payload.commitments).toMatchObject([expected]);
    expect(payload.commitments[0].version).not.toBe(version);
    expect((await listed(rig)).get('1')).toEqual(payload.commitments[0]);
    expect(onlyEffect(rig)).toMatchObject({
      action: 'commitment.update',
      target: '1',
      customer: '8',
      details: {
        asked: { identity: 1, penaltyServiceId: null, penaltyDescription: 'Another text.' },
        before: { penaltyServiceId: 5 },
        after: { penaltyServiceId: null, penaltyDescription: 'Another text.' },
      },
    });
  });

  it('patches several commitments with their periods and services in one request', async () => {
    const rig = await startChanges();
    const before = await listed(rig);
    const { payload, errors } = await make(rig, 'Patch', CHANGES.Patch);
    expect(errors).toEqual([]);
    expect(payload.operation).toMatchObject({ state: 'SUCCEEDED', targetExternalId: null });
    expect(payload.affected.map(({ type, action }: Record<string, string>) => `${type} ${action}`)).toEqual([
      'contractCommitment UPDATED',
      'contractCommitment CREATED',
      'contractCommitmentPeriod UPDATED',
      'contractCommitmentPeriod DELETED',
      'contractCommitmentPeriod CREATED',
      'serviceConnector DETACHED',
      'serviceConnector ATTACHED',
    ]);
    const after = await listed(rig);
    expect(after.size).toBe(before.size + 1);
    for (const one of payload.commitments) expect(after.get(one.externalId)).toEqual(one);
    expect(payload.commitments).toHaveLength(4);
    expect(after.get('52')).toMatchObject({ includesChildAccounts: true });
    expect(after.get('1').periods).toMatchObject([
      { externalId: '2', order: 1, occurrences: 9 },
      { order: 7, isRemainderOfTerm: true, frequency: { externalId: '4' } },
    ]);
    const services = after.get('90').services as { service: { externalId: string } }[];
    expect(services.map(({ service }) => service.externalId).sort()).toEqual(['11', '12']);
    // One transaction; the ledger has an entry for each commitment that it touched.
    expect(rig.writes('logisense')).toEqual([`PATCH ${ROOT}52`]);
    const effects = rig.effects('logisense');
    expect(new Set(effects.map(({ action }) => action))).toEqual(new Set(['commitment.patch']));
    expect(new Set(effects.map(({ details }) => details['trackingId']))).toEqual(
      new Set([payload.operation.references.trackingId]),
    );
    expect(effects.map(({ target }) => target).sort()).toEqual(
      payload.commitments.map(({ externalId }: { externalId: string }) => externalId).sort(),
    );
  });

  it('deletes a commitment, and lists all that went with it', async () => {
    const rig = await startChanges();
    const before = await listed(rig);
    const { payload, errors } = await make(rig, 'Delete', CHANGES.Delete);
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({ commitments: [], deletedIds: [idOf(90)], userErrors: [] });
    expect(payload.affected).toEqual(
      [
        ['contractCommitment', 'DELETED', '90', null, null],
        ['serviceConnector', 'DETACHED', null, '90', '13'],
        ['serviceConnector', 'DETACHED', null, '90', '11'],
        ['contractCommitmentPeriod', 'DELETED', '91', null, null],
      ].map(([type, action, externalId, leftExternalId, rightExternalId]) => ({
        type,
        action,
        actionText: action?.toLowerCase(),
        externalId,
        leftExternalId,
        rightExternalId,
      })),
    );
    before.delete('90');
    expect(await listed(rig)).toEqual(before);
    expect(onlyEffect(rig)).toMatchObject({
      action: 'commitment.delete',
      target: '90',
      customer: '8',
      details: { after: null },
    });
    const gone = await rig.query(`query ($id: ID!) { commitment(id: $id) { externalId } }`, { id: idOf(90) });
    expect(gone).toMatchObject({ errors: [], data: { commitment: null } });
  });

  it('moves a commitment to another account contract of the customer', async () => {
    const rig = await startChanges();
    const { payload, errors } = await make(rig, 'Update', {
      commitmentId: idOf(90),
      accountContractId: '24',
    });
    expect(errors).toEqual([]);
    expect(payload.commitments).toMatchObject([{ accountContract: { externalId: '24' } }]);
    expect((await listed(rig)).get('90')).toEqual(payload.commitments[0]);
    expect(onlyEffect(rig)).toMatchObject({ details: { after: { accountContractId: 24 } } });
  });

  it.each(KINDS)('%s, with items as action records (C10)', async (kind) => {
    const rig = await startChanges();
    rig.emulator('logisense').behave({ outputFormat: 'result' });
    const { payload, errors } = await make(rig, kind, CHANGES[kind]);
    expect(errors).toEqual([]);
    expect(payload.operation.state).toBe('SUCCEEDED');
    expect(rig.writes('logisense')).toHaveLength(1);
  });

  it.each(KINDS)('%s, replayed, answers the same and does nothing', async (kind) => {
    const rig = await startChanges();
    const input = { ...CHANGES[kind], idempotencyKey: newKey() };
    const first = await make(rig, kind, input);
    expect(first.payload.operation.state).toBe('SUCCEEDED');
    const effects = [...rig.effects('logisense')];
    rig.gateway.forgetCalls();
    const second = await make(rig, kind, input);
    expect(second.errors).toEqual([]);
    expect(second.payload).toEqual({ ...first.payload, isReplay: true });
    expect(rig.effects('logisense')).toEqual(effects);
    expect(rig.calls('logisense')).toEqual([]);
  });
});

describe('a dry run', () => {
  it.each<[Kind, string, string]>([
    ['Create', 'POST', 'Contract/Commitment/'],
    ['Update', 'PUT', 'Contract/Commitment/1'],
    ['Patch', 'PATCH', 'Contract/Commitment/52'],
    ['Delete', 'DELETE', 'Contract/Commitment/90'],
  ])('of %s shows what would be sent, and sends nothing', async (kind, method, path) => {
    const rig = await startChanges();
    const dry = await make(rig, kind, { ...CHANGES[kind], dryRun: true });
    expect(dry.errors).toEqual([]);
    expectNothingSent(rig, 'logisense');
    expect(rig.calls('logisense').length).toBeGreaterThan(0);
    expect(dry.payload).toMatchObject({
      operation: null,
      isReplay: false,
      commitments: [],
      affected: [],
      deletedIds: [],
      userErrors: [],
      preview: { request: { method, path } },
    });
    expect(dry.payload.preview.unchecked.length).toBeGreaterThan(0);
    const cascade =
      kind === 'Delete'
        ? [
            { code: 'CASCADE', externalId: '91' },
            { code: 'CASCADE', externalId: '92' },
            { code: 'CASCADE', externalId: '93' },
          ]
        : [];
    expect(dry.payload.preview.implications).toMatchObject(cascade);
    expect(dry.payload.preview.implications).toHaveLength(cascade.length);
    // The real one sends just that.
    const { payload } = await make(rig, kind, CHANGES[kind]);
    expect(payload.operation.request).toEqual(dry.payload.preview.request);
    const sent = rig
      .emulator('logisense')
      .calls.filter((call) => call.path === `/ResourceServer/api/v6/${path}`);
    expect(sent.map((call) => [call.method, call.body ?? null])).toContainEqual([
      method,
      dry.payload.preview.request.body,
    ]);
  });

  it('leaves its key free, and tells what is wrong', async () => {
    const rig = await startChanges();
    const idempotencyKey = newKey();
    const dry = await make(rig, 'Delete', { commitmentId: idOf(NOBODYS), dryRun: true, idempotencyKey });
    expect(problemsIn(dry.payload)).toEqual(['NOT_FOUND commitmentId']);
    expect(dry.payload.preview).toBeNull();
    expectNothingSent(rig, 'logisense');
    const { payload } = await make(rig, 'Delete', { ...CHANGES.Delete, idempotencyKey });
    expect(payload).toMatchObject({ isReplay: false, operation: { state: 'SUCCEEDED' } });
  });
});

const patchOf = (lists: object) => ({ organization: 'sleepyco', ...lists });
const LENGTH = { occurrences: 1, frequency: 1, frequencyTypeId: '3' };
const newPeriod = (fields: object, commitment = WITH_PERIODS) =>
  patchOf({ periods: [{ action: 'CREATE', commitmentId: idOf(commitment), fields }] });
const changedPeriod = (periodId: string, fields: object, commitment = WITH_PERIODS) =>
  patchOf({ periods: [{ action: 'UPDATE', commitmentId: idOf(commitment), periodId, fields }] });

describe('§3.7, known before sending', () => {
  const RULES: readonly (readonly [rule: string, kind: Kind, input: object, problems: readonly string[]])[] =
    [
      [
        'accountContractId, contractCommitmentTypeId required',
        'Create',
        { organization: 'sleepyco' },
        ['REQUIRED accountContractId', 'REQUIRED commitmentTypeId'],
      ],
      [
        'all problems are listed: ids > 0',
        'Create',
        {
          ...CREATION,
          accountContractId: '0',
          commitmentTypeId: '-3',
          penaltyServiceId: '0',
          penaltyChargeTypeId: 'one',
        },
        [
          'INVALID accountContractId',
          'INVALID commitmentTypeId',
          'INVALID penaltyServiceId',
          'INVALID penaltyChargeTypeId',
        ],
      ],
      [
        'accountContractId must exist: of the customer',
        'Create',
        { ...CREATION, accountContractId: '34' },
        ['NOT_FOUND accountContractId'],
      ],
      [
        'accountContractId must exist: at all',
        'Update',
        { commitmentId: idOf(WITH_PERIODS), accountContractId: '999999' },
        ['NOT_FOUND accountContractId'],
      ],
      [
        'a referenced commitment must exist: update',
        'Update',
        { commitmentId: idOf(NOBODYS), penaltyDescription: 'x' },
        ['NOT_FOUND commitmentId'],
      ],
      [
        "a referenced commitment must exist: another customer's",
        'Update',
        { commitmentId: idOf(FOREIGN), penaltyDescription: 'x' },
        ['NOT_FOUND commitmentId'],
      ],
      [
        "a referenced commitment must exist: deletion of another customer's",
        'Delete',
        { commitmentId: idOf(FOREIGN) },
        ['NOT_FOUND commitmentId'],
      ],
      [
        'a referenced commitment must exist: everywhere in a patch',
        'Patch',
        patchOf({
          commitments: [{ action: 'DELETE', commitmentId: idOf(FOREIGN) }],
          periods: [{ action: 'DELETE', commitmentId: idOf(NOBODYS), periodId: '2' }],
          services: [{ action: 'ATTACH', commitmentId: idOf(FOREIGN), serviceId: '11' }],
        }),
        [
          'NOT_FOUND commitments.0.commitmentId',
          'NOT_FOUND periods.0.commitmentId',
          'NOT_FOUND services.0.commitmentId',
        ],
      ],
      ['nothing to change', 'Update', { commitmentId: idOf(WITH_PERIODS) }, ['REQUIRED']],
      [
        'nothing that would change',
        'Update',
        { commitmentId: idOf(WITH_PERIODS), penaltyServiceId: '5', includesChildAccounts: true },
        ['NOT_CHANGED'],
      ],
      ['a patch of nothing', 'Patch', patchOf({}), ['REQUIRED']],
      [
        'a patch of a commitment in two items',
        'Patch',
        patchOf({
          commitments: [
            { action: 'UPDATE', commitmentId: idOf(WITH_PERIODS), fields: { penaltyDescription: 'x' } },
            { action: 'DELETE', commitmentId: idOf(WITH_PERIODS) },
          ],
        }),
        ['DUPLICATE commitments.1.commitmentId'],
      ],
      [
        'a patch of a child of a commitment that it deletes',
        'Patch',
        patchOf({
          commitments: [{ action: 'DELETE', commitmentId: idOf(WITH_SERVICES) }],
          services: [{ action: 'ATTACH', commitmentId: idOf(WITH_SERVICES), serviceId: '12' }],
        }),
        ['NOT_ALLOWED services.0.commitmentId'],
      ],
      [
        'a companion property is required: a period without its length and order',
        'Patch',
        newPeriod({}, WITH_SERVICES),
        [
          'REQUIRED periods.0.order',
          'REQUIRED periods.0.occurrences',
          'REQUIRED periods.0.frequency',
          'REQUIRED periods.0.frequencyTypeId',
        ],
      ],
      [
        'value must be greater than 0: a period',
        'Patch',
        changedPeriod('2', { occurrences: 0, frequency: -1, order: -1, frequencyTypeId: '0' }),
        [
          'OUT_OF_RANGE periods.0.occurrences',
          'OUT_OF_RANGE periods.0.frequency',
          'OUT_OF_RANGE periods.0.order',
          'INVALID periods.0.frequencyTypeId',
        ],
      ],
      [
        'a period that is not there',
        'Patch',
        changedPeriod('91', { occurrences: 2 }),
        ['NOT_FOUND periods.0.periodId'],
      ],
      [
        'a period that is like that',
        'Patch',
        changedPeriod('2', { occurrences: 6 }),
        ['NOT_CHANGED periods.0'],
      ],
      [
        'consecutive by sortOrder: two periods at one place',
        'Patch',
        newPeriod({ ...LENGTH, order: 1 }),
        ['DUPLICATE periods.0.order'],
      ],
      [
        'isRemainderOfTerm: at most one',
        'Patch',
        newPeriod({ ...LENGTH, order: 9, isRemainderOfTerm: true }),
        ['OVERLAP periods.0.isRemainderOfTerm'],
      ],
      [
        'isRemainderOfTerm: the last',
        'Patch',
        newPeriod({ ...LENGTH, order: 9 }),
        ['NOT_ALLOWED periods.0.order'],
      ],
      [
        'services: attached already, not attached, no id, twice',
        'Patch',
        patchOf({
          services: [
            { action: 'ATTACH', commitmentId: idOf(WITH_SERVICES), serviceId: '13' },
            { action: 'DETACH', commitmentId: idOf(WITH_SERVICES), serviceId: '12' },
            { action: 'ATTACH', commitmentId: idOf(WITH_SERVICES), serviceId: '0' },
            { action: 'ATTACH', commitmentId: idOf(WITH_SERVICES), serviceId: '13' },
          ],
        }),
        [
          'NOT_CHANGED services.0.serviceId',
          'NOT_FOUND services.1.serviceId',
          'INVALID services.2.serviceId',
          'DUPLICATE services.3.serviceId',
        ],
      ],
      [
        'a customer without an account there',
        'Create',
        { ...CREATION, organization: 'kestrel-media' },
        ['NOT_ALLOWED'],
      ],
      [
        'a text that could not be read back',
        'Create',
        { ...CREATION, penaltyDescription: 'x'.repeat(10_001) },
        ['OUT_OF_RANGE penaltyDescription'],
      ],
    ];

  it.each(RULES)('%s: refused, and nothing is sent', async (_, kind, input, problems) => {
    const rig = await startChanges();
    for (const dryRun of [false, true]) {
      const { payload, errors } = await make(rig, kind, { ...input, dryRun });
      expect(errors).toEqual([]);
      expect(problemsIn(payload)).toEqual(problems);
      expect(payload).toMatchObject({ operation: null, preview: null, commitments: [], affected: [] });
      for (const error of payload.userErrors) {
        expect(error).toMatchObject({
          __typename: 'InputProblem',
          message: expect.stringMatching(/^[A-Z].*\.$/) as unknown,
        });
      }
    }
    expectNothingSent(rig, 'logisense');
    const { data } = await rig.query('{ organization(slug: "sleepyco") { operations { totalCount } } }');
    expect(data).toEqual({ organization: { operations: { totalCount: 0 } } });
  });

  it('package frequencies and usage classes cannot be patched: the graph has no word for it (C11)', async () => {
    const rig = await startChanges();
    for (const list of ['packageFrequencies', 'usageClasses']) {
      const { status, errors } = await change(rig, 'contractCommitmentPatch', patchOf({ [list]: [] }));
      expect(status).toBeLessThan(500);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors[0]?.message).toContain(list);
    }
    expectNothingSent(rig, 'logisense');
  });

  it('the version is another than the one that was read: nothing is sent', async () => {
    const rig = await startChanges();
    const { version } = (await listed(rig)).get('1');
    await make(rig, 'Update', CHANGES.Update);
    const { payload, errors } = await make(rig, 'Delete', {
      commitmentId: idOf(WITH_PERIODS),
      expectedVersion: version,
    });
    expect(payload).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'PRECONDITION_FAILED', retryable: false } }]);
    onlyEffect(rig);
    const now = (await listed(rig)).get('1').version;
    const again = await make(rig, 'Delete', { commitmentId: idOf(WITH_PERIODS), expectedVersion: now });
    expect(again.payload.operation.state).toBe('SUCCEEDED');
  });
});

describe('§3.7, known to the vendor only', () => {
  const RULES: readonly (readonly [rule: string, kind: Kind, input: object, message: RegExp])[] = [
    [
      'referenced id does not exist: the commitment type (13100000)',
      'Create',
      { ...CREATION, commitmentTypeId: '4711' },
      /^'ContractCommitmentTypeId' 4711 does not exist\.$/,
    ],
    [
      'penaltyServiceId and charge type must exist if given; all problems are listed',
      'Update',
      { commitmentId: idOf(WITH_PERIODS), penaltyServiceId: '4711', penaltyChargeTypeId: '4712' },
      /^'PenaltyServiceId' 4711 does not exist\. 'ContractCommitmentPenaltyChargeTypeId' 4712 does not exist\.$/,
    ],
    [
      'value must be greater than 0: a type of 0, which the vendor prints itself (11900000)',
      'Update',
      { commitmentId: idOf(WITH_PERIODS), commitmentTypeId: '0' },
      /^'ContractCommitmentTypeId' must be greater than 0\.$/,
    ],
    [
      'one PATCH is one transaction: on any error nothing is applied',
      'Patch',
      {
        ...CHANGES.Patch,
        services: [{ action: 'ATTACH', commitmentId: idOf(WITH_SERVICES), serviceId: '4711' }],
      },
      /^'ServiceId' 4711 does not exist\.$/,
    ],
    [
      'the frequency type of a period must exist',
      'Patch',
      changedPeriod('2', { frequencyTypeId: '4711' }),
      /^'FrequencyTypeId' 4711 does not exist\.$/,
    ],
    [
      'the remainder of the term needs its numbers (the emulator’s choice)',
      'Patch',
      patchOf({
        periods: [
          { action: 'DELETE', commitmentId: idOf(WITH_PERIODS), periodId: '3' },
          {
            action: 'CREATE',
            commitmentId: idOf(WITH_PERIODS),
            fields: { order: 5, isRemainderOfTerm: true },
          },
        ],
      }),
      /^'PeriodOccurrences' is required\. 'PeriodFrequency' is required\. 'FrequencyTypeId' is required\.$/,
    ],
  ];

  const refused = async (rig: ChangesRig, kind: Kind, input: object, message: RegExp) => {
    const before = await listed(rig);
    rig.gateway.forgetCalls();
    const { payload, errors } = await make(rig, kind, input);
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({
      isDurable: true,
      commitments: [],
      affected: [],
      deletedIds: [],
      operation: { state: 'FAILED', failure: { code: 'REFUSED' } },
      userErrors: [{ __typename: 'BackendRefusal', code: 'REFUSED', path: [], source: 'LOGISENSE' }],
    });
    expect(payload.userErrors).toHaveLength(1);
    expect(payload.userErrors[0].message).toMatch(message);
    expect(payload.operation.failure.message).toBe(payload.userErrors[0].message);
    expect(rig.writes('logisense')).toHaveLength(1);
    expect(rig.effects('logisense')).toEqual([]);
    expect(await listed(rig)).toEqual(before);
    expect(await operationBy(rig, payload.operation.id)).toEqual(payload.operation);
    return payload;
  };

  it.each(RULES)('%s', async (_, kind, input, message) => {
    await refused(await startChanges(), kind, input, message);
  });

  describe.each(KINDS)('%s', (kind) => {
    it('is refused by a rule of the tenant, in its words', async () => {
      const rig = await startChanges();
      rig.emulator('logisense').behave({ refuse: 'The account contract is closed.' });
      const input = { ...CHANGES[kind], idempotencyKey: newKey() };
      const first = await refused(rig, kind, input, /^The account contract is closed\.$/);
      expect(first.operation.references.trackingId).toMatch(/^[0-9a-f-]{36}$/);
      // Settled is settled: the same key asks for nothing again.
      rig.emulator('logisense').behave({ refuse: null });
      const { payload } = await make(rig, kind, input);
      expect(payload).toEqual({ ...first, isReplay: true });
      expect(rig.effects('logisense')).toEqual([]);
    });

    it.each<[string, number, RegExp]>([
      ['403 on role', 403, /does not permit the gateway/],
      ['404 on unknown id: gone since it was read', 404, /any more\.$/],
    ])('%s', async (_, status, message) => {
      const rig = await startChanges();
      rig.emulator('logisense').faults.add({
        match: { path: writePath(kind), method: METHODS[kind] },
        fault: { kind: 'refuse', status, json: { trackingId: 'x', errors: [] } },
      });
      await refused(rig, kind, CHANGES[kind], message);
    });

    it('401 on missing or expired JWT: not looked at, so nothing was sent, and the key is free', async () => {
      const rig = await startChanges();
      rig.emulator('logisense').faults.add({
        match: { path: writePath(kind), method: METHODS[kind] },
        times: 1,
        fault: { kind: 'refuse', status: 401, json: { errors: [] } },
      });
      const input = { ...CHANGES[kind], idempotencyKey: newKey() };
      const { payload, errors } = await make(rig, kind, input);
      expect(payload).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'LOGISENSE' } }]);
      expect(rig.effects('logisense')).toEqual([]);
      const second = await make(rig, kind, input);
      expect(second.errors).toEqual([]);
      expect(second.payload).toMatchObject({ isReplay: false, operation: { state: 'SUCCEEDED' } });
      expect(rig.writes('logisense')).toHaveLength(2);
    });
  });
});

const METHODS = { Create: 'POST', Update: 'PUT', Patch: 'PATCH', Delete: 'DELETE' } as const;
const writePath = (kind: Kind) =>
  ({
    Create: /Commitment\/$/,
    Update: /Commitment\/1$/,
    Patch: /Commitment\/52$/,
    Delete: /Commitment\/90$/,
  })[kind];

/** Longer than any request can be on its way (`provenAfterMs`), and much shorter than nobody looks any more. */
const UNTIL_PROVEN_MS = 60_000;

describe('a reply that gets lost', () => {
  const LOST: readonly (readonly [what: string, fault: Fault, isApplied: boolean])[] = [
    ['never comes, and it was done', { kind: 'silent', applied: true }, true],
    ['never comes, and it was not done', { kind: 'silent', applied: false }, false],
    ['is a reset, and it was done', { kind: 'reset', applied: true }, true],
    ['is a reset, and it was not done', { kind: 'reset', applied: false }, false],
    ['is cut off', { kind: 'cut', afterBytes: 20 }, true],
    ['is 500, and it was done', { kind: 'refuse', status: 500, json: {}, applied: true }, true],
    ['is 503, and it was not done', { kind: 'refuse', status: 503, json: {} }, false],
    ['is no JSON', { kind: 'malform', as: 'html' }, true],
  ];

  describe.each(LOST)('%s', (_, fault, isApplied) => {
    it.each(KINDS)('%s is unknown, and settled by reading back', async (kind) => {
      const rig = await startChanges();
      rig.emulator('logisense').faults.add({
        match: { path: writePath(kind), method: METHODS[kind] },
        times: 1,
        fault,
      });
      const input = { ...CHANGES[kind], idempotencyKey: newKey() };
      const { payload, errors } = await make(rig, kind, input);
      expect(payload).toMatchObject({
        isReplay: false,
        isDurable: true,
        commitments: [],
        deletedIds: [],
        userErrors: [],
        operation: {
          state: 'UNKNOWN',
          settledAt: null,
          needsOperator: false,
          failure: { code: 'NO_ANSWER' },
        },
      });
      expect(errors).toMatchObject([
        {
          path: [`contractCommitment${kind}`],
          extensions: { code: 'OUTCOME_UNKNOWN', source: 'LOGISENSE', retryable: false },
        },
      ]);
      const { id } = payload.operation;

      // Absence is proved only when the request can be on its way no longer.
      if (!isApplied) rig.skip(UNTIL_PROVEN_MS);
      const settled = await comesTo(rig, id, isApplied ? 'SUCCEEDED' : 'FAILED');
      expect(settled.failure?.code ?? null).toBe(isApplied ? null : 'NOT_APPLIED');
      expect(settled.looks).toBeGreaterThan(0);
      expect(settled.evidence.before).not.toBeNull();
      expect(settled.evidence.after).not.toBeNull();
      expect(rig.writes('logisense')).toHaveLength(1);
      const touched = new Set(rig.effects('logisense').map(({ target }) => target));
      expect(touched.size).toBe(rig.effects('logisense').length);
      expect(touched.size > 0).toBe(isApplied);

      const replay = await make(rig, kind, input);
      expect(replay.errors).toEqual([]);
      expect(replay.payload).toMatchObject({ isReplay: true, operation: settled });
      expect(replay.payload.userErrors.map(({ code }: { code: string }) => code)).toEqual(
        isApplied ? [] : ['REFUSED'],
      );
      expect(rig.writes('logisense')).toHaveLength(1);
      if (!isApplied) return;
      expect(replay.payload.deletedIds).toEqual(kind === 'Delete' ? [idOf(90)] : []);
      const now = await listed(rig);
      for (const one of replay.payload.commitments) expect(now.get(one.externalId)).toEqual(one);
      expect(replay.payload.commitments.length).toBe({ Create: 1, Update: 1, Patch: 4, Delete: 0 }[kind]);
    });
  });

  it('is no proof that nothing was done, as long as the request can be on its way', async () => {
    const rig = await startChanges();
    rig.emulator('logisense').faults.add({ match: { method: 'PUT' }, times: 1, fault: { kind: 'reset' } });
    const { payload } = await make(rig, 'Update', CHANGES.Update);
    const { id } = payload.operation;
    await expect.poll(async () => (await operationBy(rig, id)).looks, { timeout: 15_000 }).toBeGreaterThan(0);
    expect(await operationBy(rig, id)).toMatchObject({ state: 'UNKNOWN', settledAt: null });
    rig.skip(UNTIL_PROVEN_MS);
    await comesTo(rig, id, 'FAILED');
  });

  it('keeps others from changing the customer’s commitments until it is settled', async () => {
    const rig = await startChanges();
    rig.emulator('logisense').faults.add({ match: { method: 'PUT' }, times: 1, fault: { kind: 'silent' } });
    const unknown = await make(rig, 'Update', CHANGES.Update);
    expect(unknown.payload.operation.state).toBe('UNKNOWN');
    const busy = await make(rig, 'Delete', CHANGES.Delete);
    expect(busy.payload).toBeNull();
    expect(busy.errors).toMatchObject([{ extensions: { code: 'TARGET_BUSY', retryable: true } }]);
    expect(rig.writes('logisense')).toHaveLength(1);
    // Another customer is not concerned.
    const foreign = await make(rig, 'Delete', { commitmentId: idOf(FOREIGN, 'harbourline-logistics') });
    expect(foreign.payload.operation.state).toBe('SUCCEEDED');
    rig.skip(UNTIL_PROVEN_MS);
    await comesTo(rig, unknown.payload.operation.id, 'FAILED');
    const free = await make(rig, 'Delete', CHANGES.Delete);
    expect(free.payload.operation.state).toBe('SUCCEEDED');
  });

  it('waits for an operator where somebody else had a hand in it', async () => {
    const rig = await startChanges({ journal: { times: { giveUpAfterMs: 120_000 } } });
    rig.emulator('logisense').faults.add({
      match: { method: 'POST', path: /Commitment\/$/ },
      times: 1,
      fault: { kind: 'silent', applied: true },
    });
    const { payload } = await make(rig, 'Create', CREATION);
    // A second one, by hand: nobody can tell which is ours.
    await createByHand(rig);
    rig.skip(UNTIL_PROVEN_MS);
    await expect
      .poll(async () => (await operationBy(rig, payload.operation.id)).looks, { timeout: 15_000 })
      .toBeGreaterThan(0);
    rig.skip(240_000);
    await expect
      .poll(async () => (await operationBy(rig, payload.operation.id)).needsOperator, { timeout: 15_000 })
      .toBe(true);
    expect(await operationBy(rig, payload.operation.id)).toMatchObject({ state: 'UNKNOWN', settledAt: null });
    expect(rig.effects('logisense')).toHaveLength(2);
  });
});

/** Past the gateway. */
async function createByHand(rig: ChangesRig): Promise<void> {
  const { url } = rig.emulator('logisense');
  const { logisense } = rig.gateway.sandbox.backends;
  const login = await fetch(`${url}/AuthorizationServer/api/v6/Access/Login`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username: logisense?.username ?? '',
      password: logisense?.password ?? '',
      client_id: logisense?.clientId ?? '',
    }),
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const made = await fetch(`${url}${ROOT}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      accountContractId: 24,
      contractCommitmentTypeId: 3,
      penaltyServiceId: 5,
      penaltyDescription: 'Minimum quantity commit.',
      includeChildAccounts: true,
      contractCommitmentPenaltyChargeTypeId: 1,
    }),
  });
  expect(made.status).toBe(200);
}

describe('who may', () => {
  const KEY = 'key-of-a-customer-0123456789';
  it.each<[string, Kind, Parameters<typeof clientOf>[3]]>([
    ['commitments:write', 'Create', ['commitments:delete', 'contracts:write']],
    ['commitments:write', 'Update', ['commitments:delete', 'contracts:write']],
    ['commitments:delete', 'Patch', ['commitments:write', 'contracts:write']],
    ['commitments:delete', 'Delete', ['commitments:write', 'contracts:write']],
  ])('without %s, %s is forbidden, and not even a read is made', async (scope, kind, scopes) => {
    const rig = await startChanges({ clients: [clientOf('shop', KEY, '*', scopes)] });
    const { payload, errors } = await make(rig, kind, CHANGES[kind], withKey(KEY));
    expect(payload ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(errors[0]?.message).toContain(scope);
    expect(rig.calls('logisense')).toEqual([]);
  });
});
