/** How the gateway is, from how its workers are. */
import type { Health } from './messages.js';

/** `null`: no worker could say. A backend is reachable if any worker reaches it; changes can be made if all can make them. */
export function mergeHealth(all: readonly Health[]): Health | null {
  const [first] = all;
  if (first === undefined) return null;
  return {
    sources: first.sources.map(({ source }) => {
      const seen = all.map(({ sources }) => sources.find((one) => one.source === source)?.isReachable);
      return { source, isReachable: seen.includes(true) ? true : seen.includes(false) ? false : null };
    }),
    journal:
      first.journal &&
      all.reduce<NonNullable<Health['journal']>>(
        (sum, { journal }) => ({
          isWritable: sum.isWritable && journal?.isWritable === true,
          trouble: sum.trouble ?? journal?.trouble ?? null,
          unwritten: sum.unwritten + (journal?.unwritten ?? 0),
        }),
        { isWritable: true, trouble: null, unwritten: 0 },
      ),
    budgets: all.find(({ budgets }) => budgets.trouble !== null)?.budgets ?? first.budgets,
  };
}
