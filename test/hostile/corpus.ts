/**
 * Requests that attack a GraphQL server, made rather than kept: each is as small as it can be for what it does, and as
 * large as a request may be where size is what it does. For the tests, which look at the answers, and for
 * `test/bench/hostile.ts`, which looks at what the answers take.
 */
export interface HostileDocument {
  /** Begins with the number of its row in the catalogue of failures. */
  readonly title: string;
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** `false`: only the rules of the language find out what is wrong, and they are bounded by the limits. */
  readonly isRefusedEarly: boolean;
  readonly code:
    'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'OPERATION_TOO_COSTLY' | 'BAD_USER_INPUT';
}

export interface HostileBody {
  readonly title: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** 400 unless given. */
  readonly status?: number;
}

const each = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const nested = (depth: number, open: string, inside: string, close: string) =>
  open.repeat(depth) + inside + close.repeat(depth);

const parse = (title: string, text: string): HostileDocument => ({
  title,
  text,
  isRefusedEarly: true,
  code: 'GRAPHQL_PARSE_FAILED',
});
const costly = (title: string, text: string): HostileDocument => ({
  title,
  text,
  isRefusedEarly: true,
  code: 'OPERATION_TOO_COSTLY',
});
const invalid = (title: string, text: string): HostileDocument => ({
  title,
  text,
  isRefusedEarly: true,
  code: 'GRAPHQL_VALIDATION_FAILED',
});
/** What is within all limits, and wrong. */
const wrong = (title: string, text: string, code: HostileDocument['code'] = 'GRAPHQL_VALIDATION_FAILED') => ({
  title,
  text,
  isRefusedEarly: false,
  code,
});

const ORGANIZATION = (inside: string) => `{ organization(slug: "sleepyco") { ${inside} } }`;
const COMMITMENTS = 'commitments(first: 100) { nodes { organization { ';
const LONG_NAME = 'n'.repeat(30_000);

export const DOCUMENTS: readonly HostileDocument[] = [
  parse('S54: 33 KB of comment before a small query', `#${'x'.repeat(33 * 1024)}\n{ __typename }`),
  parse('S54: 120 KB of comment lines', `${'#\n'.repeat(60_000)}{ __typename }`),
  parse('S54: 120 KB of commas', `${','.repeat(120_000)}{ __typename }`),
  parse('S54: 11,000 characters of three bytes', `# ${'日'.repeat(11_000)}\n{ __typename }`),
  parse('S54: a block string of 120 KB', `{ organization(slug: """${'\n '.repeat(60_000)}""") { id } }`),
  parse('S54: a block string that never ends', `{ organization(slug: """${'\\""" '.repeat(6_000)}`),
  parse('S55: 5,001 tokens', `{ ${'a '.repeat(5_000)}`),
  parse('S55: 10,000 braces that open', '{'.repeat(10_000)),
  parse('S55: 30,000 brackets in an argument', `{ nodes(ids: ${'['.repeat(30_000)}`),
  parse('S55: 10,000 closing braces', `{ a ${'}'.repeat(10_000)}`),
  parse('S56: depth 5,000', nested(5_000, '{a', '{a}', '}')),
  parse('S56: depth 40,000', nested(40_000, '{a', '{a}', '}')),
  parse('S56: depth 2,000 without an end', '{a'.repeat(2_000)),
  costly('S56: depth 500', nested(500, '{a', '{a}', '}')),
  costly('S56: depth 41', nested(41, '{a', '{a}', '}')),
  costly(
    'S56: depth 45 of introspection',
    `{ __schema { types ${nested(42, '{ ofType', '{ name }', '}')} } }`,
  ),
  costly(
    'S56: depth 60, through fragments of one field each',
    `{ node(id: "x") { ...F0 } } ${each(60, (i) => `fragment F${i} on A { a { ...F${i + 1} } }`)} fragment F60 on A { a }`,
  ),
  {
    ...wrong(
      'S56: depth 13 of fields that are there',
      ORGANIZATION(`${'commitments { nodes { organization { '.repeat(4)}id${' } } }'.repeat(4)}`),
      'OPERATION_TOO_COSTLY',
    ),
  },
  invalid(
    'S56: lists of types, 400 in one another',
    `query ($x: ${nested(400, '[', 'ID', ']')}) { nodes(ids: $x) { id } }`,
  ),
  invalid(
    'S56: lists of values, 400 in one another',
    `{ nodes(ids: ${nested(400, '[', '"x"', ']')}) { id } }`,
  ),
  invalid(
    'S56: objects, 300 in one another',
    `{ commitments(filter: ${nested(300, '{ sources: ', '1', '}')}) { totalCount } }`,
  ),
  costly('S57: 2,400 fields that are not there', `{ ${each(2_400, (i) => `a${i}`)} }`),
  costly('S57: 21 fields at the top', `{ ${each(21, (i) => `a${i}`)} }`),
  costly(
    'S57: 40 operations of 60 fields',
    each(40, (i) => `query Q${i} { organization(slug: "x") { ${each(60, (j) => `a${j}`)} } }`),
  ),
  invalid(
    'S57: 1,000 operations',
    each(1_000, (i) => `query Q${i} { a }`),
  ),
  costly('S58: the same field 2,000 times', ORGANIZATION('name '.repeat(2_000))),
  parse('S58: the same field 15,000 times', `{${' a'.repeat(15_000)} }`),
  costly('S58: the same list 400 times', ORGANIZATION('contracts { totalCount } '.repeat(400))),
  costly(
    'S58: the same field with arguments 300 times',
    `{ ${'organization(slug: "sleepyco") { id } '.repeat(300)} }`,
  ),
  costly(
    'S58: the same fields 8 × 8 × 8 times',
    ORGANIZATION(
      `contracts { ${`nodes { ${'invoices { totalCount } '.repeat(8)} } `.repeat(8)} } `.repeat(8),
    ),
  ),
  costly(
    'S58: the same fields in 100 fragments',
    `${ORGANIZATION(each(100, (i) => `...F${i}`))} ${each(100, (i) => `fragment F${i} on Organization { ${'name '.repeat(15)} }`)}`,
  ),
  costly(
    'S58: inline fragments with the same list, 200 times',
    ORGANIZATION('... on Organization { contracts { totalCount } } '.repeat(200)),
  ),
  costly('S59: 100 aliases', ORGANIZATION(each(100, (i) => `a${i}: name`))),
  costly('S59: 1,000 aliases', ORGANIZATION(each(1_000, (i) => `a${i}: name`))),
  parse('S59: 10,000 aliases', ORGANIZATION(each(10_000, (i) => `a${i}: name`))),
  costly(
    'S59: 100 aliases in a fragment',
    `${ORGANIZATION('...F')} fragment F on Organization { ${each(100, (i) => `a${i}: name`)} }`,
  ),
  costly(
    'S59: 10 aliases in a fragment that is spread at 10 places',
    `{ organizations { nodes { ${each(10, (i) => `b${i}: commitments { ...F }`)} } } }
     fragment F on CommitmentConnection { ${each(10, (i) => `a${i}: totalCount`)} }`,
  ),
  costly('S59: 100 aliases of a list', `{ organizations { ${each(100, (i) => `a${i}: nodes { name }`)} } }`),
  costly('S59: 100 aliases at the top', `{ ${each(100, (i) => `a${i}: sources { name }`)} }`),
  invalid('S60: 700 directives', ORGANIZATION(`name ${'@include(if: true) '.repeat(700)}`)),
  parse('S60: 10,000 directives', ORGANIZATION(`name ${'@a '.repeat(10_000)}`)),
  invalid(
    'S60: 51 directives, each on a field of its own',
    ORGANIZATION(each(51, () => 'name @skip(if: false)')),
  ),
  wrong('S60: 50 directives that are not there', ORGANIZATION(`name ${each(50, (i) => `@nope${i}`)}`)),
  wrong('S60: the same directive 50 times', ORGANIZATION(`name ${'@include(if: true) '.repeat(50)}`)),
  invalid(
    'S61: a fragment that spreads itself',
    `${ORGANIZATION('...F')} fragment F on Organization { ...F }`,
  ),
  invalid(
    'S61: a circle of three fragments',
    `${ORGANIZATION('...A')} fragment A on Organization { ...B } fragment B on Organization { ...C } fragment C on Organization { ...A }`,
  ),
  invalid(
    'S61: a circle of a hundred fragments, each of which spreads all others',
    `${ORGANIZATION('...F0')} ${each(40, (i) => `fragment F${i} on Organization { ${each(40, (j) => `...F${j}`)} }`)}`,
  ),
  invalid(
    'S61: a circle that nobody spreads',
    `${ORGANIZATION('name')} fragment A on Organization { ...B } fragment B on Organization { ...A }`,
  ),
  invalid(
    'S61: two fragments of one name',
    `${ORGANIZATION('...F')} fragment F on Organization { id } fragment F on Organization { ...F }`,
  ),
  invalid('S61: a fragment that nobody spreads', `${ORGANIZATION('name')} fragment F on Organization { id }`),
  invalid(
    'S61: 700 fragments',
    `${ORGANIZATION('name')} ${each(700, (i) => `fragment F${i} on Organization { id }`)}`,
  ),
  invalid(
    'S61: two fragments of one name, both of which end',
    `${ORGANIZATION('...F')} fragment F on Organization { id } fragment F on Organization { name }`,
  ),
  invalid(
    'S61: 101 fragments, each of them spread',
    `${ORGANIZATION(each(101, (i) => `...F${i}`))} ${each(101, (i) => `fragment F${i} on Organization { name }`)}`,
  ),
  invalid(
    'S61: fragments and nothing else',
    each(90, (i) => `fragment F${i} on Organization { ...F${i + 1} }`),
  ),
  costly(
    'S62: fragments that double 25 times',
    `${ORGANIZATION('...F0')} ${each(25, (i) => `fragment F${i} on Organization { ...F${i + 1} ...F${i + 1} }`)} fragment F25 on Organization { name }`,
  ),
  costly(
    'S62: fragments that double 99 times, under fields',
    `${ORGANIZATION('...F0')} ${each(99, (i) => `fragment F${i} on Organization { a { ...F${i + 1} } b { ...F${i + 1} } }`)} fragment F99 on Organization { name }`,
  ),
  costly(
    'S62: 40 fragments, each of which spreads all that come later',
    `${ORGANIZATION('...F0')} ${each(40, (i) => `fragment F${i} on Organization { name ${each(39 - i, (j) => `...F${i + 1 + j}`)} }`)}`,
  ),
  parse(
    'S63: 200 times 100 inline fragments in one another',
    ORGANIZATION(nested(100, '... on Organization { ', 'name', ' } ').repeat(200)),
  ),
  costly(
    'S63: 12 times 100 inline fragments in one another',
    ORGANIZATION(nested(100, '...{', 'name', '}').repeat(12)),
  ),
  costly('S63: 400 inline fragments side by side', ORGANIZATION('... on Organization { name } '.repeat(400))),
  wrong(
    'S64: pages of 100, four in one another',
    `{ ${COMMITMENTS.repeat(3)} commitments(first: 100) { nodes { id } } ${'} } } '.repeat(3)} }`,
    'OPERATION_TOO_COSTLY',
  ),
  wrong(
    'S64: sizes that no list has',
    `{ ${COMMITMENTS.replace('100', '999999').repeat(3)} id ${'} } } '.repeat(3)} }`,
    'OPERATION_TOO_COSTLY',
  ),
  invalid('S74: a name of a field of 30,000 letters', `{ ${LONG_NAME} }`),
  invalid('S74: an alias of 30,000 letters', `{ ${LONG_NAME}: __typename }`),
  invalid('S74: an argument of 30,000 letters', `{ organization(${LONG_NAME}: 1) { id } }`),
  invalid('S74: a fragment of 30,000 letters', `{ ...${LONG_NAME} }`),
  invalid('S74: a directive of 30,000 letters', `{ __typename @${LONG_NAME} }`),
  invalid('S74: a variable of 30,000 letters', `query ($${LONG_NAME}: ID) { __typename }`),
  invalid('S74: a type of 30,000 letters', `query ($a: ${LONG_NAME}) { __typename }`),
  invalid(
    'S74: a value of 30,000 letters',
    `{ commitments(filter: { statuses: [${LONG_NAME}] }) { totalCount } }`,
  ),
  invalid('S74: an operation of 30,000 letters', `query ${LONG_NAME} { __typename }`),
  parse('S74: a text of 30,000 letters where a name belongs', `{ "${'x'.repeat(30_000)}" }`),
  wrong(
    'S74: a text of 30,000 letters where a number belongs',
    `{ commitments(first: "${'x'.repeat(30_000)}") { totalCount } }`,
  ),
  parse('S74: NUL', '{ organization\u0000(slug: "x") { id } }'),
  invalid('S74: NUL in a text', '{ organization(slug: "a\\u0000b") { id } }'),
  invalid('S74: NUL in a text, as it is', '{ organization(slug: "a\u0000b") { id } }'),
  parse('S74: half of a character', '{ organization(slug: "\ud800") { id } }'),
  parse('S74: half of a character, escaped', '{ organization(slug: "\\ud800") { id } }'),
  parse('S74: letters from right to left', '{ \u202eorganization(slug: "x") { id } }'),
  parse('S74: letters of no width', '{ organiza\u200btion(slug: "x") { id } }'),
  wrong('S57: 1,900 fields that are not there', ORGANIZATION(each(1_900, (i) => `minimumStat${i}`))),
  wrong(
    'S57: 500 arguments that are not there',
    `{ organization(${each(500, (i) => `slugg${i}: 1`)}) { id } }`,
  ),
  wrong(
    'S57: 2,000 values that are not there',
    `{ commitments(filter: { statuses: [${each(2_000, (i) => `ACTIV${i}`)}] }) { totalCount } }`,
  ),
  wrong(
    'S58: as many repeats as are possible, with arguments, and one field that is not there',
    `{ nope ${'organization(slug: "x") { commitments(first: 3, filter: { sources: [CLOUDMC] }) { nodes { id name } } } '.repeat(55)} }`,
  ),
  wrong(
    'S62: 100 fragments at one place, and one field that is not there',
    `${ORGANIZATION(each(100, (i) => `...F${i}`))} ${each(100, (i) => `fragment F${i} on Organization { contracts { ${i === 99 ? 'nope' : 'totalCount'} } }`)}`,
  ),
  wrong(
    'S57: 100 variables at 18 places, and one that is not there',
    `query (${each(100, (i) => `$v${i}: ID!`)}) { ${each(18, (i) => `a${i}: nodes(ids: [${each(100, (j) => `$v${j}`)}]) { id }`)} organization(slug: $nope) { id } }`.replace(
      'a0:',
      '',
    ),
  ),
  wrong('S57: 100 variables that nobody uses', `query (${each(100, (i) => `$a${i}: ID`)}) { __typename }`),
  invalid('S57: 500 variables', `query (${each(500, (i) => `$a${i}: ID`)}) { __typename }`),
];

const IDS = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const withVariables = (title: string, variables: string, query = IDS): HostileBody => ({
  title,
  body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
});
const operations = (count: number) =>
  `[${Array.from({ length: count }, () => '{"query":"{ __typename }"}').join(',')}]`;
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

export const BODIES: readonly HostileBody[] = [
  {
    ...withVariables('S71: variables of 1 MB', JSON.stringify({ ids: ['x'.repeat(1_000_000)] })),
    status: 413,
  },
  { ...withVariables('S71: a list of 100,000', `{"ids":[${'"",'.repeat(100_000)}""]}`), status: 413 },
  withVariables('S71: a list of 40,000 numbers', `{"ids":[${'1,'.repeat(40_000)}1]}`),
  withVariables('S71: a list of 501', `{"ids":[${'1,'.repeat(500)}1]}`),
  withVariables('S71: lists, 40,000 in one another', `{"ids":${nested(40_000, '[', '', ']')}}`),
  withVariables('S71: objects, 17 in one another', `{"ids":${nested(17, '{"a":', '1', '}')}}`),
  withVariables('S71: 20,000 objects', `{"ids":[${`[${'{},'.repeat(400)}{}],`.repeat(50)}1]}`),
  withVariables('S71: 5,000 names', `{${Array.from({ length: 5_000 }, (_, i) => `"a${i}":1`).join(',')}}`),
  withVariables('S71: 400 ids that are none', `{"ids":[${'{},'.repeat(399)}{}]}`),
  withVariables('S71: an id of 20,000 letters', JSON.stringify({ ids: ['x'.repeat(20_000)] })),
  withVariables(
    'S71: 16,000 letters where a list of objects belongs',
    JSON.stringify({ f: 'x'.repeat(16_000) }),
    'query ($f: PortfolioFilter) { commitments(filter: $f) { totalCount } }',
  ),
  withVariables(
    'S71: names that no input has, of 4,000 letters each',
    JSON.stringify({
      f: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}`.repeat(2_000), 1])),
    }),
    'query ($f: PortfolioFilter) { commitments(filter: $f) { totalCount } }',
  ),
  {
    title: 'S71: extensions, 40,000 in one another',
    body: `{"query":"{ __typename }","extensions":{"a":${nested(40_000, '[', '', ']')}}}`,
  },
  withVariables('S74: NUL in an id', '{"ids":["a\\u0000"]}'),
  withVariables('S74: a control in an id', '{"ids":["a\\u001b[31m"]}'),
  withVariables('S74: half of a character in an id', '{"ids":["\\ud800"]}'),
  withVariables('S74: NUL in a name', '{"ids":[],"a\\u0000":1}'),
  withVariables('S72: __proto__', '{"__proto__":{"x":1}}'),
  withVariables('S72: __proto__, escaped', '{"\\u005f\\u005fproto\\u005f\\u005f":{"x":1}}'),
  withVariables('S72: __proto__ within', '{"ids":[{"a":{"__proto__":{"x":1}}}]}'),
  withVariables('S72: constructor.prototype', '{"constructor":{"prototype":{"x":1}}}'),
  withVariables('S72: constructor.prototype within', '{"ids":[{"constructor":{"prototype":{"x":1}}}]}'),
  { title: 'S72: __proto__ of the body', body: '{"query":"{ __typename }","__proto__":{"x":1}}' },
  {
    title: 'S72: constructor.prototype of the body',
    body: '{"query":"{ __typename }","constructor":{"prototype":{"x":1}}}',
  },
  {
    title: 'S72: __proto__ in extensions',
    body: '{"query":"{ __typename }","extensions":{"__proto__":{"x":1}}}',
  },
  { title: 'S65: no operation in a list', body: '[]' },
  { title: 'S65: one operation in a list', body: operations(1) },
  { title: 'S65: two operations in a list', body: operations(2) },
  { title: 'S65: 4,000 operations in a list', body: operations(4_000) },
  { title: 'S65: lists, 50,000 in one another', body: nested(50_000, '[', '', ']') },
  { title: 'S92: bytes that are no UTF-8', body: bytes('{"query":"{ __typename } #', [0xff, 0xfe], '"}') },
  {
    title: 'S92: half of a character in bytes',
    body: bytes('{"query":"{ __typename } #', [0xed, 0xa0, 0x80], '"}'),
  },
  {
    title: 'S92: a letter in more bytes than it takes',
    body: bytes('{"query":"{ __typename } #', [0xc0, 0xaf], '"}'),
  },
  {
    title: 'S101: an operation name of 60,000 letters',
    body: JSON.stringify({ query: 'query A { __typename }', operationName: 'B'.repeat(60_000) }),
  },
  {
    title: 'S101: an operation name of 128 letters that is not there',
    body: JSON.stringify({ query: 'query A { __typename }', operationName: '\u202e'.repeat(128) }),
  },
];
