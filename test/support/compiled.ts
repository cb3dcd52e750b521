/**
 * The program as JavaScript in a folder of its own: it starts in a third of the time that it takes from source.
 *
 * Guarantees: what is in the folder is what the sources say now; it is made once for the same sources, whoever asks at
 * the same time, and replaced when they change. Types are not checked here.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/compiled');
/** What the program reads beside its modules. */
const BESIDE = ['node_modules', 'schema', 'dist', 'package.json'];

/** `parts`: folders of the repository, such as `src`. Gives the folder that stands for the repository. */
export function compiled(parts: readonly string[]): string {
  const files = parts
    .flatMap((part) =>
      readdirSync(join(ROOT, part), { recursive: true, encoding: 'utf8' }).map((name) => join(part, name)),
    )
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('node_modules'))
    .sort();
  const texts = files.map((name) => readFileSync(join(ROOT, name), 'utf8'));
  const hash = createHash('sha256');
  files.forEach((name, index) => hash.update(`${name}\n${texts[index] ?? ''}\n`));
  const name = `${parts.join('+').replaceAll('/', '-')}-${hash.digest('hex').slice(0, 16)}`;
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;

  const unfinished = join(CACHE, `.${randomUUID()}`);
  mkdirSync(unfinished, { recursive: true });
  for (const beside of BESIDE) symlinkSync(join(ROOT, beside), join(unfinished, beside));
  files.forEach((file, index) => {
    const { outputText } = ts.transpileModule(texts[index] ?? '', {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    });
    const target = join(unfinished, relative('.', file)).replace(/\.ts$/, '.js');
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another was quicker, with the same.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
