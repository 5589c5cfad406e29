import type { Bilingual } from '../shared/bilingual.ts';
import type { Instant } from '../shared/civil-date.ts';
import type { Timer, Waiting } from '../shared/process.ts';
import type { ConstitutionCommand } from './command-types.ts';
import { endOf, gatesInQuestion, isComplete, isInTime, isMissed, metropolitanExecutiveOn, overAt } from './gates.ts';
import { ruleOfForm } from './legal-form.ts';
import { countAdopted, countExecutive, withoutReceipt } from './members.ts';
import { GATES, type Gate } from './plan.ts';
import type { OperatorCommand } from './roles.ts';
import { RULES } from './rules/index.ts';
import { lateAdhesions } from './rules/organs.ts';
import type { Constitution, ConstitutionState } from './state.ts';
import { gateWords, inWords } from './words.ts';

/** The end of each day by which a gate is awaited: once it is said to have passed, or the act that will reach the gate is there, no more. */
export function timers({ constitution }: ConstitutionState): readonly Timer<ConstitutionCommand>[] {
  if (constitution === null || constitution.stoppedAt !== null) return [];
  return GATES.filter((gate) => isTimed(constitution, gate)).map((gate) => {
    const to = endOf(constitution, gate);
    return { key: timerKey(gate, to), at: overAt(to), command: { type: 'EndGate', data: { gate, to } } };
  });
}

function isTimed(constitution: Constitution, gate: Gate): boolean {
  if (constitution.reached[gate] !== undefined || isMissed(constitution, gate)) return false;
  const to = endOf(constitution, gate);
  return gate === 'MUNICIPAL_RESOLUTIONS' ? constitution.windowEnded !== to : !isInTime(constitution, gate, to);
}

function timerKey(gate: Gate, to: string): string {
  return `gate/${gate}/${to}`;
}

/** Whose turn it is: the operator's for the acts that are due and the decisions, the comuni's for their resolutions, the clock's for a day that runs. */
export function waiting({ constitution }: ConstitutionState): readonly Waiting[] {
  if (constitution === null || constitution.stoppedAt !== null) return [];
  return [...decisions(constitution), ...resolutions(constitution), ...acts(constitution), ...late(constitution)];
}

function decisions(constitution: Constitution): readonly Waiting[] {
  return gatesInQuestion(constitution).map((gate) => {
    const { it, en } = gateWords(gate);
    const isLost = gate === 'MUNICIPAL_RESOLUTIONS' && constitution.lost !== null;
    const since = (isLost ? constitution.lost?.at : constitution.missed[gate]?.at) ?? constitution.since;
    return turn('OPERATOR', 'DecideMilestone', since, null, isLost ? 'THRESHOLD_LOST' : 'MILESTONE_MISSED', isLost
      ? { it: `«${it}»: la soglia era raggiunta e non lo è più; si proroga, si procede con un'altra soglia o ci si ferma.`, en: `"${en}": the threshold was met and is no more; extend, go on with another threshold, or stop.` }
      : { it: `«${it}» è mancata: si proroga, si procede con la soglia o ci si ferma.`, en: `"${en}" was missed: extend, go on with the threshold, or stop.` });
  });
}

/** The resolutions of the comuni: theirs are the acts, in their own cases; while the window runs the clock waits too. */
function resolutions(constitution: Constitution): readonly Waiting[] {
  const { reached, evidence, since } = constitution;
  if (reached.MUNICIPAL_RESOLUTIONS !== undefined || evidence.resolution !== null) return [];
  const to = endOf(constitution, 'MUNICIPAL_RESOLUTIONS');
  const executive = inWords(countExecutive(constitution));
  const adopted = countAdopted(constitution).members;
  const timed = isTimed(constitution, 'MUNICIPAL_RESOLUTIONS');
  return [
    turn('MEMBER', 'RecordSession', since, timed ? to : null, 'THRESHOLD_OPEN', {
      it: `Si attendono le deliberazioni esecutive dei comuni: ${executive.it}; adottate: ${adopted}.`, en: `Executive resolutions of the comuni are waited for: ${executive.en}; adopted: ${adopted}.`,
    }),
    ...(timed ? [turn('CLOCK', timerKey('MUNICIPAL_RESOLUTIONS', to), since, to, 'WINDOW_OPEN', { it: `Il termine per le deliberazioni scade alle 24 del ${to}.`, en: `The window of the resolutions ends at 24:00 of ${to}.` })] : []),
  ];
}

interface Due {
  readonly command: OperatorCommand;
  readonly gate: Gate;
  /** Whether the act is still missing. */
  readonly isMissing: (constitution: Constitution) => boolean;
}

/** The acts of the path, each with the gate that it proves. */
const DUE: readonly Due[] = [
  { command: 'RecordConference', gate: 'PROJECT_SHOWN', isMissing: ({ evidence }) => evidence.conference === null },
  { command: 'RecordReceipts', gate: 'TEMPLATES_SENT', isMissing: (constitution) => constitution.reached.TEMPLATES_SENT === undefined && withoutReceipt(constitution).length > 0 },
  { command: 'RecordMetropolitanResolution', gate: 'CMM_RESOLUTION', isMissing: ({ evidence }) => evidence.resolution === null },
  { command: 'RecordMetropolitanPublication', gate: 'CMM_RESOLUTION', isMissing: ({ evidence }) => metropolitanExecutiveOn(evidence) === null },
  { command: 'SubmitToAuthority', gate: 'CONSTITUTED', isMissing: ({ form, evidence }) => ruleOfForm(form).authorities.some((authority) => evidence.submissions[authority] === undefined) },
  { command: 'RecordConstitution', gate: 'CONSTITUTED', isMissing: ({ evidence }) => evidence.deed === null },
  { command: 'AppointOrgan', gate: 'BOARD_APPOINTED', isMissing: ({ evidence: { appointments } }) => appointments.BOARD_OF_DIRECTORS === undefined || appointments.AUDITOR === undefined },
  { command: 'AcceptOffice', gate: 'BOARD_APPOINTED', isMissing: ({ evidence: { acceptances } }) => acceptances.BOARD_OF_DIRECTORS === undefined || acceptances.AUDITOR === undefined },
  { command: 'RecordBudget', gate: 'FIRST_BUDGET_PREPARED', isMissing: ({ evidence }) => evidence.budget === null },
  { command: 'RecordAuditorsReport', gate: 'FIRST_BUDGET_PREPARED', isMissing: ({ evidence }) => evidence.auditorsReport === null },
];

function acts(constitution: Constitution): readonly Waiting[] {
  return DUE.filter(({ command, isMissing }) => isMissing(constitution) && RULES[command].turn(constitution, NOBODY) === null).map(({ command, gate }) => {
    const { it, en } = gateWords(gate);
    const isOpen = !isMissed(constitution, gate);
    return turn('OPERATOR', command, constitution.since, isOpen ? endOf(constitution, gate) : null, 'EVIDENCE_MISSING', { it: `«${it}»: manca ancora un atto.`, en: `"${en}": an act is still missing.` });
  });
}

/** The rules ask nobody who it is: two persons are not needed. */
const NOBODY = { subject: '', role: 'operator', body: 'agency' } as const;

function late(constitution: Constitution): readonly Waiting[] {
  const count = constitution.evidence.deed === null ? 0 : lateAdhesions(constitution).length;
  return count === 0 ? [] : [turn('OPERATOR', 'AdmitLateMember', constitution.since, null, 'LATE_ADHESIONS', {
    it: `Deliberazioni tardive su cui decide l'assemblea: ${count}.`, en: `Resolutions that came too late, for the assembly to decide: ${count}.`,
  })];
}

/** True when nothing will happen by itself any more: all gates reached, or given up. What an adhesion tells later wakes it. */
export function isFinished({ constitution }: ConstitutionState): boolean {
  return constitution !== null && (constitution.stoppedAt !== null || isComplete(constitution));
}

function turn(who: Waiting['who'], what: string, since: Instant, dueOn: string | null, code: string, message: Bilingual): Waiting {
  return { who, what, since, dueOn, reasons: [{ code, message }] };
}
