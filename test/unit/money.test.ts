import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currencyDigits,
  decimal,
  monthlyShare,
  moneyOfCents,
  parseCurrency,
  parseDecimal,
  printAmount,
  printDecimal,
  type CurrencyCode,
} from '../../src/domain/money.js';

const USD = 'USD' as CurrencyCode;
const JPY = 'JPY' as CurrencyCode;

describe('parseDecimal', () => {
  it.each(['0', '-1', '1500000.25', '9007199254740993', '1e3', '0.1', '123456789012345678901234567890.12'])(
    'reads %s',
    (text) => {
      expect(parseDecimal(text)?.toFixed()).toBe(text === '1e3' ? '1000' : text);
    },
  );
  it.each(['', 'NaN', 'Infinity', '1,000', '１２', ' 1', '1 ', '.5', '5.', '0x10', '1e400', '--1', '+1'])(
    'refuses %j',
    (text) => {
      expect(parseDecimal(text)).toBeNull();
    },
  );
});

describe('printing', () => {
  it.each([
    ['1500000', 'USD', '1500000.00'],
    ['0.1', 'USD', '0.10'],
    ['0.125', 'USD', '0.125'],
    ['-0', 'USD', '0.00'],
    ['1200', 'JPY', '1200'],
    ['1200.5', 'JPY', '1200.5'],
    ['1', 'KWD', '1.000'],
    ['1', 'XQZ', '1.00'],
  ])('%s %s is %s', (amount, currency, text) => {
    expect(printAmount({ amount: decimal(amount), currency: currency as CurrencyCode })).toBe(text);
  });
  it('has no exponent, no trailing zeros and no minus zero', () => {
    expect(printDecimal(decimal('1e20'))).toBe('100000000000000000000');
    expect(printDecimal(decimal('1000.0'))).toBe('1000');
    expect(printDecimal(decimal('-0'))).toBe('0');
  });
});

describe('cents', () => {
  it('are hundredths whatever the currency, exactly, beyond 2^53 and beyond any double', () => {
    expect(printAmount(moneyOfCents(decimal('9007199254740993'), USD))).toBe('90071992547409.93');
    expect(printAmount(moneyOfCents(decimal('2147483648'), USD))).toBe('21474836.48');
    expect(printAmount(moneyOfCents(decimal('150000'), JPY))).toBe('1500');
  });
  it('agree with whole-number arithmetic for any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (cents) => {
        const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
        const expected = `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(printAmount(moneyOfCents(decimal(cents.toString()), USD))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('currencies', () => {
  it('are recognised by form, and know their decimals', () => {
    expect(parseCurrency('USD')).toBe('USD');
    expect(parseCurrency('usd')).toBeNull();
    expect(parseCurrency('US')).toBeNull();
    expect([USD, JPY, 'KWD' as CurrencyCode].map(currencyDigits)).toEqual([2, 0, 3]);
  });
  it.each([
    // Where the locale data of `Intl` counts cash instead.
    [2, 'HUF AFN LAK MGA ALL COP IDR IRR KPW LBP MMK PKR RSD SOS SYP TZS UZS YER'],
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 'CLF UYW'],
    // Codes that ISO 4217 gives no minor unit, or does not have.
    [2, 'XAU XXX XQZ'],
  ])('have %i decimals by ISO 4217: %s', (digits, codes) => {
    for (const code of codes.split(' '))
      expect([code, currencyDigits(code as CurrencyCode)]).toEqual([code, digits]);
  });
});

describe('monthlyShare', () => {
  it.each([
    ['120000', 'USD', '10000.00'],
    ['100', 'USD', '8.33'],
    ['100', 'JPY', '8'],
    ['0.06', 'USD', '0.00'], // 0.005, to even
    ['0.18', 'USD', '0.02'], // 0.015, to even
    ['100', 'HUF', '8.33'],
    ['100', 'IQD', '8.333'],
  ])('a twelfth of %s %s is %s', (amount, currency, share) => {
    expect(printAmount(monthlyShare({ amount: decimal(amount), currency: currency as CurrencyCode }))).toBe(
      share,
    );
  });
});
