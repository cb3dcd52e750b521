/** Where a gateway is killed. */
import type { FailpointName } from '../../src/journal/failpoint.js';

/** In the order in which an operation passes them. */
export const POINTS = [
  'before-intent',
  'inside-intent',
  'intent-durable',
  'headers-sent',
  'body-sent',
  'applied-not-replied',
  'mid-reply',
  'reply-read',
  'outcome-durable',
  'mid-answer',
  'during-replay',
  'during-read-back',
] as const;
export type Point = (typeof POINTS)[number];

/** How the gateway comes to its end there. */
export type How =
  /** By itself, when the operation gets there. */
  | { readonly by: 'itself'; readonly point: FailpointName }
  /** By a trap on the wire to the backend. */
  | {
      readonly by: 'wire';
      readonly moment: 'headers-sent' | 'body-sent' | 'applied-not-replied' | 'mid-reply';
    }
  /** When the first bytes of the answer have reached the client. */
  | { readonly by: 'client' }
  /** By itself, when it finds the operation that was made before. */
  | { readonly by: 'replay' }
  /** By itself, when it reads back what it was killed over before. */
  | { readonly by: 'read-back' };

export function howTo(point: Point): How {
  switch (point) {
    case 'before-intent':
    case 'inside-intent':
    case 'intent-durable':
    case 'reply-read':
    case 'outcome-durable':
      return { by: 'itself', point };
    case 'headers-sent':
    case 'body-sent':
    case 'applied-not-replied':
    case 'mid-reply':
      return { by: 'wire', moment: point };
    case 'mid-answer':
      return { by: 'client' };
    case 'during-replay':
      return { by: 'replay' };
    case 'during-read-back':
      return { by: 'read-back' };
  }
}
