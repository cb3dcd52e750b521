/** S105: what is installed is what was looked at. `npm ci` compares each package with the hash that is written here. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(
  readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
) as { readonly packages: Readonly<Record<string, Entry>> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

it('S105: every package has its hash, and comes from the registry', () => {
  expect(installed.length).toBeGreaterThan(300);
  expect(
    installed.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path),
  ).toEqual([]);
  const elsewhere = installed.filter(
    ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
  );
  expect(elsewhere.map(([path]) => path)).toEqual([]);
});

it('S105: only packages that are known to run something when they are installed do', () => {
  const scripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripts.map(([path]) => path.replace(/^.*node_modules\//, '')).sort()).toEqual(EXPECTED);
});

/**
 * Neither compiles anything: one warns of version ranges in the package.json around it, the other puts the binary that npm
 * installed beside it where it starts faster.
 */
const EXPECTED: readonly string[] = ['@apollo/protobufjs', 'esbuild'];
