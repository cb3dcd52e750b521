/** A minute of load by a hundred clients: the longest time that the event loop stood still, and how even the answers are. */
import { CONTESTANTS } from '../contestants.js';
import { createLook } from '../look-inside.js';
import { portfolioOf } from '../operations.js';
import { bodyOf, createRig, sample, startOf, type Sample } from '../rounds.js';
import { chosen, type Scenario } from '../scenario.js';
import { firstOf, PORTFOLIO_SIZE, WARM_UP } from './compared.js';

export const stalls: Scenario = {
  about: 'a minute of a hundred clients: longest stall of the event loop, p99 beside p50',
  contestants: CONTESTANTS,
  async run(options) {
    const [name = 'gateway'] = options.only === null ? [] : chosen(options, CONTESTANTS);
    const rig = await createRig(PORTFOLIO_SIZE, options.programs);
    using look = createLook(options.programs, { isProfiled: false });
    try {
      const running = await startOf(rig, name, look.inside);
      try {
        const connections = options.connections ?? 100;
        const seconds = options.seconds ?? 60;
        const requests = [{ body: bodyOf(portfolioOf(firstOf(rig.accounts)), false), length: null }];
        await sample(rig, running, requests, {
          connections,
          seconds: WARM_UP.seconds,
          most: WARM_UP.answers,
        });
        let taken: Sample | null = null;
        const seen = await look.during(running.pid, async () => {
          taken = await sample(rig, running, requests, { connections, seconds });
        });
        const turn = seen.longestTurn;
        const { p50, p99, max, perSecond, turnedAwayShare, othersShare } = taken as unknown as Sample;
        return {
          lines: [
            `${name}, ${connections} clients, ${seconds} s, ${perSecond.toFixed(0)} answers a second`,
            `longest stall of the event loop ${seen.longestMs.toFixed(1)} ms, p99 of its turns ${seen.p99Ms.toFixed(1)} ms`,
            ...(turn === null
              ? []
              : [
                  `the longest turn: ${turn.ms.toFixed(1)} ms, of which its thread worked ${turn.workedMs.toFixed(1)} ms and waited ${turn.waitedMs.toFixed(1)} ms for a processor that others had`,
                ]),
            `answers: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms; p99 is ${(p99 / p50).toFixed(1)} times p50`,
            `turned away ${(100 * turnedAwayShare).toFixed(1)} %; processor time used by others ${othersShare === null ? 'unknown' : `${(100 * othersShare).toFixed(0)} %`}`,
          ],
          data: { name, connections, seconds, seen: { ...seen, profile: null }, sample: taken },
        };
      } finally {
        await running.stop();
      }
    } finally {
      await rig[Symbol.asyncDispose]();
    }
  },
};
