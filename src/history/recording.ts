/**
 * Ports that remember what they show.
 *
 * Guarantees: they answer what the ports behind them answer, the same promises at the same moment; whoever records hears
 * of each list that arrives, and of each that could not be read, and can neither delay nor change it. That nobody waited
 * for an answer any more is no outage.
 */
import type { Signal } from '../domain/signal.js';
import { SourceError } from '../domain/failure.js';
import type { ObservedRecords, RecordKind } from '../domain/history.js';
import type { Listing } from '../domain/observation.js';
import type { Organization } from '../domain/organization.js';
import { lazySources } from '../domain/lazy-ports.js';
import type { RecordPort, ServiceOrderPort, Sources } from '../domain/ports.js';
import type { Recorder } from './recorder.js';

export function recording(
  sources: Sources,
  recorder: Pick<Recorder, 'record' | 'failed'>,
  signal?: Signal,
): Sources {
  const hear = <Kind extends RecordKind>(
    kind: Kind,
    listing: Promise<Listing<ObservedRecords[Kind]>>,
    organization: Organization,
  ): void => {
    listing.then(
      (arrived) => {
        recorder.record<Kind>(organization, kind, arrived);
      },
      (error: unknown) => {
        // Whoever asked is told.
        if (error instanceof SourceError && signal?.aborted !== true) {
          recorder.failed(organization, kind, error.failure);
        }
      },
    );
  };
  const remembering = <Kind extends RecordKind, Port extends RecordPort<ObservedRecords[Kind]>>(
    kind: Kind,
    port: Port | null,
  ): Port | null =>
    port && {
      ...port,
      list(organization) {
        const listing = port.list(organization);
        hear(kind, listing, organization);
        return listing;
      },
    };
  const serviceOrders = () => {
    const orders = remembering('SERVICE_ORDER', sources.serviceOrders);
    return (
      orders && {
        ...orders,
        listAll(organizations: Parameters<ServiceOrderPort['listAll']>[0]) {
          const listings = orders.listAll(organizations);
          listings.then(
            (arrived) => {
              for (const organization of organizations) {
                const listing = arrived.get(organization.slug);
                if (listing !== undefined) recorder.record(organization, 'SERVICE_ORDER', listing);
              }
            },
            () => undefined,
          );
          return listings;
        },
      }
    );
  };
  return lazySources({
    minimumCommitments: () => remembering('MINIMUM_COMMITMENT', sources.minimumCommitments),
    contractCommitments: () => remembering('CONTRACT_COMMITMENT', sources.contractCommitments),
    resourceCommitments: () => remembering('RESOURCE_COMMITMENT', sources.resourceCommitments),
    spend: () => sources.spend,
    serviceOrders,
    contracts: () => remembering('CONTRACT', sources.contracts),
    states: () => sources.states(),
  });
}
