/** The LogiSense emulator changes what seed 001 says can be changed, tells the ledger, and refuses whole. */
import { parse, stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/sandbox/emulator.js';
import { createLogisenseApi } from '../../src/sandbox/logisense/api.js';
import type { Change } from '../../src/sandbox/ledger.js';
import { BehaviourError, type EmulatedReply, type Profile, type Trait } from '../../src/sandbox/types.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const LOGIN = '/AuthorizationServer/api/v6/Access/Login';
const COMMITMENTS = '/ResourceServer/api/v6/Contract/Commitment';
const CREDENTIALS = { username: 'sandbox-user', password: 'sandbox-password', clientId: 'sandbox-client' };
const LOGIN_FORM = new URLSearchParams({
  grant_type: 'password',
  username: CREDENTIALS.username,
  password: CREDENTIALS.password,
  client_id: CREDENTIALS.clientId,
}).toString();
const FORM = 'application/x-www-form-urlencoded';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SUMMARY = 2000;

// Request bodies of seed 001, byte for byte. Their ids are arbitrary, so most of them exist nowhere.
const POST_SAMPLE = `{
    "accountContractId": 24,
    "contractCommitmentTypeId": 18,
    "penaltyServiceId": 5,
    "penaltyDescription": "Minimum quantity commit.",
    "includeChildAccounts": true,
    "contractCommitmentPenaltyChargeTypeId": 16
}`;
const PUT_SAMPLE = `{
    "identity": 1,
    "accountContractId": 14,
    "contractCommitmentTypeId": 0,
    "penaltyServiceId": 23,
    "penaltyDescription": "Minimum quantity commit.",
    "includeChildAccounts": true,
    "contractCommitmentPenaltyChargeTypeId": 5
}`;
const PATCH_SAMPLE = `{
    "details": {},
    "contractCommitments": {
        "items": [
            {
                "patchType": "create",
                "patchClientId": 1,
                "accountContractId": 27,
                "contractCommitmentTypeId": 25,
                "penaltyServiceId": 11,
                "penaltyDescription": "Minimum quantity commit.",
                "includeChildAccounts": true,
                "contractCommitmentPenaltyChargeTypeId": 12
            }
        ]
    }
}`;
/** The members of an instance, in the vendor's order. */
const MEMBERS = [
  'identity',
  'accountContractId',
  'accountContractName',
  'contractCommitmentTypeId',
  'contractCommitmentTypeName',
  'penaltyServiceId',
  'penaltyServiceName',
  'penaltyDescription',
  'includeChildAccounts',
  'contractCommitmentPenaltyChargeTypeId',
  'contractCommitmentPenaltyChargeTypeName',
];

/** A sample whose ids exist: those that do not are replaced, and nothing else. */
function withIds(sample: string, ids: Record<string, number>): string {
  return Object.entries(ids).reduce(
    (text, [name, id]) => text.replace(new RegExp(`"${name}": \\d+`), `"${name}": ${id}`),
    sample,
  );
}

interface Row {
  identity: number;
  contractCommitmentId: number;
  sortOrder: number;
  serviceId: number;
  isRemainderOfTerm: boolean;
}
interface Item {
  [member: string]: unknown;
  identity: number;
  contractCommitmentTypeName: string;
  details: { periods: Row[]; services: Row[]; packageFrequencies: Row[]; usageClasses: Row[] };
}
interface Written {
  trackingId: string;
  type: string;
  results: { totalCount: number; items: Record<string, unknown>[] };
}

function customer(slug: string, ids: readonly number[], ...traits: Trait[]): Profile {
  return {
    slug,
    name: slug,
    currency: 'USD',
    monthlyMinimum: 1_000n,
    startsOn: '2026-06-01',
    months: 24,
    traits: new Set(traits),
    commitmentsPerBackend: 5,
    logisense: {
      accountContracts: ids.map((id) => ({ id, name: `${slug} ${id}`, startsOn: '2026-06-01', months: 24 })),
    },
  };
}

const PROFILES = [customer('sleepyco', [8, 24], 'penalty'), customer('second', [30])];

function open(report?: (change: Change) => void) {
  const effects: Change[] = [];
  const api = createLogisenseApi(PROFILES, {
    clock: () => NOW,
    report: report ?? ((change) => effects.push(change)),
    ...CREDENTIALS,
  });
  const ask = (method: string, path: string, headers: Record<string, string>, body = ''): EmulatedReply =>
    api.handle({ method, path, query: new URLSearchParams(), headers, body });
  const login = (): string => {
    const { json } = ask('POST', LOGIN, { 'content-type': FORM }, LOGIN_FORM);
    return `Bearer ${String((json as Record<string, unknown>)['access_token'])}`;
  };
  let authorization = login();
  function send(
    method: string,
    path: string | number,
    body?: unknown,
    headers: Record<string, string> = {},
  ): EmulatedReply {
    const text = typeof body === 'string' ? body : (stringify(body) ?? '');
    const all = { authorization, 'content-type': 'application/json', ...headers };
    return ask(method, `${COMMITMENTS}/${path}`, all, text);
  }
  function all(): Item[] {
    const reply = send('GET', 'Paged/Detail', '', { pagination: '{"pageSize":1000}' });
    expect(reply.status).toBe(200);
    return (reply.json as { pagedResults: { items: Item[] } }).pagedResults.items;
  }
  return {
    api,
    effects,
    send,
    all,
    logInAgain: () => {
      authorization = login();
    },
    get: (id: number): Item => {
      const reply = send('GET', `${id}/Detail`);
      expect(reply.status).toBe(200);
      return (reply.json as { instance: Item }).instance;
    },
    ofType: (type: string): Item => {
      const found = all().find((item) => item.contractCommitmentTypeName === type);
      if (!found) throw new Error(`no commitment of type ${type}`);
      return found;
    },
    /** The reply of a change that succeeds. */
    done: (...args: Parameters<typeof send>): Written => {
      const { status, json } = send(...args);
      expect({ status, json }).toMatchObject({ status: 200 });
      const body = json as Written;
      expect(Object.keys(body)).toEqual(['trackingId', 'type', 'results']);
      expect(body.trackingId).toMatch(UUID);
      expect(Object.keys(body.results)).toEqual(['totalCount', 'items']);
      expect(body.results.totalCount).toBe(body.results.items.length);
      return body;
    },
    /** The problems of a change that is refused; makes sure that it left nothing behind. */
    refused: (...args: Parameters<typeof send>): { status: number; type: string; errors: string[] } => {
      const before = [stringify(all()), effects.length];
      const { status, json } = send(...args);
      const body = json as { trackingId: string; type: string; errors: { code: number; message: string }[] };
      expect(Object.keys(body)).toEqual(['trackingId', 'type', 'errors']);
      expect(body.trackingId).toMatch(UUID);
      expect([stringify(all()), effects.length]).toEqual(before);
      if (status === 400) expect(body.errors.pop()?.code).toBe(SUMMARY);
      expect(body.errors.length).toBeGreaterThan(0);
      return {
        status,
        type: body.type,
        errors: body.errors.map(({ code, message }) => `${code} ${message}`),
      };
    },
  };
}

const plainOf = ({ details: _details, ...plain }: Item): Omit<Item, 'details'> => plain;

/** The body of a PATCH. */
function patch(lists: { roots?: object[]; periods?: object[]; services?: object[] }): object {
  const { roots = [], periods, services } = lists;
  return {
    details: {
      ...(periods && { contractCommitmentPeriods: { items: periods } }),
      ...(services && { services: { items: services } }),
    },
    contractCommitments: { items: roots },
  };
}

describe('POST Contract/Commitment/', () => {
  const body = withIds(POST_SAMPLE, {
    contractCommitmentTypeId: 3,
    contractCommitmentPenaltyChargeTypeId: 1,
  });

  it('creates one, shows it and tells the ledger', () => {
    const { done, get, all, effects } = open();
    const count = all().length;
    const { trackingId, type, results } = done('POST', '', body, { 'x-request-id': 'req-1' });
    const made = results.items[0] as Item;
    expect(type).toBe('create');
    expect(Object.keys(made)).toEqual(MEMBERS);
    expect(made).toMatchObject({
      accountContractId: 24,
      accountContractName: 'sleepyco 24',
      contractCommitmentTypeName: 'Service',
      penaltyServiceName: 'Commitment Shortfall Fee',
      penaltyDescription: 'Minimum quantity commit.',
      includeChildAccounts: true,
      contractCommitmentPenaltyChargeTypeName: 'Fixed Penalty Charge',
    });
    const shown = get(made.identity);
    expect(plainOf(shown)).toEqual(made);
    expect(shown.details).toEqual({ periods: [], services: [], packageFrequencies: [], usageClasses: [] });
    expect(all()).toHaveLength(count + 1);
    expect(all().at(-1)).toEqual(shown);
    expect(effects).toEqual([
      {
        action: 'commitment.create',
        target: String(made.identity),
        customer: '24',
        requestId: 'req-1',
        details: {
          trackingId,
          accountId: 500,
          asked: parse(body, null, Number),
          results: [
            {
              identity: made.identity,
              action: 'created',
              dtoTypeKey: 'contractCommitment',
              instance: made,
            },
          ],
          before: null,
          after: shown,
        },
      },
    ]);
  });

  it('needs no more than account contract and type, and derives every name', () => {
    const { done, effects } = open();
    const { results } = done('POST', '', {
      identity: 1,
      accountContractId: 8,
      accountContractName: 'Mine',
      contractCommitmentTypeId: 1,
      contractCommitmentTypeName: 'Mine',
    });
    expect(results.items[0]).toMatchObject({
      accountContractName: 'sleepyco 8',
      contractCommitmentTypeName: 'Invoice Amount',
      penaltyServiceId: null,
      penaltyDescription: null,
      includeChildAccounts: false,
      contractCommitmentPenaltyChargeTypeId: null,
    });
    expect(results.items[0]?.['identity']).not.toBe(1);
    expect(effects[0]?.details['asked']).toEqual({ accountContractId: 8, contractCommitmentTypeId: 1 });
    expect(effects[0]?.requestId).toBeNull();
  });

  it('makes another one for each repetition, the same ones in every run', () => {
    const idsOf = (): unknown[] => {
      const { done } = open();
      return [1, 2].map(() => done('POST', '', body).results.items[0]?.['identity']);
    };
    const ids = idsOf();
    expect(new Set(ids).size).toBe(2);
    expect(idsOf()).toEqual(ids);
  });

  it('refuses the sample as printed, for the ids that exist nowhere', () => {
    expect(open().refused('POST', '', POST_SAMPLE)).toEqual({
      status: 400,
      type: 'create',
      errors: [
        "13100000 'ContractCommitmentTypeId' 18 does not exist.",
        "13100000 'ContractCommitmentPenaltyChargeTypeId' 16 does not exist.",
      ],
    });
  });

  it('lists all problems at once', () => {
    const { errors } = open().refused('POST', '', {
      accountContractId: 0,
      contractCommitmentTypeId: null,
      penaltyServiceId: -5,
      penaltyDescription: 7,
      includeChildAccounts: 'yes',
      contractCommitmentPenaltyChargeTypeId: '1',
    });
    expect(errors).toEqual([
      "11900000 'AccountContractId' must be greater than 0.",
      "10400000 'ContractCommitmentTypeId' is required.",
      "11900000 'PenaltyServiceId' must be greater than 0.",
      "10100000 'PenaltyDescription' must be text.",
      "10100000 'IncludeChildAccounts' must be true or false.",
      "10100000 'ContractCommitmentPenaltyChargeTypeId' must be a whole number.",
    ]);
    expect(open().refused('POST', '', {}).errors).toEqual([
      "10400000 'AccountContractId' is required.",
      "10400000 'ContractCommitmentTypeId' is required.",
    ]);
  });

  it.each(['24.5', '24.0', '2.4e1', '9007199254740993'])('takes %s for no id', (id) => {
    const { errors } = open().refused('POST', '', withIds(body, {}).replace('24', id));
    expect(errors).toEqual(["10100000 'AccountContractId' must be a whole number."]);
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"accountContractId": 24'],
    ['a list', '[]'],
    ['a number', '24'],
    ['null', 'null'],
    ['one member twice', '{"accountContractId": 24, "accountContractId": 30}'],
  ])('refuses %s as a body', (_what, text) => {
    const { status, errors } = open().refused('POST', '', text);
    expect([status, errors]).toEqual([400, ['10100000 The request body must be a JSON object.']]);
  });

  it('takes JSON only, whatever its charset', () => {
    const { refused, done } = open();
    for (const type of ['text/plain', FORM, '']) {
      expect(refused('POST', '', body, { 'content-type': type })).toMatchObject({
        status: 400,
        errors: ['10100000 The request must be application/json.'],
      });
    }
    done('POST', '', body, { 'content-type': 'Application/JSON; charset=utf-8' });
  });

  it('gives an action record when asked for results', () => {
    const { done, refused } = open();
    const { results } = done('POST', '', body, { outputformat: 'result' });
    expect(Object.keys(results.items[0] ?? {})).toEqual(['identity', 'action', 'dtoTypeKey', 'instance']);
    expect(results.items[0]).toMatchObject({ action: 'created', dtoTypeKey: 'contractCommitment' });
    expect(refused('POST', '', body, { outputformat: 'xml' }).status).toBe(400);
  });
});

describe('PUT Contract/Commitment/{id}', () => {
  // Of the sample's ids only 1, the commitment's, exists; 5 is a penalty service and no charge type.
  const body = withIds(PUT_SAMPLE, {
    accountContractId: 24,
    contractCommitmentTypeId: 2,
    penaltyServiceId: 11,
    contractCommitmentPenaltyChargeTypeId: 2,
  });

  it('changes what the body names', () => {
    const { done, get, effects } = open();
    const before = get(1);
    expect(before['accountContractId']).toBe(8);
    const { trackingId, type, results } = done('PUT', 1, body, { 'x-request-id': 'req-2' });
    expect(type).toBe('update');
    expect(Object.keys(results.items[0] ?? {})).toEqual(MEMBERS);
    expect(results.items[0]).toMatchObject({
      identity: 1,
      accountContractName: 'sleepyco 24',
      contractCommitmentTypeName: 'Package',
      penaltyServiceName: 'SIP Trunking',
      contractCommitmentPenaltyChargeTypeName: 'Per Unit Penalty Charge',
    });
    const after = get(1);
    expect(plainOf(after)).toEqual(results.items[0]);
    expect(after.details).toEqual(before.details);
    expect(effects).toEqual([
      {
        action: 'commitment.update',
        target: '1',
        // The one that it was taken from.
        customer: '8',
        requestId: 'req-2',
        details: {
          trackingId,
          accountId: 500,
          asked: parse(body, null, Number),
          results: [
            {
              identity: 1,
              action: 'updated',
              dtoTypeKey: 'contractCommitment',
              instance: results.items[0],
            },
          ],
          before,
          after,
        },
      },
    ]);
  });

  it('leaves the rest as it is', () => {
    const { done, get, effects } = open();
    const before = get(1);
    done('PUT', 1, { identity: 1, penaltyDescription: 'Shortfall', penaltyServiceName: 'Mine' });
    expect(get(1)).toEqual({ ...before, penaltyDescription: 'Shortfall' });
    expect(effects[0]?.details['asked']).toEqual({ identity: 1, penaltyDescription: 'Shortfall' });
  });

  it('takes a penalty away by null, and nothing else', () => {
    const { done, get, refused } = open();
    expect(get(1)['penaltyServiceId']).not.toBeNull();
    done('PUT', 1, {
      identity: 1,
      penaltyServiceId: null,
      penaltyDescription: null,
      contractCommitmentPenaltyChargeTypeId: null,
    });
    expect(get(1)).toMatchObject({
      penaltyServiceId: null,
      penaltyServiceName: null,
      penaltyDescription: null,
      contractCommitmentPenaltyChargeTypeName: null,
    });
    const { errors } = refused('PUT', 1, {
      identity: 1,
      accountContractId: null,
      contractCommitmentTypeId: null,
      includeChildAccounts: null,
    });
    expect(errors).toEqual([
      "10400000 'AccountContractId' is required.",
      "10400000 'ContractCommitmentTypeId' is required.",
      "10400000 'IncludeChildAccounts' is required.",
    ]);
  });

  it('tells the ledger of a repetition too', () => {
    const { done, get, effects } = open();
    for (let round = 0; round < 2; round += 1) done('PUT', 1, body);
    expect(effects.map(({ action, target }) => [action, target])).toEqual([
      ['commitment.update', '1'],
      ['commitment.update', '1'],
    ]);
    expect(effects[1]?.details).toMatchObject({ before: get(1), after: get(1) });
  });

  it('refuses the sample as printed', () => {
    expect(open().refused('PUT', 1, PUT_SAMPLE)).toEqual({
      status: 400,
      type: 'update',
      errors: [
        "13100000 'AccountContractId' 14 does not exist.",
        "11900000 'ContractCommitmentTypeId' must be greater than 0.",
        "13100000 'PenaltyServiceId' 23 does not exist.",
        "13100000 'ContractCommitmentPenaltyChargeTypeId' 5 does not exist.",
      ],
    });
  });

  it('refuses an identity that is missing or another', () => {
    const { refused } = open();
    expect(refused('PUT', 1, { includeChildAccounts: false }).errors).toEqual([
      "10400000 'Identity' is required.",
    ]);
    expect(refused('PUT', 1, { identity: 2, includeChildAccounts: 0 }).errors).toEqual([
      "10100001 'Identity' 2 is not the 1 of the address.",
      "10100000 'IncludeChildAccounts' must be true or false.",
    ]);
  });

  it('gives an action record when asked for results', () => {
    const { results } = open().done('PUT', 1, body, { outputformat: 'result' });
    expect(results.items[0]).toMatchObject({ identity: 1, action: 'updated', instance: { identity: 1 } });
  });
});

describe('DELETE Contract/Commitment/{id}', () => {
  it.each(['Invoice Amount', 'Package', 'Service', 'Usage'])(
    'removes a commitment of type %s whole',
    (type) => {
      const { done, send, all, ofType, effects } = open();
      const before = ofType(type);
      const { identity, details } = before;
      const count = all().length;
      const reply = done('DELETE', identity, undefined, { 'x-request-id': 'req-3' });
      expect(reply.type).toBe('delete');
      const detached = (key: string, rows: Row[], member: string) =>
        rows.map((row) => ({
          lhsId: identity,
          rhsId: (row as unknown as Record<string, unknown>)[member],
          action: 'detached',
          dtoTypeKey: key,
        }));
      const records = [
        { identity, action: 'deleted', dtoTypeKey: 'contractCommitment' },
        ...detached('serviceConnector', details.services, 'serviceId'),
        ...detached('packageFrequencyConnector', details.packageFrequencies, 'packageFrequencyId'),
        ...detached('usageClassConnector', details.usageClasses, 'usageClassId'),
        ...details.periods.map((period) => ({
          foreignKeyIdentity: period.identity,
          action: 'deleted',
          dtoTypeKey: 'contractCommitmentPeriod',
        })),
      ];
      expect(reply.results.items).toEqual(records);
      expect(records.length).toBeGreaterThan(1);
      expect(send('GET', identity).status).toBe(404);
      expect(all()).toHaveLength(count - 1);
      expect(effects).toEqual([
        {
          action: 'commitment.delete',
          target: String(identity),
          customer: String(before['accountContractId']),
          requestId: 'req-3',
          details: {
            trackingId: reply.trackingId,
            accountId: before['accountContractId'] === 30 ? 501 : 500,
            asked: { identity },
            results: records,
            before,
            after: null,
          },
        },
      ]);
    },
  );

  it('cannot be done twice, and never gives an identity again', () => {
    const { done, refused, all } = open();
    const last = Math.max(...all().map(({ identity }) => identity));
    done('DELETE', last);
    expect(refused('DELETE', last)).toEqual({
      status: 404,
      type: 'delete',
      errors: [`13100000 'Identity' ${last} does not exist.`],
    });
    const { results } = done('POST', '', { accountContractId: 8, contractCommitmentTypeId: 1 });
    expect(results.items[0]?.['identity']).toBeGreaterThan(last);
  });
});

describe('PATCH Contract/Commitment/{id}', () => {
  const PERIOD = {
    periodOccurrences: 3,
    periodFrequency: 2,
    frequencyTypeId: 3,
    sortOrder: 9,
    isRemainderOfTerm: false,
  };

  /** A commitment with nothing below it. */
  function withNew() {
    const opened = open();
    const { results } = opened.done('POST', '', { accountContractId: 8, contractCommitmentTypeId: 3 });
    opened.effects.length = 0;
    return { ...opened, id: (results.items[0] as Item).identity };
  }

  it('creates as the sample does, whatever the id of the path', () => {
    const { done, get, effects } = open();
    const body = withIds(PATCH_SAMPLE, {
      accountContractId: 30,
      contractCommitmentTypeId: 4,
      contractCommitmentPenaltyChargeTypeId: 1,
    });
    const { type, trackingId, results } = done('PATCH', 999999, body, { 'x-request-id': 'req-4' });
    expect(type).toBe('patch');
    expect(Object.keys(results.items[0] ?? {})).toEqual(['identity', 'action', 'dtoTypeKey', 'instance']);
    const { identity } = results.items[0] as Item;
    const made = get(identity);
    expect(results.items).toEqual([
      { identity, action: 'created', dtoTypeKey: 'contractCommitment', instance: plainOf(made) },
    ]);
    expect(Object.keys(plainOf(made))).toEqual(MEMBERS);
    expect(effects).toEqual([
      {
        action: 'commitment.patch',
        target: String(identity),
        customer: '30',
        requestId: 'req-4',
        details: {
          trackingId,
          accountId: 501,
          asked: [
            {
              object: 'contractCommitment',
              patchClientId: 1,
              patchType: 'create',
              accountContractId: 30,
              contractCommitmentTypeId: 4,
              penaltyServiceId: 11,
              penaltyDescription: 'Minimum quantity commit.',
              includeChildAccounts: true,
              contractCommitmentPenaltyChargeTypeId: 1,
            },
          ],
          results: results.items,
          before: null,
          after: made,
        },
      },
    ]);
  });

  it('refuses the sample as printed', () => {
    expect(open().refused('PATCH', 1, PATCH_SAMPLE)).toEqual({
      status: 400,
      type: 'patch',
      errors: [
        "13100000 'AccountContractId' 27 does not exist.",
        "13100000 'ContractCommitmentTypeId' 25 does not exist.",
        "13100000 'ContractCommitmentPenaltyChargeTypeId' 12 does not exist.",
      ],
    });
  });

  it('looks for the id of the path unless there are new commitments only', () => {
    const { refused } = open();
    const create = { patchType: 'create', accountContractId: 8, contractCommitmentTypeId: 1 };
    for (const body of [
      {},
      patch({}),
      patch({ roots: [create, { patchType: 'update', identity: 1 }] }),
      patch({ roots: [create], periods: [{ patchType: 'delete', identity: 2 }] }),
      patch({ services: [{ patchType: 'attach', serviceId: 11 }] }),
    ]) {
      expect(refused('PATCH', 999999, body)).toMatchObject({ status: 404, type: 'patch' });
    }
  });

  it('does nothing when nothing is asked for', () => {
    const { done, effects } = open();
    expect(done('PATCH', 1, {}).results).toEqual({ totalCount: 0, items: [] });
    expect(done('PATCH', 1, patch({})).results.totalCount).toBe(0);
    expect(effects).toEqual([]);
  });

  it('updates commitment, periods and services in one go, told as one change', () => {
    const { done, get, ofType, effects } = open();
    const before = ofType('Service');
    const { identity, details } = before;
    const [first, second] = details.services;
    const [period] = details.periods;
    const free = [11, 12, 13].find((id) => !details.services.some(({ serviceId }) => serviceId === id));
    const { results, trackingId } = done(
      'PATCH',
      identity,
      patch({
        roots: [{ patchType: 'update', patchClientId: 1, penaltyDescription: 'Shortfall' }],
        periods: [
          { patchType: 'update', patchClientId: 2, identity: period!.identity, periodOccurrences: 5 },
          { patchType: 'create', patchClientId: 3, ...PERIOD, sortOrder: 0 },
        ],
        services: [
          { patchType: 'attach', patchClientId: 4, serviceId: free },
          { patchType: 'detach', patchClientId: 5, serviceId: first!.serviceId },
          { patchType: 'detach', patchClientId: 6, identity: second!.identity },
        ],
      }),
    );
    const after = get(identity);
    const shown = (id: unknown): unknown => after.details.periods.find((row) => row.identity === id);
    const madeId = results.items[2]?.['identity'];
    const service = { lhsId: identity, dtoTypeKey: 'serviceConnector' };
    expect(results.items).toEqual([
      { identity, action: 'updated', dtoTypeKey: 'contractCommitment', instance: plainOf(after) },
      {
        identity: period!.identity,
        action: 'updated',
        dtoTypeKey: 'contractCommitmentPeriod',
        instance: { ...period, periodOccurrences: 5 },
      },
      {
        identity: madeId,
        action: 'created',
        dtoTypeKey: 'contractCommitmentPeriod',
        instance: shown(madeId),
      },
      { ...service, rhsId: free, action: 'attached' },
      { ...service, rhsId: first!.serviceId, action: 'detached' },
      { ...service, rhsId: second!.serviceId, action: 'detached' },
    ]);
    expect(after['penaltyDescription']).toBe('Shortfall');
    expect(shown(madeId)).toEqual({
      identity: madeId,
      contractCommitmentId: identity,
      ...PERIOD,
      frequencyTypeName: 'Month',
      sortOrder: 0,
    });
    expect(Object.keys(shown(madeId) as object)).toEqual(Object.keys(period!));
    expect(after.details.services.map(({ serviceId }) => serviceId)).toEqual([free]);
    expect(effects).toHaveLength(1);
    expect(effects[0]).toMatchObject({
      action: 'commitment.patch',
      target: String(identity),
      customer: String(before['accountContractId']),
    });
    expect(effects[0]?.details).toEqual({
      trackingId,
      accountId: before['accountContractId'] === 30 ? 501 : 500,
      asked: [
        {
          object: 'contractCommitment',
          patchClientId: 1,
          patchType: 'update',
          identity,
          penaltyDescription: 'Shortfall',
        },
        {
          object: 'contractCommitmentPeriod',
          patchClientId: 2,
          patchType: 'update',
          contractCommitmentId: identity,
          identity: period!.identity,
          periodOccurrences: 5,
        },
        {
          object: 'contractCommitmentPeriod',
          patchClientId: 3,
          patchType: 'create',
          contractCommitmentId: identity,
          ...PERIOD,
          sortOrder: 0,
        },
        {
          object: 'service',
          patchClientId: 4,
          patchType: 'attach',
          contractCommitmentId: identity,
          serviceId: free,
        },
        {
          object: 'service',
          patchClientId: 5,
          patchType: 'detach',
          contractCommitmentId: identity,
          serviceId: first!.serviceId,
        },
        {
          object: 'service',
          patchClientId: 6,
          patchType: 'detach',
          contractCommitmentId: identity,
          serviceId: second!.serviceId,
        },
      ],
      results: results.items,
      before,
      after,
    });
  });

  it('deletes a period, and a commitment with all that hangs on it', () => {
    const { done, get, send, ofType, effects } = open();
    const { identity, details } = ofType('Service');
    const [period] = details.periods;
    const { results } = done(
      'PATCH',
      identity,
      patch({ periods: [{ patchType: 'delete', identity: period!.identity }] }),
    );
    expect(results.items).toEqual([
      { identity: period!.identity, action: 'deleted', dtoTypeKey: 'contractCommitmentPeriod' },
    ]);
    expect(get(identity).details.periods).toEqual(details.periods.slice(1));

    const gone = done('PATCH', identity, patch({ roots: [{ patchType: 'delete', patchClientId: 1 }] }));
    expect(gone.results.items[0]).toEqual({ identity, action: 'deleted', dtoTypeKey: 'contractCommitment' });
    expect(gone.results.totalCount).toBe(details.periods.length + details.services.length);
    expect(send('GET', identity).status).toBe(404);
    expect(effects.map(({ action }) => action)).toEqual(['commitment.patch', 'commitment.patch']);
    expect(effects[1]?.details).toMatchObject({
      asked: [{ object: 'contractCommitment', patchClientId: 1, patchType: 'delete', identity }],
      after: null,
    });
  });

  it('reaches other commitments by their identity, told one by one', () => {
    const { done, get, effects, id } = withNew();
    const { results } = done(
      'PATCH',
      id,
      patch({
        roots: [
          { patchType: 'update', identity: 1, includeChildAccounts: false },
          { patchType: 'create', accountContractId: 30, contractCommitmentTypeId: 1 },
        ],
        periods: [{ patchType: 'create', contractCommitmentId: id, ...PERIOD }],
      }),
    );
    const made = results.items[1]?.['identity'] as number;
    expect(get(1)['includeChildAccounts']).toBe(false);
    expect(get(id).details.periods).toHaveLength(1);
    expect(
      effects.map(({ target, customer, details }) => [
        target,
        customer,
        (details['asked'] as object[]).length,
        (details['results'] as object[]).length,
      ]),
    ).toEqual([
      ['1', '8', 1, 1],
      [String(made), '30', 1, 1],
      [String(id), '8', 1, 1],
    ]);
  });

  it('tells nothing of a commitment that comes and goes', () => {
    const { done, all, effects, id } = withNew();
    const count = all().length;
    const roots = [
      { patchType: 'create', accountContractId: 30, contractCommitmentTypeId: 1 },
      { patchType: 'delete', identity: id + 1 },
    ];
    expect(done('PATCH', id, patch({ roots })).results.items.map(({ action }) => action)).toEqual([
      'created',
      'deleted',
    ]);
    expect([all().length, effects]).toEqual([count, []]);
  });

  it('applies nothing when one item is wrong, and lists the problems of all', () => {
    const { refused, done, id } = withNew();
    const { errors } = refused(
      'PATCH',
      id,
      patch({
        roots: [
          { patchType: 'create', accountContractId: 8 },
          { patchType: 'update', includeChildAccounts: false },
          { patchType: 'delete', identity: 999999 },
          { patchType: 'attach' },
          { accountContractId: 8 },
        ],
        periods: [
          { patchType: 'create', ...PERIOD },
          {
            patchType: 'create',
            periodOccurrences: 0,
            periodFrequency: -1,
            frequencyTypeId: 77,
            sortOrder: -1,
          },
          { patchType: 'create' },
          { patchType: 'update', identity: 999999, isRemainderOfTerm: 1 },
          { patchType: 'delete' },
          { patchType: 'create', contractCommitmentId: 999999, ...PERIOD },
          { patchType: 'detach', identity: 1 },
        ],
        services: [
          { patchType: 'attach', serviceId: 11 },
          { patchType: 'attach', serviceId: 11 },
          { patchType: 'attach', serviceId: 999999 },
          { patchType: 'attach', patchClientId: 'one', serviceId: 12 },
          { patchType: 'attach' },
          { patchType: 'detach', serviceId: 13 },
          { patchType: 'detach', identity: 999999 },
          { patchType: 'detach' },
          { patchType: 'create', serviceId: 13 },
        ],
      }),
    );
    expect(errors).toEqual([
      "10400000 'ContractCommitmentTypeId' is required.",
      "13100000 'Identity' 999999 does not exist.",
      "10500000 'PatchType' must be one of create, update, delete.",
      "10400000 'PatchType' is required.",
      "11900000 'PeriodOccurrences' must be greater than 0.",
      "11900000 'PeriodFrequency' must be greater than 0.",
      "13100000 'FrequencyTypeId' 77 does not exist.",
      "10100000 'SortOrder' must be a whole number and not negative.",
      "10400000 'PeriodOccurrences' is required.",
      "10400000 'PeriodFrequency' is required.",
      "10400000 'FrequencyTypeId' is required.",
      "10400000 'SortOrder' is required.",
      "13100000 'Identity' 999999 does not exist.",
      "10100000 'IsRemainderOfTerm' must be true or false.",
      "10400000 'Identity' is required.",
      "13100000 'ContractCommitmentId' 999999 does not exist.",
      "10500000 'PatchType' must be one of create, update, delete.",
      "10600001 'ServiceId' 11 is already attached.",
      "13100000 'ServiceId' 999999 does not exist.",
      "10100000 'PatchClientId' must be a whole number.",
      "10400000 'ServiceId' is required.",
      "13100000 'ServiceId' 13 does not exist.",
      "13100000 'Identity' 999999 does not exist.",
      "10400000 'Identity' is required.",
      "10500000 'PatchType' must be one of attach, detach.",
    ]);
    // Identities that a refused call would have used are still free.
    const made = done('POST', '', { accountContractId: 8, contractCommitmentTypeId: 1 }).results.items[0];
    expect(made?.['identity']).toBe(id + 1);
  });

  it('keeps the periods in an order that is one', () => {
    const { done, refused, get, id } = withNew();
    const create = (period: object): object => ({ patchType: 'create', ...PERIOD, ...period });
    expect(
      refused('PATCH', id, patch({ periods: [create({ sortOrder: 1 }), create({ sortOrder: 1 })] })).errors,
    ).toEqual(["10600000 'SortOrder' 1 is used by more than one period."]);
    const remainder = { isRemainderOfTerm: true };
    expect(
      refused(
        'PATCH',
        id,
        patch({ periods: [create({ sortOrder: 1, ...remainder }), create({ sortOrder: 2 })] }),
      ).errors,
    ).toEqual(["10600000 'IsRemainderOfTerm' may be true for the last period only."]);
    expect(
      refused(
        'PATCH',
        id,
        patch({ periods: [create({ sortOrder: 1, ...remainder }), create({ sortOrder: 2, ...remainder })] }),
      ).errors,
    ).toEqual(["10600000 'IsRemainderOfTerm' may be true for one period only."]);

    const items = [create({ sortOrder: 2, ...remainder }), create({ sortOrder: 1 })];
    const { results } = done('PATCH', id, patch({ periods: items }));
    const [last, first] = results.items.map(({ identity }) => identity);
    // What was there counts as well, and only what is left in the end.
    expect(refused('PATCH', id, patch({ periods: [create({ sortOrder: 3 })] })).errors).toHaveLength(1);
    done(
      'PATCH',
      id,
      patch({
        periods: [
          { patchType: 'update', identity: first, sortOrder: 2, ...remainder },
          { patchType: 'update', identity: last, sortOrder: 1, isRemainderOfTerm: false },
        ],
      }),
    );
    expect(
      get(id).details.periods.map(({ identity, sortOrder, isRemainderOfTerm }) => [
        identity,
        sortOrder,
        isRemainderOfTerm,
      ]),
    ).toEqual([
      [last, 1, false],
      [first, 2, true],
    ]);
  });

  it('finds no period of another commitment, and none of a deleted one', () => {
    const { refused, get, id } = withNew();
    const { identity } = get(1).details.periods[0]!;
    expect(refused('PATCH', id, patch({ periods: [{ patchType: 'delete', identity }] })).errors).toEqual([
      `13100000 'Identity' ${identity} does not exist.`,
    ]);
    const both = patch({ roots: [{ patchType: 'delete' }], periods: [{ patchType: 'create', ...PERIOD }] });
    expect(refused('PATCH', id, both).errors).toEqual([
      `13100000 'ContractCommitmentId' ${id} does not exist.`,
    ]);
  });

  it.each([
    ['package frequencies', { details: { packageFrequencies: { items: [] } } }, 'PackageFrequencies'],
    ['usage classes', { details: { usageClasses: { items: [] } } }, 'UsageClasses'],
    ['what it does not know', { contractCommitment: {} }, 'ContractCommitment'],
  ])('cannot patch %s', (_what, body, name) => {
    expect(open().refused('PATCH', 1, body).errors).toEqual([`10500000 '${name}' cannot be patched.`]);
  });

  it.each([
    [{ details: [] }, "'Details' must be an object."],
    [{ contractCommitments: [] }, "'ContractCommitments' must be an object with a list of objects in items."],
    [
      { contractCommitments: { items: [1] } },
      "'ContractCommitments' must be an object with a list of objects in items.",
    ],
    [{ details: { services: {} } }, "'Services' must be an object with a list of objects in items."],
  ])('refuses %j', (body, message) => {
    expect(open().refused('PATCH', 1, body).errors).toEqual([`10100000 ${message}`]);
  });
});

describe('all writes', () => {
  it('answer 404 to an id that does not exist', () => {
    const { refused } = open();
    for (const [method, type, body] of [
      ['PUT', 'update', { identity: 999999 }],
      ['PATCH', 'patch', patch({ roots: [{ patchType: 'update' }] })],
      ['DELETE', 'delete', undefined],
    ] as const) {
      expect(refused(method, 999999, body)).toEqual({
        status: 404,
        type,
        errors: ["13100000 'Identity' 999999 does not exist."],
      });
    }
  });

  it('answer 401 without a token', () => {
    const { refused } = open();
    for (const [method, path, type] of [
      ['POST', '', 'create'],
      ['PUT', '1', 'update'],
      ['PATCH', '1', 'patch'],
      ['DELETE', '1', 'delete'],
    ] as const) {
      expect(refused(method, path, {}, { authorization: '' })).toMatchObject({ status: 401, type });
    }
  });

  it.each([
    ['POST', '1', 'GET, PUT, PATCH, DELETE'],
    ['PUT', '', 'GET, POST'],
    ['DELETE', '', 'GET, POST'],
    ['DELETE', 'Paged', 'GET'],
    ['PATCH', '1/Detail', 'GET'],
    ['POST', 'PenaltyChargeType/', 'GET'],
    ['DELETE', 'PenaltyChargeType/1', 'GET'],
    ['constructor', '1', 'GET, PUT, PATCH, DELETE'],
  ])('are where the vendor has them: %s %s is 405', (method, path, allow) => {
    const { refused, send } = open();
    expect(refused(method, path, {}).status).toBe(405);
    expect(send(method, path, {}).headers).toEqual({ allow });
  });

  it('are not done if the ledger cannot be written', () => {
    const { send, all } = open(() => {
      throw new Error('disk full');
    });
    const before = stringify(all());
    expect(() => send('DELETE', 1)).toThrow('disk full');
    expect(() => send('POST', '', { accountContractId: 8, contractCommitmentTypeId: 1 })).toThrow(
      'disk full',
    );
    expect(stringify(all())).toBe(before);
  });
});

describe('behaviour', () => {
  it('refuses every change by a rule of the tenant, beside what else is wrong', () => {
    const { api, refused, done } = open();
    api.behaviour?.set({ refuse: 'The accounting period is closed.' });
    const rule = '10900000 The accounting period is closed.';
    expect(refused('POST', '', { accountContractId: 8, contractCommitmentTypeId: 1 }).errors).toEqual([rule]);
    expect(refused('PUT', 1, { identity: 1, accountContractId: 0 }).errors).toEqual([
      "11900000 'AccountContractId' must be greater than 0.",
      rule,
    ]);
    expect(refused('PATCH', 1, patch({ roots: [{ patchType: 'delete' }] })).errors).toEqual([rule]);
    expect(refused('DELETE', 1).errors).toEqual([rule]);
    expect(refused('DELETE', 999999).status).toBe(404);
    api.behaviour?.set({ refuse: null });
    done('DELETE', 1);
  });

  it('shows action records by default where the tenant has it so', () => {
    const { api, done, send } = open();
    api.behaviour?.set({ outputFormat: 'result' });
    const body = { identity: 1, includeChildAccounts: true };
    expect(done('PUT', 1, body).results.items[0]).toHaveProperty('instance.identity', 1);
    expect((send('GET', '').json as { items: object[] }).items[0]).toHaveProperty('action', 'retrieved');
    const plain = done('PUT', 1, body, { outputformat: 'instance' });
    expect(plain.results.items[0]).toHaveProperty('identity', 1);
    expect(plain.results.items[0]).not.toHaveProperty('action');
  });

  it.each([
    { refuse: 'No.', outputFormat: 'dataFlow' },
    { refuse: '' },
    { refuse: true },
    { outputFormat: null },
    { refuze: 'No.' },
  ])('refuses %j whole', (settings) => {
    const { behaviour } = open().api;
    expect(() => behaviour?.set(settings)).toThrow(BehaviourError);
    expect(behaviour?.get()).toEqual({ refuse: null, outputFormat: 'instance' });
  });

  it('goes back with the state', () => {
    const { api, done, all, logInAgain } = open();
    const before = all();
    done('DELETE', 1);
    api.behaviour?.set({ refuse: 'No.', outputFormat: 'result' });
    api.reset();
    logInAgain();
    expect(api.behaviour?.get()).toEqual({ refuse: null, outputFormat: 'instance' });
    expect(all()).toEqual(before);
  });
});

it('works over a socket: a change whose answer got lost is done and in the ledger', async () => {
  const emulator = await startEmulator((report) =>
    createLogisenseApi(PROFILES, { clock: () => NOW, report, ...CREDENTIALS }),
  );
  try {
    const session = await fetch(emulator.url + LOGIN, {
      method: 'POST',
      headers: { 'content-type': FORM },
      body: LOGIN_FORM,
    });
    const { access_token: token } = (await session.json()) as { access_token: string };
    const put = async (): Promise<Response> =>
      fetch(`${emulator.url}${COMMITMENTS}/1`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'x-request-id': 'req-5',
        },
        body: '{"identity": 1, "penaltyDescription": "Shortfall"}',
      });
    emulator.faults.add({ match: { method: 'PUT' }, times: 1, fault: { kind: 'reset', applied: true } });
    await expect(put()).rejects.toThrow();
    expect(emulator.effects()).toMatchObject([
      {
        seq: 1,
        backend: 'logisense',
        action: 'commitment.update',
        requestId: 'req-5',
        details: { asked: { identity: 1, penaltyDescription: 'Shortfall' } },
      },
    ]);
    emulator.behave({ refuse: 'The accounting period is closed.' });
    expect((await put()).status).toBe(400);
    expect(emulator.effects()).toHaveLength(1);
  } finally {
    await emulator.stop();
  }
});
