/**
 * Writes `THIRD-PARTY-LICENSES` beside a bundle: for each package that has code in it, its name, version and the texts
 * that it came with.
 *
 * Refuses to build where a package says nothing about its licence.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'vite';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

const TEXT = /^(licen[cs]e|copying|notice|thirdpartynotices?)([.-].*)?$/i;

/** The folder of the package that a module is from; `null`: it is ours. */
function packageOf(module: string): string | null {
  if (!module.includes('/node_modules/')) return null;
  for (let folder = dirname(module); folder.includes('/node_modules/'); folder = dirname(folder)) {
    // Folders inside a package may have a `package.json` that says no more than what kind of modules are there.
    if (existsSync(join(folder, 'package.json')) && manifestOf(folder).version !== undefined) return folder;
  }
  throw new Error(`${module} is of no package`);
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function entryOf(folder: string): string {
  const { name, version, license } = manifestOf(folder);
  const texts = readdirSync(folder)
    .filter((file) => TEXT.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (license === undefined && texts.length === 0)
    throw new Error(`${name ?? folder} does not say how it is licensed`);
  return [`${name ?? ''} ${version ?? ''} (${license ?? 'see below'})`, ...texts].join('\n\n');
}

export function thirdPartyLicenses(root: string): Plugin {
  return {
    name: 'third-party-licenses',
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const module of output.moduleIds) {
          const folder = packageOf(module.replace(/^\0/, ''));
          if (folder !== null) folders.add(folder);
        }
      }
      const entries = [...folders]
        .sort((a, b) => (relative(root, a) < relative(root, b) ? -1 : 1))
        .map(entryOf);
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-LICENSES',
        source: `${[...new Set(entries)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`,
      });
    },
  };
}
