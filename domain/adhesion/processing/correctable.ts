import type { Bilingual } from '../../shared/bilingual.ts';
import type { CommandData } from '../command-types.ts';
import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import { SERVICE_ID } from '../bounds.ts';
import { endOf } from '../membership/standing.ts';
import { actNumber, date, flag, instant, oneOf, optional, sha256, shape, text, textRef } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import { SUBPROCESSOR_CODE } from './bounds.ts';
import type { PROCESSING_CORRECTED_BY } from './catalogue.ts';
import { recordProcessorAudit } from './rules/audits.ts';
import { notifyBreachToAuthority, notifyBreachToMember, reportBreach } from './rules/breaches.ts';
import { recordDpoContact } from './rules/dpo-contact.ts';
import { declareDpiaNeed, recordDpia } from './rules/impact.ts';
import { notifySubprocessor, objectToSubprocessor, withdrawSubprocessor } from './rules/subprocessors.ts';
import { dpiaNeedOf, dpiaOf, dpoContactOf, subprocessorsOf } from './standing.ts';
import type { Breach, Processing, Subprocessor } from './state.ts';
import { AUDIT_OUTCOMES, AWARE_PARTIES, BREACH_NOTICES, DPIA_OUTCOMES } from './terms.ts';

const service = text((code) => SERVICE_ID.test(code));
const subprocessor = text((code) => SUBPROCESSOR_CODE.test(code));

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  RecordDpoContact: shape<CommandData['RecordDpoContact']>({ on: date, protocolNo: actNumber }),
  DeclareDpiaNeed: shape<CommandData['DeclareDpiaNeed']>({ service, needed: flag, on: date, reasons: optional(textRef) }),
  RecordDpia: shape<CommandData['RecordDpia']>({ service, outcome: oneOf(...DPIA_OUTCOMES), on: date, sha256 }),
  RecordProcessorAudit: shape<CommandData['RecordProcessorAudit']>({ on: date, outcome: oneOf(...AUDIT_OUTCOMES), documentSha256: optional(sha256), reasons: optional(textRef) }),
  NotifySubprocessor: shape<CommandData['NotifySubprocessor']>({ subprocessor, sha256, deliveredAt: instant }),
  ObjectToSubprocessor: shape<CommandData['ObjectToSubprocessor']>({ subprocessor, deliveredAt: instant, reasons: textRef }),
  WithdrawSubprocessor: shape<CommandData['WithdrawSubprocessor']>({ subprocessor, on: date }),
  ReportBreach: shape<CommandData['ReportBreach']>({ breachNo: actNumber, awareBy: oneOf(...AWARE_PARTIES), awareAt: instant }),
  NotifyBreachToMember: shape<CommandData['NotifyBreachToMember']>({ breachNo: actNumber, deliveredAt: instant, delayReasons: optional(textRef) }),
  NotifyBreachToAuthority: shape<CommandData['NotifyBreachToAuthority']>({
    breachNo: actNumber, to: oneOf(...BREACH_NOTICES), notifiedAt: instant, protocolNo: actNumber, delayReasons: optional(textRef),
  }),
};

/** The end of a term to object counts for nothing once its notice is gone. */
export const PROCESSING_CORRECTABLES: CorrectablesOf<keyof typeof PROCESSING_CORRECTED_BY> = {
  DpoContactTold: {
    rewind: (state, version) => processingWith(state, { dpoContacts: state.processing.dpoContacts.filter((known) => known.version !== version) }),
    decide: byRule(SHAPES.RecordDpoContact, recordDpoContact),
  },
  DpiaNeedDeclared: {
    rewind: (state, version) => processingWith(state, { dpiaNeeds: state.processing.dpiaNeeds.filter((known) => known.version !== version) }),
    decide: byRule(SHAPES.DeclareDpiaNeed, declareDpiaNeed),
  },
  DpiaRecorded: {
    rewind: (state, version) => processingWith(state, { dpias: state.processing.dpias.filter((known) => known.version !== version) }),
    decide: byRule(SHAPES.RecordDpia, recordDpia),
  },
  ProcessorAudited: {
    rewind: (state, version) => processingWith(state, { audits: state.processing.audits.filter((known) => known.version !== version) }),
    decide: byRule(SHAPES.RecordProcessorAudit, recordProcessorAudit),
  },
  SubprocessorNotified: {
    rewind: (state, version) => withSubprocessors(state, state.processing.subprocessors.filter((notice) => notice.version !== version)),
    decide: byRule(SHAPES.NotifySubprocessor, notifySubprocessor),
  },
  SubprocessorObjected: {
    rewind: (state, version) => withSubprocessors(state, state.processing.subprocessors.map((notice) => (
      notice.objection?.version === version ? { ...notice, objection: null } : notice))),
    decide: byRule(SHAPES.ObjectToSubprocessor, objectToSubprocessor),
  },
  SubprocessorWithdrawn: {
    rewind: (state, version) => withSubprocessors(state, state.processing.subprocessors.map((notice) => (
      notice.withdrawal?.version === version ? { ...notice, withdrawal: null } : notice))),
    decide: byRule(SHAPES.WithdrawSubprocessor, withdrawSubprocessor),
  },
  BreachReported: {
    rewind: (state, version) => withBreaches(state, state.processing.breaches.filter((breach) => breach.version !== version)),
    decide: byRule(SHAPES.ReportBreach, reportBreach),
  },
  BreachNotifiedToMember: {
    rewind: (state, version) => withBreaches(state, state.processing.breaches.map((breach) => (breach.told?.version === version ? { ...breach, told: null } : breach))),
    decide: byRule(SHAPES.NotifyBreachToMember, notifyBreachToMember),
  },
  BreachNotifiedToAuthority: {
    rewind: (state, version) => withBreaches(state, state.processing.breaches.map((breach) => (
      { ...breach, notified: breach.notified.filter((notification) => notification.version !== version) }))),
    decide: byRule(SHAPES.NotifyBreachToAuthority, notifyBreachToAuthority),
  },
};

/** The facts of the processing that stand, each with what stands on it. A notice that another took the place of is over. */
export function processingFacts(state: AdhesionState): readonly CorrectableFact[] {
  const { audits, breaches } = state.processing;
  return [
    ...ofDpo(state), ...ofImpact(state), ...audits.map(({ version }) => ({ type: 'ProcessorAudited', version, underneath: null }) as const),
    ...subprocessorsOf(state).flatMap(ofNotice), ...breaches.flatMap(ofBreach),
  ];
}

/** The word to the Garante on the DPO in office. */
function ofDpo(state: AdhesionState): readonly CorrectableFact[] {
  const contact = dpoContactOf(state);
  return contact === null ? [] : [{ type: 'DpoContactTold', version: contact.version, underneath: ended(state) }];
}

/** The last word on each processing; what it took the place of is over. */
function ofImpact(state: AdhesionState): readonly CorrectableFact[] {
  const { dpiaNeeds, dpias } = state.processing;
  return [
    ...dpiaNeeds.filter((need) => dpiaNeedOf(state, need.service) === need).map(({ version }) => ({ type: 'DpiaNeedDeclared', version, underneath: ended(state) }) as const),
    ...dpias.filter((dpia) => dpiaOf(state, dpia.service) === dpia).map(({ version }) => ({ type: 'DpiaRecorded', version, underneath: ended(state) }) as const),
  ];
}

function ended(state: AdhesionState): Bilingual | null {
  return endOf(state) === null ? null : { it: 'la fine della convenzione', en: 'the end of the convention' };
}

function ofNotice({ version, objection, withdrawal }: Subprocessor): readonly CorrectableFact[] {
  const givenUp: Bilingual | null = withdrawal === null ? null : { it: "la rinuncia dell'Agenzia", en: 'its withdrawal' };
  return [
    { type: 'SubprocessorNotified', version, underneath: objection === null ? givenUp : { it: "l'opposizione dell'ente", en: 'the objection of the member' } },
    ...(objection === null ? [] : [{ type: 'SubprocessorObjected', version: objection.version, underneath: givenUp } as const]),
    ...(withdrawal === null ? [] : [{ type: 'SubprocessorWithdrawn', version: withdrawal.version, underneath: null } as const]),
  ];
}

function ofBreach({ version, told, notified, waived }: Breach): readonly CorrectableFact[] {
  const answered: Bilingual | null = notified.length + waived.length === 0 ? null : { it: "ciò che l'ente ne ha fatto", en: 'what the member made of it' };
  return [
    { type: 'BreachReported', version, underneath: told === null ? answered : { it: "la comunicazione all'ente", en: 'that the member was told' } },
    ...(told === null ? [] : [{ type: 'BreachNotifiedToMember', version: told.version, underneath: answered } as const]),
    ...notified.map((notification) => ({ type: 'BreachNotifiedToAuthority', version: notification.version, underneath: null }) as const),
  ];
}

function withSubprocessors(state: AdhesionState, subprocessors: readonly Subprocessor[]): AdhesionState {
  return processingWith(state, { subprocessors });
}

function withBreaches(state: AdhesionState, breaches: readonly Breach[]): AdhesionState {
  return processingWith(state, { breaches });
}

function processingWith(state: AdhesionState, changes: Partial<Processing>): AdhesionState {
  return { ...state, processing: { ...state.processing, ...changes } };
}
