/**
 * Places in the life of an operation at which a test may end the process, to see what a restart makes of it. The place
 * comes from the environment and is reached by nothing else.
 */
export const FAILPOINTS = [
  'before-intent',
  'inside-intent',
  'intent-durable',
  'reply-read',
  'outcome-durable',
  'during-replay',
  'during-read-back',
] as const;

export type FailpointName = (typeof FAILPOINTS)[number];
export type Failpoint = (name: FailpointName) => void;

export const noFailpoint: Failpoint = () => undefined;

/** Ends the process, as if its power had gone, when it comes to the place for the first time. */
export function killAt(
  wanted: string,
  kill: () => void = () => process.kill(process.pid, 'SIGKILL'),
): Failpoint {
  return (name) => {
    if (name === wanted) kill();
  };
}
