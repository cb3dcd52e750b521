/** How far a run is, on standard error: a bar where somebody looks, and a line now and then where it is a log. */
import type { RunProgress } from '../reconciliation/run.js';

export interface Screen {
  write(text: string): void;
  readonly isTty: boolean;
}

export interface ProgressBar {
  show(progress: RunProgress): void;
  /** Nothing of it stays on a terminal. */
  clear(): void;
}

const BAR = 30;
const REDRAW_MS = 100;
const LINE_MS = 10_000;

export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function progressText({ phase, total, done, discrepancies, leftMs }: RunProgress): string {
  if (phase === 'ORDERS') return 'Reading the orders of all customers';
  const count = (n: number) => n.toLocaleString('en');
  const left = leftMs === null ? '' : done === total ? '' : `, about ${durationText(leftMs)} left`;
  return `${count(done)} of ${count(total)} customers, ${count(discrepancies)} differences${left}`;
}

/** `now`: milliseconds on a clock that never steps back. */
export function createProgressBar(screen: Screen, now: () => number): ProgressBar {
  let shownAt = Number.NEGATIVE_INFINITY;
  let phase: RunProgress['phase'] | null = null;
  const clear = () => {
    if (screen.isTty) screen.write('\r\u001b[K');
  };
  return {
    show(progress) {
      const isLast = progress.done === progress.total && progress.phase === 'COMPARING';
      const isDue = now() - shownAt >= (screen.isTty ? REDRAW_MS : LINE_MS);
      if (!isDue && !isLast && phase === progress.phase) return;
      shownAt = now();
      phase = progress.phase;
      if (!screen.isTty) {
        screen.write(`${progressText(progress)}\n`);
        return;
      }
      const share = progress.total === 0 ? 1 : progress.done / progress.total;
      const full = Math.floor(share * BAR);
      clear();
      screen.write(
        `[${'#'.repeat(full)}${'-'.repeat(BAR - full)}] ${Math.floor(share * 100)} %  ${progressText(progress)}`,
      );
    },
    clear,
  };
}
