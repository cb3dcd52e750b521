/**
 * How a change goes by way of a task. Guarantees that a change which will take effect is reported once, when it is
 * accepted and before any state changes, and that one whose task ends FAILED is neither reported nor done. A change
 * waits for the clock to pass its moment and is made at the next call. Tasks are forgotten half an hour after that.
 */
import type { EmulatedReply } from '../types.js';
import { type Desk, instant, newId, requestIdOf, whole } from './desk.js';
import type { CloudmcState, Commitment, Task } from './state.js';

const TASK_LIVES_MS = 30 * 60_000;

/** Changes whose time has come, and tasks that are too old to be remembered. */
export function settle(state: CloudmcState, now: number): void {
  for (const [id, { task, apply }] of state.underWay) {
    if (now < task.settlesAt) continue;
    state.underWay.delete(id);
    if (task.outcome === 'SUCCESS') task.result = apply();
  }
  // In order of acceptance, so that under load a call looks at one task and not at half an hour of them.
  for (const [id, { expiresAt }] of state.tasks) {
    if (now < expiresAt) break;
    state.tasks.delete(id);
  }
}

export interface Accepted {
  readonly action: string;
  readonly asked?: Readonly<Record<string, unknown>>;
  readonly after?: Commitment;
  /** What follows a pre-paid commitment. */
  readonly successor?: Commitment;
  /** Changes the state; returns the commitment that the task's result shows, or null when it is gone. */
  apply(): Commitment | null;
}

export function accept(desk: Desk, commitment: Commitment, accepted: Accepted): EmulatedReply {
  const { state, settings, now, report } = desk;
  const { action, asked, after, successor } = accepted;
  const settlesAt = now + settings.taskMs;
  const task: Task = {
    taskId: newId(desk, 'task'),
    outcome: settings.taskOutcome,
    result: null,
    settlesAt,
    expiresAt: settlesAt + TASK_LIVES_MS,
  };
  if (task.outcome === 'SUCCESS') {
    report({
      action,
      target: commitment.id,
      customer: commitment.organizationId,
      requestId: requestIdOf(desk),
      details: {
        ...(asked && { asked }),
        taskId: task.taskId,
        takesEffectAt: instant(settlesAt),
        before: whole(state, commitment, now),
        ...(after && { after: whole(state, after, settlesAt) }),
        ...(successor && { successorId: successor.id, successor: whole(state, successor, settlesAt) }),
      },
    });
  }
  state.tasks.set(task.taskId, task);
  state.underWay.set(commitment.id, {
    task,
    apply() {
      const shown = accepted.apply();
      // What `result` holds is not documented; the commitment as it now is, is our guess, and the id of one that is gone.
      return shown ? whole(state, shown, settlesAt) : { id: commitment.id };
    },
  });
  settle(state, now);
  return {
    status: 200,
    json: { taskId: task.taskId, taskStatus: now < settlesAt ? 'PENDING' : task.outcome },
  };
}
