/** All five emulators in a process of their own, on free ports. */
import { dayAt } from '../../../../src/sandbox/calendar.js';
import { generatePortfolio } from '../../../../src/sandbox/portfolio.js';
import { startSandbox } from '../../../../src/sandbox/sandbox.js';
import { serveParent, type SandboxSettings } from './processes.js';

const SEED = 20_261_121;

serveParent(async ({ organizations }: SandboxSettings) => {
  const today = dayAt(Date.now());
  const { backends, directory, emulators } = await startSandbox({
    clock: Date.now,
    today,
    ...(organizations === null
      ? {}
      : { profiles: generatePortfolio({ organizations, commitmentsPerBackend: 2, seed: SEED, today }) }),
  });
  const urls = Object.fromEntries(Object.values(emulators).map(({ name, url }) => [name, url]));
  return { backends, directory, urls };
});
