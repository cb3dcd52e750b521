/**
 * Where a visitor enters a token or an API key.
 *
 * Guarantees: the value lives in this page's memory alone and is gone on reload; it takes effect on Enter or on leaving
 * the field. Refuses line breaks and non-ASCII text, which no HTTP header can carry.
 */
import { useState } from 'react';
import type { Credential } from './fetcher.js';

export function CredentialField({ onChange }: { onChange: (credential: Credential | null) => void }) {
  const [kind, setKind] = useState<Credential['kind']>('token');
  const [value, setValue] = useState('');

  const apply = (nextKind: Credential['kind'], nextValue: string) => {
    const sendable = nextValue.replace(/[^\x21-\x7e]/g, '');
    onChange(sendable === '' ? null : { kind: nextKind, value: sendable });
  };
  return (
    <div className="credential" title="Kept in this page only; gone when you reload it">
      <select
        aria-label="Kind of credential"
        value={kind}
        onChange={(event) => {
          const next = event.target.value === 'key' ? 'key' : 'token';
          setKind(next);
          apply(next, value);
        }}
      >
        <option value="token">Token</option>
        <option value="key">API key</option>
      </select>
      <input
        type="password"
        aria-label="Credential"
        autoComplete="off"
        spellCheck={false}
        placeholder="paste it here; it is not stored"
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onBlur={() => apply(kind, value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply(kind, value);
        }}
      />
    </div>
  );
}
