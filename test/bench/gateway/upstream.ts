/** The fixed upstream in a process of its own. */
import { serveParent } from './child.js';
import type { FixtureSize } from './fixture.js';
import { startUpstream } from './upstream-server.js';

export interface UpstreamSettings {
  readonly size: FixtureSize;
}

export interface RunningUpstream {
  readonly url: string;
}

/** Answers with the number of requests since the last time it was asked. */
export type UpstreamQuestion = 'count';

serveParent<UpstreamSettings, UpstreamQuestion, number>(async ({ size }) => {
  const upstream = await startUpstream(size);
  return {
    ready: { url: upstream.url } satisfies RunningUpstream,
    answer: () => upstream.count(),
  };
});
