/**
 * Where the name of a backend may lead.
 *
 * Guarantees: a name that an operator wrote down leads to public addresses only, each time a socket is opened and not
 * just at the start, so that whoever answers for the name cannot turn our credentials inwards: to a service on this
 * machine, in this network, or to a cloud's metadata. `localhost` means this machine. Refuses the whole answer if one
 * address of it is refused. Addresses in a URL are not resolved: those the configuration has judged.
 */
import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { kindOfAddress, type AddressKind } from '../domain/address.js';

/** Gives all addresses of a name. The system's own unless a test brings another. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** The name leads where it must not. The message is for operators. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

const OUR_MACHINE = 'localhost';

function allowedFor(hostname: string, allowPrivateAddresses: boolean): readonly AddressKind[] {
  if (hostname === OUR_MACHINE) return ['loopback'];
  return allowPrivateAddresses ? ['public', 'private', 'loopback'] : ['public'];
}

function refusalOf(
  addresses: readonly LookupAddress[],
  allowed: readonly AddressKind[],
): RefusedAddress | null {
  for (const { address } of addresses) {
    const kind = kindOfAddress(address) ?? 'never';
    if (allowed.includes(kind)) continue;
    const remedy =
      kind === 'private' || kind === 'loopback'
        ? '; if that is meant, allowPrivateAddresses: true lets it'
        : '';
    return new RefusedAddress(`its name resolves to ${address}, where no backend is expected${remedy}`);
  }
  return null;
}

/** For `connect` of a socket. */
export function createLookup(allowPrivateAddresses: boolean, resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const refused = error ?? refusalOf(addresses, allowedFor(hostname, allowPrivateAddresses));
      const [first] = addresses ?? [];
      if (refused !== null || first === undefined) {
        callback(refused ?? new Error('the name has no address'), []);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
