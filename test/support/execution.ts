/** Which executor the gateways of tests run on: `EXECUTOR=interpreted npm test` runs everything on the other one. */
import type { ExecutionMode } from '../../src/graph/execution/executor.js';

const { EXECUTOR: named = 'compiled' } = process.env;
if (named !== 'compiled' && named !== 'interpreted') throw new Error(`there is no executor "${named}"`);

export const EXECUTION: ExecutionMode = named;
