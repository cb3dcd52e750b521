/** What is known of an operation on its way, as the journal keeps it between a `send` and a `look`. */
import type { Json } from '../../domain/json.js';

export type Progress = {
  /** The status of the vendor's answer; `null`: there was none that could be read. */
  readonly answered: string | null;
  /** The quote that is known to be this operation's. */
  readonly quoteId: string | null;
};

export function readProgress(progress: Json): Progress {
  if (typeof progress !== 'object' || progress === null || Array.isArray(progress))
    return { answered: null, quoteId: null };
  const { answered, quoteId } = progress as { readonly answered?: Json; readonly quoteId?: Json };
  return {
    answered: typeof answered === 'string' ? answered : null,
    quoteId: typeof quoteId === 'string' ? quoteId : null,
  };
}
