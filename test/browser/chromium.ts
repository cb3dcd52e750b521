/**
 * A browser that can reach loopback and nothing else.
 *
 * Guarantees: a fresh profile per start, removed on close; names other than 127.0.0.1 do not resolve. Refuses to go on
 * without the browser: these tests are asked for by name, so a missing browser is a failure, never a skip.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export interface Browser {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
}

export async function startBrowser(colorScheme: 'light' | 'dark' = 'light'): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(`No browser at ${executablePath}; install Chromium or set CHROMIUM_PATH.`);
  }
  const profile = await mkdtemp(join(tmpdir(), 'explorer-profile-'));
  const remove = () => rm(profile, { recursive: true, force: true, maxRetries: 5 });
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      colorScheme,
      viewport: { width: 1440, height: 860 },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    });
    return { context, close: () => context.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
