import type { Bilingual } from '../../shared/bilingual.ts';
import { addDays, type CivilDate } from '../../shared/civil-date.ts';
import { refused, type Refused } from '../../shared/process.ts';
import type { Office } from '../convention/terms.ts';
import { competenceOf } from '../competence.ts';
import { knows } from '../policies.ts';
import type { OpenedCase } from '../state.ts';
import { OFFICES } from '../words.ts';
import { headOn, headRegister } from './standing.ts';
import type { MandateFact, MandatesSlice } from './state.ts';
import type { HeldOffice, MandateChange } from './terms.ts';

type Mandates = Pick<MandatesSlice, 'mandates'>;

/** Who held an office, from the day of a change up to (not with) the last; `to` null: still. */
export interface Tenure {
  /** DEPUTY_MAYOR: as the one who acts for the mayor (art. 53 TUEL). */
  readonly office: HeldOffice;
  /** Subject id; null where nobody said who it was. */
  readonly holder: string | null;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** Version of the change that began it. */
  readonly change: number;
}

/** The dated register of the offices of a comune: its head, who acts for the mayor, its secretary, the mayor's delegate in the assembly of the Agency. */
export function officeRegister(slice: Mandates): readonly Tenure[] {
  return [...heads(slice), ...acting(slice), ...secretaries(slice), ...delegates(slice)];
}

/** The stretch that a change began, or null for a change that puts nobody in an office. */
export function tenureOf(slice: Mandates, { version }: MandateFact): Tenure | null {
  return officeRegister(slice).find(({ change }) => change === version) ?? null;
}

/** Who held an office on a civil day; undefined where nothing is recorded. */
export function tenureOn(slice: Mandates, office: Office | HeldOffice, on: CivilDate): Tenure | undefined {
  return officeRegister(slice).find((held) => held.office === office && held.from <= on && (held.to === null || on < held.to));
}

/** The mayor is elected with the council: of two changes of one day either may say who it is. */
function heads(slice: Mandates): readonly Tenure[] {
  const register = headRegister(slice);
  return register.map((term) => {
    const sameDay = register.filter(({ office, from }) => office === term.office && from === term.from).map(({ change }) => change);
    const named = slice.mandates.filter(({ version, holder }) => sameDay.includes(version) && holder !== undefined);
    return { ...term, holder: (named.find(({ version }) => version === term.change) ?? named.at(-1))?.holder ?? null };
  });
}

/** Who acts for the mayor, until somebody is newly put at the head of the comune, also on that very day. */
function acting(slice: Mandates): readonly Tenure[] {
  return forMayor(slice, 'ACTING_MAYOR', 'DEPUTY_MAYOR', (from, on) => from >= on);
}

/**
 * The delegate in the assembly lapses when a commissioner takes over, and with the mandate of the mayor whose fiduciary act the delegation
 * is. One of the day on which somebody took over is of who took over.
 */
function delegates(slice: Mandates): readonly Tenure[] {
  return forMayor(slice, 'ASSEMBLY_DELEGATE', 'ASSEMBLY_DELEGATE', (from, on) => from > on);
}

/** Until the last day, where that is known, another one in the same place, or the new head of the comune who ends it. */
function forMayor(slice: Mandates, by: MandateChange, office: HeldOffice, isEnded: (from: CivilDate, on: CivilDate) => boolean): readonly Tenure[] {
  const changes = slice.mandates.filter(({ kind }) => kind === by);
  const newHeads = headRegister(slice).map(({ from }) => from);
  return changes.map(({ on, until, holder = null, version }, index) => {
    const ends = [changes[index + 1]?.on, until === undefined ? undefined : addDays(until, 1), newHeads.find((from) => isEnded(from, on))];
    return { office, holder, from: on, to: ends.filter((day) => day !== undefined).toSorted()[0] ?? null, change: version };
  });
}

function secretaries({ mandates }: Mandates): readonly Tenure[] {
  const changes = mandates.filter(({ kind }) => kind === 'SECRETARY_CHANGED');
  return changes.map(({ on, holder = null, version }, index) => ({ office: 'SECRETARY', holder, from: on, to: changes[index + 1]?.on ?? null, change: version }));
}

/**
 * Why that person in that office could not sign for the member on that day, or null. The office signs, not the person: a new mayor
 * signs under the old resolution, on the new mayor's own days. Where nobody said who held the office, the signer is believed.
 */
export function powerToSign(state: OpenedCase, { office, signer }: Signed, on: CivilDate): Refused | null {
  if (!knows(state, '2026.2')) return null;
  // The register knows the head of any body as its mayor (RecordMandateChange speaks of the mayor).
  const registered: Office = office === competenceOf(state).head ? 'MAYOR' : office;
  return officeFault(state, registered, on) ?? personFault(state, { office: registered, signer }, on);
}

type Signed = { readonly office: Office; readonly signer: string };

/**
 * A mayor or deputy mayor has no power while a commissioner is in charge, nor a mayor while the deputy acts. A commissioner of whom
 * nothing is recorded is believed, since facts may be recorded later; not against a record that somebody else was in charge.
 */
function officeFault(state: OpenedCase, office: Office, on: CivilDate): Refused | null {
  const term = headOn(state, on);
  if ((office === 'MAYOR' || office === 'DEPUTY_MAYOR') && term?.office === 'COMMISSIONER') {
    return notHeld({
      it: `Il ${on} il potere di firma spettava al commissario nominato il ${term.from}: la carica è COMMISSIONER, finché non è registrato un nuovo consiglio (COUNCIL_ELECTED).`,
      en: `On ${on} the commissioner appointed on ${term.from} held the power to sign: the office is COMMISSIONER, until a new council is recorded (COUNCIL_ELECTED).`,
    });
  }
  const acting = office === 'MAYOR' ? tenureOn(state, 'DEPUTY_MAYOR', on) : undefined;
  if (acting !== undefined) {
    return notHeld({
      it: `Il ${on} i poteri del sindaco spettavano al vicesindaco, che lo sostituisce dal ${acting.from} (art. 53 TUEL): firma chi lo sostituisce, come vicesindaco.`,
      en: `On ${on} the deputy mayor held the powers of the mayor, acting since ${acting.from} (art. 53 TUEL): whoever acts signs, as deputy mayor.`,
    });
  }
  if (office !== 'COMMISSIONER' || term?.office === 'COMMISSIONER') return null;
  if (term !== undefined) {
    return notHeld({
      it: `Il ${on} il potere di firma spettava al sindaco (in carica dal ${term.from}); un commissario si registra prima, con RecordMandateChange.`,
      en: `On ${on} the mayor held the power to sign (since ${term.from}); a commissioner is recorded first, with RecordMandateChange.`,
    });
  }
  const later = state.mandates.find(({ kind }) => kind === 'COMMISSIONER_APPOINTED');
  return later === undefined ? null : notHeld({
    it: `Il ${on} il potere di firma spettava al sindaco; il commissario è stato nominato il ${later.on}.`,
    en: `On ${on} the mayor held the power to sign; the commissioner was appointed on ${later.on}.`,
  });
}

function notHeld(message: Bilingual): Refused {
  return refused('POWER_NOT_HELD', message, 'office');
}

function personFault(state: OpenedCase, { office, signer }: Signed, on: CivilDate): Refused | null {
  const held = tenureOn(state, office, on);
  if (held === undefined || held.holder === null || held.holder === signer) return null;
  const { it, en } = OFFICES[office];
  return refused('SIGNER_NOT_IN_OFFICE', {
    it: `Il ${on} la carica di ${it} era ricoperta da un'altra persona, dal ${held.from}: firma chi era in carica in quel giorno; un errore nel registro si corregge con CorrectFact.`,
    en: `On ${on} the office of ${en} was held by somebody else, since ${held.from}: whoever held it on that day signs; a mistake in the register is mended with CorrectFact.`,
  }, 'signer');
}
