/**
 * The build of the explorer page.
 *
 * Guarantees: needs no network, writes only `dist/explorer`, and the same sources give the same bytes. Refuses inline
 * scripts and inlined files of ours, so that the page's content policy can stay strict.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The page answers on /graphiql and on /graphiql/; an absolute base gives both the same asset addresses.
  base: '/graphiql/',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: '../../dist/explorer',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
    // The code editor is one piece of about three megabytes; it is fetched once and kept by the browser.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      onwarn(warning, warn) {
        // 'use client' marks of the React libraries mean nothing here and would bury everything else.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  worker: { format: 'es' },
});
