/** What budgets promise wherever they are kept; run by the tests of each implementation. */
import { describe, expect, it } from 'vitest';
import type { Budgets, Rate } from '../../src/admission/budgets/budgets.js';

export interface Kept {
  readonly budgets: Budgets;
  /** Lets so much time pass for them: at least, and not much more. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

/** A point in ten milliseconds, so that little comes back while a test runs. */
const RATE: Rate = { costPerMinute: 6_000, costAtOnce: 1_000 };

export function keepsBudgets(name: string, open: () => Promise<Kept>): void {
  let clients = 0;
  const client = () => `client ${++clients}`;

  describe(`budgets ${name}`, () => {
    it('hold so much at once, and say what is left', async () => {
      const { budgets } = await open();
      const one = client();
      const first = await budgets.take(one, 400, RATE);
      expect(first).toMatchObject({ isTaken: true, retryAfterMs: 0 });
      expect(first.available).toBeGreaterThanOrEqual(600);
      expect(first.available).toBeLessThan(650);
      expect(await budgets.take(one, 600, RATE)).toMatchObject({ isTaken: true });
      expect((await budgets.take(one, 500, RATE)).isTaken).toBe(false);
    });

    it('lose nothing by what is refused, and say when there will be enough', async () => {
      const { budgets, pass } = await open();
      const one = client();
      await budgets.take(one, 1_000, RATE);
      for (let i = 0; i < 20; i += 1) await budgets.take(one, 500, RATE);
      const refused = await budgets.take(one, 30, RATE);
      if (!refused.isTaken) {
        expect(refused.retryAfterMs).toBeGreaterThan(0);
        expect(refused.retryAfterMs).toBeLessThanOrEqual(300);
        await pass(refused.retryAfterMs);
        expect(await budgets.take(one, 30, RATE)).toMatchObject({ isTaken: true });
      }
      expect((await budgets.take(one, 900, RATE)).isTaken).toBe(false);
    });

    it('fill evenly, and never beyond what they hold', async () => {
      const { budgets, pass } = await open();
      const one = client();
      const fast: Rate = { costPerMinute: 60_000, costAtOnce: 100 };
      expect((await budgets.take(one, 100, fast)).isTaken).toBe(true);
      await pass(120);
      const after = await budgets.take(one, 60, fast);
      expect(after.isTaken).toBe(true);
      expect(after.available).toBeLessThanOrEqual(40);
      expect((await budgets.take(one, 101, fast)).isTaken).toBe(false);
    });

    it('take back what was not needed, at most until they are full', async () => {
      const { budgets } = await open();
      const one = client();
      await budgets.take(one, 1_000, RATE);
      budgets.giveBack(one, 990, RATE);
      expect((await budgets.take(one, 990, RATE)).isTaken).toBe(true);
      budgets.giveBack(one, 5_000, RATE);
      expect((await budgets.take(one, 1_000, RATE)).isTaken).toBe(true);
      expect((await budgets.take(one, 200, RATE)).isTaken).toBe(false);
    });

    it('are one for each client', async () => {
      const { budgets } = await open();
      const [one, other] = [client(), client()];
      await budgets.take(one, 1_000, RATE);
      expect((await budgets.take(one, 500, RATE)).isTaken).toBe(false);
      expect(await budgets.take(other, 1_000, RATE)).toMatchObject({ isTaken: true });
    });

    it('never give the same points twice, however many ask at once', async () => {
      const { budgets } = await open();
      const one = client();
      const slow: Rate = { costPerMinute: 60, costAtOnce: 100 };
      const all = await Promise.all(Array.from({ length: 200 }, async () => budgets.take(one, 10, slow)));
      expect(all.filter(({ isTaken }) => isTaken)).toHaveLength(10);
    });

    it('follow limits that change: smaller ones hold at once, and owe no more than they hold', async () => {
      const { budgets } = await open();
      const one = client();
      await budgets.take(one, 1_000, { costPerMinute: 1, costAtOnce: 1_000 }); // would take 16 hours
      const refused = await budgets.take(one, 100, { costPerMinute: 6_000, costAtOnce: 100 });
      expect(refused.isTaken).toBe(false);
      expect(refused.retryAfterMs).toBeLessThanOrEqual(1_000);
    });
  });
}
