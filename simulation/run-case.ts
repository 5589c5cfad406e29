import { viewAdhesion, type AdhesionCommand, type AdhesionState, type AdhesionView } from '../domain/adhesion/index.ts';
import { isOpened, type OpenedCase } from '../domain/adhesion/state.ts';
import type { Actor } from '../domain/shared/actor.ts';
import { addHours, civilDateOf, compareInstants, startOfDay, type CivilDate, type Instant } from '../domain/shared/civil-date.ts';
import { sittingsOf, type Sittings } from './council.ts';
import { drawsOf, type Draws } from './draws.ts';
import { sizeOf, type Size } from './durations.ts';
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

/**
 * One comune from its opening until it is at its aim (phase MANAGEMENT: convention in force, referents in office) or the
 * horizon: the real process in the memory shell, and offices that do what it waits for after durations drawn from the seed.
 */
export async function runCase(comune: Comune, seed: number, horizon: Horizon): Promise<SimulatedCase> {
  const run = new CaseRun(comune, seed, horizon.from);
  await run.open();
  return run.toTheEnd(horizon.until);
}

interface Planned extends Act {
  readonly what: AdhesionCommand['type'];
  readonly by: Actor;
  readonly tries: number;
}

class CaseRun {
  private readonly comune: Comune;
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

  constructor(comune: Comune, seed: number, from: CivilDate) {
    this.comune = comune;
    this.member = { subject: 's_secretary', role: 'member', body: comune.ipaCode };
    this.stream = `adhesion/${comune.ipaCode}-1`;
    this.shell = new MemoryShell(addHours(startOfDay(from), 9));
    this.draws = drawsOf(seed, comune.ipaCode);
    this.size = sizeOf(comune.population);
    this.sittings = sittingsOf(this.draws, from, this.size.councilWeeks);
  }

  async open(): Promise<void> {
    const { ipaCode, istatCode, name, population } = this.comune;
    await this.send({ type: 'OpenAdhesion', data: { id: `${ipaCode}-1`, body: ipaCode, istatCode, name, population } }, AGENCY);
  }

  async toTheEnd(until: Instant): Promise<SimulatedCase> {
    for (;;) {
      const state = this.opened();
      const view = viewAdhesion(state, this.shell.now);
      if (view.phase === 'MANAGEMENT') return this.result(view, 'ARRIVED');
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

  /** What is owed and not planned yet is taken up; a plan for what is owed no more is dropped. */
  private plan(state: OpenedCase, view: AdhesionView): void {
    const { comune, draws, sittings, size: { pace } } = this;
    const desk = { comune, draws, sittings, pace, state, view, now: this.shell.now };
    const planned = new Map<string, Planned>();
    for (const { who, what } of view.waitingFor) {
      if (!isOffice(what)) continue;
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
    const { executivity, executiveOn } = deliberation;
    const owed = waitingFor.map(({ who, what }) => `${who} ${what}`);
    return {
      id, body, population, end,
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
