/**
 * By what rules the documents of a client are judged before they are registered: those of a request to this version of
 * the gateway, what the client was granted, and what it may spend on one operation.
 *
 * Guarantees: refuses what could not run for this client as the configuration is now, and says what to do about it. What
 * runs with some variables and not with others is told and not refused. At run time each request is judged anew: a client
 * that is granted less later gets 403 for what it registered.
 */
import { GraphQLError, Kind, type DocumentNode, type GraphQLSchema } from 'graphql';
import { costOf } from '../admission/cost.js';
import type { Bench } from '../admission/documents/judge.js';
import { DEMO_CLIENT } from '../admission/principal.js';
import { DEFAULT_LIMITS } from '../config/limits.js';
import type { Config } from '../config.js';
import { SCOPES, type Limits, type Scope } from '../domain/principal.js';
import { authorizationOf } from '../graph/authorization.js';
import { createSchema } from '../graph/resolvers.js';
import { limitsFor } from '../http/budget.js';
import { DOCUMENT_RULES } from '../http/graphql.js';

type Access = Pick<Config, 'clients' | 'issuers' | 'limits'>;

interface Granted {
  /** `null`: its tokens say. */
  readonly scopes: ReadonlySet<Scope> | null;
  readonly limits: Limits;
}

/** What a client may do. `null`: the configuration does not have it. */
function grantedTo(name: string, { clients, issuers = [], limits = DEFAULT_LIMITS }: Access): Granted | null {
  // Refused nothing, on the machine that it runs on.
  if (clients === null)
    return name === DEMO_CLIENT ? { scopes: new Set(SCOPES), limits: { ...limits, mode: 'measure' } } : null;
  const client = clients.find((one) => one.name === name);
  if (client !== undefined) {
    return { scopes: new Set(client.scopes), limits: limitsFor(client.limits, limits) };
  }
  // Nobody knows whose tokens will name it: the most generous issuer decides.
  const [issuer, ...others] = issuers.map((one) => limitsFor(one.limits, limits));
  if (issuer === undefined) return null;
  return {
    scopes: null,
    limits: others.reduce((best, one) => (mostOf(one) > mostOf(best) ? one : best), issuer),
  };
}

/** Points of one operation; without a limit any number. */
function mostOf({ mode, operationCost, costAtOnce }: Limits): number {
  return mode === 'enforce' ? Math.min(operationCost, costAtOnce) : Number.POSITIVE_INFINITY;
}

/** Why nobody would ever ask for documents of that client; `null`: somebody may. */
export function objectionToClient(name: string, access: Access): string | null {
  if (grantedTo(name, access) !== null) return null;
  const { clients } = access;
  return clients === null
    ? `No clients are configured: everybody is ${DEMO_CLIENT}, so documents can only be ${DEMO_CLIENT}’s.`
    : `There is no client ${name}; there are: ${clients.map((one) => one.name).join(', ')}.`;
}

/** What is not checked for that client; `null`: nothing. */
export function caveatAbout(name: string, access: Access): string | null {
  return grantedTo(name, access)?.scopes === null
    ? `${name} is no client of the clients file; tokens may name it, and say what it may do: its scopes were not checked.`
    : null;
}

const inWords = (points: number) => points.toLocaleString('en');

function operationsIn(document: DocumentNode) {
  return document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

/**
 * Prices of its operations: with the defaults of its variables (and the smallest page where there is none and must be a
 * value), and whatever the variables are.
 */
function pricesOf(schema: GraphQLSchema, document: DocumentNode) {
  return operationsIn(document).map((operation) => {
    const price = costOf(schema).priceOf(document, operation);
    const needed = (operation.variableDefinitions ?? []).flatMap(({ variable, type, defaultValue }) =>
      defaultValue === undefined && type.kind === Kind.NON_NULL_TYPE
        ? [[variable.name.value, 1] as const]
        : [],
    );
    return { operation, usual: price.of(Object.fromEntries(needed)), most: price.most };
  });
}

export function ownBench(access: Access, schema: GraphQLSchema = createSchema()): Bench {
  return {
    schema,
    rules: DOCUMENT_RULES,
    objections(document, client) {
      const granted = grantedTo(client, access);
      if (granted === null) return [];
      const { scopes, limits } = granted;
      const lacking = operationsIn(document).flatMap((operation) =>
        [...authorizationOf(schema).needsOf(document, operation)]
          .filter(([scope]) => scopes !== null && !scopes.has(scope))
          .map(
            ([scope, field]) =>
              new GraphQLError(
                `\`${field}\` needs the scope ${scope}, which ${client} lacks: give it the scope in the clients file, or leave the field out.`,
                { nodes: operation },
              ),
          ),
      );
      const tooDear = pricesOf(schema, document)
        .filter(({ usual }) => usual > mostOf(limits))
        .map(
          ({ operation, usual }) =>
            new GraphQLError(
              `It could cost ${inWords(usual)} points, and ${client} may spend ${inWords(mostOf(limits))} on one operation: ` +
                'ask for smaller pages or for less of each object, or raise `limits.operationCost` of the client.',
              { nodes: operation },
            ),
        );
      return [...lacking, ...tooDear];
    },
  };
}

/** What a client should know of a document that is registered: some variables make it too dear. */
export function remarkOn(
  document: DocumentNode,
  client: string,
  access: Access,
  schema: GraphQLSchema,
): string | null {
  const most = mostOf(grantedTo(client, access)?.limits ?? DEFAULT_LIMITS);
  const dearest = Math.max(...pricesOf(schema, document).map((price) => price.most));
  return dearest <= most
    ? null
    : `with some variables it could cost up to ${inWords(dearest)} points, and requests beyond ${inWords(most)} are refused`;
}
