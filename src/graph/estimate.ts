/**
 * How many upstream calls an operation can cause, told before it runs: by source, nothing cached, nobody else asking.
 *
 * Guarantees: looks at the document and the directory and asks nobody; what is read once is counted once, under however
 * many aliases. It is an upper bound where the graph knows bounds (pages, ids, customers); a list without one counts as
 * ten rows, and the scan of LogiSense, whose pages nobody knows beforehand, as one call. Of a mutation it tells what its
 * answer reads; what making the change takes is decided by how its backend answers.
 */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  valueFromAST,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { DirectoryView } from '../domain/directory.js';
import { isLinked, type Organization } from '../domain/organization.js';
import { COMMITMENT_SOURCES, type SourceName } from '../domain/source.js';
import { decodeDiscrepancyId, decodeGlobalId, NODE_TYPES } from './global-id.js';

export type Estimate = Readonly<Partial<Record<SourceName, number>>>;

const UNBOUNDED_LIST_ROWS = 10;
const MOST_ORGANIZATIONS_OF_A_PAGE = 100;
const MOST_ORGANIZATIONS_OF_RENEWALS = 50;
/** Fragments can be spread so often that looking at all of it takes longer than running it: then what is seen so far is told. */
const MOST_FIELDS = 20_000;

type Arguments = Readonly<Record<string, unknown>>;

/** What a field reads: one call for each customer, or one for each row of the list that it stands in. */
interface Read {
  readonly source: SourceName;
  readonly what: string;
  readonly each: 'customer' | 'row';
}

const of = (source: SourceName, what: string, each: Read['each'] = 'customer'): Read => ({
  source,
  what,
  each,
});
const minimums = of('COMMITMENT_MANAGER', 'commitments');
const state = of('COMMITMENT_MANAGER', 'state');
const orders = of('SALESFORCE', 'orders');
const quote = of('MONETIZENOW', 'quote', 'row');
const detail = of('MONETIZENOW', 'detail', 'row');

/** What was seen is read from the store. */
const isOfThePast = ({ asOf }: Arguments): boolean => asOf != null;
const unlessPast =
  (...reads: readonly Read[]) =>
  (given: Arguments): readonly Read[] =>
    isOfThePast(given) ? [] : reads;

function commitmentReads(given: Arguments): Read[] {
  if (isOfThePast(given)) return [];
  const { filter } = given;
  const sources = (filter as { readonly sources?: readonly SourceName[] | null } | null | undefined)?.sources;
  return COMMITMENT_SOURCES.filter((source) => sources?.includes(source) ?? true).map((source) =>
    of(source, 'commitments'),
  );
}

const usage = ({ month }: Arguments) => [of('COMMITMENT_MANAGER', `usage ${String(month)}`)];
const history = (given: Arguments) => [of('COMMITMENT_MANAGER', `history ${JSON.stringify(given)}`)];
const terms = () => [of('COMMITMENT_MANAGER', 'terms')];

/** Of a kind that nobody knows beforehand: each backend whose things have ids. */
const target = () =>
  (['MONETIZENOW', 'CLOUDMC', 'LOGISENSE'] as const).map((source) => of(source, 'target', 'row'));

/** Of the mutations that somebody means to make: each compares at most one version. */
function targetsOf(change: unknown): Read[] {
  const { mutations } = (change ?? {}) as { readonly mutations?: readonly unknown[] | null };
  return (mutations ?? []).flatMap((_, index) =>
    (['MONETIZENOW', 'CLOUDMC', 'LOGISENSE'] as const).map((source) => of(source, `target ${index}`)),
  );
}

/** Of many customers orders are read in one walk, whose pages nobody knows: no more than a query for each. */
const reconciliation = () => [orders, minimums, state, ...terms()];

/** The lists, the billing history and one month of usage: which months, the day of the position says. */
const position = (given: Arguments): readonly Read[] => [...commitmentReads({}), ...consumption(given)];
const consumption = ({ on }: Arguments): readonly Read[] => [
  minimums,
  of('COMMITMENT_MANAGER', `history on ${String(on)}`),
  of('COMMITMENT_MANAGER', `usage on ${String(on)}`),
];

function renewals({ filter }: Arguments): readonly Read[] {
  const { sources } = (filter ?? {}) as { readonly sources?: readonly SourceName[] | null };
  return [
    ...commitmentReads({}),
    ...terms(),
    orders,
    of('MONETIZENOW', 'contracts'),
    // Each contract that has not ended is read by itself.
    ...Array.from({ length: UNBOUNDED_LIST_ROWS }, (_, index) => of('MONETIZENOW', `detail of ${index}`)),
  ].filter(({ source }) => sources?.includes(source) ?? true);
}

const READS: Readonly<Record<string, (given: Arguments) => readonly Read[]>> = {
  'Query.commitments': commitmentReads,
  'Organization.commitments': commitmentReads,
  'Query.reconciliation': reconciliation,
  'Organization.reconciliation': reconciliation,
  'DiscrepancyAcknowledgementPayload.discrepancy': reconciliation,
  'Organization.contracts': unlessPast(of('MONETIZENOW', 'contracts')),
  'Organization.serviceOrders': unlessPast(orders),
  'Organization.minimumCommitmentState': () => [state],
  'Organization.usage': usage,
  'Organization.billingHistory': history,
  'Organization.contractTerms': terms,
  'Organization.position': position,
  'Organization.overlaps': () => commitmentReads({}),
  'Organization.renewals': renewals,
  'Query.renewals': renewals,
  'MinimumCommitment.position': consumption,
  'Organization.preflight': ({ change }) => [state, ...terms(), ...commitmentReads({}), ...targetsOf(change)],
  'MinimumCommitment.state': () => [state],
  'MinimumCommitment.usage': usage,
  'MinimumCommitment.billingHistory': history,
  'MinimumCommitment.contractTerms': terms,
  'MinimumCommitment.serviceOrder': () => [orders, state],
  'ServiceOrder.minimumCommitment': () => [minimums, state],
  'Contract.renewalTerms': () => [detail],
  'Contract.quotes': () => [detail],
  'Contract.latestQuote': () => [quote],
  'Contract.offerings': () => [quote, detail, of('MONETIZENOW', 'quote in force', 'row')],
  'Contract.invoices': () => [of('MONETIZENOW', 'invoices', 'row')],
  'OrganizationSyncPayload.state': () => [state],
  'ContractOperation.target': target,
  'Quote.detail': () => [of('MONETIZENOW', 'quote of list', 'row')],
};

interface Place {
  readonly organizations: readonly Organization[];
  /** Rows of each customer. */
  readonly rows: number;
}

export interface EstimateInput {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly directory: DirectoryView;
}

export function estimateCalls({
  schema,
  operation,
  fragments,
  variables,
  directory,
}: EstimateInput): Estimate {
  const root = schema.getRootType(operation.operation);
  const calls = new Map<string, { readonly source: SourceName; times: number }>();

  const count = ({ source, what, each }: Read, { organizations, rows }: Place) => {
    for (const organization of organizations) {
      if (!isLinked(organization, source)) continue;
      const key = JSON.stringify([source, what, organization.slug]);
      const times = each === 'row' ? rows : 1;
      calls.set(key, { source, times: Math.max(times, calls.get(key)?.times ?? 0) });
    }
  };

  /** `isRead`: false where only their customers matter. */
  const placeOfIds = (ids: readonly unknown[], place: Place, isRead = true): Place => {
    const found = new Map<string, Organization>();
    const asked = new Map<string, number>();
    for (const id of ids) {
      const decoded = typeof id === 'string' ? decodeGlobalId(id) : null;
      const organization = decoded === null ? null : directory.find(decoded.organization);
      if (decoded === null || organization === null) continue;
      found.set(organization.slug, organization);
      const { source } = NODE_TYPES[decoded.type];
      if (source === null || !isRead) continue;
      // Few ids are read one by one, many with one list: never more calls than this.
      const key = JSON.stringify([source, 'ids', organization.slug]);
      const number = (asked.get(key) ?? 0) + 1;
      asked.set(key, number);
      if (isLinked(organization, source)) calls.set(key, { source, times: Math.min(number, 2) });
    }
    return { ...place, organizations: [...found.values()], rows: 1 };
  };

  const placeOfChange = (input: unknown, place: Place): Place => {
    const { organization, contractId, commitmentId, discrepancyId } = (input ?? {}) as Arguments;
    if (typeof discrepancyId === 'string') {
      const owner = directory.find(decodeDiscrepancyId(discrepancyId)?.organization ?? '');
      return { organizations: owner === null ? [] : [owner], rows: 1 };
    }
    if (typeof organization !== 'string') return placeOfIds([contractId ?? commitmentId], place, false);
    const found = directory.find(organization);
    return { organizations: found === null ? [] : [found], rows: 1 };
  };

  const named = ({ organizations }: Arguments): readonly Organization[] =>
    directory.only((organizations as readonly string[] | null | undefined) ?? null);
  const filtered = ({ filter }: Arguments) => named((filter as Arguments | null | undefined) ?? {});

  const placeBelow = (field: string, given: Arguments, place: Place): Place => {
    const rows = typeof given['first'] === 'number' ? given['first'] : UNBOUNDED_LIST_ROWS;
    if (field.startsWith('Mutation.')) return placeOfChange(given['input'], place);
    switch (field) {
      case 'Query.organization': {
        const organization = directory.find(String(given['slug']));
        return { ...place, organizations: organization === null ? [] : [organization] };
      }
      case 'Query.organizations':
        return { ...place, organizations: directory.organizations.slice(0, rows) };
      case 'Query.commitments':
        return { organizations: filtered(given).slice(0, MOST_ORGANIZATIONS_OF_A_PAGE), rows };
      case 'Query.renewals':
        return { organizations: filtered(given).slice(0, MOST_ORGANIZATIONS_OF_RENEWALS), rows: 1 };
      case 'Query.reconciliation':
        return { organizations: filtered(given).slice(0, rows), rows: 1 };
      case 'Query.node':
      case 'Query.contract':
      case 'Query.changeVerification':
        return placeOfIds([given['id']], place);
      case 'Query.commitment':
        return placeOfIds([given['id']], place, !isOfThePast(given));
      case 'Query.changes':
        return { organizations: named(given).slice(0, rows), rows };
      case 'Query.contractOperation': {
        if (given['id'] != null) return placeOfIds([given['id']], place);
        const slug = given['organization'];
        const organizations = directory.only(slug == null ? null : [String(slug)]);
        return { organizations, rows: 1 };
      }
      case 'Query.nodes':
        return placeOfIds(Array.isArray(given['ids']) ? given['ids'] : [], place);
      case 'Organization.contracts':
      case 'Organization.commitments':
      case 'Organization.serviceOrders':
      case 'Organization.operations':
      case 'Organization.changes':
      case 'Organization.changeVerifications':
        return { ...place, rows };
      case 'Contract.quotes':
        return { ...place, rows: place.rows * UNBOUNDED_LIST_ROWS };
      default:
        return place;
    }
  };

  let seen = 0;
  const visitField = (type: GraphQLCompositeType, node: FieldNode, place: Place) => {
    seen += 1;
    if (seen > MOST_FIELDS) return;
    const definition = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
    if (definition === undefined) return;
    const given = Object.fromEntries(
      definition.args.map(({ name, type: argumentType, defaultValue }) => {
        const literal = node.arguments?.find((argument) => argument.name.value === name)?.value;
        return [name, literal === undefined ? defaultValue : valueFromAST(literal, argumentType, variables)];
      }),
    );
    const name = `${type.name}.${node.name.value}`;
    const below = placeBelow(name, given, place);
    for (const read of READS[name]?.(given) ?? []) count(read, name.startsWith('Query.') ? below : place);
    const named = getNamedType(definition.type);
    if (node.selectionSet && isCompositeType(named)) visit(named, node.selectionSet, below);
  };

  const visited = new Map<Place, Set<string>>();
  const visit = (type: GraphQLCompositeType, { selections }: SelectionSetNode, place: Place) => {
    // What an interface selects, each of its types may read.
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        for (const possible of types) visitField(possible, selection, place);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined || seen > MOST_FIELDS) continue;
      if (fragment.kind === Kind.FRAGMENT_DEFINITION) {
        // At one place a fragment says the same however often it is spread.
        const here = visited.get(place) ?? new Set();
        visited.set(place, here);
        if (here.has(fragment.name.value)) continue;
        here.add(fragment.name.value);
      }
      const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (isCompositeType(condition)) visit(condition, fragment.selectionSet, place);
    }
  };

  if (root != null) visit(root, operation.selectionSet, { organizations: [], rows: 1 });
  const estimate: Partial<Record<SourceName, number>> = {};
  for (const { source, times } of calls.values()) estimate[source] = (estimate[source] ?? 0) + times;
  return estimate;
}
