/**
 * Changes of LogiSense's commitments and synchronizations with Commitment Manager, over the sandbox: a gateway with a
 * journal whose time can be moved on, what the vendors really did, and what they were sent.
 */
import { expect, onTestFinished } from 'vitest';
import type { Effect } from '../../src/sandbox/ledger.js';
import type { Emulator } from '../../src/sandbox/emulator.js';
import type { BackendName } from '../../src/sandbox/types.js';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import type { Gateway, GatewayOptions, GraphAnswer } from './gateway.js';
import { NOW, startSandboxedGateway, type SandboxedGateway } from './sandboxed-gateway.js';

/** Of a write that is not answered. */
const WRITE_TIMEOUT_MS = 400;

export interface ChangesRig {
  readonly gateway: SandboxedGateway;
  readonly query: Gateway['query'];
  /** Moves the time of gateway and emulators on. */
  skip(milliseconds: number): void;
  emulator(name: BackendName): Emulator;
  /** What that backend really did since the rig was started. */
  effects(name: BackendName): readonly Effect[];
  /** Requests for changes that reached that backend. */
  writes(name: BackendName): readonly string[];
  /** Every request that reached that backend, logins left out. */
  calls(name: BackendName): readonly string[];
}

/** Stopped when the test is over. */
export async function startChanges(
  options: {
    readonly clients?: GatewayOptions['clients'];
    readonly journal?: GatewayOptions['journal'];
    readonly writeTimeoutMs?: number;
  } = {},
): Promise<ChangesRig> {
  const began = performance.now();
  let skippedMs = 0;
  const { writeTimeoutMs = WRITE_TIMEOUT_MS, journal, clients } = options;
  const gateway = await startSandboxedGateway({
    isWritable: true,
    clock: () => NOW + Math.floor(performance.now() - began) + skippedMs,
    backends: ({ logisense, commitmentManager, ...others }) => ({
      ...others,
      logisense: { ...logisense, writeTimeoutMs },
      commitmentManager: { ...commitmentManager, writeTimeoutMs },
    }),
    ...(journal === undefined ? {} : { journal }),
    ...(clients === undefined ? {} : { clients }),
  });
  onTestFinished(() => gateway[Symbol.asyncDispose]());
  const { sandbox } = gateway;
  return {
    gateway,
    query: (document, variables, headers) => gateway.query(document, variables, headers),
    skip: (milliseconds) => {
      skippedMs += milliseconds;
    },
    emulator: (name) => sandbox.emulator(name),
    effects: (name) => sandbox.emulator(name).effects(),
    writes: (name) => gateway.calls()[name].filter((call) => !call.startsWith('GET ')),
    calls: (name) => gateway.calls()[name],
  };
}

let keys = 0;

/** Another one each time. */
export function newKey(): string {
  keys += 1;
  return `key-${String(keys).padStart(8, '0')}`;
}

export const idOf = (key: string | number, organization = 'sleepyco') =>
  encodeGlobalId({ type: 'ContractCommitment', organization, key: String(key) });

const OPERATION = `id kind state needsOperator source targetExternalId looks sentAt settledAt
  organization { slug } request { method path body } references { trackingId } failure { code message }
  evidence { before after }`;

/** What every payload has, and the operation whole enough to be compared. */
export const ANSWER = `isReplay isDurable operation { ${OPERATION} }
  preview { request { method path body } implications { code message externalId } unchecked }
  userErrors { __typename code path message ... on BackendRefusal { source } }`;

/** Asks for one change, with its input as a variable; a key is made up unless the input has one. */
export function change(
  { query }: Pick<Gateway, 'query'>,
  name: string,
  input: object,
  selection = '',
  headers?: Readonly<Record<string, string>>,
): Promise<GraphAnswer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return query(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${ANSWER} ${selection} } }`,
    { input: { idempotencyKey: newKey(), ...input } },
    headers,
  );
}

/** The operation as the graph shows it by its id. */
export async function operationBy({ query }: Pick<Gateway, 'query'>, id: string) {
  const { data, errors } = await query(`query ($id: ID!) { contractOperation(id: $id) { ${OPERATION} } }`, {
    id,
  });
  expect(errors).toEqual([]);
  return data.contractOperation;
}

/** Waits until the operation has come to that state, in the answer to its id and in the customer's list. */
export async function comesTo(rig: ChangesRig, id: string, state: string, slug = 'sleepyco') {
  await expect
    .poll(async () => (await operationBy(rig, id)).state, { timeout: 15_000, interval: 50 })
    .toBe(state);
  const { data, errors } = await rig.query(
    `query ($slug: String!, $states: [ContractOperationState!]) {
      organization(slug: $slug) { operations(filter: { states: $states }) { nodes { ${OPERATION} } } }
    }`,
    { slug, states: [state] },
  );
  expect(errors).toEqual([]);
  const operation = await operationBy(rig, id);
  expect(data.organization.operations.nodes).toContainEqual(operation);
  return operation;
}

/** `CODE path`, in order. */
export const problemsIn = (payload: {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[];
}) => payload.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`.trim());

/** Nothing was sent for this answer, and nothing happened. */
export function expectNothingSent(rig: ChangesRig, name: BackendName): void {
  expect(rig.writes(name)).toEqual([]);
  expect(rig.effects(name)).toEqual([]);
}
