/** What the processor time of one contestant goes into: the gateway, unless another one is named. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { CONTESTANTS } from '../contestants.js';
import { createLook } from '../look-inside.js';
import { printedProfile, reportOf, type Profile } from '../profile-report.js';
import { bodyOf, createRig, sample, startOf } from '../rounds.js';
import { chosen, type Scenario } from '../scenario.js';
import { WARM_UP, type Comparison } from './compared.js';

const MOST_FUNCTIONS = 40;

export const profileOf = ({ about, size, operations }: Comparison): Scenario => ({
  about: `where the processor time goes: ${about}`,
  contestants: CONTESTANTS,
  async run(options) {
    const [name = 'gateway'] = options.only === null ? [] : chosen(options, CONTESTANTS);
    const rig = await createRig(size, options.programs);
    using look = createLook(options.programs, { isProfiled: true });
    try {
      const running = await startOf(rig, name, look.inside);
      try {
        const connections = options.connections ?? 16;
        const requests = operations(rig.accounts).map((operation) => ({
          body: bodyOf(operation, false),
          length: null,
        }));
        const seconds = options.seconds ?? 8;
        await sample(rig, running, requests, {
          connections,
          seconds: WARM_UP.seconds,
          most: WARM_UP.answers,
        });
        let answered = 0;
        const seen = await look.during(running.pid, async () => {
          ({ answered } = await sample(rig, running, requests, { connections, seconds }));
        });
        const file = join(tmpdir(), `bench-${name}-${process.pid}.cpuprofile`);
        writeFileSync(file, JSON.stringify(seen.profile));
        const report = reportOf(seen.profile as Profile);
        return {
          lines: [
            `${name}: ${answered} answers, ${(seen.cpuMs / Math.max(1, answered)).toFixed(3)} ms of processor time each, the profiler's own included`,
            `the profile is in ${file}`,
            '',
            ...printedProfile(report, MOST_FUNCTIONS),
          ],
          data: { name, answered, ...report },
        };
      } finally {
        await running.stop();
      }
    } finally {
      await rig[Symbol.asyncDispose]();
    }
  },
});
