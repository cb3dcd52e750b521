/**
 * Changes of LogiSense's commitments (seed 001) over real sockets: what is sent, what is refused before, what answers
 * and later reads are taken for.
 */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogisense } from '../../src/backends/logisense/backend.js';
import { requestOf } from '../../src/backends/logisense/requests.js';
import type {
  CommitmentPatch,
  ContractCommitmentChange,
  ContractCommitmentFields,
  PeriodFields,
  PeriodPatch,
  ServicePatch,
} from '../../src/domain/change.js';
import type { Look, Step } from '../../src/domain/change-port.js';
import type { Json } from '../../src/domain/json.js';
import type { Plan, Planned } from '../../src/domain/operation.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import { createGate } from '../../src/upstream/gate.js';
import { parseJson } from '../../src/upstream/json.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { startPlainServer, type PlainReply } from '../support/plain-server.js';
import { aRequest } from '../support/request.js';

const sample = (name: string) =>
  readFileSync(new URL(`./samples/logisense/${name}.json`, import.meta.url), 'utf8');

const TRACKING = 'd2ae5304-2355-44eb-a328-272f02935f8b';
const NOW = '2026-11-02T09:00:00Z';
const ROOT = '/Contract/Commitment/';
const SCAN = `GET ${ROOT}Paged/Detail`;

function organization(ids: readonly string[] | null, slug = 'acme'): Organization {
  return {
    slug: slug as OrganizationSlug,
    name: slug,
    currency: null,
    commitmentManager: null,
    salesforce: null,
    logisense: ids && { accountContractIds: ids, accountContractTerms: new Map() },
    monetizenow: null,
    cloudmc: null,
  };
}

const acme = organization(['8', '24']);

interface Row {
  readonly identity: number | string;
  readonly accountContractId?: number | string;
  readonly [name: string]: unknown;
}

const period = (identity: number, sortOrder: number, members: object = {}) => ({
  identity,
  contractCommitmentId: 1,
  periodOccurrences: 6,
  periodFrequency: 1,
  frequencyTypeId: 3,
  frequencyTypeName: 'Month',
  sortOrder,
  isRemainderOfTerm: false,
  ...members,
});

/** Commitment 17 of account contract 8, as all tests find it. */
const SEVENTEEN = {
  identity: 17,
  accountContractId: 8,
  accountContractName: 'Main',
  contractCommitmentTypeId: 2,
  contractCommitmentTypeName: 'Service',
  penaltyServiceId: 5,
  penaltyServiceName: 'Shortfall',
  penaltyDescription: 'Minimum quantity commit.',
  includeChildAccounts: true,
  contractCommitmentPenaltyChargeTypeId: 1,
  contractCommitmentPenaltyChargeTypeName: 'Fixed Penalty Charge',
  details: {
    periods: [period(98, 1), period(99, 2, { isRemainderOfTerm: true, periodOccurrences: null })],
    services: [{ identity: 13, contractCommitmentId: 17, serviceId: 92, serviceName: 'Voice' }],
    packageFrequencies: [{ identity: 69, packageFrequencyId: 88, packageFrequencyName: 'Monthly' }],
    usageClasses: [{ identity: 6, usageClassId: 85, usageClassName: 'Minutes' }],
  },
};
const EIGHTEEN = { ...SEVENTEEN, identity: 18, details: { periods: [], services: [] } };
const FOREIGN = { ...SEVENTEEN, identity: 40, accountContractId: 7 };
const ALL: readonly Row[] = [SEVENTEEN, EIGHTEEN, FOREIGN];

/** JSON text of rows; ids given as text become numbers with all their digits. */
const textOf = (value: unknown) =>
  JSON.stringify(value).replace(/("(?:identity|accountContractId)":)"(\d+)"/g, '$1$2');

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});

async function open(rows: readonly Row[] = ALL) {
  const routes: Record<string, PlainReply> = {};
  const server = await startPlainServer(routes);
  const gate = createGate(
    {
      source: 'LOGISENSE',
      url: server.url,
      timeoutMs: 3_000,
      freshForMs: 60_000,
      staleForMs: 60_000,
      concurrency: 8,
      requestsPerSecond: null,
      allowPrivateAddresses: true,
    },
    { clock: () => Date.parse(NOW), timers: systemTimers },
  );
  opened.push(server, { [Symbol.asyncDispose]: () => gate.close() });
  const seen: string[] = [];
  const drift = createDrift((source, what) => seen.push(`${source} ${what}`));
  const backend = createLogisense(
    { url: server.url, accessToken: 'not-a-real-token' },
    { clock: () => Date.parse(NOW), drift, createUpstream: (options) => gate.createUpstream(options) },
  );
  let shown: readonly Row[] = [];
  /** What the vendor shows from now on. Every row is served by the scan and by its id. */
  const show = (next: readonly Row[]) => {
    for (const { identity } of shown) delete routes[`GET ${ROOT}${identity}/Detail`];
    shown = next;
    const items = next.map(textOf).join(',');
    routes[SCAN] = {
      body: `{"trackingId": "${TRACKING}", "pagination": {"pageNumber": 1, "pageSize": 100, "excludeTotalCount": false},
        "pagedResults": {"totalCount": ${next.length}, "items": [${items}]}}`,
    };
    for (const row of next) {
      routes[`GET ${ROOT}${row.identity}/Detail`] = {
        body: `{"trackingId": "${TRACKING}", "instance": ${textOf(row)}}`,
      };
    }
  };
  show(rows);
  const port = () => backend.changes(aRequest({ withinMs: () => 0 }));
  const writes = () => server.calls.filter(({ method }) => method !== 'GET');

  const planned = async (change: ContractCommitmentChange, owner = acme): Promise<Plan> => {
    const found = await port().plan(owner, change);
    if (!found.isSendable) throw new Error(`refused: ${JSON.stringify(found.problems)}`);
    return JSON.parse(JSON.stringify(found.plan)) as Plan;
  };
  const problems = async (change: ContractCommitmentChange, owner = acme) => {
    const found: Planned = await port().plan(owner, change);
    expect(writes()).toEqual([]);
    if (found.isSendable) return [];
    expect(found.plan).toBeNull();
    found.problems.forEach(({ message }) => expect(message).toMatch(/^[A-Z].*\.$/));
    return found.problems.map(({ path, code }) => `${path.join('.')} ${code}`);
  };
  const sent = async (change: ContractCommitmentChange, reply: PlainReply, owner = acme) => {
    const plan = await planned(change, owner);
    routes[`${plan.request.method} /${plan.request.path}`] = reply;
    const step = await port().send(owner, change, plan, 'request-1');
    expect(writes()).toHaveLength(1);
    return { step: JSON.parse(JSON.stringify(step)) as Step, plan };
  };
  const look = async (
    change: ContractCommitmentChange,
    after: readonly Row[],
    { progress = null as Json, owner = acme } = {},
  ): Promise<Look> => {
    const plan = await planned(change, owner);
    show(after);
    const found = await port().look(owner, change, { plan, sentAt: Date.parse(NOW), progress });
    expect(writes()).toEqual([]);
    return JSON.parse(JSON.stringify(found)) as Look;
  };
  const resultOf = (change: ContractCommitmentChange, step: { readonly outcome?: Json }, owner = acme) => {
    const first = port().result(owner, change, step.outcome ?? null);
    expect(port().result(owner, change, step.outcome ?? null)).toEqual(first);
    return first;
  };
  return { routes, show, port, planned, problems, sent, look, resultOf, writes, drift, seen, server };
}

const create = (fields: ContractCommitmentFields): ContractCommitmentChange => ({
  kind: 'CONTRACT_COMMITMENT_CREATE',
  fields,
});
const update = (fields: ContractCommitmentFields, commitmentId = '17'): ContractCommitmentChange => ({
  kind: 'CONTRACT_COMMITMENT_UPDATE',
  commitmentId,
  fields,
});
const remove = (commitmentId = '17'): ContractCommitmentChange => ({
  kind: 'CONTRACT_COMMITMENT_DELETE',
  commitmentId,
});
const patch = (
  commitments: readonly CommitmentPatch[],
  periods: readonly PeriodPatch[] = [],
  services: readonly ServicePatch[] = [],
): ContractCommitmentChange & { readonly kind: 'CONTRACT_COMMITMENT_PATCH' } => ({
  kind: 'CONTRACT_COMMITMENT_PATCH',
  commitments,
  periods,
  services,
});
const newPeriod = (fields: PeriodFields, commitmentId = '17'): PeriodPatch => ({
  action: 'CREATE',
  commitmentId,
  fields,
});
const attach = (serviceId: string, commitmentId = '17'): ServicePatch => ({
  action: 'ATTACH',
  commitmentId,
  serviceId,
});
const detach = (serviceId: string, commitmentId = '17'): ServicePatch => ({
  action: 'DETACH',
  commitmentId,
  serviceId,
});

const SAMPLE_CREATION: ContractCommitmentFields = {
  accountContractId: '24',
  commitmentTypeId: '18',
  penaltyServiceId: '5',
  penaltyDescription: 'Minimum quantity commit.',
  includesChildAccounts: true,
  penaltyChargeTypeId: '16',
};

/** A reply to a write. */
const done = (type: string, items: readonly unknown[]): PlainReply => ({
  body: `{"trackingId": "${TRACKING}", "type": "${type}", "results": {"totalCount": ${items.length}, "items": ${textOf(items)}}}`,
});
const action = (word: string, identity: number, dtoTypeKey = 'contractCommitment', instance?: object) => ({
  identity,
  action: word,
  dtoTypeKey,
  ...(instance === undefined ? {} : { instance }),
});
const refusal = (...errors: readonly (readonly [number, string])[]): PlainReply => ({
  status: 400,
  body: JSON.stringify({
    trackingId: TRACKING,
    type: 'update',
    errors: errors.map(([code, message]) => ({ code, message })),
  }),
});
const SUMMARY = [2000, 'The transaction could not be processed.'] as const;

describe('requests', () => {
  it('are those of the samples', () => {
    const sameAs = (name: string) => parseJson(sample(name));
    const creation = requestOf(create(SAMPLE_CREATION), new Map());
    expect(creation).toMatchObject({ method: 'POST', path: 'Contract/Commitment/' });
    expect(parseJson(creation.body!)).toEqual(sameAs('create-request'));
    const change = requestOf(
      update(
        {
          ...SAMPLE_CREATION,
          accountContractId: '14',
          commitmentTypeId: '0',
          penaltyServiceId: '23',
          penaltyChargeTypeId: '5',
        },
        '1',
      ),
      new Map(),
    );
    expect(change).toMatchObject({ method: 'PUT', path: 'Contract/Commitment/1' });
    expect(parseJson(change.body!)).toEqual(sameAs('update-request'));
    const patched = requestOf(
      patch([
        {
          action: 'CREATE',
          fields: {
            ...SAMPLE_CREATION,
            accountContractId: '27',
            commitmentTypeId: '25',
            penaltyServiceId: '11',
            penaltyChargeTypeId: '12',
          },
        },
      ]),
      new Map(),
    );
    expect(patched).toMatchObject({ method: 'PATCH', path: 'Contract/Commitment/2147483647' });
    expect(parseJson(patched.body!)).toEqual(sameAs('patch-request'));
    expect(requestOf(remove('1'), new Map())).toEqual({
      method: 'DELETE',
      path: 'Contract/Commitment/1',
      body: null,
    });
  });

  it('of an update hold what is given and nothing else, with all digits', () => {
    const { body } = requestOf(
      update({ penaltyServiceId: null, accountContractId: '900719925474099301' }),
      new Map(),
    );
    expect(body).toBe('{"identity":17,"accountContractId":900719925474099301,"penaltyServiceId":null}');
  });

  it('of a patch number their items through and name the commitment of every child', async () => {
    const { planned } = await open();
    const plan = await planned(
      patch(
        [
          { action: 'UPDATE', commitmentId: '18', fields: { penaltyDescription: 'Other "words"' } },
          { action: 'CREATE', fields: { accountContractId: '8', commitmentTypeId: '2' } },
        ],
        [
          { action: 'UPDATE', commitmentId: '17', periodId: '98', fields: { occurrences: 7 } },
          newPeriod(
            { order: 1, isRemainderOfTerm: false, occurrences: 1, frequency: 2, frequencyTypeId: '3' },
            '18',
          ),
          { action: 'DELETE', commitmentId: '17', periodId: '99' },
        ],
        [detach('92'), attach('93')],
      ),
    );
    expect(plan).toMatchObject({ target: 'LOGISENSE/acme', externalId: null, version: null });
    expect(plan.request).toMatchObject({ method: 'PATCH', path: 'Contract/Commitment/18' });
    expect(JSON.parse(plan.request.body!)).toEqual({
      details: {
        contractCommitmentPeriods: {
          items: [
            {
              patchType: 'update',
              patchClientId: 3,
              identity: 98,
              contractCommitmentId: 17,
              periodOccurrences: 7,
            },
            {
              patchType: 'create',
              patchClientId: 4,
              contractCommitmentId: 18,
              periodOccurrences: 1,
              periodFrequency: 2,
              frequencyTypeId: 3,
              sortOrder: 1,
              isRemainderOfTerm: false,
            },
            { patchType: 'delete', patchClientId: 5, identity: 99, contractCommitmentId: 17 },
          ],
        },
        services: {
          items: [
            { patchType: 'detach', patchClientId: 6, identity: 13, contractCommitmentId: 17, serviceId: 92 },
            { patchType: 'attach', patchClientId: 7, contractCommitmentId: 17, serviceId: 93 },
          ],
        },
      },
      contractCommitments: {
        items: [
          { patchType: 'update', patchClientId: 1, identity: 18, penaltyDescription: 'Other "words"' },
          { patchType: 'create', patchClientId: 2, accountContractId: 8, contractCommitmentTypeId: 2 },
        ],
      },
    });
  });

  it('of a patch of children alone have no commitments and go to the one that they name', async () => {
    const { planned } = await open();
    const plan = await planned(patch([], [], [attach('93')]));
    expect(plan).toMatchObject({ externalId: '17', request: { path: 'Contract/Commitment/17' } });
    expect(plan.version).not.toBeNull();
    expect(JSON.parse(plan.request.body!)).toMatchObject({ contractCommitments: { items: [] } });
  });

  it('never hold an id that is not digits', () => {
    expect(() => requestOf(create({ accountContractId: '1,"x":2' }), new Map())).toThrow(RangeError);
    expect(() => requestOf(remove('..'), new Map())).toThrow(RangeError);
    expect(() => requestOf(update({ commitmentTypeId: '007' }), new Map())).toThrow(RangeError);
  });

  it('are sent as planned, with the credential and the id of the request, once', async () => {
    const { sent, writes } = await open();
    const { plan } = await sent(
      update({ penaltyDescription: 'Other' }),
      done('update', [{ ...SEVENTEEN, penaltyDescription: 'Other' }]),
    );
    expect(writes()[0]).toMatchObject({ method: 'PUT', path: `${ROOT}17`, body: plan.request.body });
    expect(writes()[0]!.headers).toMatchObject({
      authorization: 'Bearer not-a-real-token',
      'content-type': 'application/json',
      'x-request-id': 'request-1',
    });
  });
});

describe('plans', () => {
  it('say what goes with a commitment that is deleted, and what only LogiSense can say', async () => {
    const { planned } = await open();
    const plan = await planned(remove());
    expect(plan.implications).toEqual([
      { code: 'CASCADE', message: 'Period 1 of commitment 17 is deleted with it.', externalId: '98' },
      { code: 'CASCADE', message: 'Period 2 of commitment 17 is deleted with it.', externalId: '99' },
      {
        code: 'CASCADE',
        message: 'The link of commitment 17 to service 92 (Voice) goes with it.',
        externalId: '13',
      },
      {
        code: 'CASCADE',
        message: 'The link of commitment 17 to package frequency 88 (Monthly) goes with it.',
        externalId: '69',
      },
      {
        code: 'CASCADE',
        message: 'The link of commitment 17 to usage class 85 (Minutes) goes with it.',
        externalId: '6',
      },
    ]);
    expect(plan.unchecked.length).toBeGreaterThan(0);
    const inPatch = await planned(patch([{ action: 'DELETE', commitmentId: '17' }]));
    expect(inPatch.implications).toEqual(plan.implications);
  });

  it('have one target for all of a customer, so that a patch collides with a write to any of its commitments', async () => {
    const { planned } = await open();
    const targets = await Promise.all(
      [
        create({ accountContractId: '8', commitmentTypeId: '2' }),
        update({ penaltyDescription: 'x' }),
        remove('18'),
        patch([], [], [attach('1', '17'), attach('1', '18')]),
      ].map(async (change) => (await planned(change)).target),
    );
    expect(new Set(targets)).toEqual(new Set(['LOGISENSE/acme']));
  });

  it('have another version once a term of the commitment is another', async () => {
    const { planned, show } = await open();
    const first = await planned(remove());
    expect((await planned(remove())).version).toBe(first.version);
    show([{ ...SEVENTEEN, penaltyServiceId: 6 }]);
    expect((await planned(remove())).version).not.toBe(first.version);
  });

  it('read afresh each time, whatever is at hand', async () => {
    const { planned, problems, show } = await open();
    await planned(update({ penaltyDescription: 'Other' }));
    show([{ ...SEVENTEEN, penaltyDescription: 'Other' }]);
    expect(await problems(update({ penaltyDescription: 'Other' }))).toEqual([' NOT_CHANGED']);
  });

  it('are not made on a list that is not whole, or of what cannot be read', async () => {
    const { port, routes } = await open();
    const creation = create({ accountContractId: '8', commitmentTypeId: '2' });
    routes[SCAN] = { body: `{"pagedResults": {"totalCount": 2, "items": [${textOf(SEVENTEEN)}]}}` };
    await expect(port().plan(acme, creation)).rejects.toMatchObject({ name: 'SourceError' });
    routes[SCAN] = { status: 500, body: '{}' };
    await expect(port().plan(acme, creation)).rejects.toMatchObject({ name: 'SourceError' });
    routes[`GET ${ROOT}17/Detail`] = {
      body: '{"instance": {"identity": 17, "accountContractId": 8, "includeChildAccounts": "yes"}}',
    };
    await expect(port().plan(acme, remove())).rejects.toMatchObject({
      failure: { code: 'UPSTREAM_MALFORMED' },
    });
  });

  it('look a commitment up in the list where the vendor refuses to read it by its id', async () => {
    const { planned, problems, routes } = await open();
    routes[`GET ${ROOT}17/Detail`] = refusal([13100000, 'The record does not exist.']);
    routes[`GET ${ROOT}19/Detail`] = refusal([13100000, 'The record does not exist.']);
    expect((await planned(remove())).externalId).toBe('17');
    expect(await problems(remove('19'))).toEqual(['commitmentId NOT_FOUND']);
  });
});

describe('refusals before anything is sent', () => {
  const refuses = async (change: ContractCommitmentChange, ...expected: readonly string[]) => {
    const { problems } = await open();
    expect(await problems(change)).toEqual(expected);
  };

  it('a customer without an account', async () => {
    const { problems, server } = await open();
    expect(await problems(remove(), organization(null))).toEqual([' NOT_ALLOWED']);
    expect(await problems(remove(), organization([]))).toEqual([' NOT_ALLOWED']);
    expect(server.calls).toEqual([]);
  });

  it('a creation without what it needs', () =>
    refuses(create({}), 'accountContractId REQUIRED', 'commitmentTypeId REQUIRED'));

  it('ids that are none, all at once', () =>
    refuses(
      create({
        accountContractId: '0',
        commitmentTypeId: '-1',
        penaltyServiceId: '1.5',
        penaltyChargeTypeId: 'abc',
        penaltyDescription: 'x'.repeat(10_001),
      }),
      'accountContractId INVALID',
      'commitmentTypeId INVALID',
      'penaltyServiceId INVALID',
      'penaltyChargeTypeId INVALID',
      'penaltyDescription OUT_OF_RANGE',
    ));

  it("an account contract that is another customer's", async () => {
    await refuses(create({ accountContractId: '7', commitmentTypeId: '2' }), 'accountContractId NOT_FOUND');
    await refuses(update({ accountContractId: '7' }), 'accountContractId NOT_FOUND');
  });

  it("a commitment that is not there, or another customer's", async () => {
    for (const id of ['19', '40', '..', '0', '1e3', '']) {
      await refuses(update({ penaltyDescription: 'x' }, id), 'commitmentId NOT_FOUND');
      await refuses(remove(id), 'commitmentId NOT_FOUND');
      await refuses(patch([{ action: 'DELETE', commitmentId: id }]), 'commitments.0.commitmentId NOT_FOUND');
      await refuses(
        patch(
          [],
          [{ action: 'DELETE', commitmentId: id, periodId: '98' }],
          [detach('92', id), attach('1', '17')],
        ),
        'periods.0.commitmentId NOT_FOUND',
        'services.0.commitmentId NOT_FOUND',
      );
    }
  });

  it('an update of nothing, or to what is there already', async () => {
    await refuses(update({}), ' REQUIRED');
    await refuses(update({ penaltyServiceId: '5', includesChildAccounts: true }), ' NOT_CHANGED');
    await refuses(patch([{ action: 'UPDATE', commitmentId: '17', fields: {} }]), 'commitments.0 REQUIRED');
    await refuses(
      patch([{ action: 'UPDATE', commitmentId: '17', fields: { commitmentTypeId: '2' } }]),
      'commitments.0 NOT_CHANGED',
    );
  });

  it('an empty patch', () => refuses(patch([]), ' REQUIRED'));

  it('the same commitment twice, such as deleted and updated', async () => {
    await refuses(
      patch([
        { action: 'DELETE', commitmentId: '17' },
        { action: 'UPDATE', commitmentId: '17', fields: { penaltyDescription: 'x' } },
      ]),
      'commitments.1.commitmentId DUPLICATE',
    );
  });

  it('a child of a commitment that is deleted', () =>
    refuses(
      patch(
        [{ action: 'DELETE', commitmentId: '17' }],
        [{ action: 'DELETE', commitmentId: '17', periodId: '98' }],
        [attach('93')],
      ),
      'periods.0.commitmentId NOT_ALLOWED',
      'services.0.commitmentId NOT_ALLOWED',
    ));

  it('a period without what it needs, or with numbers that cannot be', async () => {
    await refuses(
      patch([], [newPeriod({})]),
      'periods.0.order REQUIRED',
      'periods.0.occurrences REQUIRED',
      'periods.0.frequency REQUIRED',
      'periods.0.frequencyTypeId REQUIRED',
    );
    await refuses(
      patch([], [newPeriod({ occurrences: 0, frequency: 1.5, frequencyTypeId: '0', order: -1 }, '18')]),
      'periods.0.occurrences OUT_OF_RANGE',
      'periods.0.frequency INVALID',
      'periods.0.order OUT_OF_RANGE',
      'periods.0.frequencyTypeId INVALID',
    );
    const { problems } = await open();
    expect(await problems(patch([], [newPeriod({ order: 1, isRemainderOfTerm: true }, '18')]))).toEqual([]);
  });

  it('a period that is not there, named twice, not changed, or changed in nothing', async () => {
    const change = (periodId: string, fields: PeriodFields): PeriodPatch => ({
      action: 'UPDATE',
      commitmentId: '17',
      periodId,
      fields,
    });
    await refuses(
      patch(
        [],
        [
          change('97', { occurrences: 2 }),
          change('98', { occurrences: 6 }),
          change('98', { frequency: 2 }),
          change('99', {}),
        ],
      ),
      'periods.0.periodId NOT_FOUND',
      'periods.1 NOT_CHANGED',
      'periods.2.periodId DUPLICATE',
      'periods.3 REQUIRED',
    );
  });

  it('two periods at one place, two remainders, and a remainder that is not the last', async () => {
    const length = { occurrences: 1, frequency: 1, frequencyTypeId: '3' };
    await refuses(patch([], [newPeriod({ ...length, order: 1 })]), 'periods.0.order DUPLICATE');
    await refuses(patch([], [newPeriod({ ...length, order: 3 })]), 'periods.0.order NOT_ALLOWED');
    await refuses(
      patch([], [newPeriod({ order: 3, isRemainderOfTerm: true })]),
      'periods.0.isRemainderOfTerm OVERLAP',
    );
    await refuses(
      patch([], [{ action: 'UPDATE', commitmentId: '17', periodId: '99', fields: { order: 0 } }]),
      'periods.0.order NOT_ALLOWED',
    );
    await refuses(
      patch(
        [],
        [
          {
            action: 'UPDATE',
            commitmentId: '17',
            periodId: '99',
            fields: { isRemainderOfTerm: false, frequency: 1 },
          },
        ],
      ),
      'periods.0.occurrences REQUIRED',
    );
  });

  it('not what the same patch makes room for', async () => {
    const { problems } = await open();
    const length = { occurrences: 1, frequency: 1, frequencyTypeId: '3' };
    expect(
      await problems(
        patch(
          [],
          [
            { action: 'DELETE', commitmentId: '17', periodId: '99' },
            { action: 'UPDATE', commitmentId: '17', periodId: '98', fields: { order: 5 } },
            newPeriod({ ...length, order: 1 }),
            newPeriod({ order: 6, isRemainderOfTerm: true }),
          ],
        ),
      ),
    ).toEqual([]);
  });

  it('does not blame a change for what was wrong before it', async () => {
    const { problems } = await open([
      { ...SEVENTEEN, details: { periods: [period(98, 1), period(97, 1), period(99, 4)] } },
    ]);
    expect(
      await problems(
        patch([], [{ action: 'UPDATE', commitmentId: '17', periodId: '99', fields: { order: 3 } }]),
      ),
    ).toEqual([]);
  });

  it('a service attached again, detached where it is not, named twice, or none', () =>
    refuses(
      patch([], [], [attach('92'), detach('93'), attach('92'), attach('0'), attach('92', '18')]),
      'services.0.serviceId NOT_CHANGED',
      'services.1.serviceId NOT_FOUND',
      'services.2.serviceId DUPLICATE',
      'services.3.serviceId INVALID',
    ));
});

describe('answers', () => {
  const sampleOrganization = organization(['24', '12', '25', '14', '6', '27', '8']);

  it('a creation, as the sample shows it: read once more, and so whole', async () => {
    const { resultOf, show, port, planned, routes } = await open();
    const change = create(SAMPLE_CREATION);
    const plan = await planned(change, sampleOrganization);
    routes[`POST ${ROOT}`] = { body: sample('create-response') };
    show([...ALL, { ...SEVENTEEN, identity: 1, accountContractId: 12 }]);
    const step = await port().send(sampleOrganization, change, plan, 'r');
    expect(step).toMatchObject({
      state: 'SUCCEEDED',
      externalId: '1',
      references: { trackingId: TRACKING },
    });
    const result = resultOf(change, step as { outcome: Json }, sampleOrganization);
    expect(result).toMatchObject({
      externalId: '1',
      contractCommitments: [
        {
          externalId: '1',
          accountContract: { externalId: '12', name: 'Main' },
          periods: [{ externalId: '98' }, { externalId: '99' }],
          services: [{ externalId: '92' }],
          observation: { observedAt: NOW, stale: false },
        },
      ],
      affected: [{ type: 'contractCommitment', action: 'CREATED', actionText: 'create', externalId: '1' }],
    });
    // Where it cannot be read again, the answer shows what was made: it has nothing yet that could be left out.
    const alone = await open();
    const { step: second } = await alone.sent(
      change,
      { body: sample('create-response') },
      sampleOrganization,
    );
    expect(second).toMatchObject({ state: 'SUCCEEDED', externalId: '1' });
    expect(
      alone.resultOf(change, second as { outcome: Json }, sampleOrganization).contractCommitments,
    ).toMatchObject([
      {
        externalId: '1',
        accountContract: { externalId: '12', name: 'Sample Text Data' },
        commitmentType: { externalId: '7', name: 'Sample Text Data' },
        penalty: {
          service: { externalId: '10' },
          description: 'Minimum quantity commit.',
          chargeType: { externalId: '13' },
        },
        includesChildAccounts: true,
        periods: [],
      },
    ]);
  });

  it('an update, as the sample shows it', async () => {
    const { sent, resultOf } = await open([{ ...SEVENTEEN, identity: 1 }]);
    const change = update({ penaltyServiceId: '23' }, '1');
    const { step } = await sent(change, { body: sample('update-response') }, sampleOrganization);
    expect(step).toMatchObject({
      state: 'SUCCEEDED',
      externalId: '1',
      references: { trackingId: TRACKING },
      after: { commitments: { '1': { accountContractId: '8' } } },
    });
    expect(resultOf(change, step as { outcome: Json }, sampleOrganization)).toMatchObject({
      contractCommitments: [{ externalId: '1', periods: [{}, {}] }],
      affected: [{ action: 'UPDATED', actionText: 'update', externalId: '1' }],
    });
  });

  it('an update whose commitment cannot be read again shows none rather than one without its periods', async () => {
    const { planned, port, routes, resultOf } = await open();
    const change = update({ penaltyServiceId: '23' });
    const plan = await planned(change);
    const { details, ...plain } = SEVENTEEN;
    routes[`PUT ${ROOT}17`] = done('update', [plain]);
    routes[`GET ${ROOT}17/Detail`] = { status: 404, body: '{}' };
    const step = await port().send(acme, change, plan, 'r');
    expect(step.state).toBe('SUCCEEDED');
    expect(resultOf(change, step as { outcome: Json }).contractCommitments).toEqual([]);
    routes[`PUT ${ROOT}17`] = done('update', [{ ...plain, details }]);
    const whole = await port().send(acme, change, plan, 'r');
    expect(resultOf(change, whole as { outcome: Json }).contractCommitments).toMatchObject([
      { externalId: '17', services: [{ externalId: '92' }] },
    ]);
  });

  it('a patch, as the sample shows it: action records (C10)', async () => {
    const { sent, resultOf } = await open();
    const change = patch([{ action: 'CREATE', fields: { ...SAMPLE_CREATION, accountContractId: '27' } }]);
    const { step } = await sent(change, { body: sample('patch-response') }, sampleOrganization);
    expect(step).toMatchObject({ state: 'SUCCEEDED', externalId: '1' });
    expect(resultOf(change, step as { outcome: Json }, sampleOrganization)).toEqual({
      contract: null,
      quote: null,
      invoice: null,
      resourceCommitment: null,
      previousExternalId: null,
      externalId: '1',
      contractCommitments: [
        expect.objectContaining({
          externalId: '1',
          accountContract: { externalId: '6', name: 'Sample Text Data' },
        }),
      ],
      affected: [
        {
          type: 'contractCommitment',
          action: 'CREATED',
          actionText: 'created',
          externalId: '1',
          leftExternalId: null,
          rightExternalId: null,
        },
      ],
    });
  });

  it('a deletion, as the sample shows it: everything that went, and more than was shown is counted', async () => {
    const { sent, resultOf, seen } = await open([{ ...SEVENTEEN, identity: 1, details: {} }]);
    const change = remove('1');
    const { step } = await sent(change, { body: sample('delete-response') });
    expect(step).toMatchObject({
      state: 'SUCCEEDED',
      externalId: '1',
      references: { trackingId: TRACKING },
    });
    expect(resultOf(change, step as { outcome: Json })).toMatchObject({
      externalId: '1',
      contractCommitments: [],
      affected: [
        { type: 'contractCommitment', action: 'DELETED', externalId: '1' },
        {
          type: 'sampleObjectConnector',
          action: 'DETACHED',
          externalId: null,
          leftExternalId: '2',
          rightExternalId: '2',
        },
        { type: 'sampleObject', action: 'DELETED', externalId: '2', leftExternalId: null },
      ],
    });
    expect(seen).toContain('LOGISENSE delete.surplus=2');
  });

  it('both forms of items for every change (C10)', async () => {
    const made = { ...EIGHTEEN, identity: 50 };
    const creation = await open();
    const first = await creation.sent(
      create({ accountContractId: '8', commitmentTypeId: '2' }),
      done('create', [action('created', 50, 'contractCommitment', made)]),
    );
    expect(first.step).toMatchObject({ state: 'SUCCEEDED', externalId: '50' });
    const changed = await open();
    const second = await changed.sent(
      update({ penaltyServiceId: '6' }),
      done('update', [action('updated', 17, 'contractCommitment', SEVENTEEN)]),
    );
    expect(second.step.state).toBe('SUCCEEDED');
    const patched = await open();
    const third = await patched.sent(
      patch([
        { action: 'UPDATE', commitmentId: '17', fields: { penaltyServiceId: '6' } },
        { action: 'CREATE', fields: { accountContractId: '8', commitmentTypeId: '2' } },
      ]),
      done('patch', [SEVENTEEN, made]),
    );
    expect(third.step.state).toBe('SUCCEEDED');
    const kept = third.step as unknown as { outcome: { commitments: string[] } };
    expect(kept.outcome.commitments).toHaveLength(2);
  });

  it('a patch of children: attached, detached, and words that are new', async () => {
    const change = patch(
      [],
      [{ action: 'DELETE', commitmentId: '17', periodId: '98' }],
      [attach('93'), detach('92')],
    );
    const items = [
      action('deleted', 98, 'contractCommitmentPeriod'),
      { lhsId: 17, rhsId: 93, action: 'attached', dtoTypeKey: 'contractCommitmentService' },
      { lhsId: 17, rhsId: 92, action: 'detached', dtoTypeKey: 'contractCommitmentService' },
      action('retrieved', 17, 'contractCommitment', SEVENTEEN),
    ];
    const { sent, resultOf, drift } = await open();
    const { step } = await sent(change, done('patch', items));
    expect(step).toMatchObject({ state: 'SUCCEEDED', externalId: '17' });
    expect(resultOf(change, step as { outcome: Json }).affected.map((one) => one.action)).toEqual([
      'DELETED',
      'ATTACHED',
      'DETACHED',
    ]);
    expect(drift.counts('LOGISENSE').unrecognizedValues).toBe(0);

    const strange = await open();
    const odd = await strange.sent(
      change,
      done('patch', [...items, action('failed', 98, 'contractCommitmentPeriod')]),
    );
    expect(odd.step).toMatchObject({ state: 'UNKNOWN', references: { trackingId: TRACKING } });
    expect(strange.seen).toContain('LOGISENSE write.action=failed');
    expect(
      (odd.step as unknown as { progress: { affected: object[] } }).progress.affected.at(-1),
    ).toMatchObject({
      action: 'UNRECOGNIZED',
      actionText: 'failed',
    });
  });

  it.each([
    ['no item', done('update', [])],
    ['another commitment', done('update', [{ ...EIGHTEEN }])],
    ["another customer's", done('update', [{ ...SEVENTEEN, accountContractId: 7 }])],
    ['an item that cannot be read', done('update', [{ identity: 17 }])],
    ['a word that we do not know', done('update', [action('queued', 17, 'contractCommitment', SEVENTEEN)])],
    ['no results', { body: '{"trackingId": "x", "type": "update"}' }],
    ['no JSON', { body: '<html>ok</html>' }],
    ['no body', { body: '' }],
    ['a failure', { status: 500, body: '{}' }],
  ])('does not take %s for a success', async (_, reply: PlainReply) => {
    const { sent } = await open();
    const { step } = await sent(update({ penaltyServiceId: '6' }), reply);
    expect(step).toMatchObject({ state: 'UNKNOWN', message: expect.stringMatching(/LogiSense/) as unknown });
    expect(step).not.toHaveProperty('outcome');
  });

  it('a creation or a deletion that does not name what was asked for is not known', async () => {
    const creation = await open();
    const first = await creation.sent(
      create({ accountContractId: '8', commitmentTypeId: '2' }),
      done('create', [EIGHTEEN, { ...EIGHTEEN, identity: 19 }]),
    );
    expect(first.step.state).toBe('UNKNOWN');
    const deletion = await open();
    const second = await deletion.sent(remove(), done('delete', [action('deleted', 18)]));
    expect(second.step.state).toBe('UNKNOWN');
    const patched = await open();
    const third = await patched.sent(
      patch([
        { action: 'UPDATE', commitmentId: '17', fields: { penaltyServiceId: '6' } },
        { action: 'DELETE', commitmentId: '18' },
      ]),
      done('patch', [action('updated', 17, 'contractCommitment', SEVENTEEN)]),
    );
    expect(third.step.state).toBe('UNKNOWN');
  });

  it("a refusal in the vendor's words, all of them but the summary", async () => {
    const { sent } = await open();
    const { step } = await sent(
      update({ penaltyServiceId: '4711' }),
      refusal(
        [13100000, "'PenaltyServiceId' 4711 does not exist."],
        [10400000, "'PenaltyDescription' is required."],
        SUMMARY,
      ),
    );
    expect(step).toEqual({
      state: 'FAILED',
      failure: {
        code: 'REFUSED',
        message: "'PenaltyServiceId' 4711 does not exist. 'PenaltyDescription' is required.",
      },
      references: { trackingId: TRACKING },
    });
  });

  it('a refusal that comes with 200', async () => {
    const { sent } = await open();
    const { step } = await sent(update({ penaltyServiceId: '6' }), {
      ...refusal([1, 'No.']),
      status: 200,
    });
    expect(step).toMatchObject({ state: 'FAILED', failure: { code: 'REFUSED', message: 'No.' } });
  });

  it.each([
    ['the summary alone', refusal(SUMMARY), /no reason/],
    [
      'a stack trace',
      refusal([1, 'System.NullReferenceException at Ls.Core.Save(Int32 id) in C:\\x.cs']),
      /no reason/,
    ],
    ['mark-up', refusal([1, '<b>No</b>']), /no reason/],
    ['an address', refusal([1, 'see https://internal.example/x']), /no reason/],
    ['an error without a body', { status: 400, body: '' }, /no reason/],
    ["another's id", refusal([1, 'Held by contract 123456.']), /^Held by contract \(withheld\)\.$/],
    ['a permission', { ...refusal([1, 'Role gateway-writer is missing']), status: 403 }, /not permit/],
    ['that it is gone', { status: 404, body: '{}' }, /any more/],
  ])('a refusal with %s', async (_, reply, expected) => {
    const { sent } = await open();
    const { step } = await sent(update({ penaltyServiceId: '6' }), reply);
    expect(step).toMatchObject({
      state: 'FAILED',
      failure: { code: 'REFUSED', message: expect.stringMatching(expected) as unknown },
    });
  });

  it('a refusal of any length, cut', async () => {
    const { sent } = await open();
    const { step } = await sent(
      update({ penaltyServiceId: '6' }),
      refusal(...Array.from({ length: 50 }, (_, i) => [1, `Problem ${i} ${'x'.repeat(30)}.`] as const)),
    );
    expect((step as { failure: { message: string } }).failure.message.length).toBeLessThanOrEqual(300);
  });

  it('says that nothing was sent where the vendor did not look at it', async () => {
    const { sent } = await open();
    const { step } = await sent(update({ penaltyServiceId: '6' }), { status: 401, body: '{}' });
    expect(step).toMatchObject({ state: 'NOT_SENT', failure: { source: 'LOGISENSE' } });
  });
});

describe('looks', () => {
  const newRow = { ...EIGHTEEN, identity: 50, contractCommitmentTypeId: 6, details: {} };
  const creation = create({ accountContractId: '8', commitmentTypeId: '6', includesChildAccounts: true });

  it('find a creation: one new commitment that is what was asked for', async () => {
    const { look, resultOf } = await open();
    const found = await look(creation, [...ALL, newRow]);
    expect(found).toMatchObject({
      state: 'SUCCEEDED',
      externalId: '50',
      after: { added: { '50': { commitmentTypeId: '6' } } },
    });
    expect(resultOf(creation, found as { outcome: Json })).toMatchObject({
      externalId: '50',
      contractCommitments: [{ externalId: '50', observation: { observedAt: NOW } }],
    });
  });

  it('find that nothing was created', async () => {
    const { look } = await open();
    expect((await look(creation, ALL)).state).toBe('NOT_APPLIED');
    // On another account contract, or another customer's: no business of this change.
    const other = await open();
    const elsewhere = [
      { ...newRow, accountContractId: 24 },
      { ...newRow, identity: 51, accountContractId: 7 },
    ];
    expect((await other.look(creation, [...ALL, ...elsewhere])).state).toBe('NOT_APPLIED');
  });

  it.each([
    ['two new ones', [newRow, { ...newRow, identity: 51 }]],
    ['a new one that is another', [{ ...newRow, includeChildAccounts: false }]],
    ['a new one that cannot be read', [{ ...newRow, includeChildAccounts: 'yes' }]],
    ['a new one that does not tell its owner', [{ ...newRow, accountContractId: null }]],
    ['a new one that does not even tell its id', [{ ...newRow, identity: null as unknown as number }]],
  ])('cannot tell a creation with %s', async (_, added) => {
    const { look } = await open();
    const found = await look(creation, [...ALL, ...(added as unknown as Row[])]);
    expect(found.state).toBe('UNKNOWN');
    expect(found.after).toBeDefined();
  });

  it('find an update by the members that were to change', async () => {
    const change = update({ penaltyServiceId: '6', penaltyDescription: null, includesChildAccounts: true });
    const applied = { ...SEVENTEEN, penaltyServiceId: 6, penaltyDescription: null };
    const { look, resultOf } = await open();
    const found = await look(change, [applied]);
    expect(found).toMatchObject({ state: 'SUCCEEDED', externalId: '17' });
    expect(resultOf(change, found as { outcome: Json }).contractCommitments).toMatchObject([
      { externalId: '17', penalty: { service: { externalId: '6' } } },
    ]);
    for (const [row, state] of [
      [SEVENTEEN, 'NOT_APPLIED'],
      // Something else of it changed meanwhile, which proves nothing.
      [{ ...SEVENTEEN, contractCommitmentTypeId: 3 }, 'NOT_APPLIED'],
      // Half of it.
      [{ ...SEVENTEEN, penaltyServiceId: 6 }, 'UNKNOWN'],
      // A third value: somebody else's.
      [{ ...applied, penaltyServiceId: 7 }, 'UNKNOWN'],
      // What was to stay did not.
      [{ ...applied, includeChildAccounts: false }, 'UNKNOWN'],
      // Now another customer's.
      [{ ...applied, accountContractId: 7 }, 'UNKNOWN'],
    ] as const) {
      const other = await open();
      expect((await other.look(change, [row])).state).toBe(state);
    }
    const gone = await open();
    const missing = await gone.look(change, []);
    expect(missing).toMatchObject({ state: 'UNKNOWN', after: { commitments: { '17': 'ABSENT' } } });
  });

  it('show nothing of a commitment that has become another customer’s', async () => {
    const { look } = await open();
    const found = await look(update({ penaltyServiceId: '6' }), [{ ...SEVENTEEN, accountContractId: 7 }]);
    expect(found.after).toMatchObject({ commitments: { '17': 'FOREIGN' } });
  });

  it('find a deletion', async () => {
    const { look, resultOf } = await open();
    const found = await look(remove(), [EIGHTEEN, FOREIGN]);
    expect(found).toMatchObject({ state: 'SUCCEEDED', externalId: '17' });
    expect(resultOf(remove(), found as { outcome: Json })).toMatchObject({
      externalId: '17',
      contractCommitments: [],
    });
    const there = await open();
    expect((await there.look(remove(), ALL)).state).toBe('NOT_APPLIED');
    const moved = await open();
    expect((await moved.look(remove(), [{ ...SEVENTEEN, accountContractId: 7 }])).state).toBe('UNKNOWN');
  });

  it('do not take a list that is not whole for a proof', async () => {
    const { planned, port, routes } = await open();
    const plan = await planned(remove());
    routes[`GET ${ROOT}17/Detail`] = refusal([13100000, 'The record does not exist.']);
    routes[SCAN] = { body: `{"pagedResults": {"totalCount": 3, "items": [${textOf(EIGHTEEN)}]}}` };
    const sent = { plan, sentAt: 0, progress: null };
    await expect(port().look(acme, remove(), sent)).rejects.toMatchObject({ name: 'SourceError' });
    routes[SCAN] = { body: `{"pagedResults": {"totalCount": 1, "items": [${textOf(EIGHTEEN)}]}}` };
    expect((await port().look(acme, remove(), sent)).state).toBe('SUCCEEDED');
  });

  describe('of a patch of everything', () => {
    const change = patch(
      [
        { action: 'UPDATE', commitmentId: '18', fields: { penaltyDescription: 'Other' } },
        { action: 'CREATE', fields: { accountContractId: '8', commitmentTypeId: '6' } },
        // Fits the first as well: which is whose follows from the other.
        {
          action: 'CREATE',
          fields: { accountContractId: '8', commitmentTypeId: '6', penaltyServiceId: '9' },
        },
      ],
      [
        { action: 'UPDATE', commitmentId: '17', periodId: '98', fields: { occurrences: 7 } },
        { action: 'DELETE', commitmentId: '17', periodId: '99' },
        newPeriod({ order: 3, occurrences: 1, frequency: 1, frequencyTypeId: '3' }),
      ],
      [detach('92'), attach('93')],
    );
    const parts = {
      commitment: { ...EIGHTEEN, penaltyDescription: 'Other' },
      created: [{ ...newRow, identity: 51, penaltyServiceId: 9 }, newRow],
      periods: [period(98, 1, { periodOccurrences: 7 }), period(100, 3, { periodOccurrences: 1 })],
      services: [{ identity: 14, contractCommitmentId: 17, serviceId: 93, serviceName: 'Data' }],
    };
    const seventeen = (periods: unknown, services: unknown): Row => ({
      ...SEVENTEEN,
      details: { ...SEVENTEEN.details, periods, services },
    });
    const { periods, services } = SEVENTEEN.details;

    it('finds that all of it was done', async () => {
      const { look, resultOf } = await open();
      const found = await look(
        change,
        [seventeen(parts.periods, parts.services), parts.commitment, FOREIGN, ...parts.created],
        { progress: { affected: [{ type: 'x', action: 'UPDATED' }] } },
      );
      expect(found.state).toBe('SUCCEEDED');
      expect(found).not.toHaveProperty('externalId');
      const result = resultOf(change, found as { outcome: Json });
      expect(result.contractCommitments.map(({ externalId }) => externalId)).toEqual([
        '18',
        '17',
        '50',
        '51',
      ]);
      expect(result.affected).toEqual([{ type: 'x', action: 'UPDATED' }]);
    });

    it('finds that none of it was done', async () => {
      const { look } = await open();
      expect((await look(change, ALL)).state).toBe('NOT_APPLIED');
    });

    it.each([
      ['the commitment', [SEVENTEEN, parts.commitment]],
      ['the creations', [SEVENTEEN, EIGHTEEN, ...parts.created]],
      ['one creation', [SEVENTEEN, EIGHTEEN, newRow]],
      ['the periods', [seventeen(parts.periods, services), EIGHTEEN]],
      ['the services', [seventeen(periods, parts.services), EIGHTEEN]],
      [
        'all but one period',
        [seventeen([...parts.periods, periods[1]], parts.services), parts.commitment, ...parts.created],
      ],
      [
        'all, and a period more',
        [seventeen([...parts.periods, period(101, 9)], parts.services), parts.commitment, ...parts.created],
      ],
      ['all, on a commitment that is gone', [parts.commitment, ...parts.created]],
    ])('cannot tell where %s is to be seen', async (_, rows) => {
      const { look } = await open();
      expect((await look(change, rows as Row[])).state).toBe('UNKNOWN');
    });
  });

  it('say that they cannot tell where the plan is not ours, or the account is gone', async () => {
    const { planned, port } = await open();
    const plan = await planned(remove());
    expect(
      (await port().look(acme, remove(), { plan: { ...plan, before: 'x' }, sentAt: 0, progress: null }))
        .state,
    ).toBe('UNKNOWN');
    expect((await port().look(organization(null), remove(), { plan, sentAt: 0, progress: null })).state).toBe(
      'UNKNOWN',
    );
  });
});

describe('outcomes', () => {
  it('keep every digit, and say the same whenever they are asked', async () => {
    const long = '900719925474099301';
    const { sent, resultOf, drift } = await open([{ ...SEVENTEEN, identity: long }]);
    const change = update({ penaltyServiceId: '6' }, long);
    const { step } = await sent(change, done('update', [{ ...SEVENTEEN, identity: long }]));
    const before = drift.counts('LOGISENSE');
    expect(resultOf(change, step as { outcome: Json }).contractCommitments[0]!.externalId).toBe(long);
    expect(drift.counts('LOGISENSE')).toEqual(before);
  });

  it("say nothing where they are not ours, and nothing of another customer's", async () => {
    const { port, sent, resultOf } = await open();
    for (const odd of [null, 'x', [], {}, { observedAt: NOW, commitments: 'x', affected: [] }] as Json[]) {
      expect(port().result(acme, remove(), odd)).toMatchObject({ contractCommitments: [], affected: [] });
    }
    const change = update({ penaltyServiceId: '6' });
    const { step } = await sent(change, done('update', [SEVENTEEN]));
    expect(
      resultOf(change, step as { outcome: Json }, organization(['7'], 'other')).contractCommitments,
    ).toEqual([]);
  });
});
