/**
 * What may go wrong on the way to a vendor, and how a test asks for it. Guarantees that the first rule which matches a
 * call and is not used up decides alone, and that a rule is used up by calls, never by time. Refuses a script with
 * anything unknown in it and names the spot: a misspelt fault that silently does nothing would make a test pass for the
 * wrong reason.
 */
import { LosslessNumber, stringify } from 'lossless-json';

export const MALFORMATIONS = ['truncated', 'html', 'empty', 'not-json', 'bom', 'trailing-comma'] as const;
export type Malformation = (typeof MALFORMATIONS)[number];

/**
 * `applied`: the vendor did the work before the fault hid its answer. Without it, the work was never done. For the
 * kinds that have no such member the vendor always answers, and the fault happens to the answer.
 */
export type Fault =
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'silent'; readonly applied?: boolean }
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'reset'; readonly applied?: boolean }
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly json?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly applied?: boolean;
    }
  | { readonly kind: 'malform'; readonly as: Malformation }
  | { readonly kind: 'rate-limit'; readonly retryAfterSeconds?: number; readonly json?: unknown }
  | { readonly kind: 'foreign'; readonly replace: string; readonly with: string }
  | {
      readonly kind: 'schema';
      readonly rename?: { readonly from: string; readonly to: string };
      readonly remove?: string;
      readonly set?: Readonly<Record<string, unknown>>;
    };

export interface FaultMatch {
  readonly method?: string;
  /** A part of the path, or `/regex/`; a `RegExp` when called from code. */
  readonly path?: string | RegExp;
  /** A part of the decoded query string, e.g. an organization's id. */
  readonly query?: string;
}

export interface FaultRule {
  readonly match?: FaultMatch;
  /** How many calls it befalls; until removed when left out. */
  readonly times?: number;
  /** How many matching calls it lets pass first. */
  readonly skip?: number;
  /** Several act together, e.g. slow and then cut. */
  readonly fault: Fault | readonly Fault[];
}

export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

interface ArmedRule {
  readonly rule: FaultRule;
  readonly faults: readonly Fault[];
  readonly matches: (target: FaultTarget) => boolean;
  toSkip: number;
  left: number;
}

export class FaultScriptError extends Error {
  override readonly name = 'FaultScriptError';
}

export class FaultScript {
  #rules: ArmedRule[] = [];

  /** The rules as given, those that are used up left out. */
  list(): FaultRule[] {
    return this.#rules.filter(({ left }) => left > 0).map(({ rule }) => rule);
  }

  add(...rules: readonly FaultRule[]): void {
    const armed = rules.map((rule, index) => arm(checkRule(rule, `faults[${index}]`)));
    this.#rules = [...this.#rules.filter(({ left }) => left > 0), ...armed];
  }

  /** All or nothing: a script that is refused leaves the old one standing. */
  replace(rules: unknown): void {
    const list = Array.isArray(rules) ? (rules as unknown[]) : [rules];
    this.#rules = list.map((rule, index) => arm(checkRule(rule, `faults[${index}]`)));
  }

  clear(): void {
    this.#rules = [];
  }

  /** The faults that befall this call; counts it. */
  take(target: FaultTarget): readonly Fault[] {
    for (const armed of this.#rules) {
      if (armed.left <= 0 || !armed.matches(target)) continue;
      if (armed.toSkip > 0) {
        armed.toSkip--;
        continue;
      }
      armed.left--;
      return armed.faults;
    }
    return [];
  }
}

function arm(rule: FaultRule): ArmedRule {
  const { match } = rule;
  const pattern = patternOf(match?.path);
  return {
    rule,
    faults: faultsOf(rule.fault),
    matches: ({ method, path, query }) =>
      (match?.method === undefined || match.method.toUpperCase() === method) &&
      (pattern === undefined || pattern(path)) &&
      (match?.query === undefined ||
        decodeURIComponent(query.toString().replaceAll('+', ' ')).includes(match.query)),
    toSkip: rule.skip ?? 0,
    left: rule.times ?? Number.POSITIVE_INFINITY,
  };
}

function isFaultList(fault: Fault | readonly Fault[]): fault is readonly Fault[] {
  return Array.isArray(fault);
}

function faultsOf(fault: Fault | readonly Fault[]): readonly Fault[] {
  return isFaultList(fault) ? fault : [fault];
}

function patternOf(path: string | RegExp | undefined): ((path: string) => boolean) | undefined {
  if (path === undefined) return undefined;
  if (path instanceof RegExp) {
    // Without `g` and `y`: those remember a position from one call to the next.
    const fresh = new RegExp(path.source, path.flags.replaceAll(/[gy]/g, ''));
    return (text) => fresh.test(text);
  }
  const written = /^\/(.+)\/(i?)$/s.exec(path);
  if (written === null) return (text) => text.includes(path);
  const expression = new RegExp(written[1] ?? '', written[2]);
  return (text) => expression.test(text);
}

type Check = (value: unknown, at: string) => void;

function refuse(at: string, wanted: string, value: unknown): never {
  const shown = value === undefined ? 'nothing' : (stringify(value)?.slice(0, 60) ?? typeof value);
  throw new FaultScriptError(`${at}: ${wanted}, not ${shown}`);
}

const text: Check = (value, at) => {
  if (typeof value !== 'string') refuse(at, 'must be text', value);
};
const someText: Check = (value, at) => {
  if (typeof value !== 'string' || value === '') refuse(at, 'must be text and not empty', value);
};
const flag: Check = (value, at) => {
  if (typeof value !== 'boolean') refuse(at, 'must be true or false', value);
};
const whole =
  (from: number, to: number): Check =>
  (value, at) => {
    if (!Number.isSafeInteger(value) || (value as number) < from || (value as number) > to) {
      refuse(at, `must be a whole number from ${from} to ${to}`, value);
    }
  };
const anything: Check = () => undefined;
const members: Check = (value, at) => {
  if (!isObject(value) || Object.keys(value).length === 0)
    refuse(at, 'must be an object with members', value);
};
const headers: Check = (value, at) => {
  if (!isObject(value)) refuse(at, 'must be an object', value);
  for (const [name, content] of Object.entries(value)) text(content, `${at}.${name}`);
};
const path: Check = (value, at) => {
  if (value instanceof RegExp) return;
  someText(value, at);
  try {
    patternOf(value as string);
  } catch (error) {
    refuse(at, `must be a part of a path or a valid /regex/ (${(error as Error).message})`, value);
  }
};

const DAY_MS = 86_400_000;
const MAX_BYTES = 1 << 30;

/** Members of each kind; a trailing `?` marks what may be left out. */
const KINDS: Readonly<Record<Fault['kind'], Readonly<Record<string, Check>>>> = {
  slow: { ms: whole(0, DAY_MS) },
  silent: { 'applied?': flag },
  drip: { bytes: whole(1, MAX_BYTES), everyMs: whole(0, DAY_MS) },
  cut: { afterBytes: whole(0, MAX_BYTES) },
  reset: { 'applied?': flag },
  refuse: { status: whole(200, 599), 'json?': anything, 'headers?': headers, 'applied?': flag },
  malform: {
    as: (value, at) => {
      if (!MALFORMATIONS.includes(value as Malformation)) {
        refuse(at, `must be one of ${MALFORMATIONS.join(', ')}`, value);
      }
    },
  },
  'rate-limit': { 'retryAfterSeconds?': whole(0, 86_400), 'json?': anything },
  foreign: { replace: someText, with: someText },
  schema: {
    'rename?': (value, at) => checkMembers(value, at, { from: someText, to: someText }),
    'remove?': someText,
    'set?': members,
  },
};

function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

function checkMembers(value: unknown, at: string, checks: Readonly<Record<string, Check>>): void {
  if (!isObject(value)) refuse(at, 'must be an object', value);
  const known = Object.keys(checks).map((name) => name.replace('?', ''));
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw new FaultScriptError(`${at}.${name}: unknown member; known here: ${known.join(', ')}`);
    }
  }
  for (const [written, check] of Object.entries(checks)) {
    const name = written.replace('?', '');
    if (value[name] === undefined && written.endsWith('?')) continue;
    check(value[name], `${at}.${name}`);
  }
}

function checkFault(value: unknown, at: string): void {
  if (!isObject(value)) refuse(at, 'must be an object with a kind', value);
  const { kind, ...rest } = value;
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) {
    refuse(`${at}.kind`, `must be one of ${Object.keys(KINDS).join(', ')}`, kind);
  }
  checkMembers(rest, at, KINDS[kind as Fault['kind']]);
  if (kind === 'schema' && Object.keys(rest).length === 0) {
    throw new FaultScriptError(`${at}: a schema fault needs rename, remove or set`);
  }
}

function checkRule(value: unknown, at: string): FaultRule {
  checkMembers(value, at, {
    'match?': (match, where) => {
      checkMembers(match, where, { 'method?': someText, 'path?': path, 'query?': someText });
    },
    'times?': whole(1, Number.MAX_SAFE_INTEGER),
    'skip?': whole(0, Number.MAX_SAFE_INTEGER),
    fault: (fault, where) => {
      if (!Array.isArray(fault)) return checkFault(fault, where);
      if (fault.length === 0) refuse(where, 'must hold at least one fault', fault);
      fault.forEach((one, index) => checkFault(one, `${where}[${index}]`));
    },
  });
  // Every member was checked above; the type follows from the table of kinds.
  return value as unknown as FaultRule;
}
