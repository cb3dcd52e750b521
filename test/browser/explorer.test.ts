/**
 * The explorer in a real browser.
 *
 * Guarantees: a first visit can run an example, read the docs, build a query and find it in the history, in both
 * themes, without one request leaving loopback, without a console error or a breach of the content policy, and without
 * a token reaching the browser's storage.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/domain/principal.js';
import { clientOf } from '../support/clients.js';
import { type Browser, startBrowser } from './chromium.js';
import { startTarget, type Target } from './target.js';

const SECRET = 'token-that-must-not-be-kept';

let target: Target;
let browser: Browser | undefined;

beforeEach(async () => {
  target = await startTarget();
}, 60_000);

afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await target.stop();
}, 60_000);

describe('the explorer', () => {
  it('runs an example and shows docs, query builder and history', { timeout: 120_000 }, async () => {
    const { page, complaints, hosts } = await open('light');

    const tabs = page.locator('.graphiql-tab-button');
    await expect.poll(() => tabs.allInnerTexts()).toEqual(target.exampleTabs);
    expect(await page.title()).toBe('commitment-graph explorer');

    await execute(page);
    await expectAnswer(page);
    await picture(page, 'explorer-light.png');

    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const pane = page.locator('.graphiql-plugin');
    await pane.getByText(target.rootType, { exact: true }).first().click();
    await pane.getByText(target.rootField, { exact: true }).first().waitFor();
    await picture(page, 'explorer-docs.png');

    await page.getByRole('button', { name: 'Show Query builder' }).click();
    await pane
      .locator('.graphiql-explorer-root')
      .getByText(target.rootField, { exact: true })
      .first()
      .waitFor();
    await picture(page, 'explorer-builder.png');

    await page.getByRole('button', { name: 'Show History' }).click();
    await expect.poll(() => page.locator('.graphiql-history-item').count()).toBe(1);

    await page.getByLabel('Open an example').selectOption({ index: 1 });
    await expect.poll(() => tabs.count()).toBe(target.exampleTabs.length + 1);

    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(target.url).host]);
  });

  it('follows a dark desktop', { timeout: 120_000 }, async () => {
    const { page, complaints } = await open('dark');
    await execute(page);
    await expectAnswer(page);
    await picture(page, 'explorer-dark.png');
    const back = String(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    const [red = 255] = (back.match(/\d+/g) ?? []).map(Number);
    expect(red).toBeLessThan(80);
    expect(complaints).toEqual([]);
  });

  it('sends a token and keeps none', { timeout: 120_000 }, async () => {
    const { page, complaints } = await open('light');
    const sent = new Set<string>();
    page.on('request', (request) => {
      const value = request.headers()['authorization'];
      if (value !== undefined) sent.add(value);
    });

    // In the bar: the schema is fetched again with it.
    await page.getByLabel('Credential', { exact: true }).fill(SECRET);
    await page.getByLabel('Credential', { exact: true }).press('Enter');
    await expect.poll(() => [...sent]).toEqual([`Bearer ${SECRET}`]);

    // In the headers pane: it wins for the query, and the history must not keep it.
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines').click();
    await page.keyboard.insertText(`{ "authorization": "Bearer pane-${SECRET}" }`);
    await page.waitForTimeout(1_000); // the editor hands a pane's text to tab and history after a pause in typing
    await execute(page);
    await expectAnswer(page);
    expect([...sent]).toContain(`Bearer pane-${SECRET}`);
    await page.getByRole('button', { name: 'Show History' }).click();
    await page.locator('.graphiql-history-item').first().waitFor();
    await expect.poll(() => stored(page)).toContain('graphiql:queries');
    await expect.poll(() => stored(page)).toContain('graphiql:tabState');
    expect(await stored(page)).not.toContain(SECRET);

    expect(complaints).toEqual([]);

    // The visitor's own tabs come back after a reload, the token does not.
    await page.reload();
    await editorReady(page);
    await expect.poll(() => page.locator('.graphiql-tab-button').allInnerTexts()).toEqual(target.exampleTabs);
    expect(await page.getByLabel('Credential', { exact: true }).inputValue()).toBe('');
    expect(await stored(page)).not.toContain(SECRET);
    expect(complaints).toEqual([]);

    // Nor is what the open tab holds forgotten, though nobody has edited it.
    const second = page.locator('.graphiql-tab-button').nth(1);
    await second.click();
    await expect.poll(() => stored(page)).toContain(String.raw`\"activeTabIndex\":1`);
    await page.reload();
    await page.locator('.graphiql-query-editor').getByText('ActiveToday').first().waitFor();
    await page.locator('.graphiql-editor-tool .view-line').getByText('"today"').first().waitFor();
  });

  it('says why there is no schema, and runs queries without it', { timeout: 120_000 }, async () => {
    await target.stop();
    const scoped = (name: string, scopes: readonly Scope[]) => ({
      ...clientOf(name, `key-of-${name}`, '*'),
      scopes: [...scopes],
    });
    target = await startTarget({
      clients: [
        scoped('partner', ['commitments:read']),
        scoped('analyst', ['commitments:read', 'billing:read', 'explorer']),
      ],
    });
    const { page } = await open('light');
    const notice = page.getByRole('status');
    await expect.poll(() => notice.allInnerTexts()).toEqual([expect.stringContaining('Enter a token')]);

    const enter = async (key: string) => {
      await page.getByLabel('Credential', { exact: true }).fill(key);
      await page.getByLabel('Credential', { exact: true }).press('Enter');
    };
    // Every refusal comes late enough to meet the answer of what is run meanwhile.
    let refused = 0;
    await page.route('**/graphql', async (route) => {
      if (!(route.request().postData() ?? '').includes('IntrospectionQuery')) return route.continue();
      refused += 1;
      const response = await route.fetch();
      if (refused > 1) await page.waitForTimeout(1_500);
      return route.fulfill({ response });
    });
    await enter('key-of-partner');
    await expect.poll(() => notice.allInnerTexts()).toEqual([expect.stringContaining('scope explorer')]);
    await picture(page, 'explorer-without-schema.png');
    await execute(page);
    await expectAnswer(page);
    await page.waitForTimeout(2_000);
    await expectAnswer(page);
    await page.unroute('**/graphql');

    await enter('key-of-analyst');
    await expect.poll(() => notice.count()).toBe(0);
  });
});

async function open(theme: 'light' | 'dark') {
  browser = await startBrowser(theme);
  const { context } = browser;
  const complaints: string[] = [];
  const hosts = new Set<string>();
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:') hosts.add(host);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'unknown';
    // The page cancels its own loads, on reload and when the editor restarts a worker after a change of settings.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${reason}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  context.on('weberror', (error) => complaints.push(`page error: ${error.error().message}`));
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
    console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`);
  const page = await context.newPage();
  await page.goto(`${target.url}/graphiql`);
  await editorReady(page);
  return { page, complaints, hosts };
}

/** Query, variables and answer have their editors: each is made by itself, and what is run before lacks the others. */
async function editorReady(page: Page): Promise<void> {
  const timeout = 60_000;
  await page.locator('.graphiql-query-editor .view-line').first().waitFor({ timeout });
  await page.locator('.graphiql-editor-tool .view-line').getByText('"sleepyco"').first().waitFor({ timeout });
  await page.locator('.graphiql-response .monaco-editor').first().waitFor({ timeout });
}

async function execute(page: Page): Promise<void> {
  await page.locator('.graphiql-execute-button').click();
}

async function expectAnswer(page: Page): Promise<void> {
  // Compared as text, so that a failure shows what stood there instead.
  await expect
    .poll(() => page.locator('.graphiql-response').innerText(), { timeout: 30_000 })
    .toContain(target.exampleAnswerText);
}

async function stored(page: Page): Promise<string> {
  return String(await page.evaluate('JSON.stringify(Object.entries(localStorage))'));
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOT_DIR'];
  if (folder === undefined) return;
  await page.mouse.move(700, 820);
  await page.waitForTimeout(600); // tooltips fade out
  await page.screenshot({ path: join(folder, name) });
}
