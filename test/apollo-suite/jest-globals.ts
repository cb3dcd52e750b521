/**
 * What Apollo's suite takes from Jest, given by Vitest, and what becomes of the tests in `skips.ts`: they run, and must
 * fail. One that passes is a failure, because its entry is not needed any more; so is one that is not in the table.
 *
 * Errors of the gateway have codes of a closed list of its own, and say more: answers are compared in the words that both
 * have.
 */
import { format } from 'pretty-format';
import * as vitest from 'vitest';
import { LEFT_OUT, SKIPS } from './skips.js';

export const { afterAll, beforeAll, beforeEach } = vitest;

const met = new Set<string>();
const leftOut = new Set(Object.values(LEFT_OUT).flat());

/** What the suite leaves out must be in the table, too. */
function checkLeftOut(name: string): void {
  if (!leftOut.has(name)) throw new Error(`The suite leaves out “${name}”, and skips.ts does not say why.`);
  met.add(name);
}

export const describe = Object.assign(
  (name: string, body: () => void) => {
    vitest.describe(name, body);
  },
  {
    each: vitest.describe.each.bind(vitest.describe),
    skip: (name: string, body: () => void) => {
      checkLeftOut(name);
      vitest.describe.skip(name, body);
    },
  },
);

/** Jest hands a callback to those that want one. */
export function afterEach(body: (done?: () => void) => unknown): void {
  vitest.afterEach(() =>
    body.length === 0
      ? body()
      : new Promise<void>((resolve) => {
          body(resolve);
        }),
  );
}
export const jest = vitest.vi;

const REASONS = new Map<string, string>(
  Object.entries(SKIPS).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)),
);

/** Entries of the table that no test had. */
export function neverMet(): string[] {
  return [...REASONS.keys(), ...leftOut].filter((name) => !met.has(name));
}

type Body = (...args: never[]) => unknown;

function guarded(body: Body): Body {
  return async (...args) => {
    const test = vitest.TestRunner.getCurrentTest();
    if (test === undefined) throw new Error('a test is not known to be one');
    const name = nameOf(test);
    const reason = REASONS.get(name);
    if (reason === undefined) return body(...args);
    met.add(name);
    try {
      await body(...args);
    } catch {
      test.context.skip(reason);
    }
    throw new Error(`It passes: take it out of skips.ts, “${reason}”.`);
  };
}

/** Beginning with the suite's file. */
function nameOf(test: vitest.TestContext['task']): string {
  const names = [test.name];
  for (let { suite } = test; suite?.suite !== undefined; suite = suite.suite) names.unshift(suite.name);
  return names.join(' › ');
}

export const it = Object.assign(
  (name: string, body: Body) => {
    vitest.it(name, guarded(body) as () => Promise<unknown>);
  },
  {
    each: (table: readonly never[]) => (name: string, body: Body) => {
      vitest.it.each(table)(name, guarded(body) as (...args: never[]) => Promise<void>);
    },
    skip: (name: string, body: Body) => {
      checkLeftOut(name);
      vitest.it.skip(name, body as () => Promise<unknown>);
    },
  },
);
export const test = it;

/** What every error of ours has beside its code. */
const BESIDE: readonly string[] = ['requestId', 'retryable'];

/** Apollo's codes in our closed list, as `src/graph/errors.ts` translates them. */
const CODES: Readonly<Record<string, string>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'DOCUMENT_NOT_TRUSTED',
  PERSISTED_QUERY_NOT_SUPPORTED: 'DOCUMENT_NOT_TRUSTED',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
};

const codeOf = (code: unknown) => (typeof code === 'string' ? (CODES[code] ?? code) : code);

/** An answer in the words of both: our codes, and nothing beside them. Whatever is no answer is left alone. */
function common(value: unknown): unknown {
  if (typeof value === 'string') return codeOf(value);
  if (Array.isArray(value)) {
    const all: unknown[] = value.map(common);
    return all.some((each, n) => each !== value[n]) ? all : value;
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const { errors, extensions } = value as { readonly errors?: unknown; readonly extensions?: unknown };
  if (typeof extensions === 'object' && extensions !== null) {
    const { extensions: _, ...others } = value as { readonly extensions: object };
    const said = common(extensions) as object;
    return Object.keys(said).length === 0 ? others : { ...others, extensions: said };
  }
  if (Array.isArray(errors)) return { ...value, errors: common(errors) };
  if (!('requestId' in value) && !('code' in value)) return value;
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, unknown>>)
      .filter(([key]) => !('requestId' in value && BESIDE.includes(key)))
      .map(([key, each]) => [key, key === 'code' ? codeOf(each) : each]),
  );
}

/** The text of a snapshot likewise, without the indentation of the source that it is in. */
function commonText(snapshot: string): string {
  const indentation = /^\n( *)/.exec(snapshot)?.[1] ?? '';
  return snapshot
    .split('\n')
    .map((line) => line.replace(indentation, ''))
    .join('\n')
    .trim()
    .replaceAll(/(?<="code": ")\w+/g, (code) => String(codeOf(code)));
}

type Matcher = (expected: unknown, ...others: unknown[]) => unknown;

/** Compares with what the suite expects, in the words of both. */
function assertion(value: unknown): object {
  const plain: object = vitest.expect(common(value));
  return new Proxy(plain, {
    get(target, name) {
      const matcher: unknown = Reflect.get(target, name, target);
      if (name === 'toMatchInlineSnapshot') {
        // Vitest’s own wants to find the snapshot in the file that calls it, which is this one.
        return (snapshot: string) => {
          const text = format(common(value), { escapeString: false, printBasicPrototype: false });
          vitest.expect(text).toBe(commonText(snapshot));
        };
      }
      if (name === 'toEqual' || name === 'toBe' || name === 'toMatchObject') {
        return (expected: unknown) => (matcher as Matcher).call(target, common(expected));
      }
      return matcher;
    },
  });
}

export const expect = Object.assign(assertion, vitest.expect);
