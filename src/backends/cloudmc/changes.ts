/**
 * Changes of commitments at CloudMC (seed 003): planned on fresh reads, sent once, followed by their task and by reading
 * back.
 *
 * Guarantees: a task that is not said to have succeeded is not taken for done; one that CloudMC has forgotten (after
 * about half an hour, `backends.md` §5.6) is settled by what the commitment looks like.
 */
import { instantOfMillis } from '../../domain/calendar.js';
import type { ResourceCommitmentChange } from '../../domain/change.js';
import type { ChangePort, Look, Step } from '../../domain/change-port.js';
import { SourceError } from '../../domain/failure.js';
import type { Json } from '../../domain/json.js';
import type { Plan, UpstreamReferences } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import type { WritableUpstream } from '../../upstream/endpoint.js';
import type { Written } from '../../upstream/write.js';
import {
  createCommitment,
  deleteCommitment,
  getTask,
  isTaskId,
  terminateCommitment,
  updateCommitment,
} from './client.js';
import type { Evidence } from './facts.js';
import { isNotFound, scopeOf } from './loaders.js';
import { outcomeOf, resultOf } from './outcome.js';
import { planChange } from './planning.js';
import { readBack, type Finding } from './read-back.js';
import { createReader, evidenceOf, type Reader } from './readings.js';
import { failedTask, refusalOf } from './words.js';
import { readErrors, type WireCommitmentReply, type WireTask } from './wire.js';

export interface ChangeSettings {
  readonly upstream: WritableUpstream;
  readonly drift: Drift;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

interface Sending {
  readonly organization: Organization;
  readonly change: ResourceCommitmentChange;
  readonly plan: Plan;
}

type Accepted<Body> = Extract<Written<Body>, { kind: 'accepted' }>;
/** A task's end, or `null` where it tells nothing. */
/**
 * Updates, terminations and deletions are tasks of their own, which may do the change long after it was taken. They live
 * about half an hour (`backends.md` §5.6); before that, that nothing is to be seen proves nothing.
 */
const LONGEST_TASK_MS = 35 * 60_000;

type TaskStep = Extract<Step, { state: 'SUCCEEDED' | 'FAILED' | 'PENDING' }> | null;

export function createChangePort({
  upstream,
  drift,
  clock,
}: ChangeSettings): ChangePort<ResourceCommitmentChange> {
  const reader = createReader({ upstream, drift });
  const now = () => instantOfMillis(clock());
  return {
    plan: (organization, change) => planChange({ reader, clock }, organization, change),

    async send(organization, change, plan, requestId) {
      const sending = { organization, change, plan };
      const request = { body: plan.request.body, requestId };
      const scope = scopeOf(organization);
      if (change.kind === 'RESOURCE_COMMITMENT_CREATE') {
        const written = await upstream.write(createCommitment, {}, request, scope);
        return written.kind === 'accepted'
          ? stepOfCreation(reader, sending, written)
          : stepOfNo(written, plan);
      }
      const written = await upstream.write(ENDPOINTS[change.kind], { id: idOf(plan) }, request, scope);
      if (written.kind !== 'accepted') return stepOfNo(written, plan);
      return (
        (await stepOfTask(reader, sending, written.body, now)) ?? {
          state: 'UNKNOWN',
          message: 'CloudMC took the change, and says nothing about it that can be understood.',
          ...following(written.body),
        }
      );
    },

    async look(organization, change, { plan, progress, sentAt }) {
      const taskId = taskIdOf(progress);
      const isTaskOver = change.kind === 'RESOURCE_COMMITMENT_CREATE' || clock() - sentAt > LONGEST_TASK_MS;
      if (taskId !== null) {
        const task = await taskOf(upstream, organization, taskId);
        const step = task && (await stepOfTask(reader, { organization, change, plan }, task, now));
        if (step !== null) return step;
        const found = lookOf(
          await readBack(reader, organization, change, beforeOf(plan)),
          taskId,
          isTaskOver,
        );
        // A task that is there may still do it, as long as nobody understands that it has ended.
        return task !== null && found.state === 'NOT_APPLIED'
          ? { ...found, state: 'UNKNOWN', message: 'CloudMC has a task for it that cannot be understood.' }
          : found;
      }
      return lookOf(await readBack(reader, organization, change, beforeOf(plan)), null, isTaskOver);
    },

    result: (organization, _change, outcome) => resultOf(organization, outcome),
  };
}

const ENDPOINTS = {
  RESOURCE_COMMITMENT_UPDATE: updateCommitment,
  RESOURCE_COMMITMENT_TERMINATE: terminateCommitment,
  RESOURCE_COMMITMENT_DELETE: deleteCommitment,
} as const;

/** Anything but an acceptance. */
function stepOfNo<Body>(written: Exclude<Written<Body>, Accepted<Body>>, plan: Plan): Step {
  switch (written.kind) {
    case 'not-sent':
      return { state: 'NOT_SENT', failure: written.failure };
    case 'refused':
      return {
        state: 'FAILED',
        failure: refusalOf(written.reply, plan, written.failure.message),
      };
    case 'unknown':
      return { state: 'UNKNOWN', message: written.failure.message };
  }
}

/** A creation is answered with what was made (`backends.md` C24: perhaps without its reseller and its status). */
function stepOfCreation(
  reader: Reader,
  { organization, plan }: Sending,
  { body, observation }: Accepted<WireCommitmentReply>,
): Step {
  const unknown = (message: string): Step => ({ state: 'UNKNOWN', message });
  try {
    const reading = reader.read(organization, body.data, observation);
    if (reading === null) return unknown('CloudMC answered with a commitment of another customer.');
    const { id } = reading.facts;
    const ids = beforeOf(plan).ids ?? [];
    if (ids.includes(id)) return unknown('CloudMC answered with a commitment that was there before.');
    return {
      state: 'SUCCEEDED',
      externalId: id,
      outcome: outcomeOf(reading, observation.observedAt),
      after: { ...evidenceOf(reading, null), ids: [...ids, id].sort() },
    };
  } catch (error) {
    return unknown(
      error instanceof SourceError ? error.failure.message : 'The answer of CloudMC could not be read.',
    );
  }
}

async function stepOfTask(
  reader: Reader,
  sending: Sending,
  task: WireTask,
  now: () => ReturnType<typeof instantOfMillis>,
): Promise<TaskStep> {
  const hasErrors = readErrors(task).isError;
  switch (task.taskStatus) {
    case 'SUCCESS':
      // The presence of `errors` means failure (`backends.md` §5.7); a success with them is neither.
      return hasErrors ? null : { ...following(task), ...(await succeeded(reader, sending, task, now)) };
    case 'PENDING':
      // Without an id there is nothing to follow: reading back has to tell.
      return hasErrors || taskIdOf(following(task).progress ?? null) === null
        ? null
        : { state: 'PENDING', ...following(task) };
    case 'FAILED':
      return { state: 'FAILED', failure: failedTask(task, sending.plan.request), ...following(task) };
    default:
      return null;
  }
}

/** The task is done; what the commitment looks like now is added if it can be read. */
async function succeeded(
  reader: Reader,
  { organization, change, plan }: Sending,
  task: WireTask,
  now: () => ReturnType<typeof instantOfMillis>,
): Promise<Extract<Step, { state: 'SUCCEEDED' }>> {
  if (change.kind === 'RESOURCE_COMMITMENT_DELETE') {
    return { state: 'SUCCEEDED', outcome: outcomeOf(null, now()), after: evidenceOf(null, null) };
  }
  try {
    return stepOfFinding(await readBack(reader, organization, change, beforeOf(plan)), task.taskId);
  } catch {
    // Whatever went wrong: that the change was made is known, and must not be lost.
    return { state: 'SUCCEEDED', outcome: outcomeOf(null, now()) };
  }
}

function stepOfFinding(
  { verdict, after, observation }: Finding,
  taskId: string | null,
): Extract<Step, { state: 'SUCCEEDED' }> {
  const previousId = verdict.kind === 'applied' ? verdict.previousId : null;
  const id = verdict.reading?.facts.id;
  const references: UpstreamReferences = {
    ...(taskId === null ? {} : { taskId }),
    ...(previousId === null || id === undefined ? {} : { newCommitmentId: id }),
  };
  return {
    state: 'SUCCEEDED',
    outcome: outcomeOf(verdict.reading, observation.observedAt, previousId),
    after,
    references,
    ...(id === undefined ? {} : { externalId: id }),
  };
}

/** `isTaskOver`: what is not to be seen by now was not done. */
function lookOf(finding: Finding, taskId: string | null, isTaskOver: boolean): Look {
  const { verdict, after } = finding;
  switch (verdict.kind) {
    case 'applied':
      return stepOfFinding(finding, taskId);
    case 'untouched':
      return isTaskOver
        ? { state: 'NOT_APPLIED', after }
        : {
            state: 'UNKNOWN',
            after,
            message: 'Nothing of it is to be seen. CloudMC may have a task that still does it.',
          };
    case 'unclear':
      return { state: 'UNKNOWN', message: verdict.message, after };
  }
}

/** `null`: CloudMC does not know the task, or tells of another. Rejects with `SourceError` for all else. */
async function taskOf(
  upstream: WritableUpstream,
  organization: Organization,
  id: string,
): Promise<WireTask | null> {
  try {
    const { body } = await upstream.call(getTask, { id }, scopeOf(organization));
    return body.taskId === null || body.taskId === id ? { ...body, taskId: id } : null;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function following({ taskId }: WireTask): {
  readonly progress?: Json;
  readonly references?: UpstreamReferences;
} {
  if (taskId === null) return {};
  return { ...(isTaskId(taskId) ? { progress: { taskId } } : {}), references: { taskId } };
}

function taskIdOf(progress: Json): string | null {
  if (typeof progress !== 'object' || progress === null || !('taskId' in progress)) return null;
  const taskId: Json | undefined = progress['taskId'];
  return typeof taskId === 'string' && isTaskId(taskId) ? taskId : null;
}

/** What `planChange` has put there. */
function beforeOf({ before }: Plan): Evidence {
  return before as Evidence;
}

function idOf({ externalId }: Plan): string {
  if (externalId === null) throw new RangeError('a change of nothing');
  return externalId;
}
