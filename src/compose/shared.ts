/** What processes share, as one of them sees it. */
import type { Budgets } from '../admission/budgets/budgets.js';
import type { GuessExchange } from '../admission/guesses.js';
import type { FindPeers } from '../upstream/peers.js';

/** What one of several processes has in common with the others. */
export interface Shared {
  readonly peersOf: FindPeers;
  readonly budgets: Budgets;
  readonly guessExchange: (kind: 'ids' | 'calendars') => GuessExchange;
}
