import type { Gate } from '../../domain/constitution/plan.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { Spread } from '../draws.ts';
import type { MeasuredStep } from './readings.ts';

/** What is believed of a duration where nothing is recorded, and on what ground. Days in a triangle: never under, mostly near, never over. */
export interface Prior {
  readonly days: Spread;
  readonly source: Bilingual;
}

const ASSUMPTION: Bilingual = { it: 'ipotesi, senza fonte', en: 'assumption, no source' };

/** On what ground the model's own number of a measured step stands (`simulation/durations.ts`). */
export const STEP_SOURCES: Readonly<Record<MeasuredStep, Bilingual>> = {
  proposal: { it: 'programma del 13 maggio 2026: invio entro il 31 maggio', en: 'programme of 13 May 2026: sent by 31 May' },
  receipt: { it: 'livello di servizio: due giorni lavorativi', en: 'service level: two working days' },
  opinion: { it: 'art. 49 TUEL, livello di servizio di cinque giorni lavorativi; ipotesi: spesso superato', en: 'art. 49 TUEL, service level five working days; assumption: often missed' },
  auditors: { it: 'art. 239 TUEL, livello di servizio di dieci giorni; ipotesi', en: 'art. 239 TUEL, service level ten days; assumption' },
  agenda: { it: 'ipotesi: il consiglio si riunisce ogni 2–8 settimane, secondo gli abitanti, mai in agosto', en: 'assumption: councils meet every 2 to 8 weeks, by inhabitants, never in August' },
  publication: { it: 'nessun termine nel TUEL; ipotesi', en: 'no term in the TUEL; assumption' },
};

/** Days from the later of the gate before and the beginning of its own period; of each there is one in the Agency's life, so nothing is recorded. */
export const GATE_PRIORS: Readonly<Record<Exclude<Gate, 'TEMPLATES_SENT' | 'MUNICIPAL_RESOLUTIONS'>, Prior>> = {
  PROJECT_SHOWN: { days: { least: 0, usual: 7, most: 30 }, source: ASSUMPTION },
  CMM_RESOLUTION: { days: { least: 5, usual: 20, most: 60 }, source: ASSUMPTION },
  CONSTITUTED: { days: { least: 12, usual: 25, most: 60 }, source: { it: 'esecutività della delibera (art. 134 TUEL), poi ipotesi', en: 'executivity of the resolution (art. 134 TUEL), then assumption' } },
  BOARD_APPOINTED: { days: { least: 5, usual: 20, most: 60 }, source: ASSUMPTION },
  FIRST_BUDGET_PREPARED: { days: { least: 10, usual: 25, most: 60 }, source: ASSUMPTION },
};

/** A comune without a case: days until its adhesion is opened. */
export const OPENING: Prior = { days: { least: 0, usual: 5, most: 20 }, source: ASSUMPTION };
