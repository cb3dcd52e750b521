/**
 * The calls that an answer is made of, as somebody would write them by hand: one pool for each backend, replies parsed
 * and believed. Everybody but the gateway makes these; the gateway makes the same ones its own way.
 */
import { Pool } from 'undici';
import { LOGISENSE_PAGE, MONETIZENOW_PAGE, type Account } from './fixture.js';
import type { ContractRow, OrderRow, ResourceRow, ScanRow } from './projection.js';

/** Of one request: the list of all customers' contract commitments is read once for it. */
export interface Calls {
  scan(): Promise<readonly ScanRow[]>;
  resources(account: Account): Promise<readonly ResourceRow[]>;
  resource(id: string): Promise<ResourceRow>;
  contracts(account: Account): Promise<readonly ContractRow[]>;
  orders(account: Account): Promise<readonly OrderRow[]>;
}

export const CONNECTIONS = 64;
const PARALLEL_PAGES = 4;

const ORDER_COLUMNS =
  'Id, Name, Stage__c, Contract_Start_Date__c, Contract_End_Date__c, Contract_Duration__c, Min_Monthly_Commit__c, ' +
  'Commit_Cycle__c, Mission_Control_Account__c, (SELECT Id, Name, Cycle_Number__c, Commit_Amount__c, ' +
  'Commit_Duration__c, Commit_Start_Date_Normalized__c, Commit_End_Date_Normalized__c FROM Service_Order_Details__r ' +
  'ORDER BY Id)';

const queryOf = (account: string) =>
  encodeURIComponent(
    `SELECT ${ORDER_COLUMNS} FROM Service_Order__c WHERE Mission_Control_Account__c = '${account}' ORDER BY Id`,
  );

interface ScanPage {
  readonly pagedResults: { readonly totalCount: number; readonly items: readonly ScanRow[] };
}

interface ContractPage {
  readonly content: readonly ContractRow[];
  readonly totalElements: number;
}

export interface Caller {
  /** For one request. */
  readonly calls: () => Calls;
  close(): Promise<void>;
}

/** The pools are the process's. */
export function createCaller(upstream: string): Caller {
  const pool = () => new Pool(upstream, { connections: CONNECTIONS });
  const pools = { logisense: pool(), cloudmc: pool(), monetizenow: pool(), salesforce: pool() };

  const get = async (
    backend: keyof typeof pools,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<unknown> => {
    const { statusCode, body } = await pools[backend].request({ method: 'GET', path, headers });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${backend} answered ${statusCode}`);
    return JSON.parse(text);
  };

  const scanPage = async (page: number): Promise<ScanPage['pagedResults']> => {
    const pagination = `{"pageNumber":${page},"pageSize":${LOGISENSE_PAGE},"excludeTotalCount":false}`;
    const reply = await get('logisense', '/logisense/Contract/Commitment/Paged/Detail', {
      accept: 'application/json',
      authorization: 'Bearer bench',
      OutputFormat: 'instance',
      Pagination: pagination,
    });
    return (reply as ScanPage).pagedResults;
  };

  const scanAll = async (): Promise<readonly ScanRow[]> => {
    const first = await scanPage(1);
    const pages = Math.ceil(first.totalCount / LOGISENSE_PAGE);
    if (pages <= 1) return first.items;
    const rows = [...first.items];
    for (let page = 2; page <= pages; page += PARALLEL_PAGES) {
      const wave = Array.from({ length: Math.min(PARALLEL_PAGES, pages - page + 1) }, (_, at) =>
        scanPage(page + at),
      );
      for (const { items } of await Promise.all(wave)) rows.push(...items);
    }
    return rows;
  };

  const contractPage = async (account: Account, page: number): Promise<ContractPage> => {
    const path = `/monetizenow/api/accounts/${account.monetizenow.accountId}/contracts?currentPage=${page}&pageSize=${MONETIZENOW_PAGE}`;
    return (await get('monetizenow', path, {
      accept: 'application/json',
      authorization: 'Bearer bench',
    })) as ContractPage;
  };

  const calls = (): Calls => {
    let scanning: Promise<readonly ScanRow[]> | null = null;
    return {
      scan: () => (scanning ??= scanAll()),
      async resources({ cloudmc }) {
        const path = `/cloudmc/commitments?organization_id=${cloudmc.organizationId}`;
        const reply = await get('cloudmc', path, { accept: 'application/json', 'mc-api-key': 'bench' });
        return (reply as { readonly data: readonly ResourceRow[] }).data;
      },
      async resource(id) {
        const reply = await get('cloudmc', `/cloudmc/commitments/${id}`, {
          accept: 'application/json',
          'mc-api-key': 'bench',
        });
        return (reply as { readonly data: ResourceRow }).data;
      },
      async contracts(account) {
        const first = await contractPage(account, 0);
        const rows = [...first.content];
        for (let page = 1; rows.length < first.totalElements; page += 1) {
          rows.push(...(await contractPage(account, page)).content);
        }
        return rows;
      },
      async orders({ salesforce }) {
        const path = `/salesforce/services/data/v59.0/query?q=${queryOf(salesforce.missionControlAccountId)}`;
        const reply = await get('salesforce', path, {
          accept: 'application/json',
          authorization: 'Bearer bench',
        });
        return (reply as { readonly records: readonly OrderRow[] }).records;
      },
    };
  };
  return {
    calls,
    close: async () => {
      await Promise.all(Object.values(pools).map((one) => one.destroy()));
    },
  };
}
