import type { Gate } from '../../domain/constitution/plan.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { MeasuredStep } from './readings.ts';

/** The gates of the Agency's path, in words. */
export const GATE_NAMES: Readonly<Record<Gate, Bilingual>> = {
  PROJECT_SHOWN: { it: 'Progetto presentato', en: 'Project shown' },
  TEMPLATES_SENT: { it: 'Schemi inviati a tutti', en: 'Templates sent to all' },
  MUNICIPAL_RESOLUTIONS: { it: 'Delibere dei comuni', en: 'Resolutions of the comuni' },
  CMM_RESOLUTION: { it: 'Delibera metropolitana', en: 'Metropolitan resolution' },
  CONSTITUTED: { it: 'Costituzione', en: 'Constitution' },
  BOARD_APPOINTED: { it: 'CdA e revisore', en: 'Board and auditor' },
  FIRST_BUDGET_PREPARED: { it: 'Primo bilancio predisposto', en: 'First budget prepared' },
};

/** The steps of which it is recorded how long they took. */
export const STEP_NAMES: Readonly<Record<MeasuredStep, Bilingual>> = {
  proposal: { it: "Dall'avvio all'invio della proposta", en: 'From the opening to the proposal' },
  receipt: { it: "Dall'invio alla ricevuta", en: 'From the proposal to the receipt' },
  opinion: { it: 'Dalla ricevuta a un parere degli uffici', en: 'From the receipt to an opinion of the offices' },
  auditors: { it: 'Dai pareri degli uffici a quello dei revisori', en: "From the offices' opinions to the auditors'" },
  agenda: { it: 'Dai pareri alla seduta che delibera', en: 'From the opinions to the session that resolves' },
  publication: { it: 'Dalla seduta alla pubblicazione', en: 'From the session to the publication' },
};
