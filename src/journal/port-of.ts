/** Which port a change goes through. */
import type { Change } from '../domain/change.js';
import { SOURCE_OF_CHANGE } from '../domain/change.js';
import type { ChangePort, ChangePorts } from '../domain/change-port.js';

/** `null`: its backend is not configured. */
export function portOf(ports: ChangePorts, change: Change): ChangePort<Change> | null {
  // A port takes the kinds of its own backend, and is given no others: the table of kinds says so.
  switch (SOURCE_OF_CHANGE[change.kind]) {
    case 'MONETIZENOW':
      return ports.contracts as ChangePort<Change> | null;
    case 'CLOUDMC':
      return ports.resourceCommitments as ChangePort<Change> | null;
    case 'LOGISENSE':
      return ports.contractCommitments as ChangePort<Change> | null;
    case 'COMMITMENT_MANAGER':
      return ports.sync as ChangePort<Change> | null;
  }
}
