/**
 * When a backend's headers allow the next call: `Retry-After` in seconds or as a date, else `x-ratelimit-reset` in
 * seconds (Telnyx). Refuses to guess: a value in any other form is as good as none.
 */

/** Milliseconds from `nowMs` (epoch milliseconds) on; `undefined` where the headers do not say. Never negative. */
export function retryAfterMillis(
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): number | undefined {
  const retryAfter = headers['retry-after'];
  if (retryAfter !== undefined) {
    const seconds = secondsOf(retryAfter);
    if (seconds !== undefined) return seconds * 1000;
    // RFC 9110: the other form is an IMF-fixdate, which always ends so. Nothing else is handed to the lenient parser.
    const at = / GMT$/.test(retryAfter) ? Date.parse(retryAfter) : NaN;
    if (Number.isFinite(at)) return Math.max(0, at - nowMs);
  }
  const seconds = secondsOf(headers['x-ratelimit-reset'] ?? '');
  return seconds === undefined ? undefined : seconds * 1000;
}

function secondsOf(text: string): number | undefined {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : undefined;
}
