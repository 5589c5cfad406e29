import type { Bilingual } from '../shared/bilingual.ts';
import type { CivilDate } from '../shared/civil-date.ts';
import { accepted, refused, type Decision, type Refused } from '../shared/process.ts';
import { isInBeing, type BodyData, type Change, type ChangeType, type Territory, type TerritoryEvent } from './territory.ts';

/** A change as an operator asks for it. */
export interface ChangeRequest extends Omit<Change, 'id'> {
  readonly type: ChangeType;
}

/** How many bodies each kind of change takes, and leads to. */
const NUMBERS: Readonly<Record<ChangeType, { readonly from: readonly [number, number]; readonly to: readonly [number, number]; readonly makes: boolean }>> = {
  BodiesMerged: { from: [2, 20], to: [1, 1], makes: true },
  BodyIncorporated: { from: [1, 20], to: [1, 1], makes: false },
  BodySplit: { from: [1, 1], to: [2, 20], makes: true },
  BodyRenamed: { from: [1, 1], to: [1, 1], makes: false },
  BodyRegistered: { from: [0, 0], to: [1, 1], makes: true },
};

export function changeId({ on, successors }: Pick<Change, 'on' | 'successors'>): string {
  return `${on}.${successors[0]?.ipaCode ?? ''}`;
}

/** The id of a new change: one that was corrected or withdrawn keeps its own, and the next one of that day and code has a number. */
function freeId({ changes, withdrawn }: Territory, change: Pick<Change, 'on' | 'successors'>): string {
  const used = new Set([...changes, ...withdrawn].map(({ data }) => data.id));
  const first = changeId(change);
  for (let id = first, number = 2; ; id = `${first}.${number}`, number += 1) if (!used.has(id)) return id;
}

/** Decides a change on the territory as it is known; a refusal is a value with its code. */
export function decideChange(territory: Territory, { type, on, act, predecessors, successors }: ChangeRequest): Decision<TerritoryEvent> {
  const change: Change = { id: freeId(territory, { on, successors }), on, act, predecessors, successors };
  return changeFault(territory, type, change) ?? accepted<TerritoryEvent>({ type, data: change, effectiveOn: on });
}

/** What stands against a change on the territory as it is known without it; null: nothing. */
export function changeFault(territory: Territory, type: ChangeType, change: Change): Refused | null {
  const { on, predecessors, successors } = change;
  const faults = [numberFault(type, change), repeatFault(territory, change), ...predecessors.map((code, at) => predecessorFault(territory, code, on, `predecessors.${at}`)),
    ...successors.map((body, at) => successorFault(territory, type, change, body, `successors.${at}`))];
  return faults.find((one) => one !== null) ?? null;
}

function numberFault(type: ChangeType, { predecessors, successors }: Change): Refused | null {
  const { from, to } = NUMBERS[type];
  const right = within(predecessors.length, from) && within(successors.length, to);
  return right ? null : refused('BODIES_MISCOUNTED', {
    it: `Questa variazione (${WORDS[type].it}) va da ${range(from)} a ${range(to)} enti: ne sono indicati ${predecessors.length} e ${successors.length}.`,
    en: `This change (${WORDS[type].en}) leads from ${range(from)} to ${range(to)} bodies: ${predecessors.length} and ${successors.length} are given.`,
  }, 'predecessors');
}

function repeatFault({ changes }: Territory, { on, predecessors, successors }: Change): Refused | null {
  const again = changes.find(({ data }) => data.on === on && data.successors[0]?.ipaCode === successors[0]?.ipaCode);
  if (again !== undefined) {
    const { id } = again.data;
    return refused('ALREADY_RECORDED', { it: `La variazione ${id} è già agli atti.`, en: `The change ${id} is recorded already.` });
  }
  const codes = successors.map(({ ipaCode }) => ipaCode);
  const twice = repeated(predecessors) ?? repeated(codes);
  return twice === undefined ? null : refused('BODY_REPEATED', { it: `L'ente ${twice} è indicato due volte.`, en: `The body ${twice} is given twice.` }, 'predecessors');
}

/** A predecessor is in being on the eve, and nothing is known of it that comes later. */
function predecessorFault({ lives, changes }: Territory, code: string, on: CivilDate, path: string): Refused | null {
  const life = lives.get(code);
  if (life === undefined) return refused('UNKNOWN_BODY', { it: `Nessun ente ha il codice IPA ${code}.`, en: `No body has the IPA code ${code}.` }, path);
  if (life.ended !== null) {
    const next = life.successors.join(', ');
    return refused('BODY_SUCCEEDED', { it: `A ${code} è già succeduto ${next} dal ${life.ended}.`, en: `${next} succeeded ${code} already, on ${life.ended}.` }, path);
  }
  const last = changes.filter(({ data }) => data.predecessors.includes(code) || data.successors.some(({ ipaCode }) => ipaCode === code)).map(({ data }) => data.on).toSorted().at(-1);
  return last === undefined || last < on ? null : refused('DATE_BEFORE_GROUND', {
    it: `Di ${code} è già nota una variazione del ${last}: questa deve essere successiva.`, en: `A change of ${code} on ${last} is known already: this one must be later.`,
  }, 'on');
}

function successorFault(territory: Territory, type: ChangeType, change: Change, body: BodyData, path: string): Refused | null {
  const { ipaCode } = body;
  const life = territory.lives.get(ipaCode);
  const isPredecessor = change.predecessors.includes(ipaCode);
  if (type === 'BodyRenamed') return renamingFault(territory, change, body, path);
  if (isPredecessor) {
    return refused('SUCCESSION_CYCLE', { it: `${ipaCode} non può succedere a sé stesso.`, en: `${ipaCode} cannot succeed itself.` }, `${path}.ipaCode`);
  }
  const kinds = change.predecessors.map((code) => territory.lives.get(code)?.bodyType);
  if (kinds.some((kind) => kind !== undefined && kind !== body.bodyType)) {
    return refused('BODY_TYPE_MISMATCH', { it: 'Enti di tipo diverso non si fondono e non derivano l\'uno dall\'altro.', en: 'Bodies of different types do not merge, nor come from one another.' }, `${path}.bodyType`);
  }
  if (!NUMBERS[type].makes) {
    if (life === undefined) return refused('UNKNOWN_BODY', { it: `Nessun ente ha il codice IPA ${ipaCode}.`, en: `No body has the IPA code ${ipaCode}.` }, `${path}.ipaCode`);
    return predecessorFault(territory, ipaCode, change.on, `${path}.ipaCode`);
  }
  const taken = life === undefined && body.bodyType === 'COMUNE' ? [...territory.lives.values()].find(({ bodyType, names }) => bodyType === 'COMUNE' && names.some(({ istatCode }) => istatCode === body.istatCode)) : life;
  return taken === undefined ? null : refused('SUCCESSOR_EXISTS', {
    it: `Il codice di ${ipaCode} (${body.istatCode}) è già di ${taken.ipaCode}; un ente che ne assorbe un altro è un'incorporazione.`,
    en: `The code of ${ipaCode} (${body.istatCode}) belongs to ${taken.ipaCode} already; a body that takes in another is an incorporation.`,
  }, `${path}.ipaCode`);
}

function renamingFault({ lives }: Territory, { predecessors, on }: Change, body: BodyData, path: string): Refused | null {
  const life = lives.get(body.ipaCode);
  if (life === undefined || !isInBeing(life, on) || predecessors[0] !== body.ipaCode) {
    return refused('UNKNOWN_BODY', { it: 'Un ente che cambia nome mantiene il codice IPA.', en: 'A body that is renamed keeps its IPA code.' }, `${path}.ipaCode`);
  }
  const named = life.names.at(-1);
  return named?.name !== body.name || named.istatCode !== body.istatCode ? null : refused('NOTHING_CHANGES', {
    it: `${body.ipaCode} si chiama già così e ha già questo codice ISTAT.`, en: `${body.ipaCode} has that name and that ISTAT code already.`,
  }, `${path}.name`);
}

/** The kinds of changes in words. */
export const WORDS: Readonly<Record<ChangeType, Bilingual>> = {
  BodiesMerged: { it: 'fusione', en: 'merger' },
  BodyIncorporated: { it: 'incorporazione', en: 'incorporation' },
  BodySplit: { it: 'scissione', en: 'split' },
  BodyRenamed: { it: 'cambio di denominazione o di codice', en: 'change of name or code' },
  BodyRegistered: { it: 'iscrizione di un ente', en: 'registration of a body' },
};

function within(count: number, [least, most]: readonly [number, number]): boolean {
  return count >= least && count <= most;
}

function range([least, most]: readonly [number, number]): string {
  return least === most ? String(least) : `${least}–${most}`;
}

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, at) => values.indexOf(value) !== at);
}
