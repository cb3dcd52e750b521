/**
 * The program as `npm run build` makes it and people install it, in a folder of its own.
 *
 * Guarantees: made from the sources as they are now; made once for the same sources, whoever asks at the same time. The
 * explorer's page is the one in `dist`, if it was built.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/built');
const CONFIG = '.config/program.vite.config.ts';
/** What decides about the program, beside `src`. */
const DECIDES = [CONFIG, '.config/third-party-licenses.ts', 'package-lock.json'];
/** What the program finds beside `dist`. */
const BESIDE = ['node_modules', 'schema', 'package.json'];

let folder: string | null = null;

/** The folder that stands for `dist`. */
export function built(): string {
  return (folder ??= build());
}

function build(): string {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name));
  const hash = createHash('sha256');
  for (const name of [...sources.sort(), ...DECIDES]) {
    hash.update(`${name}\n${readFileSync(join(ROOT, name), 'utf8')}\n`);
  }
  const place = join(CACHE, hash.digest('hex').slice(0, 16));
  if (existsSync(place)) return join(place, 'dist');

  const unfinished = join(CACHE, `.${randomUUID()}`);
  mkdirSync(unfinished, { recursive: true });
  for (const beside of BESIDE) symlinkSync(join(ROOT, beside), join(unfinished, beside));
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const made = spawnSync(
    process.execPath,
    [vite, 'build', '--config', CONFIG, '--outDir', join(unfinished, 'dist')],
    { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } },
  );
  if (made.status !== 0) throw new Error(`the program cannot be built: ${made.stdout}${made.stderr}`);
  symlinkSync(join(ROOT, 'dist/explorer'), join(unfinished, 'dist/explorer'));
  try {
    renameSync(unfinished, place);
  } catch (error) {
    // Another was quicker, with the same.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return join(place, 'dist');
}
