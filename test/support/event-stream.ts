/** A subscription as its client hears it. */
import { until } from './until.js';

export interface Heard {
  /** The data of each event so far. */
  readonly events: readonly any[]; // eslint-disable-line @typescript-eslint/no-explicit-any -- read by its shape
  readonly isEnded: boolean;
  /** Waits for so many. */
  heard(count: number): Promise<void>;
  readonly ended: Promise<void>;
}

export async function listen(
  url: string,
  query: string,
  variables: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Heard> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  let text = '';
  let isEnded = false;
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? [])
      text += decoder.decode(chunk as Uint8Array, { stream: true });
    isEnded = true;
  })();
  ended.catch(() => undefined);
  const events = () =>
    text
      .split('\n\n')
      .filter((part) => part.startsWith('event: next'))
      .map((part) => (JSON.parse(part.slice(part.indexOf('data: ') + 6)) as { readonly data: unknown }).data);
  return {
    get events() {
      return events();
    },
    get isEnded() {
      return isEnded;
    },
    heard: (count) => until(`${count} events were heard`, () => events().length >= count),
    ended,
  };
}
