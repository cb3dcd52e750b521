/** Where clients' budgets are counted: in this process, at the primary, or in Redis. */
import type { Budgets } from '../admission/budgets/budgets.js';
import { createMemoryBudgets } from '../admission/budgets/memory.js';
import type { Log } from '../observability/log.js';
import type { Timers } from '../upstream/timers.js';
import type { Shared } from './shared.js';

/** Where it is counted what clients may still spend. */
export async function startBudgets(
  url: string | null,
  {
    timers,
    log,
    shared,
  }: { readonly timers: Timers; readonly log: Log; readonly shared: Shared | undefined },
): Promise<Budgets> {
  const local = shared?.budgets ?? createMemoryBudgets(() => timers.now());
  if (url === null) return local;
  // A third of all files that there are to load, and most gateways are alone.
  const { createRedisBudgets } = await import('../admission/budgets/redis.js');
  const inRedis = createRedisBudgets({
    url,
    local,
    timers,
    tell: (news) => {
      if (news.kind === 'back') log.info('Redis answers again; gateways share the budgets of clients');
      else
        log.error(
          { reason: news.reason },
          'Redis cannot be asked; until it can, this gateway counts the budgets of clients by itself',
        );
    },
  });
  await inRedis.started;
  return inRedis;
}
