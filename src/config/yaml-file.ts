/**
 * Reads one YAML file of configuration.
 *
 * Guarantees: every problem names file, line and key, and all problems of a file are told at once; secrets come in
 * through `${NAME}` (environment) and `file:PATH` (first line of a file, relative to the configuration), and no message
 * repeats a value. Refuses unknown and repeated keys.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import type { z } from 'zod';

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

/** Line of the deepest part of the path that is there, from 1. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
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

function issueText(issue: z.core.$ZodIssue): { readonly path: Path; readonly message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: 'unknown key; see --help for the keys',
    }));
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
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([{ file, line: 1, key: '', message: 'the file cannot be read' }]);
  }
  return parseYaml(file, text, schema, environment);
}

/** As `readYamlFile`, for text that is at hand. `file` is for messages and for finding `file:` secrets. */
export function parseYaml<Content>(
  file: string,
  text: string,
  schema: z.ZodType<Content>,
  environment: Environment,
): Content {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ pos, message }) => ({
        file,
        line: lines.linePos(pos[0]).line,
        key: '',
        message,
      })),
    );
  }

  const problems: ConfigProblem[] = [];
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const result = substitute(node.value, file, environment);
      if ('value' in result) node.value = result.value;
      else {
        const keys = path.flatMap((step) =>
          'key' in step && isScalar(step.key) ? [String(step.key.value)] : [],
        );
        const line = lines.linePos(node.range?.[0] ?? 0).line;
        problems.push({ file, line, key: keys.join('.'), message: result.problem });
      }
    },
  });
  if (problems.length > 0) throw new ConfigError(problems);

  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.flatMap((issue) =>
      issueText(issue).map(({ path, message }) => ({
        file,
        line: lineOf(document, lines, path),
        key: path.map(String).join('.'),
        message,
      })),
    ),
  );
}
