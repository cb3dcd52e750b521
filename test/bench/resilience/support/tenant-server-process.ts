/**
 * A server that answers like CloudMC and like LogiSense for the tenant that `TENANT_HEADER` names, and misbehaves at
 * random: late, in another order, not at all, broken, or with a record of another tenant in between.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chanceOf } from '../../../../src/sandbox/random.js';
import { serveParent } from './processes.js';
import {
  canaryOf,
  CLOUDMC_ORGANIZATION,
  COMMON_CONTRACT,
  CONTRACT_IDS,
  foreignOrganization,
  ownContract,
  ownContractIds,
  RESOURCE_IDS,
  TENANT_HEADER,
  TENANTS,
} from './tenants.js';

export interface TenantServerSettings {
  readonly seed: string;
}

export interface RunningTenantServer {
  readonly url: string;
}

/** Rows on a page of the list of all customers. */
const PAGE = 60;
const SHARE = {
  late: 0.15,
  reset: 0.01,
  failed: 0.015,
  cut: 0.005,
  absent: 0.01,
  foreign: 0.1,
  shuffled: 0.3,
};
const LATEST_MS = 40;

serveParent(async ({ seed }: TenantServerSettings): Promise<RunningTenantServer> => {
  const chance = chanceOf(seed);
  const happens = (share: number) => chance.fraction() < share;
  const stranger = () => chance.integer(0, TENANTS - 1);

  const resource = (tenant: number, id: string, organization = CLOUDMC_ORGANIZATION) => ({
    id,
    name: `${canaryOf(tenant)}commitment`,
    organization: { id: organization, name: `${canaryOf(tenant)}customer` },
    reseller: { id: 'reseller', name: `${canaryOf(tenant)}reseller` },
    committedProducts: [
      { id: 'line', product: { id: 'product', sku: `${canaryOf(tenant)}sku` }, committedAmount: 5 },
    ],
    pricingMethod: 'UTILITY_DISCOUNT',
    rateType: `${canaryOf(tenant)}rate`,
    terminated: false,
    status: 'IN_PROGRESS',
  });
  const contract = (tenant: number, identity: number, accountContractId: number) => ({
    identity,
    accountContractId,
    accountContractName: `${canaryOf(tenant)}contract`,
    contractCommitmentTypeId: 1,
    contractCommitmentTypeName: `${canaryOf(tenant)}type`,
    penaltyDescription: `${canaryOf(tenant)}penalty`,
    includeChildAccounts: false,
    details: {
      periods: [],
      services: [
        {
          identity: 1,
          contractCommitmentId: identity,
          serviceId: 2,
          serviceName: `${canaryOf(tenant)}service`,
        },
      ],
    },
  });
  const everybodys = Array.from({ length: TENANTS }, (_, tenant) =>
    ownContractIds(tenant).map((identity) => contract(tenant, identity, ownContract(tenant))),
  ).flat();
  const ownerOf = new Map(everybodys.map((row, i) => [row.identity, Math.floor(i / 2)]));

  const shuffled = <Row>(rows: readonly Row[]): readonly Row[] =>
    happens(SHARE.shuffled)
      ? rows
          .map((row) => [chance.fraction(), row] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, row]) => row)
      : rows;

  const resources = (tenant: number, id: string | undefined) => {
    const other = stranger();
    if (id !== undefined)
      return happens(SHARE.foreign) ? resource(other, id, foreignOrganization(other)) : resource(tenant, id);
    const own = RESOURCE_IDS.map((one) => resource(tenant, one));
    return shuffled(
      happens(SHARE.foreign)
        ? [...own, resource(other, RESOURCE_IDS[0] ?? '', foreignOrganization(other))]
        : own,
    );
  };
  const page = (request: IncomingMessage) => {
    const { pageNumber } = JSON.parse(String(request.headers['pagination'])) as { pageNumber: number };
    return {
      pagination: { pageNumber, pageSize: PAGE },
      pagedResults: {
        totalCount: everybodys.length,
        items: shuffled(everybodys.slice((pageNumber - 1) * PAGE, pageNumber * PAGE)),
      },
    };
  };
  const detail = (tenant: number, identity: number) => {
    const other = stranger();
    if (happens(SHARE.foreign)) return contract(other, identity, ownContract(other));
    const owner = ownerOf.get(identity);
    if (owner !== undefined) return contract(owner, identity, ownContract(owner));
    return CONTRACT_IDS.includes(identity) ? contract(tenant, identity, COMMON_CONTRACT) : null;
  };

  /** `null`: there is none. */
  const answer = (request: IncomingMessage, tenant: number): object | null => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.split('/').filter(Boolean);
    if (path[0] === 'commitments') {
      return path[1] !== undefined && happens(SHARE.absent) ? null : { data: resources(tenant, path[1]) };
    }
    if (path[2] === 'Paged') return page(request);
    const instance = detail(tenant, Number(path[2]));
    return instance === null ? null : { instance };
  };

  const server = createServer((request, response) => {
    request.resume();
    const tenant = Number(request.headers[TENANT_HEADER]);
    const send = () => {
      if (happens(SHARE.reset)) {
        request.socket.destroy();
        return;
      }
      const isFailed = happens(SHARE.failed);
      const body = isFailed ? {} : answer(request, tenant);
      const text = JSON.stringify(body ?? {});
      response.writeHead(isFailed ? 500 : body === null ? 404 : 200, { 'content-type': 'application/json' });
      response.end(happens(SHARE.cut) ? text.slice(0, text.length / 2) : text);
    };
    if (happens(SHARE.late)) setTimeout(send, chance.integer(1, LATEST_MS));
    else send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
