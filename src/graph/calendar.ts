/**
 * Calendars of renewals: made, listed and revoked by their client.
 *
 * Guarantees: a calendar is of customers that its client may see; what opens it is in the answer that made it and in no
 * other; a calendar of another client looks like one that is not there. Refuses more customers than a calendar is read of.
 */
import type { CalendarRequest } from '../domain/calendars.js';
import type { Problem } from '../domain/operation.js';
import type { GraphContext } from './context.js';
import { badInput } from './errors.js';
import type { RenewalCalendarCreateInput, Resolvers } from './generated.js';
import { findOrganization } from './lookup.js';
import { MOST_ORGANIZATIONS } from './renewal-read.js';

const LONGEST_NAME = 100;
const LONGEST_KEY = 200;
/** What would begin a line of its own, or what no database could keep as it is. */
const UNKEEPABLE = /\p{Cc}|\p{Surrogate}|\u2028|\u2029/u;

export const CALENDAR_PATH = '/calendar/';

function problemsOf(
  { name, organizations }: RenewalCalendarCreateInput,
  context: GraphContext,
): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (path: readonly string[], code: Problem['code'], message: string) => {
    problems.push({ path, code, message });
  };
  if (name.trim() === '') add(['name'], 'REQUIRED', 'Give the calendar a name.');
  else if ([...name].length > LONGEST_NAME) {
    add(['name'], 'OUT_OF_RANGE', `A name has at most ${LONGEST_NAME} characters.`);
  } else if (UNKEEPABLE.test(name)) {
    add(['name'], 'INVALID', 'A name is one line of text without control characters.');
  }
  if (organizations == null) {
    const granted = context.directory.organizations.length;
    if (granted === 0) {
      add(['organizations'], 'REQUIRED', 'There is no customer to make a calendar of.');
    } else if (granted > MOST_ORGANIZATIONS) {
      const message = `A calendar is of at most ${MOST_ORGANIZATIONS} customers. Name them: this client may see ${granted}.`;
      add(['organizations'], 'OUT_OF_RANGE', message);
    }
    return problems;
  }
  if (organizations.length === 0) add(['organizations'], 'REQUIRED', 'Name at least one customer.');
  if (organizations.length > MOST_ORGANIZATIONS) {
    add(['organizations'], 'OUT_OF_RANGE', `A calendar is of at most ${MOST_ORGANIZATIONS} customers.`);
    return problems;
  }
  organizations.forEach((slug, index) => {
    if (findOrganization(slug, context) === null) {
      add(['organizations', String(index)], 'NOT_FOUND', 'There is no such customer.');
    }
  });
  return problems;
}

function userErrors(problems: readonly Problem[]) {
  // Of no backend; none is told.
  return problems.map((problem) => ({ ...problem, source: 'COMMITMENT_MANAGER' as const }));
}

function refused(problems: readonly Problem[]) {
  return { calendar: null, urlPath: null, isReplay: false, userErrors: userErrors(problems) };
}

function keyOf(key: string | null | undefined): string | null {
  if (key == null) return null;
  if (key === '' || key.length > LONGEST_KEY || UNKEEPABLE.test(key)) {
    throw badInput(
      `\`input.idempotencyKey\`: give 1 to ${LONGEST_KEY} characters without control characters.`,
    );
  }
  return key;
}

async function create(input: RenewalCalendarCreateInput, context: GraphContext) {
  const idempotencyKey = keyOf(input.idempotencyKey);
  const problems = problemsOf(input, context);
  if (problems.length > 0) return refused(problems);
  const { name, organizations = null } = input;
  const request: CalendarRequest = { name, organizations, idempotencyKey };
  const made = await context.calendars.create(request);
  if (made.kind === 'too-many') {
    const message = `This client has ${made.most} calendars. Revoke one that nobody reads.`;
    return refused([{ path: [], code: 'OUT_OF_RANGE', message }]);
  }
  const { calendar, token, isReplay } = made;
  const urlPath = token === null ? null : `${CALENDAR_PATH}${token}.ics`;
  return { calendar, urlPath, isReplay, userErrors: [] };
}

const NO_SUCH_CALENDAR: Problem = {
  path: ['id'],
  code: 'NOT_FOUND',
  message: 'There is no such calendar of this client.',
};

async function revoke(id: string, context: GraphContext) {
  const calendar = /^[0-9A-Za-z-]{1,64}$/.test(id) ? await context.calendars.revoke(id) : null;
  return { calendar, userErrors: userErrors(calendar === null ? [NO_SUCH_CALENDAR] : []) };
}

export const calendarResolvers = {
  Query: { renewalCalendars: (_, __, context) => context.calendars.list() },
  Mutation: {
    renewalCalendarCreate: (_, { input }, context) => create(input, context),
    renewalCalendarRevoke: (_, { input: { id } }, context) => revoke(id, context),
  },
  RenewalCalendar: {
    organizations: ({ organizations }, _, { directory }) =>
      organizations === null ? null : directory.only(organizations),
  },
} satisfies Resolvers;
