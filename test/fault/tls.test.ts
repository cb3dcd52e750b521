/**
 * Row S16 of the failure catalogue: TLS that cannot be trusted is refused, counts against the backend, and nothing is
 * sent through it. Run as the program, because what operators may set (a CA of their own) and what they should not
 * (switches that make Node careless) is set in its environment.
 */
import { writeFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAuthority, selfSigned } from '../support/certificates.js';
import { configuration, folder } from '../support/configuration.js';
import { start, type Program } from '../support/program.js';
import { startTlsServer, type TlsServer } from '../support/tls-server.js';

const ACCOUNTS = `- slug: sleepyco
  name: SleepyCo
  currency: USD
  commitmentManager: { organizationId: 619c56b5-596b-4cc4-8b04-38fe8e05c750 }
  salesforce: {}
  logisense: { accountContractIds: [8] }
  monetizenow: { accountId: acct_example }
  cloudmc: { organizationId: 42a54cde-0e5d-4168-9827-5967ded6095e }
`;

/** All that makes Node take bad certificates and old versions, as one finds it in environments. */
const CARELESS = {
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
  NODE_OPTIONS: '--tls-min-v1.0 --tls-cipher-list=DEFAULT@SECLEVEL=0',
};

const ADDRESS = '127.0.0.1';
const authority = createAuthority('CA of a test');
const certificateFile = join(folder, 'ca.pem');
writeFileSync(certificateFile, authority.cert);

const running: Program[] = [];
const servers: TlsServer[] = [];
afterEach(async () => {
  for (const program of running.splice(0)) {
    program.process.kill('SIGKILL');
    await program.ended;
  }
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function serverWith(options: ServerOptions): Promise<TlsServer> {
  const server = await startTlsServer(options);
  servers.push(server);
  return server;
}

/** The program over those backends, and a way to ask it. */
async function serve(backends: readonly string[], environment: Readonly<Record<string, string>>) {
  const file = configuration({
    'gateway.yaml': `listen: { host: ${ADDRESS}, port: 0, adminPort: 0 }
backends:
${backends.map((backend) => `  ${backend}\n`).join('')}accounts: ./accounts.yaml
`,
    'accounts.yaml': ACCOUNTS,
  });
  const program = start(['serve', '--config', file], environment);
  running.push(program);
  const [, url = ''] = await program.says(/graph is at +(http\S+)/);
  const query = async (text: string) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text }),
    });
    return (await response.json()) as any; // eslint-disable-line @typescript-eslint/no-explicit-any
  };
  const log = async () => {
    program.process.kill('SIGTERM');
    return (await program.ended).stderr;
  };
  return { query, log };
}

const cloudmcAt = ({ port }: TlsServer) =>
  `cloudmc: { url: 'https://${ADDRESS}:${port}/api/v2', apiKey: not-a-real-key }`;

const LISTS = `{ organization(slug: "sleepyco") {
  commitments { coverage { sources { source state } } }
  serviceOrders { totalCount }
  contracts { totalCount }
} }`;
const CLOUDMC = `{ organization(slug: "sleepyco") { commitments(filter: { sources: [CLOUDMC] }) { coverage { complete } } } }`;
const SOURCES = '{ sources { name breaker isReachable lastFailure { code } } }';

interface Told {
  readonly extensions: { readonly source: string; readonly code: string; readonly retryable: boolean };
}

/** What callers are told of each source that failed. */
function failuresOf(errors: readonly Told[]): Record<string, string> {
  return Object.fromEntries(errors.map(({ extensions }) => [extensions.source, extensions.code]));
}

describe('S16 TLS that cannot be trusted', () => {
  it('is refused, counts, and is sent nothing, however careless the environment', async () => {
    const expired = await serverWith(authority.issue({ host: ADDRESS, isExpired: true }));
    const elsewhere = await serverWith(authority.issue({ host: 'other.example' }));
    const nobodys = await serverWith(selfSigned(ADDRESS));
    const old = await serverWith({
      ...authority.issue({ host: ADDRESS }),
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const good = await serverWith({ ...authority.issue({ host: ADDRESS }), maxVersion: 'TLSv1.2' });
    const { query, log } = await serve(
      [
        `commitmentManager: { url: 'https://${ADDRESS}:${expired.port}', username: gateway, webhookApiKey: not-a-real-key }`,
        `salesforce: { url: 'https://localhost:${elsewhere.port}', accessToken: not-a-real-token }`,
        `logisense: { url: 'https://${ADDRESS}:${nobodys.port}', accessToken: not-a-real-token }`,
        `monetizenow: { url: 'https://${ADDRESS}:${old.port}', apiKey: not-a-real-key }`,
        cloudmcAt(good),
      ],
      { ...CARELESS, NODE_EXTRA_CA_CERTS: certificateFile },
    );

    const bad = ['COMMITMENT_MANAGER', 'SALESFORCE', 'LOGISENSE', 'MONETIZENOW'];
    const first = await query(LISTS);
    expect(failuresOf(first.errors)).toEqual(
      Object.fromEntries(bad.map((source) => [source, 'UPSTREAM_UNAVAILABLE'])),
    );
    expect(first.data.organization.commitments.coverage.sources).toContainEqual({
      source: 'CLOUDMC',
      state: 'COMPLETE',
    });
    expect(JSON.stringify(first)).not.toMatch(/certificate|CERT|SSL|TLS|127\.0\.0\.1|localhost/i);
    // Five in a row open the breaker, however many of them are repetitions.
    for (let more = 1; more < 5; more += 1) await query(LISTS);
    const { data } = await query(SOURCES);
    const unavailable = {
      breaker: 'OPEN',
      isReachable: false,
      lastFailure: { code: 'UPSTREAM_UNAVAILABLE' },
    };
    for (const source of data.sources) {
      expect(source).toMatchObject(
        bad.includes(source.name) ? unavailable : { breaker: 'CLOSED', isReachable: true },
      );
    }

    for (const server of [expired, elsewhere, nobodys, old]) {
      expect(server.connections).toBeGreaterThan(0);
      expect(server.requests).toBe(0);
    }
    expect(good.requests).toBeGreaterThan(0);
    const told = (await log()).split('\n').filter((line) => line.includes('a source failed'));
    for (const [source, reason] of [
      ['COMMITMENT_MANAGER', 'CERT_HAS_EXPIRED'],
      ['SALESFORCE', 'ERR_TLS_CERT_ALTNAME_INVALID'],
      ['LOGISENSE', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      ['MONETIZENOW', 'ALERT_PROTOCOL_VERSION'],
    ] as const) {
      expect(told.find((line) => line.includes(`"${source}"`))).toContain(reason);
    }
  });

  it('includes a CA that nobody told us of: there is no other switch', async () => {
    const server = await serverWith(authority.issue({ host: ADDRESS }));
    const { query } = await serve([cloudmcAt(server)], CARELESS);
    const { errors } = await query(CLOUDMC);
    expect(failuresOf(errors)).toEqual({ CLOUDMC: 'UPSTREAM_UNAVAILABLE' });
    expect(server.requests).toBe(0);
  });
});
