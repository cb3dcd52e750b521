/**
 * Budgets that several gateways share, in Redis.
 *
 * Guarantees: taking is one script, so that gateways never take the same points, by the clock of Redis, so that theirs need
 * not agree; what is not used for as long as it takes to fill expires. No request waits longer than 50 ms: where Redis is
 * gone, slow, full or refuses, budgets are counted in this process, each gateway for itself, until it answers again; that
 * is told when it begins and when it ends. Nothing here rejects. The address may hold a password: it is in no message.
 */
import { createClient, defineScript } from '@redis/client';
import { msOf, taken, type Budgets, type Rate, type Taken } from './budgets.js';

export type BudgetNews =
  /** From now on each gateway counts by itself. */
  { readonly kind: 'lost'; readonly reason: string } | { readonly kind: 'back' };

export interface RedisBudgetsOptions {
  /** `redis://…` or `rediss://…` */
  readonly url: string;
  /** For as long as Redis cannot be asked. */
  readonly local: Budgets;
  readonly timers: {
    after(milliseconds: number, callback: () => void): { cancel(): void };
  };
  readonly tell: (news: BudgetNews) => void;
  /** What tests make longer that are not about it. */
  readonly patienceMs?: number;
}

export interface RedisBudgets extends Budgets {
  /** Resolves when it is known whether Redis answers. Until then budgets are local. */
  readonly started: Promise<void>;
}

const PREFIX = 'commitment-graph:budget:';
/** No request waits longer for it. */
const PATIENCE_MS = 50;
/** After Redis was found missing, one question in so long finds out whether it is back. */
const LOOK_AGAIN_MS = 500;
/** Questions in vain after which the connection is taken for dead, whatever it looks like: ten seconds. */
const IN_VAIN_UNTIL_RECONNECT = 20;
const MOST_WAITING_COMMANDS = 10_000;

/**
 * KEYS[1]: a bucket. ARGV: microseconds that the points take to come back (negative: they are given back), and that a
 * whole bucket takes. Gives whether they were taken, and the microseconds until it is full. What is under our name and is no
 * number counts as nothing.
 */
const TAKE = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local found = redis.pcall('GET', KEYS[1])
local fullAt = type(found) == 'string' and tonumber(found) or now
local points, most = tonumber(ARGV[1]), tonumber(ARGV[2])
local untilFull = math.min(math.max(fullAt - now, 0), most)
local after = math.max(untilFull + points, 0)
if points > 0 and after > most + tonumber(ARGV[3]) then return {0, math.ceil(untilFull)} end
redis.call('SET', KEYS[1], string.format('%.0f', now + after), 'PX', math.ceil(after / 1000) + 1000)
return {1, math.ceil(after)}
`;

const take = defineScript({
  SCRIPT: TAKE,
  NUMBER_OF_KEYS: 1,
  IS_READ_ONLY: false,
  parseCommand(parser, key: string, points: number, most: number, slack: number) {
    parser.pushKey(key);
    parser.push(points.toFixed(3), most.toFixed(3), slack.toFixed(3));
  },
  transformReply: ([isTaken = 0, untilFull = 0]: readonly number[]) => ({
    isTaken: isTaken === 1,
    untilFullMs: untilFull / 1000,
  }),
});

function connect(url: string) {
  const client = createClient({
    url,
    RESP: 2,
    scripts: { take },
    disableOfflineQueue: true,
    disableClientInfo: true,
    commandsQueueMaxLength: MOST_WAITING_COMMANDS,
    socket: { connectTimeout: 2_000, reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, 1_000) },
  });
  client.on('error', () => undefined); // whoever asks next finds out, and tells it
  client.connect().catch(() => undefined); // goes on trying until it is destroyed
  return client;
}

export function createRedisBudgets({
  url,
  local,
  timers,
  tell,
  patienceMs = PATIENCE_MS,
}: RedisBudgetsOptions): RedisBudgets {
  let client = connect(url);
  let trouble: string | null = null;
  let isStopped = false;
  let inVain = 0;

  /** Rejects with what is wrong, in words that give nothing away, after 50 ms at the latest. */
  const ask = (key: string, points: number, rate: Rate) =>
    new Promise<{ readonly isTaken: boolean; readonly untilFullMs: number }>((resolve, reject) => {
      if (!client.isReady) {
        reject(new Error('there is no connection'));
        return;
      }
      // One turn later: an answer that came while this process was busy is there, and only has to be read.
      const timer = timers.after(patienceMs, () => {
        setImmediate(() => {
          reject(new Error('there was no answer in time'));
        });
      });
      const microseconds = (points_: number) => msOf(points_, rate) * 1000;
      client
        .take(PREFIX + key, microseconds(points), microseconds(rate.costAtOnce), microseconds(0.5))
        .then(resolve, (error: unknown) => {
          // Such as OOM, READONLY, NOPERM: the rest of what Redis says may quote what it was sent.
          const said = error instanceof Error ? (/^[A-Z]{2,}\b/.exec(error.message)?.[0] ?? null) : null;
          reject(new Error(said === null ? 'the connection broke' : `it refuses with ${said}`));
        })
        .finally(() => {
          timer.cancel();
        });
    });

  const lose = (error: unknown) => {
    if (trouble !== null || isStopped) return;
    trouble = error instanceof Error ? error.message : 'it failed';
    tell({ kind: 'lost', reason: trouble });
    timers.after(LOOK_AGAIN_MS, lookAgain);
  };
  const lookAgain = () => {
    if (isStopped) return;
    ask('probe', 0, PROBE).then(
      () => {
        trouble = null;
        inVain = 0;
        tell({ kind: 'back' });
      },
      () => {
        inVain += 1;
        if (inVain % IN_VAIN_UNTIL_RECONNECT === 0) {
          client.destroy();
          client = connect(url);
        }
        timers.after(LOOK_AGAIN_MS, lookAgain);
      },
    );
  };

  const started = new Promise<void>((resolve) => {
    const first = client;
    const decide = () => {
      timer.cancel();
      first.off('ready', decide).off('error', decide);
      resolve();
    };
    const timer = timers.after(1_000, decide);
    first.on('ready', decide).on('error', decide);
  }).then(() => ask('probe', 0, PROBE).then(() => undefined, lose));

  return {
    started,
    take(client_, points, rate): Taken | Promise<Taken> {
      if (trouble !== null || isStopped) return local.take(client_, points, rate);
      return ask(client_, points, rate).then(
        ({ isTaken, untilFullMs }) => taken(isTaken, untilFullMs, points, rate),
        (error: unknown) => {
          lose(error);
          return local.take(client_, points, rate);
        },
      );
    },
    giveBack(client_, points, rate) {
      if (trouble !== null || isStopped) local.giveBack(client_, points, rate);
      else ask(client_, -points, rate).catch(lose);
    },
    state: () => ({ kept: 'in Redis', trouble: trouble === null ? null : `Redis: ${trouble}` }),
    stop() {
      isStopped = true;
      client.destroy();
      return Promise.resolve();
    },
  };
}

const PROBE: Rate = { costPerMinute: 60_000, costAtOnce: 1 };
