/** What no caller may ever read: where backends are, how they are asked, with which credentials, and how we are built. */
import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.js';

const ALWAYS = [
  /127\.0\.0\.1|localhost|proxy\.internal/,
  /https?:/,
  /ECONN|EPIPE|ETIMEDOUT|UND_ERR|socket hang up|HTTP \d{3}/i,
  /\n\s+at |node_modules|\.[jt]s:\d+|stacktrace/,
  /\/(commitments|organizations|services|api|Contract|Access|billing|usage)\b/,
  /SELECT |Service_Order__c/,
  /Bearer |Basic |api[-_]?key|password|client_secret/i,
  /<!DOCTYPE|<html/i,
];

function secretsOf(value: unknown): string[] {
  return Object.entries(value ?? {}).flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'object'
      ? secretsOf(member)
      : /key|token|secret|password|username|clientId/i.test(name)
        ? [String(member)]
        : [],
  );
}

/** Fails if the answer holds anything of the kind. */
export function expectNothingInternal(text: string, sandbox: Sandbox): void {
  const secrets = secretsOf(sandbox.backends);
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(text).not.toContain(secret);
  for (const { port } of Object.values(sandbox.emulators))
    expect(text).not.toMatch(new RegExp(`:${port}\\b`));
  for (const pattern of ALWAYS) expect(text).not.toMatch(pattern);
}
