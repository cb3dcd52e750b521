/**
 * Ports that are made when somebody asks for them, and once: a request may ask for all of them, and asks for few.
 *
 * Classes, and not objects with accessors of their own: such an object's shape is kept until the next full collection of
 * garbage, with all that the accessors lead to. For ports of one request that is the request.
 */
import type { ChangePorts } from './change-port.js';
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

/** How each port is made. */
export type ChangePortMakers = { readonly [Port in keyof ChangePorts]: () => ChangePorts[Port] };

export function lazyChangePorts(makers: ChangePortMakers): ChangePorts {
  return new LazyChangePorts(makers);
}

/** Made each time: a change asks for one, once. */
class LazyChangePorts implements ChangePorts {
  constructor(private readonly makers: ChangePortMakers) {}

  get contracts() {
    return this.makers.contracts();
  }

  get resourceCommitments() {
    return this.makers.resourceCommitments();
  }

  get contractCommitments() {
    return this.makers.contractCommitments();
  }

  get sync() {
    return this.makers.sync();
  }
}
