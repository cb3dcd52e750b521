/**
 * Every sample request of LogiSense's page (seed 001) that changes something is made by a mutation and arrives as it is
 * printed there; every sample answer, byte for byte, comes out of the payload with everything in it.
 *
 * What is read before is the page's samples of reads. After a change the gateway reads once more, because the samples
 * of answers leave out periods and services: where nothing is to be seen then, the answer shows what was made.
 *
 * The page does not print children of a patch, nor errors: those are in the form that the adapter settled on
 * (`backends.md` §3.6, §3.7).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LosslessNumber, parse } from 'lossless-json';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { everyField } from '../support/every-field.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainReply, type PlainServer } from '../support/plain-server.js';
import { sampleBytes } from '../support/samples.js';

const NOW = '2026-11-21T12:00:00Z';
const ROOT = '/ResourceServer/api/v6/Contract/Commitment/';
const SCAN = `GET ${ROOT}Paged/Detail`;
const SINGLE = `GET ${ROOT}1/Detail`;
const LOGIN = 'POST /AuthorizationServer/api/v6/Access/Login';
const TRACKING = 'd2ae5304-2355-44eb-a328-272f02935f8b';
const COMMITMENT_ID = encodeGlobalId({ type: 'ContractCommitment', organization: 'acme', key: '1' });
/** Whoever is to change all samples has to have all their account contracts. */
const ACCOUNT_CONTRACTS = [0, 2, 6, 8, 12, 14, 24, 25, 27];

const textOf = (name: string) => new TextDecoder().decode(sampleBytes(`logisense/${name}`));
const sample = (name: string): PlainReply => ({ body: sampleBytes(`logisense/${name}`) });

const TOKEN: PlainReply = {
  body: '{"access_token": "not-a-real-token", "token_type": "bearer", "expires_in": 1800}',
};

type Routes = Record<string, PlainReply>;

/** The routes are made with the server at hand, so that they can tell what has been asked by then. */
async function open(routesWith: (hasWritten: () => boolean) => Routes) {
  const routes: Routes = { [LOGIN]: TOKEN };
  const server: PlainServer = await startPlainServer(routes);
  onTestFinished(() => server[Symbol.asyncDispose]());
  const writes = () => server.calls.filter(({ method, path }) => method !== 'GET' && path.startsWith(ROOT));
  const more = routesWith(() => writes().length > 0);
  Object.defineProperties(routes, Object.getOwnPropertyDescriptors(more));

  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const gateway = await startGateway({
    backends: {
      logisense: {
        url: `${server.url}/ResourceServer/api/v6`,
        username: 'gateway',
        password: 'not-a-real-password',
        clientId: 'client',
      },
    },
    accounts: [{ slug: 'acme', name: 'Acme', logisense: { accountContractIds: ACCOUNT_CONTRACTS } }],
    clock: () => Date.parse(NOW),
    store: join(folder, 'journal.db'),
  });
  onTestFinished(() => gateway[Symbol.asyncDispose]());
  return { query: gateway.query.bind(gateway), writes, calls: server.calls };
}

const PAYLOAD = everyField('ContractCommitmentChangePayload', {
  UserError: '{ __typename code path message }',
  'ContractOperation.target': '{ id }',
  // Of another backend.
  'ContractOperation.contract': '{ id }',
  'ContractOperation.quote': '{ externalId }',
  'ContractOperation.invoice': '{ externalId }',
});

async function change(rig: Awaited<ReturnType<typeof open>>, name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await rig.query(
    `mutation ($input: ${type}!) { ${name}(input: $input) ${PAYLOAD} }`,
    { input: { idempotencyKey: 'key-of-the-sample', reason: 'The page has it.', ...input } },
  );
  return { payload: data?.[name], errors };
}

/** The request for the change, which was sent once: its body, numbers with all digits, is the sample's. */
function expectSent(
  rig: Awaited<ReturnType<typeof open>>,
  method: string,
  path: string,
  requestSample: string | null,
) {
  expect(rig.writes()).toHaveLength(1);
  const [sent] = rig.writes();
  expect(`${sent?.method} ${sent?.path}`).toBe(`${method} ${ROOT}${path}`);
  expect([...sent!.query]).toEqual([]);
  expect(sent?.headers).toMatchObject({
    authorization: 'Bearer not-a-real-token',
    'x-request-id': expect.any(String) as unknown,
  });
  if (requestSample === null) {
    expect(sent?.body).toBe('');
  } else {
    expect(sent?.headers['content-type']).toMatch(/^application\/json/);
    expect(digitsOf(sent!.body)).toEqual(digitsOf(textOf(requestSample)));
  }
}

/** Parsed, each number as its digits. */
function digitsOf(text: string): unknown {
  return parse(text, (_, value) => (value instanceof LosslessNumber ? `number ${value.value}` : value));
}

/** The operation of a change that succeeded. */
function operation(kind: string, request: { readonly method: string; readonly path: string }) {
  return {
    id: expect.any(String) as unknown,
    kind,
    state: 'SUCCEEDED',
    needsOperator: false,
    organization: { slug: 'acme' },
    source: 'LOGISENSE',
    target: null as object | null,
    targetExternalId: '1',
    client: 'demo',
    idempotencyKey: 'key-of-the-sample',
    reason: 'The page has it.',
    requestedAt: NOW,
    sentAt: NOW,
    settledAt: NOW,
    updatedAt: NOW,
    request: { ...request, body: expect.any(String) as unknown },
    references: {
      quoteId: null,
      contractId: null,
      invoiceId: null,
      taskId: null,
      trackingId: TRACKING,
      newCommitmentId: null,
    },
    failure: null,
    evidence: { before: expect.any(String) as unknown, after: expect.any(String) as unknown },
    looks: 0,
    requestId: expect.any(String) as unknown,
    contract: null,
    quote: null,
    invoice: null,
  };
}

const named = (externalId: string) => ({ externalId, name: 'Sample Text Data' });

/** A commitment of the samples of answers: all have the same texts and differ in these ids. */
function commitment(accountContract: string, type: string, penaltyService: string, chargeType: string) {
  return {
    id: COMMITMENT_ID,
    source: 'LOGISENSE',
    externalId: '1',
    name: null,
    organization: { slug: 'acme' },
    status: 'UNKNOWN',
    statusText: null,
    term: { startsOn: null, endsBefore: null },
    committed: null,
    committedPer: null,
    products: [],
    periods: [] as object[],
    createdAt: null,
    updatedAt: null,
    version: expect.any(String) as unknown,
    freshness: { observedAt: NOW, ageMs: 0, stale: false },
    accountContract: named(accountContract),
    commitmentType: named(type),
    penalty: {
      service: named(penaltyService),
      description: 'Minimum quantity commit.',
      chargeType: named(chargeType),
    },
    includesChildAccounts: true,
    services: [] as object[],
    packageFrequencies: [] as object[],
    usageClasses: [] as object[],
  };
}

/** The children of the sample of `{id}/Detail`. */
const DETAILS = {
  periods: [
    {
      externalId: '98',
      commitmentExternalId: '61',
      order: 49,
      startsOn: null,
      endsBefore: null,
      occurrences: 96,
      frequency: { length: 30, unit: 'UNRECOGNIZED', name: 'Sample Text Data', externalId: '32' },
      isRemainderOfTerm: true,
    },
  ],
  services: [{ externalId: '13', commitmentExternalId: '93', service: named('92') }],
  packageFrequencies: [
    { externalId: '69', commitmentExternalId: '67', packageFrequency: named('88'), package: named('93') },
  ],
  usageClasses: [{ externalId: '6', commitmentExternalId: '82', usageClass: named('85') }],
};

const affected = (members: object) => ({
  type: 'contractCommitment',
  externalId: null,
  leftExternalId: null,
  rightExternalId: null,
  ...members,
});

const SETTLED = { preview: null, isReplay: false, isDurable: true, userErrors: [] };

/** `{id}/Detail` as it is after the sample of an answer: its record, with the children that it had before. */
function detailAfter(answer: string): PlainReply {
  const { results } = JSON.parse(textOf(answer)) as { results: { items: object[] } };
  const { instance } = JSON.parse(textOf('get-detail')) as { instance: { details: object } };
  const [item] = results.items;
  return {
    body: JSON.stringify({
      trackingId: TRACKING,
      instance: {
        ...(item !== undefined && 'instance' in item ? (item.instance as object) : item),
        details: instance.details,
      },
    }),
  };
}

describe('POST Contract/Commitment/', () => {
  const INPUT = {
    organization: 'acme',
    accountContractId: '24',
    commitmentTypeId: '18',
    penaltyServiceId: '5',
    penaltyDescription: 'Minimum quantity commit.',
    includesChildAccounts: true,
    penaltyChargeTypeId: '16',
  };
  const expected = {
    ...SETTLED,
    operation: operation('CONTRACT_COMMITMENT_CREATE', { method: 'POST', path: 'Contract/Commitment/' }),
    commitments: [commitment('12', '7', '10', '13')],
    affected: [affected({ action: 'CREATED', actionText: 'create', externalId: '1' })],
    deletedIds: [],
  };

  it('arrives, and its answer comes back whole', async () => {
    // Nothing can be read by its id: the commitment is as new as that.
    const rig = await open(() => ({
      [SCAN]: sample('paged-detail'),
      [`POST ${ROOT}`]: sample('create-response'),
    }));
    const { payload, errors } = await change(rig, 'contractCommitmentCreate', INPUT);
    expectSent(rig, 'POST', '', 'create-request');
    expect(errors).toEqual([]);
    expect(payload).toEqual(expected);
  });

  it('comes back with its children where it can be read', async () => {
    const rig = await open((hasWritten) => ({
      [SCAN]: sample('paged-detail'),
      [`POST ${ROOT}`]: sample('create-response'),
      get [SINGLE]() {
        return hasWritten() ? detailAfter('create-response') : { status: 404, body: '' };
      },
    }));
    const { payload, errors } = await change(rig, 'contractCommitmentCreate', INPUT);
    expect(errors).toEqual([]);
    expect(payload).toEqual({
      ...expected,
      operation: { ...expected.operation, target: { id: COMMITMENT_ID } },
      commitments: [{ ...expected.commitments[0], ...DETAILS }],
    });
  });
});

describe('PUT Contract/Commitment/{id}', () => {
  it('arrives, and its answer comes back whole', async () => {
    const rig = await open((hasWritten) => ({
      get [SINGLE]() {
        return hasWritten() ? detailAfter('update-response') : sample('get-detail');
      },
      [`PUT ${ROOT}1`]: sample('update-response'),
    }));
    const { payload, errors } = await change(rig, 'contractCommitmentUpdate', {
      commitmentId: COMMITMENT_ID,
      accountContractId: '14',
      commitmentTypeId: '0',
      penaltyServiceId: '23',
      penaltyDescription: 'Minimum quantity commit.',
      includesChildAccounts: true,
      penaltyChargeTypeId: '5',
    });
    expect(errors).toEqual([]);
    expectSent(rig, 'PUT', '1', 'update-request');
    expect(payload).toEqual({
      ...SETTLED,
      operation: {
        ...operation('CONTRACT_COMMITMENT_UPDATE', { method: 'PUT', path: 'Contract/Commitment/1' }),
        target: { id: COMMITMENT_ID },
      },
      commitments: [{ ...commitment('25', '10', '19', '20'), ...DETAILS }],
      affected: [affected({ action: 'UPDATED', actionText: 'update', externalId: '1' })],
      deletedIds: [],
    });
  });
});

describe('PATCH Contract/Commitment/{id}', () => {
  it('arrives, and its answer comes back whole', async () => {
    const nobodys = '2147483647';
    const rig = await open(() => ({
      [SCAN]: sample('paged-detail'),
      [`PATCH ${ROOT}${nobodys}`]: sample('patch-response'),
    }));
    const { payload, errors } = await change(rig, 'contractCommitmentPatch', {
      organization: 'acme',
      commitments: [
        {
          action: 'CREATE',
          fields: {
            accountContractId: '27',
            commitmentTypeId: '25',
            penaltyServiceId: '11',
            penaltyDescription: 'Minimum quantity commit.',
            includesChildAccounts: true,
            penaltyChargeTypeId: '12',
          },
        },
      ],
    });
    expect(errors).toEqual([]);
    // The page leaves the id open; of creations alone it means nothing (C12), so it is one that is nobody's.
    expectSent(rig, 'PATCH', nobodys, 'patch-request');
    expect(payload).toEqual({
      ...SETTLED,
      operation: operation('CONTRACT_COMMITMENT_PATCH', {
        method: 'PATCH',
        path: `Contract/Commitment/${nobodys}`,
      }),
      commitments: [commitment('6', '22', '1', '11')],
      affected: [affected({ action: 'CREATED', actionText: 'created', externalId: '1' })],
      deletedIds: [],
    });
  });

  it.each([
    [
      'a period that is created',
      {
        periods: [
          {
            action: 'CREATE',
            commitmentId: COMMITMENT_ID,
            fields: {
              occurrences: 96,
              frequency: 30,
              frequencyTypeId: '32',
              order: 48,
              isRemainderOfTerm: false,
            },
          },
        ],
      },
      'contractCommitmentPeriods',
      {
        patchType: 'create',
        patchClientId: 'number 1',
        contractCommitmentId: 'number 1',
        periodOccurrences: 'number 96',
        periodFrequency: 'number 30',
        frequencyTypeId: 'number 32',
        sortOrder: 'number 48',
        isRemainderOfTerm: false,
      },
      { identity: 99, action: 'created', dtoTypeKey: 'contractCommitmentPeriod' },
      { type: 'contractCommitmentPeriod', action: 'CREATED', externalId: '99' },
    ],
    [
      'a period that is updated',
      {
        periods: [
          { action: 'UPDATE', commitmentId: COMMITMENT_ID, periodId: '98', fields: { occurrences: 97 } },
        ],
      },
      'contractCommitmentPeriods',
      {
        patchType: 'update',
        patchClientId: 'number 1',
        identity: 'number 98',
        contractCommitmentId: 'number 1',
        periodOccurrences: 'number 97',
      },
      { identity: 98, action: 'updated', dtoTypeKey: 'contractCommitmentPeriod' },
      { type: 'contractCommitmentPeriod', action: 'UPDATED', externalId: '98' },
    ],
    [
      'a period that is deleted',
      { periods: [{ action: 'DELETE', commitmentId: COMMITMENT_ID, periodId: '98' }] },
      'contractCommitmentPeriods',
      {
        patchType: 'delete',
        patchClientId: 'number 1',
        identity: 'number 98',
        contractCommitmentId: 'number 1',
      },
      { identity: 98, action: 'deleted', dtoTypeKey: 'contractCommitmentPeriod' },
      { type: 'contractCommitmentPeriod', action: 'DELETED', externalId: '98' },
    ],
    [
      'a service that is attached',
      { services: [{ action: 'ATTACH', commitmentId: COMMITMENT_ID, serviceId: '93' }] },
      'services',
      {
        patchType: 'attach',
        patchClientId: 'number 1',
        contractCommitmentId: 'number 1',
        serviceId: 'number 93',
      },
      { lhsId: 1, rhsId: 93, action: 'attached', dtoTypeKey: 'serviceConnector' },
      { type: 'serviceConnector', action: 'ATTACHED', leftExternalId: '1', rightExternalId: '93' },
    ],
    [
      'a service that is detached',
      { services: [{ action: 'DETACH', commitmentId: COMMITMENT_ID, serviceId: '92' }] },
      'services',
      {
        patchType: 'detach',
        patchClientId: 'number 1',
        identity: 'number 13',
        contractCommitmentId: 'number 1',
        serviceId: 'number 92',
      },
      { lhsId: 1, rhsId: 92, action: 'detached', dtoTypeKey: 'serviceConnector' },
      { type: 'serviceConnector', action: 'DETACHED', leftExternalId: '1', rightExternalId: '92' },
    ],
  ])('takes %s', async (_, lists, list, item, told, shown) => {
    const rig = await open(() => ({
      [SINGLE]: sample('get-detail'),
      [`PATCH ${ROOT}1`]: {
        body: JSON.stringify({
          trackingId: TRACKING,
          type: 'patch',
          results: { totalCount: 1, items: [told] },
        }),
      },
    }));
    const { payload, errors } = await change(rig, 'contractCommitmentPatch', {
      organization: 'acme',
      ...lists,
    });
    expect(errors).toEqual([]);
    expectSentBody(rig, { details: { [list]: { items: [item] } }, contractCommitments: { items: [] } });
    expect(payload).toMatchObject({
      ...SETTLED,
      operation: { state: 'SUCCEEDED', targetExternalId: '1' },
      commitments: [{ externalId: '1', ...DETAILS }],
      deletedIds: [],
    });
    expect(payload.affected).toEqual([affected({ actionText: told.action, ...shown })]);
  });

  function expectSentBody(rig: Awaited<ReturnType<typeof open>>, body: object) {
    expect(rig.writes()).toHaveLength(1);
    expect(rig.writes()[0]).toMatchObject({ method: 'PATCH', path: `${ROOT}1` });
    expect(digitsOf(rig.writes()[0]!.body)).toEqual(body);
  }
});

describe('DELETE Contract/Commitment/{id}', () => {
  it('arrives without a body, and its answer comes back whole: all that went with it', async () => {
    const rig = await open((hasWritten) => ({
      get [SINGLE]() {
        return hasWritten() ? { status: 404, body: '' } : sample('get-detail');
      },
      [`DELETE ${ROOT}1`]: sample('delete-response'),
    }));
    const { payload, errors } = await change(rig, 'contractCommitmentDelete', {
      commitmentId: COMMITMENT_ID,
    });
    expect(errors).toEqual([]);
    expectSent(rig, 'DELETE', '1', null);
    const { request, evidence, ...rest } = operation('CONTRACT_COMMITMENT_DELETE', {
      method: 'DELETE',
      path: 'Contract/Commitment/1',
    });
    expect(payload).toEqual({
      ...SETTLED,
      // Deleted, there is nothing to be read afterwards.
      operation: { ...rest, request: { ...request, body: null }, evidence: { ...evidence, after: null } },
      commitments: [],
      affected: [
        affected({ action: 'DELETED', actionText: 'deleted', externalId: '1' }),
        affected({
          type: 'sampleObjectConnector',
          action: 'DETACHED',
          actionText: 'detached',
          leftExternalId: '2',
          rightExternalId: '2',
        }),
        affected({ type: 'sampleObject', action: 'DELETED', actionText: 'deleted', externalId: '2' }),
      ],
      deletedIds: [COMMITMENT_ID],
    });
  });
});

describe('a refusal in the form of the vendor', () => {
  it('comes back as the failure of the operation, all of it but the summary', async () => {
    const rig = await open(() => ({
      [SINGLE]: sample('get-detail'),
      [`PUT ${ROOT}1`]: {
        status: 400,
        body: JSON.stringify({
          trackingId: TRACKING,
          type: 'update',
          errors: [
            { code: 11900000, message: "'PenaltyServiceId' must be greater than 0." },
            { code: 13100000, message: "'ContractCommitmentTypeId' 23 does not exist." },
            { code: 2000, message: 'The transaction could not be processed.' },
          ],
        }),
      },
    }));
    const { payload, errors } = await change(rig, 'contractCommitmentUpdate', {
      commitmentId: COMMITMENT_ID,
      commitmentTypeId: '23',
    });
    const message =
      "'PenaltyServiceId' must be greater than 0. 'ContractCommitmentTypeId' 23 does not exist.";
    expect(errors).toEqual([]);
    expect(rig.writes()).toHaveLength(1);
    expect(payload).toMatchObject({
      operation: {
        state: 'FAILED',
        settledAt: NOW,
        failure: { code: 'REFUSED', message },
        references: { trackingId: TRACKING },
      },
      commitments: [],
      affected: [],
      deletedIds: [],
      userErrors: [{ __typename: 'BackendRefusal', code: 'REFUSED', path: [], message }],
    });
  });
});
