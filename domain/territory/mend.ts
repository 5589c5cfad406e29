import type { CivilDate } from '../shared/civil-date.ts';
import { accepted, refused, type Decision, type Refused } from '../shared/process.ts';
import { sameJson } from '../shared/same-json.ts';
import { changeFault } from './decide.ts';
import { evolveEntry, without, type TerritoryEntry } from './journal.ts';
import { isInBeing, type Change, type ChangeContent, type KnownChange, type Mending, type Territory } from './territory.ts';

/** What is to be read of a change; what is left out stays as it is. */
export interface CorrectionRequest extends Mending {
  readonly id: string;
  readonly instead: { readonly [Member in keyof ChangeContent]?: ChangeContent[Member] | undefined };
}

export interface WithdrawalRequest extends Mending {
  readonly id: string;
}

/** What cases stand on a change. */
export interface Bound {
  readonly today: CivilDate;
  /** Cases that it joined, or that took over what was joined. */
  readonly joined: readonly string[];
  /** Running cases of the bodies that it leads to. */
  readonly cases: readonly { readonly body: string; readonly adhesion: string }[];
}

type Mended = Extract<TerritoryEntry, { readonly type: 'ChangeCorrected' | 'ChangeWithdrawn' }>;

/** Decides a correction: the change must be one that could be recorded so, on a territory without it. */
export function decideCorrection(territory: Territory, { id, instead, reason, basis }: CorrectionRequest, bound: Bound): Decision<Mended> {
  const known = standing(territory, id);
  if ('kind' in known) return known;
  const { on = known.data.on, act = known.data.act, predecessors = known.data.predecessors, successors = known.data.successors } = instead;
  const change: Change = { id, on, act, predecessors, successors };
  const fault = boundFault(territory, known, bound) ?? sameFault(known, change) ?? changeFault(without(territory, id), known.type, change);
  if (fault !== null) return fault;
  return decided(territory, { type: 'ChangeCorrected', data: { ...change, ...mending(reason, basis) }, effectiveOn: change.on }, bound);
}

/** Decides a withdrawal: nothing that was recorded since may need the change. */
export function decideWithdrawal(territory: Territory, { id, reason, basis }: WithdrawalRequest, bound: Bound): Decision<Mended> {
  const known = standing(territory, id);
  if ('kind' in known) return known;
  return boundFault(territory, known, bound) ?? decided(territory, { type: 'ChangeWithdrawn', data: { id, ...mending(reason, basis) }, effectiveOn: known.data.on }, bound);
}

function mending(reason: Mending['reason'], basis: Mending['basis']): Mending {
  return { reason, ...(basis === undefined ? {} : { basis }) };
}

/** The change as it stands; refused where it is none of the journal's that does. */
function standing({ changes, withdrawn, ground }: Territory, id: string): KnownChange | Refused {
  if (withdrawn.some(({ data }) => data.id === id)) {
    return withdrawnAlready(id);
  }
  if (ground.changes.some(({ data }) => data.id === id)) {
    return refused('CHANGE_SHIPPED', { it: `La variazione ${id} è nei dati del programma: si corregge con una nuova versione.`, en: `The change ${id} comes with the data of the program: a new release mends it.` });
  }
  return changes.find(({ data }) => data.id === id)
    ?? refused('UNKNOWN_CHANGE', { it: `Nessuna variazione ha il codice ${id}.`, en: `No change has the id ${id}.` });
}

export function withdrawnAlready(id: string): Refused {
  return refused('CHANGE_WITHDRAWN', { it: `La variazione ${id} è già stata annullata; se serve, se ne registra una nuova.`, en: `The change ${id} was withdrawn already; record a new one where one is needed.` });
}

/** Why a change can't be touched any more: cases took over acts because of it, or another change rests on it. */
function boundFault({ changes, joined: begun }: Territory, { data: { id, on, successors } }: KnownChange, { joined }: Bound): Refused | null {
  if (begun.has(id) || joined.length > 0) {
    const cases = joined.length === 0 ? '' : ` (${joined.join(', ')})`;
    return refused('CASES_JOINED', {
      it: `Per questa variazione sono già state unite delle pratiche${cases}, e ciò che hanno ripreso resta agli atti. Un nome o un codice ISTAT sbagliato si cambia registrando un cambio di denominazione o di codice; un atto ripreso si corregge nella pratica del successore.`,
      en: `Cases were joined already because of this change${cases}, and what they took over stays on record. A wrong name or ISTAT code is changed by recording a change of name or code; an act that was taken over is corrected in the successor's case.`,
    });
  }
  const codes = new Set(successors.map(({ ipaCode }) => ipaCode));
  const later = changes.find(({ data }) => data.id !== id && data.on >= on && [...data.predecessors, ...data.successors.map(({ ipaCode }) => ipaCode)].some((code) => codes.has(code)));
  return later === undefined ? null : refused('LATER_CHANGE', {
    it: `Su questa variazione si fonda ${later.data.id}: prima si corregge o si annulla quella.`, en: `${later.data.id} rests on this change: correct or withdraw that one first.`,
  });
}

function sameFault({ data }: KnownChange, change: Change): Refused | null {
  return sameJson(data, change) ? refused('NOTHING_CHANGES', { it: 'La variazione dice già così.', en: 'The change says so already.' }) : null;
}

/** A body with a running case is still there after it. */
function decided(territory: Territory, entry: Mended, { today, cases }: Bound): Decision<Mended> {
  const { lives } = evolveEntry(territory, entry, today);
  const gone = cases.find(({ body }) => {
    const life = lives.get(body);
    return life === undefined || !isInBeing(life, today);
  });
  return gone === undefined ? accepted(entry) : refused('BODY_HAS_CASES', {
    it: `Senza questa variazione ${gone.body} oggi non esisterebbe, e ha in corso la pratica ${gone.adhesion}: prima la si chiude.`,
    en: `Without this change ${gone.body} would not be there today, and its case ${gone.adhesion} is under way: close that first.`,
  });
}
