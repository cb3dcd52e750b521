/**
 * The program as `npm run build` makes it and people install it, in a folder of its own.
 *
 * Guarantees: made from the sources as they are now; made once for the same sources, whoever asks at the same time. The
 * explorer's page is the one in `dist`, if it was built.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/built');
const CONFIG = '.config/program.vite.config.ts';
/** What decides about the program, beside `src`. */
const DECIDES = [CONFIG, '.config/third-party-licenses.ts', 'package-lock.json'];
/** What the program finds beside `dist`. */
const BESIDE = ['node_modules', 'schema', 'package.json'];

const MAIN = 'src/main.ts';
const folders = new Map<string, string>();

/**
 * The folder that the program is in: it stands for `dist`. `entry`: another program, built alike from `src` and its own
 * folder, and as deep as the parts of the main one: it is in one piece, and finds from there what it reads.
 */
export function built(entry = MAIN): string {
  const known = folders.get(entry) ?? build(entry);
  folders.set(entry, known);
  return known;
}

function build(entry: string): string {
  const sources = [...new Set(['src', dirname(entry)])].flatMap((part) =>
    readdirSync(join(ROOT, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(part, name)),
  );
  const hash = createHash('sha256').update(`${entry}\n`);
  for (const name of [...sources.sort(), ...DECIDES]) {
    hash.update(`${name}\n${readFileSync(join(ROOT, name), 'utf8')}\n`);
  }
  const place = join(CACHE, hash.digest('hex').slice(0, 16));
  const out = entry === MAIN ? 'dist' : 'dist/parts';
  if (existsSync(place)) return join(place, out);

  const unfinished = join(CACHE, `.${randomUUID()}`);
  mkdirSync(unfinished, { recursive: true });
  for (const beside of BESIDE) symlinkSync(join(ROOT, beside), join(unfinished, beside));
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const made = spawnSync(
    process.execPath,
    [vite, 'build', '--config', CONFIG, '--ssr', entry, '--outDir', join(unfinished, out)],
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
  return join(place, out);
}
