import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { OpenedCase } from '../state.ts';
import { overdueKey } from './reminders.ts';
import { assessedServices, awarenessOf, dpiaNeedOf, dpiaOf, dpiaState, dpoContactOf, dutiesOf, isMemberToBeTold, notificationOf, openDuties, subprocessorsOf, subprocessorState } from './standing.ts';
import type { Breach, Subprocessor } from './state.ts';
import type { AuditOutcome, AwareParty, BreachNotice, DpiaOutcome, DpiaState, SubprocessorState } from './terms.ts';

/** What readers see of the processing of personal data. */
export interface ProcessingPart {
  readonly processing: {
    /** That the Garante was told how to reach the DPO in office. */
    readonly dpoContact: { readonly appointmentId: string; readonly on: CivilDate; readonly protocolNo: string } | null;
    /** For the gates of migrations: a service whose assessment is NEEDED, or whose CONSULTATION is due, handles no personal data yet. */
    readonly impactAssessments: readonly ImpactView[];
    /** Of the Agency by the member, in the order in which they were recorded. */
    readonly audits: readonly AuditView[];
    readonly subprocessors: readonly SubprocessorView[];
    readonly breaches: readonly BreachView[];
  };
}

interface ImpactView {
  readonly service: string;
  readonly state: DpiaState | null;
  /** When it was declared necessary, or not; null where nobody said. */
  readonly declaredOn: CivilDate | null;
  readonly declarationReasons: TextRef | null;
  readonly assessedOn: CivilDate | null;
  readonly outcome: DpiaOutcome | null;
  readonly sha256: string | null;
}

interface AuditView {
  readonly on: CivilDate;
  readonly outcome: AuditOutcome;
  readonly documentSha256: string | null;
  readonly reasons: TextRef | null;
}

interface SubprocessorView {
  readonly subprocessor: string;
  readonly state: SubprocessorState;
  readonly sha256: string;
  readonly deliveredAt: Instant;
  readonly objectBy: CivilDate;
  readonly objectedAt: Instant | null;
  readonly objectionReasons: TextRef | null;
  readonly withdrawnOn: CivilDate | null;
}

interface ClockView {
  readonly dueAt: Instant | null;
  /** When it was done; null while it is not. */
  readonly doneAt: Instant | null;
  readonly late: boolean;
  readonly delayReasons: TextRef | null;
  /** True when the clock ran out, as far as a reminder has said it, and nothing is recorded yet. */
  readonly overdue: boolean;
}

interface BreachView {
  readonly breachNo: string;
  readonly awareBy: AwareParty;
  readonly awareAt: Instant;
  /** Null where the member was aware first. */
  readonly toMember: ClockView | null;
  readonly notices: readonly NoticeView[];
}

interface NoticeView extends ClockView {
  readonly to: BreachNotice;
  readonly protocolNo: string | null;
  /** Why it is not due. */
  readonly waivedFor: TextRef | null;
}

/** The part of the view that the processing gives. */
export function viewProcessing(state: OpenedCase): ProcessingPart {
  const told = new Set(state.reminded.map(({ key }) => key));
  const contact = dpoContactOf(state);
  return {
    processing: {
      dpoContact: contact === null ? null : { appointmentId: contact.appointmentId, on: contact.on, protocolNo: contact.protocolNo },
      impactAssessments: assessedServices(state).map((service) => viewImpact(state, service)),
      audits: state.processing.audits.map(({ on, outcome, documentSha256, reasons }) => ({ on, outcome, documentSha256, reasons })),
      subprocessors: subprocessorsOf(state).map(viewSubprocessor),
      breaches: state.processing.breaches.map((breach) => viewBreach(breach, told)),
    },
  };
}

function viewImpact(state: OpenedCase, service: string): ImpactView {
  const [need, dpia] = [dpiaNeedOf(state, service), dpiaOf(state, service)];
  return {
    service, state: dpiaState(state, service), declaredOn: need?.on ?? null, declarationReasons: need?.reasons ?? null,
    assessedOn: dpia?.on ?? null, outcome: dpia?.outcome ?? null, sha256: dpia?.sha256 ?? null,
  };
}

function viewSubprocessor(notice: Subprocessor): SubprocessorView {
  const { subprocessor, sha256, deliveredAt, objectBy, objection, withdrawal } = notice;
  return {
    subprocessor, state: subprocessorState(notice), sha256, deliveredAt, objectBy,
    objectedAt: objection?.deliveredAt ?? null, objectionReasons: objection?.reasons ?? null, withdrawnOn: withdrawal?.on ?? null,
  };
}

function viewBreach(breach: Breach, told: ReadonlySet<string>): BreachView {
  const { breachNo, awareBy, awareAt, memberDueAt, told: telling } = breach;
  const toMember = {
    dueAt: memberDueAt, doneAt: telling?.deliveredAt ?? null, late: telling?.late ?? false, delayReasons: telling?.delayReasons ?? null,
    overdue: isMemberToBeTold(breach) && told.has(overdueKey(breach, 'MEMBER')),
  };
  return { breachNo, awareBy, awareAt, toMember: memberDueAt === null ? null : toMember, notices: noticesOf(breach).map((to) => viewNotice(breach, to, told)) };
}

/** What is due, and what was sent without being due. */
function noticesOf(breach: Breach): readonly BreachNotice[] {
  return [...new Set([...dutiesOf(breach), ...breach.notified].map(({ to }) => to))];
}

function viewNotice(breach: Breach, to: BreachNotice, told: ReadonlySet<string>): NoticeView {
  const sent = notificationOf(breach, to);
  return {
    to,
    dueAt: dutiesOf(breach).find((duty) => duty.to === to)?.dueAt ?? null,
    doneAt: sent?.notifiedAt ?? null, late: sent?.late ?? false, delayReasons: sent?.delayReasons ?? null,
    overdue: openDuties(breach).some((duty) => duty.to === to) && told.has(overdueKey(awarenessOf(breach), to)),
    protocolNo: sent?.protocolNo ?? null,
    waivedFor: breach.waived.find((waiver) => waiver.to === to)?.reasons ?? null,
  };
}
