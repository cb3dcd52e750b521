import { describe, expect, it } from 'vitest';
import { SalesforceRefusal } from '../../src/sandbox/salesforce/errors.js';
import { RecordStore } from '../../src/sandbox/salesforce/state.js';
import { execute } from '../../src/sandbox/salesforce/soql/execute.js';
import { parseSoql } from '../../src/sandbox/salesforce/soql/parser.js';
import { withChecksum } from '../../src/sandbox/salesforce/record-id.js';

const ACCOUNT = withChecksum('a0T00000000000A');
const id = (n: number): string => withChecksum(`a0U00000000000${n}`);

const store = new RecordStore();
store.add('Mission_Control_Account__c', { Id: ACCOUNT, Name: "O'Hara & Sons", Organization_ID__c: 'org-1' });
const order = (n: number, fields: Record<string, string | number | boolean | null>): void =>
  store.add('Service_Order__c', {
    Id: id(n),
    Name: `Order_${n}`,
    Stage__c: 'Signed',
    Contract_Start_Date__c: `2026-0${n}-01`,
    Min_Monthly_Commit__c: n * 100.5,
    Rev_Ops_Approved__c: n % 2 === 1,
    commitment_handler_id__c: null,
    Mission_Control_Account__c: ACCOUNT,
    LastModifiedDate: Date.parse(`2026-0${n}-02T03:04:05.678Z`),
    ...fields,
  });
order(1, {});
order(2, { Stage__c: 'Terminated', commitment_handler_id__c: 'cm_2' });
order(3, { Mission_Control_Account__c: null, Name: '100% sure' });
order(4, { Min_Monthly_Commit__c: null });
store.add('Service_Order_Details__c', {
  Id: withChecksum('a0V000000000001'),
  Service_Order__c: id(4),
  Cycle_Number__c: 2,
});
store.add('Service_Order_Details__c', {
  Id: withChecksum('a0V000000000002'),
  Service_Order__c: id(4),
  Cycle_Number__c: 1,
});

function run(soql: string) {
  const execution = execute(parseSoql(soql), store, '/services/data/v59.0');
  return { ...execution, records: execution.matches.map((record) => execution.render(record)) };
}

/** The numbers of the orders that match. */
function matching(where: string, rest = ''): string {
  const { records } = run(`SELECT Id FROM Service_Order__c WHERE ${where} ${rest}`);
  return records.map((record) => (record as { Id: string }).Id.charAt(14)).join('');
}

function refusal(soql: string): SalesforceRefusal {
  try {
    run(soql);
  } catch (error) {
    if (error instanceof SalesforceRefusal) return error;
    throw error;
  }
  throw new Error(`not refused: ${soql}`);
}

describe('the parser', () => {
  it('reads a whole statement', () => {
    expect(
      parseSoql(
        "select Id, X__r.Y, (SELECT Id FROM Kids__r WHERE A = 1 ORDER BY B) FROM T__c WHERE (A = 'x' OR NOT B != null) " +
          'AND C IN (1, -2.5) AND D NOT IN (TRUE) AND E >= 2026-01-02 AND F < 2026-01-02T03:04:05Z ' +
          "AND G LIKE 'a%' ORDER BY A DESC NULLS LAST, B LIMIT 5 OFFSET 10",
      ),
    ).toEqual({
      count: false,
      fields: ['Id', 'X__r.Y'],
      children: [
        {
          count: false,
          fields: ['Id'],
          children: [],
          from: 'Kids__r',
          where: { type: 'compare', field: 'A', operator: '=', value: { type: 'number', value: 1 } },
          orderBy: [{ field: 'B', descending: false, nulls: 'first' }],
        },
      ],
      from: 'T__c',
      where: {
        type: 'and',
        all: [
          {
            type: 'or',
            all: [
              { type: 'compare', field: 'A', operator: '=', value: { type: 'string', text: 'x' } },
              {
                type: 'not',
                condition: { type: 'compare', field: 'B', operator: '!=', value: { type: 'null' } },
              },
            ],
          },
          {
            type: 'in',
            field: 'C',
            negated: false,
            values: [
              { type: 'number', value: 1 },
              { type: 'number', value: -2.5 },
            ],
          },
          { type: 'in', field: 'D', negated: true, values: [{ type: 'boolean', value: true }] },
          { type: 'compare', field: 'E', operator: '>=', value: { type: 'date', text: '2026-01-02' } },
          {
            type: 'compare',
            field: 'F',
            operator: '<',
            value: { type: 'datetime', text: '2026-01-02T03:04:05Z' },
          },
          { type: 'compare', field: 'G', operator: 'LIKE', value: { type: 'string', text: 'a%' } },
        ],
      },
      orderBy: [
        { field: 'A', descending: true, nulls: 'last' },
        { field: 'B', descending: false, nulls: 'first' },
      ],
      limit: 5,
      offset: 10,
    });
  });

  it('reads escapes', () => {
    const { where } = parseSoql(String.raw`SELECT Id FROM T WHERE A = 'it\'s \\ \n \u00e9'`);
    expect(where).toMatchObject({ value: { text: "it's \\ \n é" } });
  });

  it.each([
    '',
    'SELECT',
    'SELECT FROM T',
    'SELECT Id',
    'SELECT Id, FROM T',
    'SELECT Id FROM T WHERE',
    'SELECT Id FROM T WHERE A',
    "SELECT Id FROM T WHERE A == 'x'",
    "SELECT Id FROM T WHERE A = 'x",
    String.raw`SELECT Id FROM T WHERE A = '\q'`,
    'SELECT Id FROM T WHERE A = "x"',
    'SELECT Id FROM T WHERE A IN ()',
    'SELECT Id FROM T WHERE A = TOMORROWISH',
    'SELECT Id FROM T WHERE A = 1 AND B = 2 OR C = 3',
    'SELECT Id FROM T WHERE A = 1; DROP',
    'SELECT Id FROM T LIMIT -1',
    'SELECT Id FROM T LIMIT x',
    'SELECT Id FROM T OFFSET 1 LIMIT 1',
    'SELECT COUNT(), Id FROM T',
    'SELECT Id FROM T extra',
    'SELECT (SELECT (SELECT Id FROM A) FROM B) FROM C',
    `SELECT Id FROM T WHERE ${'('.repeat(5_000)}`,
    `SELECT Id FROM T WHERE ${'NOT '.repeat(20_000)}`,
    `SELECT Id FROM T WHERE A = '${'x'.repeat(100_000)}'`,
  ])('refuses %.60s', (soql) => {
    expect(refusal(soql)).toMatchObject({ status: 400, errorCode: 'MALFORMED_QUERY' });
  });
});

describe('conditions', () => {
  it.each([
    ["Name = 'order_1'", '1'],
    ["Name != 'Order_1'", '234'],
    ["commitment_handler_id__c != 'cm_1'", '1234'],
    ['commitment_handler_id__c = null', '134'],
    ['commitment_handler_id__c != NULL', '2'],
    ['Min_Monthly_Commit__c > 100.5', '23'],
    ['Min_Monthly_Commit__c <= 201', '12'],
    ['NOT Min_Monthly_Commit__c <= 201', '34'],
    ['Rev_Ops_Approved__c = true', '13'],
    ['Contract_Start_Date__c >= 2026-02-01 AND Contract_Start_Date__c < 2026-04-01', '23'],
    ['LastModifiedDate > 2026-02-02T03:04:05.678Z', '34'],
    ['LastModifiedDate >= 2026-02-02T05:04:05.678+0200', '234'],
    ["Stage__c IN ('terminated', 'Draft')", '2'],
    ["Stage__c NOT IN ('Terminated')", '134'],
    ["Name LIKE 'ORDER%'", '124'],
    [String.raw`Name LIKE '%\%%'`, '3'],
    [String.raw`Name LIKE 'Order\__'`, '124'],
    ["Name LIKE 'Order.1'", ''],
    ["Mission_Control_Account__r.Organization_ID__c = 'org-1'", '124'],
    ['Mission_Control_Account__r.Organization_ID__c = null', '3'],
    [String.raw`Mission_Control_Account__r.Name = 'O\'Hara & Sons'`, '124'],
    [`Mission_Control_Account__c = '${ACCOUNT.slice(0, 15)}'`, '124'],
    [`Id IN ('${id(2)}', '${id(3).slice(0, 15)}')`, '23'],
    ["(Name = 'Order_1' OR Name = 'Order_2') AND Rev_Ops_Approved__c = false", '2'],
  ])('%s', (where, expected) => {
    expect(matching(where)).toBe(expected);
  });

  it('orders with nulls first, and pages by LIMIT and OFFSET', () => {
    expect(matching('Name != null', 'ORDER BY Min_Monthly_Commit__c')).toBe('4123');
    expect(matching('Name != null', 'ORDER BY Min_Monthly_Commit__c DESC NULLS LAST')).toBe('3214');
    expect(matching('Name != null', 'ORDER BY Stage__c, Name DESC LIMIT 2 OFFSET 1')).toBe('13');
  });

  it.each([
    ['SELECT Id, Nope__c FROM Service_Order__c', 'INVALID_FIELD'],
    ['SELECT Id FROM Service_Order__c WHERE Nope__c = 1', 'INVALID_FIELD'],
    ['SELECT Id, id FROM Service_Order__c', 'INVALID_FIELD'],
    ['SELECT Nope__r.Id FROM Service_Order__c', 'INVALID_FIELD'],
    ["SELECT Id FROM Service_Order__c WHERE Rev_Ops_Approved__c = 'true'", 'INVALID_FIELD'],
    ["SELECT Id FROM Service_Order__c WHERE Contract_Start_Date__c = '2026-01-01'", 'INVALID_FIELD'],
    ['SELECT Id FROM Service_Order__c WHERE Contract_Start_Date__c = 2026-02-30', 'INVALID_FIELD'],
    ['SELECT Id FROM Service_Order__c WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD'],
    ["SELECT Id FROM FeedItem WHERE Body = 'x'", 'INVALID_FIELD'],
    ['SELECT Id FROM Service_Order_Detail__c', 'INVALID_TYPE'],
    ['SELECT Id, (SELECT Id FROM Details__r) FROM Service_Order__c', 'INVALID_TYPE'],
    ["SELECT Id FROM Service_Order__c WHERE Rev_Ops_Approved__c LIKE 'x'", 'INVALID_QUERY_FILTER_OPERATOR'],
    // The operators' own query, which compares the look-up with an organization's UUID (C7).
    [
      "SELECT Id FROM Service_Order__c WHERE Mission_Control_Account__c = '619c56b5-596b-4cc4-8b04-38fe8e05c750'",
      'INVALID_QUERY_FILTER_OPERATOR',
    ],
    ['SELECT Id FROM Service_Order__c OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
  ])('%s is refused with %s', (soql, errorCode) => {
    expect(refusal(soql)).toMatchObject({ status: 400, errorCode });
  });
});

describe('results', () => {
  it('come out as the REST API writes them', () => {
    const { records } = run(
      'SELECT name, Min_Monthly_Commit__c, LastModifiedDate, Mission_Control_Account__r.Name, ' +
        `Mission_Control_Account__r.Id FROM Service_Order__c WHERE Id IN ('${id(1)}', '${id(3)}')`,
    );
    expect(JSON.parse(JSON.stringify(records))).toMatchObject([
      {
        attributes: {
          type: 'Service_Order__c',
          url: `/services/data/v59.0/sobjects/Service_Order__c/${id(1)}`,
        },
        Name: 'Order_1',
        Min_Monthly_Commit__c: { value: '100.5' },
        LastModifiedDate: '2026-01-02T03:04:05.678+0000',
        Mission_Control_Account__r: {
          attributes: { type: 'Mission_Control_Account__c' },
          Name: "O'Hara & Sons",
          Id: ACCOUNT,
        },
      },
      { Mission_Control_Account__r: null },
    ]);
  });

  it('nest child rows, or null', () => {
    const { records } = run(
      'SELECT Id, (SELECT Cycle_Number__c, Service_Order__r.Name FROM Service_Order_Details__r ORDER BY Cycle_Number__c) ' +
        `FROM Service_Order__c WHERE Id IN ('${id(1)}', '${id(4)}')`,
    );
    expect(JSON.parse(JSON.stringify(records))).toMatchObject([
      { Service_Order_Details__r: null },
      {
        Service_Order_Details__r: {
          totalSize: 2,
          done: true,
          records: [
            { Cycle_Number__c: { value: '1.0' }, Service_Order__r: { Name: 'Order_4' } },
            { Cycle_Number__c: { value: '2.0' } },
          ],
        },
      },
    ]);
  });

  it('count', () => {
    expect(run("SELECT COUNT() FROM Service_Order__c WHERE Stage__c = 'Signed'")).toMatchObject({
      totalSize: 3,
      records: [],
    });
  });
});
