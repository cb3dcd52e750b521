/**
 * The backends of the mutation's benchmark, in a process of their own: what emulators keep of every call would be
 * collected on the gateway's time, and that pause was longer than all that is measured. Any question empties their lists
 * of calls.
 */
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { serveParent } from './gateway/child.js';

serveParent(async () => {
  const today = new Date().toISOString().slice(0, 10);
  const { backends, directory, emulators } = await startSandbox({ clock: Date.now, today });
  return {
    ready: { backends, directory },
    answer: () => {
      for (const emulator of Object.values(emulators)) emulator.clearCalls();
      return null;
    },
  };
});
