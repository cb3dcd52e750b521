/**
 * Reads one YAML file of configuration.
 *
 * Guarantees: every problem names file, line and key, and all problems of a file are told at once; secrets come in
 * through `${NAME}` (environment) and `file:PATH` (first line of a file, relative to the configuration), and no message
 * repeats a value. `${NAME}` alone may stand for a number. Refuses unknown and repeated keys, empty files, more than one
 * document, and aliases that unfold without end.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type ErrorCode,
  type Node,
} from 'yaml';
import type { z } from 'zod';
import { narrow } from '../domain/text.js';
import { contentOf, keysOf, shapeAt, shapeOf, wantsNumber, type Shape } from './shape.js';

export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  /** Dotted path of the key; empty for the file as a whole. */
  readonly key: string;
  readonly message: string;
}

/** A configuration that cannot be used. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(printProblem).join('\n'));
  }
}

export function printProblem({ file, line, key, message }: ConfigProblem): string {
  return `${file}:${line}: ${key === '' ? '' : `${key}: `}${message}`;
}

export interface Environment {
  readonly [name: string]: string | undefined;
}

type Path = readonly PropertyKey[];

/** The whole value is one variable. */
const VARIABLE_ALONE = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;

/** In place of messages of the library that speak to programmers. */
const FOR_PEOPLE: Readonly<Partial<Record<ErrorCode, string>>> = {
  MULTIPLE_DOCS: 'a second document begins here (after `---`); a file holds one: make two files of it',
  RESOURCE_EXHAUSTION: 'the file is nested too deeply to be read',
};

/** A file as it was read, for finding the line of what is wrong with it. */
interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Line of the deepest part of the path that is there, from 1. */
function lineOf({ document, lines }: Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      // Numbers may be keys in YAML; in the data that the schema sees, keys are text.
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}

function issueText(
  issue: z.core.$ZodIssue,
  shape: Shape,
): { readonly path: Path; readonly message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    const place = shapeAt(shape, issue.path);
    const possible = place === null ? '' : `; possible here: ${keysOf(place).join(', ')}`;
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: `unknown key${possible}` }));
  }
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined')) {
    return [{ path: issue.path, message: 'is missing' }];
  }
  return [{ path: issue.path, message: issue.message.replace(/^Invalid input: /, '') }];
}

function substitute(
  value: string,
  file: string,
  environment: Environment,
): { readonly value: string } | { readonly problem: string } {
  if (value.startsWith('file:')) {
    const path = resolve(dirname(file), value.slice('file:'.length));
    try {
      return { value: readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? '' };
    } catch {
      return { problem: `the file ${path} cannot be read` };
    }
  }
  const missing: string[] = [];
  const replaced = value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const found = environment[name];
    if (found === undefined || found === '') missing.push(name);
    return found ?? '';
  });
  return missing.length > 0
    ? { problem: `the environment variable ${missing.join(', ')} is not set` }
    : { value: replaced };
}

/** The file's content as the schema makes it. Throws ConfigError with every problem found. */
export function readYamlFile<Content>(
  file: string,
  schema: z.ZodType<Content>,
  environment: Environment,
): Content {
  return parseYaml(file, readText(file), schema, environment);
}

/** Throws ConfigError. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([{ file, line: 1, key: '', message: 'the file cannot be read' }]);
  }
}

/** As `readYamlFile`, for text that is at hand. `file` is for messages and for finding `file:` secrets. */
export function parseYaml<Content>(
  file: string,
  text: string,
  schema: z.ZodType<Content>,
  environment: Environment,
): Content {
  const shape = shapeOf(schema);
  const parsed = parseText(file, text);
  if (parsed.document.contents === null) {
    throw new ConfigError([{ file, line: 1, key: '', message: `the file is empty; ${contentOf(shape)}` }]);
  }
  fillIn(file, parsed, shape, environment);

  const result = schema.safeParse(toData(file, parsed));
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.flatMap((issue) =>
      issueText(issue, shape).map(({ path, message }) => ({
        file,
        line: lineOf(parsed, path),
        key: path.map(String).join('.'),
        message,
      })),
    ),
  );
}

function parseText(file: string, text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const { errors } = document;
  if (errors.length > 0) {
    // What follows from a reader that ran out of stack is noise, and there is much of it.
    const exhausted = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
    throw new ConfigError(
      (exhausted === undefined ? errors : [exhausted]).map(({ code, pos, message }) => ({
        file,
        line: lines.linePos(pos[0]).line,
        key: '',
        message: FOR_PEOPLE[code] ?? message,
      })),
    );
  }
  return { document, lines };
}

/** Puts secrets and variables where the file refers to them. */
function fillIn(file: string, { document, lines }: Parsed, shape: Shape, environment: Environment): void {
  const problems: ConfigProblem[] = [];
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const steps = stepsOf(path, key);
      const result = substitute(node.value, file, environment);
      if ('problem' in result) {
        const line = lines.linePos(node.range?.[0] ?? 0).line;
        problems.push({ file, line, key: steps.join('.'), message: result.problem });
        return;
      }
      const place = VARIABLE_ALONE.test(node.value) ? shapeAt(shape, steps) : null;
      const isNumber = place !== null && wantsNumber(place) && /^\d+$/.test(result.value);
      node.value = isNumber ? Number(result.value) : narrow(result.value);
    },
  });
  if (problems.length > 0) throw new ConfigError(problems);
}

/** The path of a scalar, from what is above it and its own place there. */
function stepsOf(above: readonly unknown[], own: unknown): string[] {
  return above.flatMap((node, index) => {
    if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : [];
    if (!isSeq(node)) return [];
    const next = above[index + 1];
    return [String(next === undefined ? own : node.items.indexOf(next))];
  });
}

function toData(file: string, { document, lines }: Parsed): unknown {
  try {
    return document.toJS();
  } catch {
    // Aliases that name nothing, or unfold into too much: then the first one shows where they begin.
    const aliases: Alias[] = [];
    visit(document, { Alias: (_, node) => void aliases.push(node) });
    const lost = aliases.find((alias) => alias.resolve(document) === undefined);
    const line = lines.linePos((lost ?? aliases[0])?.range?.[0] ?? 0).line;
    const message =
      lost === undefined
        ? 'its aliases (*name) unfold into too much; write the parts out'
        : `the alias *${lost.source} has no anchor &${lost.source} before it`;
    throw new ConfigError([{ file, line, key: '', message }]);
  }
}
