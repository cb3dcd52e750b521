/**
 * How far a run has come, in a file beside the configuration: one line for the run, and one for each customer as it is
 * done.
 *
 * Guarantees: a line that was cut off by a crash is as if it were not there; a file of another run (other customers, an
 * older one, another version of this program) is never gone on with; only its owner may read it, for it holds amounts;
 * one run at a time. Refuses to go on with what it cannot read: the run begins anew then, and says why.
 */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { wasRead, type OrganizationResult } from './result.js';

const VERSION = 1;

interface Header {
  readonly version: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Of what is compared. */
  readonly subject: string;
  /** The process that works on it. */
  readonly pid: number;
}

export interface ProgressFile {
  readonly startedAt: number;
  /** What the run that goes on has read. */
  readonly done: readonly OrganizationResult[];
  add(result: OrganizationResult): void;
  /** All that was added is on disk then. */
  close(): void;
  /** The run came to its end. */
  remove(): void;
}

/** Another process works on it. */
export class ProgressInUse extends Error {
  override readonly name = 'ProgressInUse';
}

export interface ProgressOptions {
  readonly path: string;
  /** Names what is compared: customers, and where they are read. */
  readonly subject: string;
  readonly resume: boolean;
  readonly longestMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly pid: number;
  readonly isRunning: (pid: number) => boolean;
  /** Why a run begins anew that was to go on. */
  readonly onAnew: (why: string) => void;
}

export function subjectOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

interface Found {
  readonly header: Header;
  readonly done: readonly OrganizationResult[];
}

function read(path: string): Found | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  try {
    const [first = '', ...lines] = whole.split('\n').filter((line) => line !== '');
    const header = JSON.parse(first) as Header;
    if (header.version !== VERSION) return null;
    return {
      header,
      done: lines.map((line) => JSON.parse(line) as OrganizationResult),
    };
  } catch {
    return null;
  }
}

/** Throws `ProgressInUse`, and what the file system says. */
export function openProgress(options: ProgressOptions): ProgressFile {
  const { path, subject, resume, longestMs, now, pid, isRunning, onAnew } = options;
  const found = read(path);
  if (found !== null && found.header.pid !== pid && isRunning(found.header.pid)) {
    throw new ProgressInUse(
      `another run (process ${found.header.pid}) is going on; its progress is in ${path}`,
    );
  }
  const objection = !resume
    ? 'not asked for'
    : found === null
      ? 'there is no run to go on with'
      : found.header.subject !== subject
        ? 'the interrupted run was of other customers or other systems'
        : now - found.header.startedAt > longestMs || found.header.startedAt > now
          ? 'the interrupted run is too old'
          : null;
  if (objection !== null && resume) onAnew(objection);
  const going = objection === null ? found : null;
  const startedAt = going?.header.startedAt ?? now;
  const done = (going?.done ?? []).filter(wasRead);
  const lineOf = (value: object) => `${JSON.stringify(value)}\n`;
  // Written anew also where it goes on: it is this process's now, and has nothing in it that is read again.
  const beside = `${path}.new`;
  rmSync(beside, { force: true });
  const header: Header = { version: VERSION, startedAt, subject, pid };
  writeFileSync(beside, [header, ...done].map(lineOf).join(''), { flag: 'wx', mode: 0o600 });
  renameSync(beside, path);
  const file = openSync(path, 'a');
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    fsyncSync(file);
    closeSync(file);
  };
  return {
    startedAt,
    done,
    add: (result) => {
      appendFileSync(file, lineOf(result));
    },
    close,
    remove() {
      close();
      rmSync(path, { force: true });
    },
  };
}
