/** What a scenario is given and what it gives back. */
import type { ContestantName, Programs } from './contestants.js';

export interface Options {
  /** `null`: as many as the scenario finds right. The others alike. */
  readonly rounds: number | null;
  readonly seconds: number | null;
  readonly connections: number | null;
  readonly only: readonly ContestantName[] | null;
  readonly isCold: boolean;
  readonly programs: Programs;
  /** For whoever waits. */
  readonly tell: (line: string) => void;
}

export interface Outcome {
  readonly lines: readonly string[];
  readonly data: object;
}

export interface Scenario {
  readonly about: string;
  /** Whom it can measure. */
  readonly contestants: readonly ContestantName[];
  /** Of the program as it is installed, and not of its sources one by one. Left out: it makes no difference. */
  readonly isOfBuild?: boolean;
  run(options: Options): Promise<Outcome>;
}

/** Those that are measured: as asked for, and the scenario's own choice otherwise. */
export const chosen = (
  options: Pick<Options, 'only'>,
  contestants: readonly ContestantName[],
): readonly ContestantName[] => contestants.filter((name) => options.only?.includes(name) ?? true);
