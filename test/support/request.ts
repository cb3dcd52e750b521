/** What a call takes from its request, for tests that have none: no deadline, no wish, somebody pays. */
import { createMeter } from '../../src/observability/meter.js';
import type { UpstreamRequest } from '../../src/upstream/request.js';

export function aRequest(changes: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return { signal: new AbortController().signal, withinMs: () => null, meter: createMeter(), ...changes };
}
