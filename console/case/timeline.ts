import type { AdhesionView } from '../../domain/adhesion/index.ts';
import { DELIBERATION_STATES, REFERENT_ROLES } from '../../domain/adhesion/words.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import { elided, sayDate, sayInstant } from '../words/dates.ts';

/** A step of the procedure: `set` has its day and waits for it, `now` waits for somebody. */
export interface Step {
  readonly key: string;
  readonly title: Bilingual;
  readonly standing: 'done' | 'now' | 'set' | 'open';
  /** What is known of it, each date with its rule. */
  readonly sentences: readonly Sentence[];
  /** What was known of it before and does not hold any more. */
  readonly gone?: readonly Sentence[];
  /** Digests of the acts that it rests on. */
  readonly acts?: readonly string[];
  /** Commands and timers that bring it about; unset where none of them is corrected. */
  readonly by?: readonly string[];
}

export interface Sentence {
  readonly text: string;
  /** The place of the view that it tells of; unset where it tells of none. */
  readonly field?: string | undefined;
}

interface Told extends Bilingual {
  readonly field?: string | undefined;
}

interface Draft {
  readonly key: string;
  readonly title: Bilingual;
  /** Day on which it happened or will; null: not known yet. */
  readonly on: CivilDate | null;
  readonly sentences: readonly (Told | null)[];
  /** Commands and timers that bring it about. */
  readonly by: readonly string[];
  /** Digests of the acts that it rests on; null: none is known. */
  readonly acts?: readonly (string | null | undefined)[];
}

/** The way of a case from its opening to the end of the convention, as it stands on a day. */
export function timelineOf(view: AdhesionView, openedAt: Instant, today: CivilDate, language: Language): readonly Step[] {
  const waited = new Set(view.waitingFor.map(({ what }) => what));
  const drafts = [...beforeCouncil(view, openedAt), ...atCouncil(view), ...afterCouncil(view), ...convention(view)];
  return drafts.filter(({ key }) => view.competence.executive === 'BY_PUBLICATION' || !OF_LOCAL_BODIES.has(key)).map(({ key, title, on, sentences, by, acts = [] }) => {
    const isWaited = by.some((what) => waited.has(what));
    const standing = on !== null && on <= today && !isWaited ? 'done' : on !== null && on > today ? 'set' : isWaited ? 'now' : 'open';
    return { key, title, standing, by, acts: [...new Set(acts.filter((digest) => typeof digest === 'string'))], sentences: sentences.flatMap((sentence) => (sentence === null ? [] : [{ text: elided(sentence[language]), field: sentence.field }])) };
  });
}

const day = (date: CivilDate): Bilingual => ({ it: sayDate(date, 'it'), en: sayDate(date, 'en') });
const hour = (at: Instant): Bilingual => ({ it: sayInstant(at, 'it'), en: sayInstant(at, 'en') });
/** A sentence about a date, which stands at that place of the view; none without it. */
function about<Value>(value: Value | null, field: string | undefined, say: (value: Value) => Bilingual): Told | null {
  return value === null ? null : { ...say(value), field };
}
const dayOf = (at: Instant | null): CivilDate | null => (at === null ? null : civilDateOf(at));

/** Steps that the acts of a body ruled by its statute do not have. */
const OF_LOCAL_BODIES: ReadonlySet<string> = new Set(['opinions', 'publication', 'certificate', 'challenge']);

function beforeCouncil({ recognition, deliberation }: AdhesionView, openedAt: Instant): readonly Draft[] {
  const { sentAt, deliveredAt, receivedOn, opinions, template } = deliberation;
  return [
    { key: 'opening', title: { it: 'Avvio della pratica', en: 'Opening of the case' }, on: civilDateOf(openedAt), by: [], sentences: [about(openedAt, undefined, (at) => ({ it: `Avviata il ${hour(at).it}.`, en: `Opened on ${hour(at).en}.` }))] },
    {
      key: 'recognition', title: { it: 'Ricognizione dei servizi', en: 'Recognition of the services' }, on: recognition.validatedOn, by: ['InviteRecognition', 'BeginRecognition', 'SubmitRecognition', 'ValidateRecognition'],
      sentences: [
        about(recognition.dueOn, 'recognition.dueOn', (on) => ({ it: `Da presentare entro il ${day(on).it}.`, en: `Due by ${day(on).en}.` })),
        about(recognition.submittedOn, 'recognition.submittedOn', (on) => ({ it: `Presentata il ${day(on).it}.`, en: `Submitted on ${day(on).en}.` })),
        about(recognition.validatedOn, 'recognition.validatedOn', (on) => ({ it: `Convalidata il ${day(on).it}.`, en: `Validated on ${day(on).en}.` })),
        about(recognition.staleOn, 'recognition.staleOn', (on) => ({ it: `Vale fino al ${day(on).it} escluso.`, en: `It counts until ${day(on).en}, not included.` })),
      ],
    },
    { key: 'proposal', title: { it: 'Invio della proposta', en: 'Sending of the proposal' }, on: dayOf(sentAt), by: ['SendProposal', 'ResubmitProposal'], acts: [template?.sha256], sentences: [about(sentAt, 'deliberation.sentAt', (at) => ({ it: `Inviata per PEC il ${hour(at).it}.`, en: `Sent by certified mail on ${hour(at).en}.` }))] },
    {
      key: 'receipt', title: { it: 'Ricevimento', en: 'Receipt' }, on: receivedOn, by: ['ConfirmReceipt'],
      sentences: [about(deliveredAt, 'deliberation.deliveredAt', (at) => ({ it: `Consegnata il ${hour(at).it}: conta la ricevuta PEC, non il protocollo.`, en: `Delivered on ${hour(at).en}: the delivery receipt counts, not the protocol.` }))],
    },
    {
      key: 'opinions', title: { it: 'Pareri', en: 'Opinions' }, on: opinions.length > 0 ? opinions.reduce((last, { givenOn }) => (givenOn > last ? givenOn : last), '') : null, by: ['RecordOpinion'],
      sentences: opinions.map(({ kind, outcome, givenOn, onAmendment }) => ({
        field: `deliberation.opinions.${kind}${onAmendment ? ' true' : ''}.outcome`,
        it: `${kind === 'TECHNICAL' ? 'Regolarità tecnica' : kind === 'ACCOUNTING' ? 'Regolarità contabile' : 'Organo di revisione'}: ${outcome === 'FAVOURABLE' ? 'favorevole' : 'contrario'}, ${day(givenOn).it}.`,
        en: `${kind === 'TECHNICAL' ? 'Technical' : kind === 'ACCOUNTING' ? 'Accounting' : 'Auditors'}: ${outcome === 'FAVOURABLE' ? 'favourable' : 'unfavourable'}, ${day(givenOn).en}.`,
      })),
    },
  ];
}

function atCouncil({ deliberation }: AdhesionView): readonly Draft[] {
  const { convocation, lastSession, adoptedOn, resolutionNo, votes, state, textSha256 } = deliberation;
  return [
    {
      key: 'convocation', title: { it: 'Convocazione del consiglio', en: 'Convening of the council' }, on: dayOf(convocation?.noticeDeliveredAt ?? null) ?? adoptedOn, by: ['ConveneCouncil'],
      sentences: [about(convocation, 'deliberation.convocation.sessionAt', ({ noticeDeliveredAt, sessionAt }) => ({
        it: `Avviso consegnato il ${hour(noticeDeliveredAt).it}; seduta il ${hour(sessionAt).it}.`, en: `Notice delivered on ${hour(noticeDeliveredAt).en}; session on ${hour(sessionAt).en}.`,
      }))],
    },
    {
      key: 'adoption', title: { it: 'Deliberazione', en: 'Resolution' }, on: adoptedOn ?? (state === 'CONVENED' ? dayOf(convocation?.sessionAt ?? null) : null), by: ['RecordSession', 'DecideAmendment'], acts: [textSha256],
      sentences: [
        about(adoptedOn, 'deliberation.adoptedOn', (on) => ({ it: `Approvata il ${day(on).it}${resolutionNo === null ? '' : ` con il n. ${resolutionNo}`}.`, en: `Adopted on ${day(on).en}${resolutionNo === null ? '' : ` as no. ${resolutionNo}`}.` })),
        adoptedOn === null ? null : about(votes, 'deliberation.votes', (cast) => ({ it: `Voti: ${cast.for} favorevoli, ${cast.against} contrari, ${cast.abstained} astenuti.`, en: `Votes: ${cast.for} in favour, ${cast.against} against, ${cast.abstained} abstained.` })),
        adoptedOn !== null || lastSession === null ? null : { field: 'deliberation.lastSession', it: `Ultima seduta il ${day(lastSession.heldOn).it}: ${DELIBERATION_STATES[state].it}.`, en: `Last session on ${day(lastSession.heldOn).en}: ${DELIBERATION_STATES[state].en}.` },
        about(lastSession?.newSessionOn ?? null, 'deliberation.lastSession.newSessionOn', (on) => ({ it: `Il punto è stato spostato al ${day(on).it}.`, en: `The item was moved to ${day(on).en}.` })),
      ],
    },
  ];
}

function afterCouncil({ deliberation, competence }: AdhesionView): readonly Draft[] {
  const byStatute = competence.executive === 'BY_STATUTE';
  const { firstDay, publicationEndsOn, removalOn, outages, executiveOn, certifiedExecutiveOn, transmittedAt, acceptedAt, challengeableUntil, state } = deliberation;
  const extended = outages.length === 0 ? { it: '', en: '' } : { it: `, più ${outages.length} di interruzione registrati`, en: `, and ${outages.length} recorded outages` };
  return [
    {
      key: 'publication', title: { it: "Pubblicazione all'albo", en: 'Publication on the notice board' }, on: firstDay, by: ['RecordPublication'],
      sentences: [
        about(firstDay, 'deliberation.firstDay', (on) => ({ it: `Primo giorno: ${day(on).it}.`, en: `First day: ${day(on).en}.` })),
        about(publicationEndsOn, 'deliberation.publicationEndsOn', (on) => ({ it: `Ultimo giorno: ${day(on).it}, dopo 15 giorni consecutivi, festivi compresi (art. 124 TUEL)${extended.it}.`, en: `Last day: ${day(on).en}, after 15 consecutive days, holidays included (art. 124 TUEL)${extended.en}.` })),
        about(removalOn, 'deliberation.removalOn', (on) => ({ it: `Defissione: ${day(on).it}.`, en: `Removal: ${day(on).en}.` })),
      ],
    },
    { key: 'executivity', title: { it: 'Esecutività', en: 'Executivity' }, on: executiveOn, by: [], sentences: [executivityRule(deliberation, byStatute)] },
    {
      key: 'certificate', title: { it: 'Certificato di esecutività', en: 'Certificate of executivity' }, on: certifiedExecutiveOn, by: ['CertifyExecutivity'],
      sentences: [
        about(certifiedExecutiveOn, 'deliberation.certifiedExecutiveOn', (on) => ({ it: `Il segretario certifica: esecutiva dal ${day(on).it}.`, en: `The secretary certifies: executive from ${day(on).en}.` })),
        certifiedExecutiveOn === null && deliberation.executivity === 'IMMEDIATE' ? { it: 'Non occorre: la delibera è immediatamente eseguibile.', en: 'Not needed: the resolution is immediately executable.' } : null,
      ],
    },
    { key: 'transmission', title: { it: "Trasmissione all'Agenzia", en: 'Transmission to the Agency' }, on: dayOf(transmittedAt), by: ['TransmitResolution'], sentences: [about(transmittedAt, 'deliberation.transmittedAt', (at) => ({ it: `Consegnata il ${hour(at).it}.`, en: `Delivered on ${hour(at).en}.` }))] },
    {
      key: 'acceptance', title: { it: "Verifica dell'Agenzia", en: 'Check by the Agency' }, on: dayOf(acceptedAt), by: ['AcceptResolution', 'ReturnResolution'],
      sentences: [about(acceptedAt, 'deliberation.acceptedAt', (at) => ({ it: `Accettata il ${hour(at).it}.`, en: `Accepted on ${hour(at).en}.` })), state === 'RETURNED' ? { field: 'deliberation.state', it: 'Restituita al Comune.', en: 'Returned to the comune.' } : null],
    },
    {
      key: 'challenge', title: { it: 'Termine per il ricorso al TAR', en: 'Time for a challenge before the TAR' }, on: challengeableUntil, by: [],
      sentences: [about(challengeableUntil, 'deliberation.challengeableUntil', (on) => ({ it: `Impugnabile fino al ${day(on).it}: 60 giorni dalla fine della pubblicazione (art. 41 c.p.a.), spostati se cadono di sabato o in un festivo.`, en: `Challengeable until ${day(on).en}: 60 days from the end of publication (art. 41 c.p.a.), moved off Saturdays and holidays.` }))],
    },
  ];
}

/** The executive day with the reading of art. 134 TUEL that it was computed by. */
function executivityRule({ executivity, executiveOn, firstDay, publicationEndsOn, policy, outages, adoptedOn }: AdhesionView['deliberation'], byStatute: boolean): Told | null {
  if (byStatute) {
    return about(executiveOn, 'deliberation.executiveOn', (date) => ({ it: `Efficace dal ${day(date).it}, giorno dell'adozione, per statuto (art. 114 TUEL).`, en: `In effect from ${day(date).en}, the day of its adoption, by statute (art. 114 TUEL).` }));
  }
  if (executivity === 'IMMEDIATE') {
    const on = executiveOn ?? adoptedOn;
    return about(on, 'deliberation.executiveOn', (date) => ({ it: `Eseguibile dal ${day(date).it}: dichiarata immediatamente eseguibile con votazione separata (art. 134 c.4 TUEL).`, en: `Executable from ${day(date).en}: declared immediately executable by a vote of its own (art. 134 c.4 TUEL).` }));
  }
  if (executiveOn === null || firstDay === null || publicationEndsOn === null) return null;
  const rules: Readonly<Record<typeof policy, Bilingual>> = {
    START_EXCLUSIVE: { it: `undicesimo giorno dalla pubblicazione del ${day(firstDay).it}, che non si conta`, en: `eleventh day from the publication on ${day(firstDay).en}, which is not counted` },
    START_INCLUSIVE: { it: `undicesimo giorno dalla pubblicazione, contando quello iniziale, ${day(firstDay).it}`, en: `eleventh day of the publication, its first day, ${day(firstDay).en}, counted` },
    END: { it: `undicesimo giorno dalla fine della pubblicazione, ${day(publicationEndsOn).it}`, en: `eleventh day from the end of the publication, ${day(publicationEndsOn).en}` },
  };
  const moved = outages.length === 0 ? { it: '', en: '' } : { it: "; le interruzioni dell'albo possono averlo spostato", en: '; outages of the board may have moved it' };
  return { field: 'deliberation.executiveOn', it: `Esecutiva dal ${day(executiveOn).it}: ${rules[policy].it} (art. 134 c.3 TUEL)${moved.it}.`, en: `Executive from ${day(executiveOn).en}: ${rules[policy].en} (art. 134 c.3 TUEL)${moved.en}.` };
}

function convention({ deliberation: { gateOpensAt }, convention: agreement, dpa, referents }: AdhesionView): readonly Draft[] {
  const { signature, countersignature, concludedOn, registeredOn, repertoryNo, inForceOn, endsOn } = agreement;
  const active = referents.filter(({ state }) => state === 'ACTIVE');
  return [
    {
      key: 'signature', title: { it: 'Firma del Comune', en: "The comune's signature" }, on: dayOf(signature?.signedAt ?? null), by: ['SignConvention'], acts: [signature?.sha256],
      sentences: [
        signature === null ? about(gateOpensAt, 'deliberation.gateOpensAt', (at) => ({ it: `Si può firmare dal ${hour(at).it}: prima la delibera non è esecutiva e certificata.`, en: `It may be signed from ${hour(at).en}: before that the resolution is not executive and certified.` })) : null,
        about(signature, 'convention.signature.signedAt', ({ signedAt }) => ({ it: `Firmata il ${hour(signedAt).it}.`, en: `Signed on ${hour(signedAt).en}.` })),
      ],
    },
    {
      key: 'countersignature', title: { it: "Firma dell'Agenzia", en: "The Agency's signature" }, on: concludedOn ?? dayOf(countersignature?.signedAt ?? null), by: ['CountersignConvention'], acts: [countersignature?.sha256],
      sentences: [about(concludedOn, 'convention.concludedOn', (on) => ({ it: `Conclusa il ${day(on).it}: giorno dell'ultima firma.`, en: `Concluded on ${day(on).en}: the day of the last signature.` }))],
    },
    { key: 'registration', title: { it: 'Repertorio', en: 'Registration' }, on: registeredOn, by: ['RegisterConvention'], sentences: [about(registeredOn, 'convention.registeredOn', (on) => ({ it: `Registrata il ${day(on).it} con il n. ${repertoryNo ?? ''}.`, en: `Registered on ${day(on).en} as no. ${repertoryNo ?? ''}.` }))] },
    { key: 'in-force', title: { it: 'Entrata in vigore', en: 'Coming into force' }, on: inForceOn, by: [], sentences: [about(inForceOn, 'convention.inForceOn', (on) => ({ it: `In vigore dal ${day(on).it}, secondo la sua clausola.`, en: `In force from ${day(on).en}, by its clause.` }))] },
    {
      key: 'dpa', title: { it: 'Accordo sul trattamento dei dati', en: 'Data processing agreement' }, on: dpa.inForceOn, by: ['DraftDpa', 'SignDpa', 'CountersignDpa'], acts: [dpa.sha256],
      sentences: [about(dpa.inForceOn, 'dpa.inForceOn', (on) => ({ it: `In vigore dal ${day(on).it} (art. 28 GDPR).`, en: `In force from ${day(on).en} (art. 28 GDPR).` }))],
    },
    {
      key: 'referents', title: { it: 'Referenti', en: 'Referents' }, on: active.length > 0 ? (active.map(({ from }) => from).filter((from) => from !== null).toSorted().at(-1) ?? null) : null, by: ['AppointReferent', 'AcceptAppointment'],
      sentences: active.map(({ appointmentId, role, from }) => ({ field: `referents.${appointmentId}.state`, it: `In carica: ${REFERENT_ROLES[role].it}${from === null ? '' : ` dal ${day(from).it}`}.`, en: `In office: ${REFERENT_ROLES[role].en}${from === null ? '' : ` from ${day(from).en}`}.` })),
    },
    { key: 'end', title: { it: 'Scadenza della convenzione', en: 'End of the convention' }, on: endsOn, by: ['OpenRenewal'], sentences: [about(endsOn, 'convention.endsOn', (on) => ({ it: `Scade il ${day(on).it}, per la durata fissata dalla convenzione.`, en: `It ends on ${day(on).en}, by the duration that the convention sets.` }))] },
  ];
}
