/** Verifications of changes: started, one, a customer's list, and one as it moves on. */
import { millisOfInstant } from '../domain/calendar.js';
import type { ChangeVerification } from '../domain/change-verification.js';
import type { Operation, Problem } from '../domain/operation.js';
import type { Organization } from '../domain/organization.js';
import { checkPageSize, connectionOf, decodeCursor, encodeCursor } from './connection.js';
import { organizationOf, type GraphContext } from './context.js';
import { badInput } from './errors.js';
import type { ChangeVerificationStartInput, Resolvers } from './generated.js';
import { decodeGlobalId, encodeGlobalId } from './global-id.js';
import { countMiss, findOrganization, mayLookUp } from './lookup.js';
import { NO_SUCH_ORGANIZATION } from './mutation/target.js';
import { isOperationId } from './node.js';

const LIST = 'changeVerifications';
const LONGEST_REASON = 500;
/** Clocks differ. */
const MOST_AHEAD_MS = 60_000;

interface Found {
  readonly organization: Organization;
  readonly verification: ChangeVerification;
}

/** Throws BAD_USER_INPUT for what is no id of a verification, RATE_LIMITED; `null` where there is none to be seen. */
async function find(id: string, context: GraphContext): Promise<Found | null> {
  const notAnId = () =>
    badInput('`id`: this is not an id of this graph. Give one as another answer gave it.');
  const decoded = decodeGlobalId(id);
  if (decoded === null) throw notAnId();
  if (decoded.type !== 'ChangeVerification') {
    throw badInput(`\`id\` names a ${decoded.type}; this field reads a ChangeVerification.`);
  }
  mayLookUp(context);
  const organization = context.directory.find(decoded.organization);
  if (organization === null) return countMiss(id, null, context);
  if (!isOperationId(decoded.key)) throw notAnId();
  const verification = countMiss(id, await context.verifications.byId(organization, decoded.key), context);
  return verification === null ? null : { organization, verification };
}

/** The verification now, and after each look, in the form that the field's event has. */
async function* looksAt(found: Found | null, context: GraphContext) {
  if (found === null) {
    yield { changeVerification: null };
    return;
  }
  const { organization, verification } = found;
  for await (const seen of context.verifications.follow(organization, verification.id, context.signal)) {
    yield { changeVerification: seen };
  }
}

/** All that is wrong with the input and can be mended. */
function problemsOf(
  { expected, changedAt, reason }: ChangeVerificationStartInput,
  now: number,
): readonly Problem[] {
  const problems: Problem[] = [];
  const { minimum, startsOn, endsBefore } = expected;
  if (minimum == null && startsOn == null && endsBefore == null) {
    const message = 'Say what billing should hold: the minimum, the first day or the day after the last.';
    problems.push({ path: ['expected'], code: 'REQUIRED', message });
  }
  if (startsOn != null && endsBefore != null && endsBefore <= startsOn) {
    const message = `It must be later than the first day, which is ${startsOn}.`;
    problems.push({ path: ['expected', 'endsBefore'], code: 'INVALID', message });
  }
  if (minimum?.amount.isNegative() === true && !minimum.amount.isZero()) {
    const message = 'A minimum is not negative.';
    problems.push({ path: ['expected', 'minimum', 'amount'], code: 'OUT_OF_RANGE', message });
  }
  if (millisOfInstant(changedAt) > now + MOST_AHEAD_MS) {
    const message = 'A change that has not been made cannot be verified yet.';
    problems.push({ path: ['changedAt'], code: 'OUT_OF_RANGE', message });
  }
  if (reason != null && [...reason].length > LONGEST_REASON) {
    const message = `A reason has at most ${LONGEST_REASON} characters.`;
    problems.push({ path: ['reason'], code: 'OUT_OF_RANGE', message });
  }
  return problems;
}

/** The change that the id names, if it is this customer's. Throws BAD_USER_INPUT, RATE_LIMITED. */
async function operationOf(
  id: string,
  organization: Organization,
  context: GraphContext,
): Promise<Operation | null> {
  const decoded = decodeGlobalId(id);
  if (decoded?.type !== 'ContractOperation' || !isOperationId(decoded.key)) {
    throw badInput('`input.operationId`: give the id of a ContractOperation, as another answer gave it.');
  }
  mayLookUp(context);
  if (decoded.organization !== organization.slug) return countMiss(id, null, context);
  return countMiss(id, await context.operations.byId(organization, decoded.key), context);
}

const NO_SUCH_OPERATION: Problem = {
  path: ['operationId'],
  code: 'NOT_FOUND',
  message: 'There is no such change of this customer.',
};

function refused(problems: readonly Problem[]) {
  return {
    changeVerification: null,
    isReplay: false,
    userErrors: problems.map((problem) => ({ ...problem, source: 'COMMITMENT_MANAGER' as const })),
  };
}

async function start(input: ChangeVerificationStartInput, context: GraphContext) {
  const organization = findOrganization(input.organization, context);
  const problems = [
    ...(organization === null ? [NO_SUCH_ORGANIZATION] : []),
    ...problemsOf(input, context.now()),
  ];
  if (organization === null) return refused(problems);
  const { operationId = null, expected, changedAt, idempotencyKey, reason = null } = input;
  const operation = operationId === null ? null : await operationOf(operationId, organization, context);
  if (operationId !== null && operation === null) problems.push(NO_SUCH_OPERATION);
  if (problems.length > 0) return refused(problems);
  const { verification, isReplay } = await context.verifications.start({
    organization,
    expected: {
      minimum: expected.minimum ?? null,
      startsOn: expected.startsOn ?? null,
      endsBefore: expected.endsBefore ?? null,
    },
    changedAt,
    operationId: operation?.id ?? null,
    idempotencyKey,
    reason,
  });
  return { changeVerification: verification, isReplay, userErrors: [] };
}

export const verificationResolvers = {
  Query: {
    changeVerification: async (_, { id }, context) => (await find(id, context))?.verification ?? null,
  },
  Organization: {
    changeVerifications: async (organization, { first, after }, context) => {
      checkPageSize(first);
      const [place = null] = after == null ? [] : decodeCursor(LIST, after);
      if (after != null) {
        const isKnown =
          typeof place === 'string' && (await context.verifications.byId(organization, place)) !== null;
        if (!isKnown)
          throw badInput('`after` is not a cursor of this list. Give one that it returned, or leave it out.');
      }
      const page = await context.verifications.list(
        organization,
        first,
        typeof place === 'string' ? place : null,
      );
      const edges = page.verifications.map((node) => ({ node, cursor: encodeCursor(LIST, [node.id]) }));
      return { ...connectionOf(edges, page.hasMore, after != null), totalCount: page.totalCount };
    },
  },
  Mutation: {
    changeVerificationStart: (_, { input }, context) => start(input, context),
  },
  Subscription: {
    changeVerification: {
      subscribe: async (_, { id }, context) => looksAt(await find(id, context), context),
    },
  },
  ChangeVerification: {
    id: ({ organization, id }) => encodeGlobalId({ type: 'ChangeVerification', organization, key: id }),
    organization: ({ organization }, _, context) => organizationOf(organization, context),
    cause: ({ looks }) => looks.at(-1)?.cause ?? null,
    message: ({ looks }) => looks.at(-1)?.message ?? null,
    operation: async ({ organization, operationId }, _, context) =>
      operationId === null
        ? null
        : context.operations.byId(organizationOf(organization, context), operationId),
    idempotencyKey: ({ client, idempotencyKey }, _, context) =>
      client === context.principal.client ? idempotencyKey : null,
  },
} satisfies Resolvers;
