/**
 * One life of a gateway: clients ask for changes, it is killed at a point, another comes in its place, clients ask again
 * with the same keys, and all of it is settled. Everything that is drawn is drawn before anything happens, from the
 * cycle's own random numbers.
 */
import { decodeGlobalId } from '../../src/graph/global-id.js';
import { check, type Violation, type Wanted } from './checker.js';
import type { Gateway } from './gateway.js';
import { post, toldBy, type HistoryEvent, type Told } from './history.js';
import type { ClientSettings } from './messages.js';
import { howTo, type Point } from './points.js';
import { documentOf, KINDS, type Kind, type Wish } from './wishes.js';
import type { World } from './world.js';

export interface CycleResult {
  readonly point: Point;
  /** False: the operation did not get there, and the gateway was killed all the same. */
  readonly isReached: boolean;
  /** How many processes were killed. */
  readonly kills: number;
  readonly calls: number;
  readonly effects: number;
  readonly kind: Kind;
  /** Operations that wait for an operator. */
  readonly unsettled: readonly string[];
  readonly violations: readonly Violation[];
  readonly history: readonly HistoryEvent[];
}

type Random = () => number;

/** Somebody who wishes for something, under a key. */
interface Asker {
  readonly client: ClientSettings;
  readonly wish: Wish;
  readonly key: string;
}

interface Plan {
  readonly victim: Asker;
  readonly bystanders: readonly Asker[];
  /** Ask with the victim's key: with another input, for another customer, from another tenant. */
  readonly others: readonly Asker[];
  /** Asks for the victim's thing with its key, from another tenant. */
  readonly stranger: Asker | null;
  readonly copies: number;
  /** All who ask after the death, in that order. */
  readonly retries: readonly Asker[];
  readonly isVariedAtOnce: boolean;
  /**
   * Between the death and the next gateway: none; until nobody is taken to be sending any more, though what was sent may
   * still be on its way; or until that is over as well.
   */
  readonly downtime: 'none' | 'until-free' | 'until-proven';
  /** When a backend acts on what it had when the gateway died: before nobody takes it to be on its way any more, or never. */
  readonly lateness: 'before-the-next' | 'after-the-next' | 'never';
  /** How the backend answers the victim's request: as it likes, not at all, with a refusal, or as if it were broken. */
  readonly answer: 'usual' | 'lost' | 'answer-lost' | 'refused' | 'broken' | 'broken-applied';
  /** How the first death comes about where it is the second that counts. */
  readonly firstMoment: 'body-sent' | 'applied-not-replied';
  readonly pauses: readonly number[];
}

/** Longer than a request may be on its way. */
const PROVEN_MS = 45_000;
const ROUNDS = 14;
const ROUND_MS = 12_000;
/** Between two cycles; requests to synchronize the same customer within a minute would become one. */
const APART_MS = 65_000;

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function drawPlan(world: World, random: Random, name: string): Plan {
  const used = new Set<string>();
  const [north, south] = world.clients;
  const organizationOf = (client: ClientSettings): string | null => {
    const free = client.organizations.filter((slug) => !used.has(slug));
    if (free.length === 0) return null;
    const slug = pick(random, free);
    used.add(slug);
    return slug;
  };
  const wishOf = (client: ClientSettings): Wish => {
    for (;;) {
      const kind = pick(random, KINDS);
      const organization = organizationOf(client);
      const wish = organization === null ? null : world.wishes.draw(kind, organization);
      if (wish !== null) return wish;
      if (organization !== null) used.delete(organization);
    }
  };
  let keys = 0;
  const newKey = () => `key-${name}-${(keys += 1)}`;

  const client = random() < 0.5 ? north : south;
  const tenant = client === north ? south : north;
  const victim: Asker = { client, wish: wishOf(client), key: newKey() };
  const bystanders = Array.from({ length: Math.floor(random() * 3) }, (): Asker => {
    const whose = random() < 0.5 ? north : south;
    return { client: whose, wish: wishOf(whose), key: newKey() };
  });
  const others: Asker[] = [];
  const elsewhere = (whose: ClientSettings) => {
    const organization = organizationOf(whose);
    if (organization === null) return;
    const wish =
      world.wishes.sameFor(victim.wish, organization) ?? world.wishes.draw(victim.wish.kind, organization);
    if (wish !== null) others.push({ client: whose, wish, key: victim.key });
  };
  const varied = random() < 0.6 ? world.wishes.vary(victim.wish) : null;
  if (varied !== null) others.push({ client, wish: varied, key: victim.key });
  if (random() < 0.4) elsewhere(tenant);
  if (random() < 0.25) elsewhere(client);
  const chance = random();
  const downtime = pick(random, ['until-free', 'until-free', 'until-free', 'until-proven', 'none'] as const);
  const lateness = pick(random, ['before-the-next', 'after-the-next', 'never', 'never'] as const);
  const stranger = random() < 0.3 ? { client: tenant, wish: victim.wish, key: victim.key } : null;
  const again = [
    ...Array.from({ length: 1 + Math.floor(random() * 4) }, () => victim),
    ...bystanders,
    ...others,
    ...(stranger === null ? [] : [stranger]),
  ];
  return {
    victim,
    bystanders,
    others,
    stranger,
    copies: 1 + Math.floor(random() * 3),
    retries: shuffled(random, again),
    isVariedAtOnce: random() < 0.2,
    downtime,
    // What arrives after that is what the gateway says cannot be: it would be told as failed, and be there.
    lateness: downtime === 'until-proven' && lateness === 'after-the-next' ? 'never' : lateness,
    answer:
      chance < 0.7
        ? 'usual'
        : chance < 0.76
          ? 'lost'
          : chance < 0.82
            ? 'answer-lost'
            : chance < 0.9
              ? 'refused'
              : chance < 0.95
                ? 'broken'
                : 'broken-applied',
    firstMoment: random() < 0.5 ? 'body-sent' : 'applied-not-replied',
    pauses: Array.from({ length: 40 }, () => Math.floor(random() * 12)),
  };
}

export interface CycleOptions {
  readonly point: Point;
  /** Another in each cycle of a world. */
  readonly name: string;
  readonly random: Random;
}

export async function runCycle(world: World, { point, name, random }: CycleOptions): Promise<CycleResult> {
  const plan = drawPlan(world, random, name);
  const { victim } = plan;
  const how = howTo(point);
  const history: HistoryEvent[] = [];
  const wanted: Wanted[] = [];
  const firstEffect = world.sandbox.effects.length;
  const latest = new Map<Asker, Told>();
  let calls = 0;
  let kills = 0;
  let pauses = 0;

  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, plan.pauses[pauses++ % 40] ?? 0));
  const scopeOf = ({ client, wish, key }: Asker) => ({
    client: client.name,
    organization: wish.organization,
    key,
  });
  const inputOf = ({ wish }: Asker) => JSON.stringify([wish.field, wish.input]);
  const expect = (asker: Asker, customers: ReadonlySet<string>, isEffect: Wish['isEffect']) => {
    wanted.push({ scope: scopeOf(asker), input: inputOf(asker), isEffect, customers });
  };
  for (const asker of [victim, ...plan.bystanders, ...plan.others]) {
    expect(asker, world.customersOf(asker.wish.organization), asker.wish.isEffect);
  }
  // Whatever comes of it is nobody's, or the victim's once too often.
  if (plan.stranger !== null) expect(plan.stranger, new Set(), () => false);

  const ask = async (asker: Asker, gateway: Gateway, onAnswer?: () => void): Promise<Told> => {
    calls += 1;
    const call = calls;
    const { wish, client, key } = asker;
    const common = { call, scope: scopeOf(asker), input: inputOf(asker) };
    history.push({ ...common, type: 'invoke' });
    const text = await post({
      url: gateway.url,
      apiKey: client.key,
      document: documentOf(wish),
      variables: { input: { ...wish.input, idempotencyKey: key } },
      ...(onAnswer === undefined ? {} : { onAnswer }),
    });
    const told = toldBy(text, wish.field, (id) => decodeGlobalId(id)?.key ?? id);
    history.push({ ...common, type: 'told', told });
    const before = latest.get(asker);
    if ('operationId' in told || before === undefined || !('operationId' in before)) latest.set(asker, told);
    return told;
  };

  const wire = world.wires.get(victim.wish.backend);
  if (wire === undefined) throw new Error(`there is no wire to ${victim.wish.backend}`);
  const { faults } = world.sandbox.emulator(victim.wish.backend);
  const springs = victim.wish.isRequest;
  const setAnswer = () => {
    switch (plan.answer) {
      case 'usual':
        return;
      case 'lost':
      case 'answer-lost':
        wire.trap = { moment: plan.answer, springs, strike: () => undefined };
        return;
      case 'refused':
        for (const method of CHANGING) {
          faults.add({
            match: { method, path: NO_LOGIN },
            times: 1,
            fault: { kind: 'refuse', status: 400, json: {} },
          });
        }
        return;
      case 'broken':
      case 'broken-applied':
        for (const method of CHANGING) {
          const applied = plan.answer === 'broken-applied';
          faults.add({
            match: { method, path: NO_LOGIN },
            times: 1,
            fault: { kind: 'refuse', status: 502, json: {}, applied },
          });
        }
    }
  };
  const restoreAnswer = () => {
    wire.trap = null;
    faults.clear();
  };

  await world.pass(APART_MS);
  let gateway = await world.gateway();
  const kill = () => {
    gateway.kill();
  };
  /** Kills what still lives, and waits until it is dead. */
  const bury = async () => {
    gateway.kill();
    await gateway.dead;
    kills += 1;
  };

  // What happens before the gateway dies.
  const crowd = async (onAnswer?: () => void) => {
    const asked = [ask(victim, gateway, onAnswer)];
    for (let copy = 1; copy < plan.copies; copy += 1) asked.push(ask(victim, gateway));
    const varied = plan.others.find(({ wish }) => wish.organization === victim.wish.organization);
    if (plan.isVariedAtOnce && varied !== undefined) asked.push(ask(varied, gateway));
    for (const bystander of plan.bystanders) {
      await pause();
      asked.push(ask(bystander, gateway));
    }
    return Promise.all(asked);
  };
  let told: readonly Told[];
  switch (how.by) {
    case 'itself':
      if (['reply-read', 'outcome-durable'].includes(how.point)) setAnswer();
      await gateway.dieAt(how.point);
      told = await crowd();
      break;
    case 'wire':
      wire.trap = { moment: how.moment, springs, strike: kill };
      told = await crowd();
      break;
    case 'client':
      setAnswer();
      told = await crowd(kill);
      break;
    case 'replay':
      setAnswer();
      await crowd();
      await gateway.dieAt('during-replay');
      told = await Promise.all([ask(victim, gateway), ask(victim, gateway)]);
      break;
    case 'read-back':
      wire.trap = { moment: plan.firstMoment, springs, strike: kill };
      told = await crowd();
      break;
  }
  // Calls without an answer say that it is dying, if it is not dead yet.
  if (told.some(({ kind }) => kind === 'lost')) await within(DYING_MS, gateway.dead);
  let isReached = gateway.isDead;
  await bury();
  restoreAnswer();

  const untilFree = () => {
    const until = world.journal().heldUntil();
    return until === null ? 0 : Math.max(0, until - world.clock()) + 50;
  };

  // Nobody is there for a while.
  if (plan.lateness === 'before-the-next') await wire.deliverLate();
  if (plan.lateness === 'never') wire.forget();
  if (how.by === 'read-back') {
    await world.pass(untilFree());
    const doomed = await world.startDoomed('during-read-back');
    if (doomed !== null) {
      gateway = doomed;
      await within(READING_BACK_MS, gateway.dead);
      isReached = gateway.isDead;
      await bury();
    } else kills += 1;
  } else if (plan.downtime !== 'none') {
    await world.pass(plan.downtime === 'until-free' ? untilFree() : PROVEN_MS);
  }
  gateway = await world.gateway();
  await wire.deliverLate();

  // Everybody asks again, all at once.
  const wave: Promise<unknown>[] = [];
  for (const asker of plan.retries) {
    await pause();
    wave.push(ask(asker, gateway));
  }
  await Promise.all(wave);

  // Until all is settled, or known not to be.
  const everybody = [victim, ...plan.bystanders, ...plan.others];
  for (let round = 0; round < ROUNDS; round += 1) {
    const waiting = everybody.filter((asker) => !isSettled(latest.get(asker)));
    if (waiting.length === 0) break;
    await world.pass(ROUND_MS);
    await Promise.all(waiting.map((asker) => ask(asker, gateway)));
  }
  for (const asker of everybody) await ask(asker, gateway);

  const rows = world.journal().rows();
  const effects = world.sandbox.effects.slice(firstEffect);
  const violations = check({ history, effects, rows, wanted, witnessed: world.witnessed });
  return {
    point,
    isReached,
    kills,
    calls,
    effects: effects.length,
    kind: victim.wish.kind,
    unsettled: everybody.flatMap((asker) => {
      const told = latest.get(asker);
      return told?.kind === 'info' ? [`${asker.wish.kind}: ${told.data}`] : [];
    }),
    violations,
    history,
  };
}

const CHANGING = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
const NO_LOGIN = /^(?!.*\/(token|Login)$)/;

const DYING_MS = 5_000;
/** Until a gateway that has just come looks at what was left. */
const READING_BACK_MS = 2_000;

function within(ms: number, what: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void what.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function isSettled(told: Told | undefined): boolean {
  if (told === undefined || told.kind === 'lost') return false;
  if (told.kind === 'refused') return !['IDEMPOTENCY_IN_PROGRESS', 'TARGET_BUSY'].includes(told.code);
  return told.kind !== 'info' || /"needsOperator":true/.test(told.data);
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
