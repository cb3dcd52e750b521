/** Certificates for servers of tests: made when a test runs, and gone with it. The repository holds no key. */
import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

const DAY_MS = 86_400_000;

/** What a TLS server shows. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

interface Wanted {
  /** An IP address or a name. */
  readonly host: string;
  /** It was good until yesterday. */
  readonly isExpired?: boolean;
}

export interface Authority {
  /** For clients that are to believe it. */
  readonly cert: string;
  issue(wanted: Wanted): Identity;
}

/** One for all: who holds which key is not what these tests are about. */
const { privateKey: key } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

const named = (commonName: string) => [{ name: 'commonName', value: commonName }];
const DNS_NAME = 2;
const IP_ADDRESS = 7;

let issued = 0;

function sign(subject: string, issuer: string, extensions: object[], isExpired = false): string {
  const privateKey = forge.pki.privateKeyFromPem(key);
  const cert = forge.pki.createCertificate();
  issued += 1;
  cert.serialNumber = issued.toString(16).padStart(4, '0');
  cert.publicKey = forge.pki.rsa.setPublicKey(privateKey.n, privateKey.e);
  cert.validity.notBefore = new Date(Date.now() - 10 * DAY_MS);
  cert.validity.notAfter = new Date(Date.now() + (isExpired ? -1 : 10) * DAY_MS);
  cert.setSubject(named(subject));
  cert.setIssuer(named(issuer));
  cert.setExtensions(extensions);
  cert.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(cert);
}

function forServer(host: string): object[] {
  const isAddress = /^[\d.]+$/.test(host);
  const altName = isAddress ? { type: IP_ADDRESS, ip: host } : { type: DNS_NAME, value: host };
  return [
    { name: 'basicConstraints', cA: false },
    { name: 'subjectAltName', altNames: [altName] },
  ];
}

export function createAuthority(name: string): Authority {
  return {
    cert: sign(name, name, [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ]),
    issue: ({ host, isExpired }) => ({ key, cert: sign(host, name, forServer(host), isExpired) }),
  };
}

/** A certificate that nobody but its owner signed. */
export function selfSigned(host: string): Identity {
  return { key, cert: sign(host, host, forServer(host)) };
}
