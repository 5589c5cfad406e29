import { viewAdhesion, type AdhesionCommand, type AdhesionState, type AdhesionView } from '../domain/adhesion/index.ts';
import { isOpened, type OpenedCase } from '../domain/adhesion/state.ts';
import type { Actor } from '../domain/shared/actor.ts';
import { addHours, civilDateOf, compareInstants, startOfDay, type CivilDate, type Instant } from '../domain/shared/civil-date.ts';
import { sittingsOf, type Sittings } from './council.ts';
import { drawsOf, type Draws } from './draws.ts';
import { isOfAgency, sizeOf, spreadOf, type Size, type Step } from './durations.ts';
import { MemoryShell } from './memory-shell.ts';
import { OFFICES, type Act, type Comune } from './offices.ts';

/** Where a simulated case stands at the end: at its aim, on its way, or stuck (nobody has anything to do, or may do it). */
export type CaseEnd = 'ARRIVED' | 'UNDER_WAY' | 'STUCK';

export type Counts = Readonly<Record<string, number>>;

export interface SimulatedCase {
  readonly id: string;
  readonly body: string;
  readonly population: number;
  readonly end: CaseEnd;
  readonly receivedOn: CivilDate | null;
  readonly adoptedOn: CivilDate | null;
  /** First day on which its resolution is executive, immediate or by publication; null when it is not by the end. */
  readonly executiveOn: CivilDate | null;
  readonly inForceOn: CivilDate | null;
  /** Day on which the last mandatory referent had accepted. */
  readonly arrivedOn: CivilDate | null;
  /** Whose turn it is at the end, and what was refused too often. */
  readonly waitingFor: readonly string[];
  /** Stored events by type, and what the process refused by code. */
  readonly events: Counts;
  readonly refusals: Counts;
}

export interface Horizon {
  readonly from: CivilDate;
  /** First moment that is not simulated any more. */
  readonly until: Instant;
}

/** A refused act is tried again on the next days; then the case counts as stuck. */
const MAX_TRIES = 30;
const AGENCY: Actor = { subject: 's_agency', role: 'operator', body: 'agency' };

/** How long what is awaited takes. */
export interface Pacing {
  /** Days from now until a step is done that is awaited. */
  readonly days: (step: Step, awaited: Awaited) => number;
  /** Whether councils meet by habit, every so many weeks; else the days of the agenda say when. */
  readonly bySittings: boolean;
}

export interface Awaited {
  readonly state: OpenedCase;
  readonly since: Instant;
  readonly now: Instant;
  readonly draws: Draws;
  /** Stretches the model's own durations of the comune. */
  readonly pace: number;
}

/** By the model's own numbers. */
const BY_MODEL: Pacing = { days: (step, { draws, pace }) => draws.days(spreadOf(step), isOfAgency(step) ? 1 : pace), bySittings: true };

/** A case as it stands on record: a copy goes on in memory from there. */
export interface LiveCase {
  readonly id: string;
  readonly version: number;
  readonly state: object;
}

/** What a run is for: the whole way to the membership, or until the resolution is executive. */
type Aim = 'MANAGEMENT' | 'EXECUTIVE';

/**
 * One comune from its opening until it is at its aim (phase MANAGEMENT: convention in force, referents in office) or the
 * horizon: the real process in the memory shell, and offices that do what it waits for after durations drawn from the seed.
 */
export async function runCase(comune: Comune, seed: number, horizon: Horizon): Promise<SimulatedCase> {
  const run = new CaseRun({ comune, draws: drawsOf(seed, comune.ipaCode), from: horizon.from, pacing: BY_MODEL, aim: 'MANAGEMENT', id: `${comune.ipaCode}-1` });
  await run.open();
  return run.toTheEnd(horizon.until);
}

export interface Continuation extends Horizon {
  readonly comune: Comune;
  /** Null: it has none yet, and one is opened on the first day. */
  readonly live: LiveCase | null;
  readonly draws: Draws;
  readonly pacing: Pacing;
}

/** A copy of a case goes on from a day, until its resolution is executive or the horizon. The record is not touched: it is in memory all the way. */
export async function continueCase({ comune, live, draws, pacing, from, until }: Continuation): Promise<SimulatedCase> {
  const run = new CaseRun({ comune, draws, from, pacing, aim: 'EXECUTIVE', id: live?.id ?? `${comune.ipaCode}-1` });
  await (live === null ? run.open() : run.adopt(live));
  return run.toTheEnd(until);
}

interface Planned extends Act {
  readonly what: AdhesionCommand['type'];
  readonly by: Actor;
  readonly tries: number;
}

interface CaseRunParts {
  readonly comune: Comune;
  readonly draws: Draws;
  readonly from: CivilDate;
  readonly pacing: Pacing;
  readonly aim: Aim;
  readonly id: string;
}

class CaseRun {
  private readonly comune: Comune;
  private readonly id: string;
  private readonly pacing: Pacing;
  private readonly aim: Aim;
  private readonly stream: string;
  private readonly shell: MemoryShell;
  private readonly draws: Draws;
  private readonly size: Size;
  private readonly sittings: Sittings;
  private readonly member: Actor;
  private planned = new Map<string, Planned>();
  private readonly refusals: string[] = [];
  private sent = 0;
  private givenUp: string | null = null;

  constructor({ comune, draws, from, pacing, aim, id }: CaseRunParts) {
    this.comune = comune;
    this.member = { subject: 's_secretary', role: 'member', body: comune.ipaCode };
    this.id = id;
    this.stream = `adhesion/${id}`;
    this.shell = new MemoryShell(addHours(startOfDay(from), 9));
    this.draws = draws;
    this.pacing = pacing;
    this.aim = aim;
    this.size = sizeOf(comune.population);
    this.sittings = sittingsOf(this.draws, from, this.size.councilWeeks);
  }

  async open(): Promise<void> {
    const { ipaCode, istatCode, name, population } = this.comune;
    await this.send({ type: 'OpenAdhesion', data: { id: this.id, body: ipaCode, istatCode, name, population } }, AGENCY);
  }

  /** Begins from a case as it stands on record. */
  adopt({ version, state }: LiveCase): Promise<void> {
    return this.shell.adopt(this.stream, version, state);
  }

  async toTheEnd(until: Instant): Promise<SimulatedCase> {
    for (;;) {
      const state = this.opened();
      const view = viewAdhesion(state, this.shell.now);
      if (this.isThere(view)) return this.result(view, 'ARRIVED');
      this.plan(state, view);
      const [key, act] = this.firstAct() ?? [];
      const timerAt = this.shell.nextTimerAt();
      const clock = view.waitingFor.some(({ who }) => who === 'CLOCK') ? timerAt : null;
      if (this.givenUp !== null || (act === undefined && clock === null)) return this.result(view, 'STUCK');
      const timerFirst = timerAt !== null && (act === undefined || compareInstants(timerAt, act.at) <= 0);
      const next = timerFirst || act === undefined ? timerAt ?? until : act.at;
      if (compareInstants(next, until) >= 0) return this.result(view, 'UNDER_WAY');
      await this.shell.advanceTo(next);
      if (!timerFirst && key !== undefined && act !== undefined) await this.perform(key, act);
    }
  }

  private isThere({ phase, deliberation: { executivity } }: AdhesionView): boolean {
    return this.aim === 'MANAGEMENT' ? phase === 'MANAGEMENT' : executivity === 'EXECUTIVE' || executivity === 'IMMEDIATE';
  }

  /** What is owed and not planned yet is taken up; a plan for what is owed no more is dropped. */
  private plan(state: OpenedCase, view: AdhesionView): void {
    const { comune, draws, pacing, size: { pace } } = this;
    const { now } = this.shell;
    const planned = new Map<string, Planned>();
    for (const { who, what, since } of view.waitingFor) {
      if (!isOffice(what)) continue;
      const days = (step: Step): number => pacing.days(step, { state, since, now, draws, pace });
      const desk = { comune, draws, sittings: pacing.bySittings ? this.sittings : null, days, state, view, now };
      const by = who === 'OPERATOR' ? AGENCY : this.member;
      for (const { detail, takeUp } of OFFICES[what]?.(desk) ?? []) {
        const key = `${what}/${detail}`;
        if (!planned.has(key)) planned.set(key, this.planned.get(key) ?? { ...takeUp(), what, by, tries: 0 });
      }
    }
    this.planned = planned;
  }

  private firstAct(): [string, Planned] | undefined {
    return [...this.planned].toSorted(([, one], [, other]) => compareInstants(one.at, other.at))[0];
  }

  private async perform(key: string, act: Planned): Promise<void> {
    const command = act.command(this.shell.now, act.tries);
    const refusal = await this.send(command, act.by);
    if (refusal === null && (command.type === act.what || act.tries === 0)) this.planned.delete(key);
    else if (act.tries >= MAX_TRIES) this.givenUp = `${command.type} was refused: ${refusal ?? ''}`;
    else this.planned.set(key, { ...act, tries: act.tries + 1, at: addHours(act.at, refusal === null || refusal === 'NOTICE_TOO_SHORT' ? 0 : 24) });
  }

  /** The code of the refusal, or null. */
  private async send(command: AdhesionCommand, by: Actor): Promise<string | null> {
    this.sent += 1;
    const outcome = await this.shell.execute(this.stream, `act-${this.sent}`, command, by);
    if (outcome.kind === 'done') return null;
    this.refusals.push(outcome.code);
    return outcome.code;
  }

  private opened(): OpenedCase {
    // The stream is one of the adhesion process, which gave this state.
    const state = this.shell.state(this.stream) as AdhesionState;
    if (!isOpened(state)) throw new Error(`${this.stream} could not be opened`);
    return state;
  }

  private result({ id, body, population, deliberation, convention, waitingFor }: AdhesionView, end: CaseEnd): SimulatedCase {
    const { executivity, executiveOn, receivedOn, adoptedOn } = deliberation;
    const owed = waitingFor.map(({ who, what }) => `${who} ${what}`);
    return {
      id, body, population, end, receivedOn, adoptedOn,
      events: counted(this.shell.store.events(this.stream).map(({ type }) => type)),
      refusals: counted(this.refusals),
      executiveOn: executivity === 'EXECUTIVE' || executivity === 'IMMEDIATE' ? executiveOn : null,
      inForceOn: convention.state === 'IN_FORCE' ? convention.inForceOn : null,
      arrivedOn: end === 'ARRIVED' ? civilDateOf(this.shell.now) : null,
      waitingFor: this.givenUp === null ? owed : [...owed, this.givenUp],
    };
  }
}

function counted(names: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function isOffice(what: string): what is keyof typeof OFFICES {
  return Object.hasOwn(OFFICES, what);
}
