/**
 * The build of the program: what every start loads, in a few files instead of a thousand and a half, each of which has to
 * be found, read and compiled.
 *
 * Guarantees: needs no network, and the same sources give the same bytes. Empties `dist`, so it is built before the
 * explorer. Packages that are made of native code, or loaded by some configurations only, stay packages. The texts of the
 * licences of all others are beside the program.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { thirdPartyLicenses } from './third-party-licenses.js';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'warn',
  plugins: [thirdPartyLicenses(root)],
  ssr: { noExternal: true, external: ['libsql', 'pg', '@redis/client', 'jose'] },
  build: {
    ssr: 'src/main.ts',
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        // As deep as the sources: what they find beside them (`../../schema/`) is found from here too. No hash: a program
        // that runs while it is built anew still finds the parts that it has not loaded yet.
        chunkFileNames: 'parts/[name].js',
        sourcemapExcludeSources: true,
      },
    },
  },
});
