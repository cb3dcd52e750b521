/**
 * Giving up, told to whoever works on it.
 *
 * An `AbortSignal` is one of these and may be handed in anywhere. Ours are plain objects: there is one for each request
 * and several within a call, an `AbortController` costs as much as a small reply does to read, and with whatever it leads
 * to it outlives all but the longest collections of garbage.
 */
export interface Signal {
  readonly aborted: boolean;
  /** Why, where somebody said so. */
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** One that somebody of ours ends. Listeners are told at once, in the order in which they came, and once. */
export class OwnSignal implements Signal {
  #listeners: (() => void)[] | null = null;
  aborted = false;

  addEventListener(_type: 'abort', listener: () => void): void {
    if (this.aborted) return;
    if (this.#listeners === null) this.#listeners = [listener];
    else this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const place = this.#listeners?.indexOf(listener) ?? -1;
    if (place >= 0) this.#listeners?.splice(place, 1);
  }

  /** Nothing, the second time. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const told = this.#listeners;
    this.#listeners = null;
    for (const listener of told ?? []) listener();
  }
}

/** Of work that nobody gives up. */
export const NEVER: Signal = {
  aborted: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};
