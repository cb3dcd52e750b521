/**
 * What the fixed upstream knows: customers in four backends, and the bytes of every reply.
 *
 * Guarantees: the same size gives the same bytes; every body is one that its backend could send, with the members that
 * its vendor documents, read or not. Commitment Manager is not among them: its vendor allows ten requests a second and
 * the gateway's configuration refuses more, so that nothing could be measured but that.
 */
export interface FixtureSize {
  readonly organizations: number;
  /** Rows of each organization. */
  readonly contractCommitments: number;
  readonly resourceCommitments: number;
  readonly contracts: number;
  readonly serviceOrders: number;
}

/** An entry of `accounts.yaml`. */
export interface Account {
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  readonly salesforce: { readonly missionControlAccountId: string };
  readonly logisense: {
    readonly accountContractIds: readonly number[];
    readonly accountContractTerms: Readonly<
      Record<string, { readonly startsOn: string; readonly endsBefore: string }>
    >;
  };
  readonly monetizenow: { readonly accountId: string };
  readonly cloudmc: { readonly organizationId: string };
}

export interface Fixture {
  readonly accounts: readonly Account[];
  /** Bodies by `keyOf…`. */
  readonly bodies: ReadonlyMap<string, string>;
}

/** Rows that LogiSense gives on one page; what the gateway asks for. */
export const LOGISENSE_PAGE = 100;
export const MONETIZENOW_PAGE = 100;

export const keyOfScan = (pageNumber: number) => `logisense ${pageNumber}`;
export const keyOfResources = (organizationId: string) => `cloudmc ${organizationId}`;
export const keyOfResource = (id: string) => `cloudmc commitment ${id}`;
export const keyOfContracts = (accountId: string, page: number) => `monetizenow ${accountId} ${page}`;
export const keyOfOrders = (accountId: string) => `salesforce ${accountId}`;

const digits = (value: number, length: number) => String(value).padStart(length, '0');
const uuid = (kind: number, owner: number, row: number) =>
  `${digits(kind, 3)}${digits(owner, 5)}-0e5d-4168-9827-${digits(row, 12)}`;
const UNITS = ['Month', 'Month', 'Quarter', 'Year'] as const;

export const resourceIdOf = (organization: number, row: number) => uuid(2, organization, row);
export const contractIdOf = (organization: number, row: number) =>
  `ctrct_${digits(organization, 5)}${digits(row, 12)}`;
export const orderIdOf = (organization: number, row: number) =>
  `a1B${digits(organization, 5)}${digits(row, 7)}AAA`;

function accountOf(n: number): Account {
  const contracts = [1_000 + 2 * n, 1_001 + 2 * n];
  return {
    slug: `customer-${digits(n, 5)}`,
    name: `Customer ${n} of the Benchmark`,
    currency: 'USD',
    salesforce: { missionControlAccountId: `a0T${digits(n, 12)}` },
    logisense: {
      accountContractIds: contracts,
      accountContractTerms: Object.fromEntries(
        contracts.map((id, at) => [
          id,
          { startsOn: `2026-0${at + 1}-01`, endsBefore: `${2029 + at}-0${at + 1}-01` },
        ]),
      ),
    },
    monetizenow: { accountId: `acct_${digits(n, 12)}` },
    cloudmc: { organizationId: uuid(1, n, 0) },
  };
}

function contractCommitment(n: number, row: number, perOrganization: number) {
  const identity = 10_000 + n * perOrganization + row;
  const unit = UNITS[row % UNITS.length] ?? 'Month';
  return {
    identity,
    accountContractId: 1_000 + 2 * n + (row % 2),
    accountContractName: `Master agreement ${n}-${row % 2}`,
    contractCommitmentTypeId: 1 + (row % 4),
    contractCommitmentTypeName: 'Invoice amount',
    penaltyServiceId: 16,
    penaltyServiceName: 'Shortfall fee',
    penaltyDescription: 'Shortfall against the committed amount.',
    includeChildAccounts: row % 3 === 0,
    contractCommitmentPenaltyChargeTypeId: 19,
    contractCommitmentPenaltyChargeTypeName: 'Difference',
    details: {
      periods: [0, 1].map((at) => ({
        identity: identity * 10 + at,
        contractCommitmentId: identity,
        periodOccurrences: at === 0 ? 12 : 1,
        periodFrequency: 1,
        frequencyTypeId: 3,
        frequencyTypeName: unit,
        sortOrder: at + 1,
        isRemainderOfTerm: at === 1,
      })),
      services: [
        { identity: identity * 10 + 5, contractCommitmentId: identity, serviceId: 92, serviceName: 'Voice' },
      ],
      packageFrequencies: [],
      usageClasses: [],
    },
  };
}

function resourceCommitment(n: number, row: number) {
  const isFixed = row % 2 === 0;
  return {
    id: resourceIdOf(n, row),
    name: `${isFixed ? 'fixed price' : 'utility discount'} commitment ${row}`,
    organization: { id: uuid(1, n, 0), name: `Customer ${n} of the Benchmark` },
    reseller: { id: uuid(5, 0, 0), name: 'Parent of the Benchmark' },
    committedProducts: [0, 1].map((at) => ({
      id: uuid(3, n, row * 10 + at),
      product: { id: uuid(4, 0, at), sku: `CVM-1M0${at + 1}` },
      committedAmount: 1_000 + 250 * at,
      ...(isFixed ? {} : { discountAmount: 10 + at, fixedRateReferencePrice: 10.25 }),
      createdAt: '2026-01-17T18:48:25Z',
      updatedAt: '2026-06-17T18:48:25Z',
    })),
    pricingMethod: isFixed ? 'FIXED_PRICE' : 'UTILITY_DISCOUNT',
    ...(isFixed
      ? { fixedPrice: 500.5 + row, fixedPriceTaxCode: { code: 'SI086690', description: 'IT Services' } }
      : { rateType: 'FIXED_RATE' }),
    type: 'RESOURCE',
    startDate: `2026-${digits(1 + (row % 9), 2)}-01T00:00:00Z`,
    endDate: '2029-12-31T23:59:59Z',
    terminated: false,
    status: 'IN_PROGRESS',
    createdAt: '2026-01-17T18:48:07Z',
    updatedAt: '2026-06-17T18:48:07Z',
  };
}

function contract(n: number, row: number) {
  return {
    id: contractIdOf(n, row),
    accountId: `acct_${digits(n, 12)}`,
    accountName: `Customer ${n} of the Benchmark`,
    billGroupId: `bgrp_${digits(n, 12)}`,
    latestQuoteId: `quote_${digits(n, 5)}${digits(row, 12)}`,
    status: 'ACTIVE',
    startDate: `2026-${digits(1 + (row % 9), 2)}-15`,
    endDate: '2028-12-31',
    endAction: 'RENEW',
    totalValue: 24_000.75 + 100 * row,
    currency: 'USD',
    owner: `user_${digits(n, 12)}`,
    ownerName: 'Account Owner',
    renewed: false,
    modifyDate: '2026-06-17T18:48:07Z',
  };
}

function serviceOrder(n: number, row: number) {
  const id = orderIdOf(n, row);
  const isRamped = row % 2 === 1;
  const attributes = (type: string, key: string) => ({
    type,
    url: `/services/data/v59.0/sobjects/${type}/${key}`,
  });
  return {
    attributes: attributes('Service_Order__c', id),
    Id: id,
    Name: `Order ${n}-${row}`,
    Stage__c: 'Signed',
    Contract_Start_Date__c: `2026-${digits(1 + (row % 9), 2)}-01`,
    Contract_End_Date__c: '2028-12-31',
    Contract_Duration__c: 36,
    Min_Monthly_Commit__c: isRamped ? null : 15_000 + 100 * row,
    Commit_Cycle__c: 'Monthly',
    Commit_Cycle_Text__c: 'Monthly',
    Rev_Ops_Approved__c: true,
    commitment_handler_id__c: `ch_${n}_${row}`,
    Opportunity__c: '006000000000001AAA',
    Mission_Control_Account__c: `a0T${digits(n, 12)}`,
    LastModifiedDate: '2026-02-20T20:49:32.000+0000',
    CreatedDate: '2026-01-02T01:02:03.250+0000',
    Service_Order_Details__r: isRamped
      ? {
          totalSize: 2,
          done: true,
          records: [1, 2].map((cycle) => ({
            attributes: attributes('Service_Order_Details__c', `${id}${cycle}`),
            Id: `a1C${digits(n, 5)}${digits(row, 5)}${digits(cycle, 2)}AAA`,
            Name: `Step ${cycle}`,
            Service_Order__c: id,
            Cycle_Number__c: cycle,
            Commit_Amount__c: 10_000 * cycle,
            Commit_Duration__c: 18,
            Commit_Start_Date__c: cycle === 1 ? '2026-01-01' : '2027-07-01',
            Commit_End_Date__c: cycle === 1 ? '2027-06-30' : '2028-12-31',
            Commit_Start_Date_Normalized__c: cycle === 1 ? '2026-01-01' : '2027-07-01',
            Commit_End_Date_Normalized__c: cycle === 1 ? '2027-06-30' : '2028-12-31',
            LastModifiedDate: '2026-02-20T20:49:32.000+0000',
          })),
        }
      : null,
  };
}

const upTo = <Item>(count: number, make: (n: number) => Item): Item[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** The first so many customers. Throws RangeError where ids would run out of digits. */
export function accountsOf(organizations: number): readonly Account[] {
  if (organizations > 99_999) throw new RangeError('at most 99,999 organizations');
  return upTo(organizations, accountOf);
}

export function createFixture(size: FixtureSize): Fixture {
  const bodies = new Map<string, string>();
  const put = (key: string, body: object) => bodies.set(key, JSON.stringify(body));
  const accounts = accountsOf(size.organizations);

  const scan = accounts.flatMap((_, n) =>
    upTo(size.contractCommitments, (row) => contractCommitment(n, row, size.contractCommitments)),
  );
  for (let page = 0; page === 0 || page * LOGISENSE_PAGE < scan.length; page += 1) {
    put(keyOfScan(page + 1), {
      trackingId: 'd2ae5304-2355-44eb-a328-272f02935f8b',
      pagination: { pageNumber: page + 1, pageSize: LOGISENSE_PAGE, excludeTotalCount: false },
      pagedResults: {
        totalCount: scan.length,
        items: scan.slice(page * LOGISENSE_PAGE, (page + 1) * LOGISENSE_PAGE),
      },
    });
  }
  accounts.forEach((account, n) => {
    const resources = upTo(size.resourceCommitments, (row) => resourceCommitment(n, row));
    put(keyOfResources(account.cloudmc.organizationId), { data: resources });
    // One by one they are asked for of the first customer only; of all, they would be as many bytes again.
    if (n === 0) for (const one of resources) put(keyOfResource(one.id), { data: one });
    const contracts = upTo(size.contracts, (row) => contract(n, row));
    for (let page = 0; page === 0 || page * MONETIZENOW_PAGE < contracts.length; page += 1) {
      put(keyOfContracts(account.monetizenow.accountId, page), {
        content: contracts.slice(page * MONETIZENOW_PAGE, (page + 1) * MONETIZENOW_PAGE),
        totalElements: contracts.length,
        totalPages: Math.ceil(contracts.length / MONETIZENOW_PAGE),
        pageable: { pageNumber: page, pageSize: MONETIZENOW_PAGE },
      });
    }
    const orders = upTo(size.serviceOrders, (row) => serviceOrder(n, row));
    put(keyOfOrders(account.salesforce.missionControlAccountId), {
      totalSize: orders.length,
      done: true,
      records: orders,
    });
  });
  return { accounts, bodies };
}
