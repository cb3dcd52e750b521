/** What became of a request, for whoever counts. */

/** What it ran; `null` where that is not known: it was refused before, or texts are not looked at (`off`). */
export type AnsweredDocument =
  | {
      readonly kind: 'registered';
      readonly id: string;
      /** The newest version of the client that has it. */
      readonly version: string;
      readonly name: string | null;
    }
  /** A text that is not registered, by its SHA-256 and the name of its first operation. */
  | { readonly kind: 'text'; readonly hash: string; readonly name: string | null };

/** In points; `null`: not known. */
export interface Cost {
  /** Before it ran. */
  readonly estimated: number | null;
  /** Afterwards. */
  readonly actual: number | null;
}

export interface Answered {
  readonly client: string;
  readonly document: AnsweredDocument | null;
  /** `OK`, the code of its first error, or `ABANDONED`: the client was gone before there was an answer. */
  readonly outcome: string;
  /** Until the answer, or the stream of answers, began. */
  readonly ms: number;
  readonly cost: Cost;
}
