/**
 * What kind of place an IP address is, for deciding whether a backend can be there.
 *
 * Guarantees: an address is judged by where its packets go, however it is written: IPv4 within IPv6 (mapped, or behind a
 * translator) is judged as the IPv4 address that it is. Refuses for good what no backend lives at and much harm does:
 * the metadata services of clouds, which give the machine's own credentials to whoever asks.
 */
import { BlockList, isIP } from 'node:net';

/** `never`: no backend is there, whatever a configuration says. */
export type AddressKind = 'public' | 'private' | 'loopback' | 'never';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10', // behind a provider's NAT
  '198.18.0.0/15', // for measuring networks; some proxies give names such addresses
  'fc00::/7',
  'fec0::/10', // site-local, the older form
];

const NEVER = [
  '0.0.0.0/8', // "this host": systems take it for loopback
  '169.254.0.0/16', // link-local, and with it the metadata services of AWS, Azure, Google and others
  '100.100.100.200/32', // metadata: Alibaba
  '168.63.129.16/32', // the host of an Azure machine
  '192.0.0.0/24', // for protocols; metadata of older Oracle machines
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
  '::/96', // unspecified, and the older form of IPv4 in IPv6
  '::ffff:0:0:0/96', // IPv4 in IPv6, for translators within a network
  '64:ff9b:1::/48', // the same
  '100::/64', // thrown away
  '2001::/32', // Teredo: holds an IPv4 address
  '2002::/16', // 6to4: likewise
  'fd00:ec2::/32', // metadata: AWS
  'fd20:ce::/32', // metadata: Google
  'fd00:c1::/32', // metadata: Oracle
  'fe80::/10', // link-local
  'ff00::/8', // multicast
];

/** Networks that have IPv6 alone reach IPv4 through it (NAT64): there, names of public backends resolve into it. */
const TRANSLATED = '64:ff9b::';
const TRANSLATED_BITS = 96;

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (isIP(address) === 6) {
      list.addSubnet(address, Number(bits), 'ipv6');
    } else {
      list.addSubnet(address, Number(bits), 'ipv4'); // finds the mapped form (::ffff:…) too
      list.addSubnet(TRANSLATED + address, TRANSLATED_BITS + Number(bits), 'ipv6');
    }
  }
  return list;
}

// The first that knows an address decides: `::1` lies in a range of `NEVER`, and metadata services lie in private ones.
const KINDS: readonly (readonly [AddressKind, BlockList])[] = [
  ['loopback', listOf(LOOPBACK)],
  ['never', listOf(NEVER)],
  ['private', listOf(PRIVATE)],
];

/** `null` for what is not an address, such as a name. IPv6 may stand in brackets, as in URLs. */
export function kindOfAddress(text: string): AddressKind | null {
  const address = text.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  if (family === 0) return null;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  return KINDS.find(([, list]) => list.check(address, type))?.[0] ?? 'public';
}
