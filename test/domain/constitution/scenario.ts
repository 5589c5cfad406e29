import type { Account, ConstitutionCommand, ConstitutionEvent, ConstitutionState } from '../../../domain/constitution/index.ts';
import { constitution, viewConstitution } from '../../../domain/constitution/index.ts';
import { resolveConstitution, type ConstitutionChoices } from '../../../domain/constitution/policies.ts';
import { presetThreshold, type Territory } from '../../../domain/constitution/threshold.ts';
import { ENGINE, type Actor } from '../../../domain/shared/actor.ts';
import type { CaseCommand, CaseEvent } from '../../../domain/shared/case.ts';
import { addDays, compareInstants, startOfDay, type CivilDate } from '../../../domain/shared/civil-date.ts';
import { fold } from '../../../domain/shared/process.ts';
import { given as givenOf, type Circumstances } from '../../support/spec.ts';

export type AnyCommand = ConstitutionCommand | CaseCommand;
export type AnyEvent = ConstitutionEvent | CaseEvent;

export const OPERATOR: Actor = { subject: 's-operator', role: 'operator', body: 'agency' };
export const AUDITOR: Actor = { subject: 's-auditor', role: 'auditor', body: 'agency' };
export const MEMBER: Actor = { subject: 's-member', role: 'member', body: 'c_a001' };
export { ENGINE };

export const SHA = 'a'.repeat(64);
export const TEXT = { textId: 'x_1', digest: 'b'.repeat(64) };
export const bodyNo = (number: number): string => `c_a${String(number).padStart(3, '0')}`;
/** 133 comuni of the same size: a third of them is 45, more than half of the inhabitants 67 of them; the first has as many as all others. */
export const TERRITORY: Territory = {
  asOf: '2026-05-01', bodies: Array.from({ length: 133 }, (_none, place) => ({ body: bodyNo(place + 1), population: place === 0 ? 1_320_000 : 10_000 })),
};

/** 09:00 UTC of a day. */
export const on = (day: CivilDate): string => `${day}T09:00:00Z`;

export const start = (choices: ConstitutionChoices = {}, territory: Territory = TERRITORY): ConstitutionCommand => ({
  type: 'StartConstitution', data: { id: 'agency-1', territory, policies: resolveConstitution({ threshold: presetThreshold('CONFERENCE_RULE'), ...choices }) },
});

export interface Told {
  readonly receivedOn?: CivilDate | null;
  readonly adoptedOn?: CivilDate;
  readonly executiveOn?: CivilDate | null;
  readonly standing?: NonNullable<Account['resolution']>['standing'];
  readonly lostFrom?: CivilDate;
  readonly form?: Account['form'];
  readonly version?: number;
}

/** What the adhesion of a comune tells: adopted on a day, executive eleven days later. */
export function tell(number: number, { receivedOn = '2026-05-30', adoptedOn, executiveOn, standing = 'EXECUTIVE', lostFrom, form = 'SPECIAL_CONSORTIUM', version = 20 }: Told): ConstitutionCommand {
  return { type: 'TakeAccount', data: { account: {
    body: bodyNo(number), adhesion: `${bodyNo(number)}-1`, version, receivedOn, form,
    resolution: adoptedOn === undefined ? null : { resolutionNo: `${number}/2026`, adoptedOn, standing, executiveOn: executiveOn === undefined ? addDays(adoptedOn, 11) : executiveOn, lostFrom: lostFrom ?? null },
  } } };
}

export const conference: ConstitutionCommand = { type: 'RecordConference', data: { heldOn: '2026-05-21', minutesNo: '3/2026', sha256: SHA } };
export const resolved = (adoptedOn: CivilDate, immediate = false): ConstitutionCommand => (
  { type: 'RecordMetropolitanResolution', data: { resolutionNo: '40/2026', adoptedOn, sha256: SHA, immediate } });
export const published = (firstDay: CivilDate): ConstitutionCommand => ({ type: 'RecordMetropolitanPublication', data: { noticeBoardNo: '900/2026', firstDay } });
export const constituted = (signedOn: CivilDate): ConstitutionCommand => ({ type: 'RecordConstitution', data: { repertoryNo: '1/2026', signedOn, sha256: SHA } });
export const appointed = (organ: 'BOARD_OF_DIRECTORS' | 'AUDITOR', actOn: CivilDate): ConstitutionCommand => ({ type: 'AppointOrgan', data: { organ, actNo: `n-${organ}`, actOn } });
export const accepts = (organ: 'BOARD_OF_DIRECTORS' | 'AUDITOR', acceptedOn: CivilDate): ConstitutionCommand => ({ type: 'AcceptOffice', data: { organ, acceptedOn } });
export const budget = (preparedOn: CivilDate): ConstitutionCommand => ({ type: 'RecordBudget', data: { actNo: '1/2027', preparedOn, year: 2027, sha256: SHA } });
export const report = (day: CivilDate): ConstitutionCommand => ({ type: 'RecordAuditorsReport', data: { reportNo: '1', on: day, outcome: 'FAVOURABLE', sha256: SHA } });

const ENGINES: ReadonlySet<string> = new Set(['TakeAccount', 'TakeTerritory', 'EndGate', 'CompleteEffect']);
export const senderOf = ({ type }: AnyCommand): Actor => (ENGINES.has(type) ? ENGINE : OPERATOR);

/** A constitution on its way: commands come on their days, timers fire at their instants. */
export class Path {
  state: ConstitutionState = constitution.initial();
  readonly events: AnyEvent[] = [];

  /** Sends commands on a day, after the timers that are due by then. */
  at(day: CivilDate, ...commands: readonly AnyCommand[]): this {
    this.until(on(day));
    for (const command of commands) this.send(command, on(day));
    return this;
  }

  /** Lets time pass until a day begins in Rome: timers at that very instant have fired. */
  untilBegins(day: CivilDate): this {
    return this.until(startOfDay(day));
  }

  get view() {
    return viewConstitution(this.state, '2026-11-23T09:00:00Z');
  }

  gate(gate: string) {
    return this.view.gates.find((one) => one.gate === gate);
  }

  ofType<Type extends AnyEvent['type']>(type: Type): readonly Extract<AnyEvent, { type: Type }>[] {
    return this.events.filter((event) => event.type === type) as Extract<AnyEvent, { type: Type }>[];
  }

  private until(instant: string): this {
    for (;;) {
      const next = constitution.timers(this.state).toSorted((a, b) => compareInstants(a.at, b.at))[0];
      if (next === undefined || compareInstants(next.at, instant) > 0) return this;
      const before = this.events.length;
      this.send(next.command, next.at);
      if (this.events.length === before) throw new Error(`The timer ${next.key} did nothing`);
    }
  }

  private send(command: AnyCommand, now: string): void {
    const decision = constitution.decide(this.state, command, { actor: senderOf(command), now, commandId: 'cmd' });
    if (decision.kind === 'refused') throw new Error(`${command.type}: ${JSON.stringify(decision.reasons)}`);
    this.events.push(...decision.events);
    this.state = fold(constitution, this.state, decision.events);
  }
}

/** All comuni but so many have the acts and resolved in June: comuni 1 to `count` on a day. */
export const adopted = (from: number, to: number, adoptedOn: CivilDate): readonly ConstitutionCommand[] =>
  Array.from({ length: to - from + 1 }, (_none, place) => tell(from + place, { adoptedOn }));

export const received = (from: number, to: number): readonly ConstitutionCommand[] => Array.from({ length: to - from + 1 }, (_none, place) => tell(from + place, { version: 5 }));

/** Given a state, when a command comes on a day, then exactly these events, or a refusal. */
export function when(path: Path, command: AnyCommand, day: CivilDate, more: Partial<Circumstances> = {}) {
  return givenOf(constitution, path.state).when(command, { actor: senderOf(command), now: on(day), ...more });
}
