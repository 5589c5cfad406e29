import type { AgencyLegalForm } from '../adhesion/policies.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import type { GateState } from './gates.ts';
import type { Authority } from './legal-form.ts';
import type { Counting } from './members.ts';
import type { Gate } from './plan.ts';
import type { Organ } from './terms.ts';
import type { ThresholdCount } from './threshold.ts';

const GATE_WORDS: Readonly<Record<Gate, Bilingual>> = {
  PROJECT_SHOWN: { it: 'Progetto illustrato alla Conferenza metropolitana', en: 'Project shown to the metropolitan conference' },
  TEMPLATES_SENT: { it: 'Schemi e atti inviati ai comuni', en: 'Drafts and acts sent to the comuni' },
  MUNICIPAL_RESOLUTIONS: { it: 'Deliberazioni dei comuni', en: 'Resolutions of the comuni' },
  CMM_RESOLUTION: { it: 'Deliberazione del Consiglio metropolitano', en: 'Resolution of the metropolitan council' },
  CONSTITUTED: { it: 'Costituzione dell\'Agenzia', en: 'Constitution of the Agency' },
  BOARD_APPOINTED: { it: 'Nomina di CdA e revisore', en: 'Board and auditor appointed' },
  FIRST_BUDGET_PREPARED: { it: 'Primo bilancio predisposto', en: 'First budget prepared' },
};

const STATES: Readonly<Record<GateState, Bilingual>> = {
  NOT_YET: { it: 'da raggiungere', en: 'not yet' },
  MET: { it: 'raggiunta', en: 'reached' },
  MISSED: { it: 'mancata', en: 'missed' },
  EXTENDED: { it: 'prorogata', en: 'extended' },
  LATE: { it: 'raggiunta in ritardo', en: 'reached late' },
  REOPENED: { it: 'riaperta', en: 'open again' },
};

const COUNTINGS: Readonly<Record<Counting, Bilingual>> = {
  NONE: { it: 'nessuna deliberazione', en: 'no resolution' },
  OPEN: { it: 'adottata, non ancora esecutiva', en: 'adopted, not executive yet' },
  COUNTED: { it: 'conta', en: 'counts' },
  LATE_ADHESION: { it: 'tardiva: decide l\'assemblea', en: 'too late: for the assembly' },
  ADMITTED: { it: 'ammesso dall\'assemblea', en: 'taken in by the assembly' },
  OTHER_FORM: { it: 'per un\'altra forma giuridica', en: 'for another legal form' },
  LOST: { it: 'senza effetto', en: 'without effect' },
};

const FORMS: Readonly<Record<AgencyLegalForm, Bilingual>> = {
  SPECIAL_CONSORTIUM: { it: 'azienda speciale consortile', en: 'special consortium' },
  CONVENTION_ONLY: { it: 'sola convenzione', en: 'convention only' },
  IN_HOUSE_COMPANY: { it: 'società in house', en: 'in-house company' },
  FOUNDATION: { it: 'fondazione', en: 'foundation' },
};

const AUTHORITY_WORDS: Readonly<Record<Authority, Bilingual>> = {
  COURT_OF_AUDITORS: { it: 'la Corte dei conti', en: 'the Corte dei conti' },
  COMPETITION_AUTHORITY: { it: 'l\'Autorità garante della concorrenza', en: 'the competition authority' },
};

const ORGAN_WORDS: Readonly<Record<Organ, Bilingual>> = {
  BOARD_OF_DIRECTORS: { it: 'il consiglio di amministrazione', en: 'the board' },
  AUDITOR: { it: 'il revisore', en: 'the auditor' },
};

export const gateWords = (gate: Gate): Bilingual => GATE_WORDS[gate];
export const gateStateWords = (state: GateState): Bilingual => STATES[state];
export const countingWords = (counting: Counting): Bilingual => COUNTINGS[counting];
export const formWords = (form: AgencyLegalForm): Bilingual => FORMS[form];
export const authorityWords = (authority: Authority): Bilingual => AUTHORITY_WORDS[authority];
export const organWords = (organ: Organ): Bilingual => ORGAN_WORDS[organ];

/** `44 comuni su 45, 1.200.000 abitanti su 1.609.696`. */
export function inWords({ members, population, required }: Pick<ThresholdCount, 'members' | 'population' | 'required'>): Bilingual {
  return {
    it: `${members} comuni dei ${required.members} richiesti, ${thousands(population, '.')} abitanti dei ${thousands(required.population, '.')} richiesti`,
    en: `${members} comuni of the ${required.members} asked for, ${thousands(population, ',')} inhabitants of the ${thousands(required.population, ',')} asked for`,
  };
}

function thousands(count: number, separator: string): string {
  const rest = String(count % 1_000);
  return count < 1_000 ? rest : `${thousands(Math.floor(count / 1_000), separator)}${separator}${rest.padStart(3, '0')}`;
}
