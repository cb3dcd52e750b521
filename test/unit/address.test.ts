/** Addresses, by where their packets go, however they are written. */
import { describe, expect, it } from 'vitest';
import { kindOfAddress } from '../../src/domain/address.js';

describe('an address', () => {
  it.each([
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '[::1]', '::ffff:127.0.0.1', '64:ff9b::7f00:1']],
    [
      'private',
      [
        '10.0.0.1',
        '172.16.0.1',
        '172.31.255.255',
        '192.168.1.1',
        '100.64.0.1',
        '198.18.0.1',
        'fc00::1',
        'fd12:3456::1',
        'fec0::1',
        '::ffff:10.0.0.1',
        '[::ffff:a00:1]',
        '64:ff9b::192.168.1.1',
      ],
    ],
    [
      'never',
      [
        '0.0.0.0',
        '0.1.2.3',
        '::',
        '169.254.1.1',
        '169.254.169.254',
        '169.254.170.2',
        '::ffff:169.254.169.254',
        '[::ffff:a9fe:a9fe]',
        '::169.254.169.254',
        '::ffff:0:169.254.169.254',
        '64:ff9b::a9fe:a9fe',
        '64:ff9b:1::1',
        '100::1',
        '2002:a9fe:a9fe::1',
        '2001::1',
        '100.100.100.200',
        '168.63.129.16',
        '192.0.0.192',
        '224.0.0.1',
        '240.0.0.1',
        '255.255.255.255',
        'fd00:ec2::254',
        'fd20:ce::254',
        'fd00:c1::a9fe:a9fe',
        'fe80::1',
        'fe80::1%eth0',
        'ff02::1',
      ],
    ],
    [
      'public',
      [
        '1.1.1.1',
        '172.15.255.255',
        '172.32.0.1',
        '100.63.255.255',
        '100.128.0.1',
        '169.253.255.255',
        '2600:1f18::1',
        '64:ff9b::101:101',
        '::ffff:1.1.1.1',
      ],
    ],
  ] as const)('is %s: %j', (kind, addresses) => {
    expect(addresses.map((address) => [address, kindOfAddress(address)])).toEqual(
      addresses.map((address) => [address, kind]),
    );
  });

  it.each(['localhost', 'cloud.example', '', '1.2.3', '0x7f.1', '10.0.0.1.example', '[cloud.example]'])(
    'is not %j',
    (text) => {
      expect(kindOfAddress(text)).toBeNull();
    },
  );
});
