/**
 * Ports that are made when somebody asks for them, and once: a request may ask for all of them, and asks for few.
 */
import type { Sources, SourceState } from './ports.js';

/** How each port is made. */
export type SourceMakers = {
  readonly [Port in Exclude<keyof Sources, 'states'>]: () => Sources[Port];
} & { readonly states: () => readonly SourceState[] };

export function lazySources(makers: SourceMakers): Sources {
  return new LazySources(makers);
}

class LazySources implements Sources {
  private readonly makers: SourceMakers;
  private readonly made: { -readonly [Port in Exclude<keyof Sources, 'states'>]?: Sources[Port] } = {};

  constructor(makers: SourceMakers) {
    this.makers = makers;
  }

  get minimumCommitments() {
    const { made, makers } = this;
    return made.minimumCommitments === undefined
      ? (made.minimumCommitments = makers.minimumCommitments())
      : made.minimumCommitments;
  }

  get contractCommitments() {
    const { made, makers } = this;
    return made.contractCommitments === undefined
      ? (made.contractCommitments = makers.contractCommitments())
      : made.contractCommitments;
  }

  get resourceCommitments() {
    const { made, makers } = this;
    return made.resourceCommitments === undefined
      ? (made.resourceCommitments = makers.resourceCommitments())
      : made.resourceCommitments;
  }

  get spend() {
    const { made, makers } = this;
    return made.spend === undefined ? (made.spend = makers.spend()) : made.spend;
  }

  get serviceOrders() {
    const { made, makers } = this;
    return made.serviceOrders === undefined
      ? (made.serviceOrders = makers.serviceOrders())
      : made.serviceOrders;
  }

  get contracts() {
    const { made, makers } = this;
    return made.contracts === undefined ? (made.contracts = makers.contracts()) : made.contracts;
  }

  states(): readonly SourceState[] {
    return this.makers.states();
  }
}
