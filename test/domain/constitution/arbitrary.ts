import fc from 'fast-check';
import { constitution, type ConstitutionState } from '../../../domain/constitution/index.ts';
import { addDays } from '../../../domain/shared/civil-date.ts';
import { fold } from '../../../domain/shared/process.ts';
import {
  accepts, appointed, bodyNo, budget, conference, constituted, on, published, report, resolved, senderOf, start, tell, TERRITORY, TEXT, type AnyCommand, type AnyEvent,
} from './scenario.ts';

const few = { ...TERRITORY, bodies: TERRITORY.bodies.slice(0, 6) };
const GATES = ['PROJECT_SHOWN', 'TEMPLATES_SENT', 'MUNICIPAL_RESOLUTIONS', 'CMM_RESOLUTION', 'CONSTITUTED', 'BOARD_APPOINTED', 'FIRST_BUDGET_PREPARED'] as const;
const body = fc.integer({ min: 1, max: 6 });
const back = fc.integer({ min: 0, max: 20 });

/** A command on a day, of whose facts most lie before it. */
function commandOn(day: string): fc.Arbitrary<AnyCommand> {
  const past = back.map((days) => addDays(day, -days));
  return fc.oneof(
    { weight: 8, arbitrary: fc.tuple(body, past, fc.constantFrom('EXECUTIVE', 'EXECUTIVE', 'EXECUTIVE', 'ADOPTED', 'ANNULLED', 'REVOKED', 'SUSPENDED', 'AMENDED' as const), fc.integer({ min: 1, max: 200 })).map(([number, adoptedOn, standing, version]) => (
      tell(number, { adoptedOn, standing, version, ...(standing === 'ADOPTED' ? { executiveOn: null } : {}), ...(standing === 'REVOKED' ? { lostFrom: day } : {}) }))) },
    { weight: 2, arbitrary: fc.constant(conference) },
    { weight: 2, arbitrary: past.map((at) => resolved(at, true)) },
    { weight: 1, arbitrary: past.map((at) => published(at)) },
    { weight: 2, arbitrary: past.map((at) => constituted(at)) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('BOARD_OF_DIRECTORS', 'AUDITOR' as const), past).map(([organ, at]) => appointed(organ as 'AUDITOR', at)) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('BOARD_OF_DIRECTORS', 'AUDITOR' as const), past).map(([organ, at]) => accepts(organ as 'AUDITOR', at)) },
    { weight: 1, arbitrary: past.map((at) => budget(at)) },
    { weight: 1, arbitrary: past.map((at) => report(at)) },
    { weight: 1, arbitrary: fc.tuple(body, past).map(([number, at]): AnyCommand => ({ type: 'AdmitLateMember', data: { body: bodyNo(number), assemblyActNo: '1', on: at } })) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...GATES), fc.constantFrom('EXTEND', 'EXTEND', 'PROCEED_WITH_THRESHOLD', 'STOP' as const), fc.integer({ min: 0, max: 60 })).map(([gate, decision, days]): AnyCommand => (
      { type: 'DecideMilestone', data: { gate, decision, ...(decision === 'EXTEND' ? { to: addDays(day, days) } : {}), ...(decision === 'PROCEED_WITH_THRESHOLD' && days % 2 === 0 ? { threshold: { minMembers: 1, minPopulation: 1 } } : {}) } })) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...GATES), fc.integer({ min: 0, max: 90 })).map(([gate, days]): AnyCommand => ({ type: 'Replan', data: { gates: { [gate]: { from: day, to: addDays(day, days) } }, reasons: TEXT } })) },
    { weight: 1, arbitrary: fc.constantFrom('SPECIAL_CONSORTIUM', 'FOUNDATION' as const).map((form): AnyCommand => ({ type: 'ChangeLegalForm', data: { form, actNo: '1', on: day, reasons: TEXT } })) },
    { weight: 1, arbitrary: fc.integer({ min: 3, max: 6 }).map((count): AnyCommand => ({ type: 'TakeTerritory', data: { territory: { asOf: day, bodies: few.bodies.slice(0, count) } } })) },
  );
}

export interface Run { readonly state: ConstitutionState; readonly events: readonly AnyEvent[]; readonly days: readonly string[] }

/** Commands on later and later days, and each timer at its instant; what is refused changes nothing. */
export const runs = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 5, maxLength: 40 }).chain((steps) => {
  const days = steps.reduce<string[]>((all, step) => [...all, addDays(all.at(-1) ?? '2026-05-20', step)], []);
  return fc.tuple(...days.map((day) => commandOn(day))).map((commands): Run => {
    let state = constitution.initial();
    const events: AnyEvent[] = [];
    const send = (command: AnyCommand, now: string): number => {
      const decision = constitution.decide(state, command, { actor: senderOf(command), now, commandId: 'cmd' });
      if (decision.kind === 'refused') return 0;
      events.push(...decision.events);
      state = fold(constitution, state, decision.events);
      return decision.events.length;
    };
    send(start({ threshold: { minMembers: 2, minPopulation: 15_000 } }, few), on('2026-05-20'));
    for (const [place, command] of commands.entries()) {
      const now = on(days[place] ?? '2026-05-20');
      for (;;) {
        const due = constitution.timers(state).filter(({ at }) => Date.parse(at) <= Date.parse(now)).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
        if (due === undefined) break;
        // A timer that does nothing would fire for ever.
        if (send(due.command, due.at) === 0) throw new Error(`${due.key} did nothing`);
      }
      send(command, now);
    }
    return { state, events, days };
  });
});
