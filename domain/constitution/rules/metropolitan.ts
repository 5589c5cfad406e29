import { firstRefusal, notBefore, notInFuture } from '../../adhesion/checks.ts';
import { computePublication } from '../../calendar/publication.ts';
import { addDays, civilDateOf } from '../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import { metropolitanExecutiveOn } from '../gates.ts';
import { COURT_DAYS, ruleOfForm } from '../legal-form.ts';
import { countExecutive, metOn, ownWindow } from '../members.ts';
import type { Constitution } from '../state.ts';
import type { ThresholdCount } from '../threshold.ts';
import { authorityWords, inWords } from '../words.ts';
import { notYet, reliedOn, rule } from './rule.ts';

const RESOLUTION: Bilingual = { it: 'La deliberazione del Consiglio metropolitano', en: 'The resolution of the metropolitan council' };
const DEED: Bilingual = { it: "l'atto costitutivo", en: 'the constitutive act' };
const NEXT_RESOLUTION: Bilingual = { it: 'la deliberazione del Consiglio metropolitano', en: 'the resolution of the metropolitan council' };

export const recordConference = rule<'RecordConference', object>({
  ground: () => ({}),
  check: ({ heldOn }, context) => notInFuture(context, { heldOn }),
  decide: ({ data, context: { now: at } }) => accepted({ type: 'ConferenceHeld', data: { ...data, at }, effectiveOn: data.heldOn }),
});

export const recordReceipts = rule<'RecordReceipts', object>({
  ground: () => ({}),
  check: ({ receipts }, context, { territory }) => {
    const known = new Set(territory.bodies.map(({ body }) => body));
    const seen = new Set<string>();
    for (const [place, { body, deliveredAt }] of receipts.entries()) {
      const path = `receipts.${place}`;
      if (!known.has(body)) return refused('UNKNOWN_BODY', { it: `Nessun comune del territorio ha il codice IPA ${body}.`, en: `No comune of the territory has the IPA code ${body}.` }, `${path}.body`);
      if (seen.has(body)) return refused('BODY_TWICE', { it: `Il comune ${body} compare due volte.`, en: `The comune ${body} stands twice.` }, `${path}.body`);
      seen.add(body);
      const future = notInFuture(context, { [`${path}.deliveredAt`]: deliveredAt });
      if (future !== null) return future;
    }
    return null;
  },
  decide: ({ state, data: { receipts }, context: { now: at } }) => accepted({ type: 'ReceiptsRecorded', data: { at, receipts: receipts.map(({ body, deliveredAt }) => {
    const receivedOn = civilDateOf(deliveredAt);
    return { body, receivedOn, window: ownWindow(state, receivedOn) };
  }) } }),
});

export const recordMetropolitanResolution = rule<'RecordMetropolitanResolution', object>({
  ground: (constitution) => {
    const { deed, publication } = constitution.evidence;
    if (deed !== null) return reliedOn(RESOLUTION, DEED);
    if (publication !== null) return reliedOn(RESOLUTION, { it: 'la sua pubblicazione', en: 'its publication' });
    return thresholdObstacle(constitution) ?? {};
  },
  check: ({ adoptedOn }, context, { evidence: { conference } }) => firstRefusal(
    notInFuture(context, { adoptedOn }), notBefore(adoptedOn, 'adoptedOn', conference?.heldOn ?? null, { it: 'la Conferenza metropolitana', en: 'the metropolitan conference' }),
  ),
  decide: ({ state, data: { resolutionNo, adoptedOn, sha256, immediate = false }, context: { now: at } }) => {
    const then = countExecutive({ ...state, evidence: { ...state.evidence, resolution: null } }, adoptedOn);
    if (!then.met) return thresholdNotMet(then, metOn(state));
    return accepted({
      type: 'MetropolitanResolutionRecorded', data: { resolutionNo, adoptedOn, sha256, immediate, executiveOn: immediate ? adoptedOn : null, at }, effectiveOn: adoptedOn,
    });
  },
});

export const recordMetropolitanPublication = rule<'RecordMetropolitanPublication', { readonly adoptedOn: string }>({
  ground: ({ evidence: { resolution, deed } }) => {
    if (deed !== null) return reliedOn({ it: 'La pubblicazione', en: 'The publication' }, DEED);
    return resolution ?? notYet('NO_METROPOLITAN_RESOLUTION', NEXT_RESOLUTION);
  },
  check: ({ firstDay }, context) => notInFuture(context, { firstDay }),
  decide: ({ state, ground: { adoptedOn }, data: { noticeBoardNo, firstDay }, context: { now: at } }) => {
    const { executivity, calendarVersion } = state.policies;
    const { endsOn, executiveOn } = computePublication(firstDay, 'INCLUDE_FIRST', executivity, calendarVersion);
    return notBefore(firstDay, 'firstDay', adoptedOn, { it: "l'adozione", en: 'the adoption' })
      ?? accepted({ type: 'MetropolitanResolutionPublished', data: { noticeBoardNo, firstDay, publicationEndsOn: endsOn, executiveOn, at }, effectiveOn: firstDay });
  },
});

export const submitToAuthority = rule<'SubmitToAuthority', { readonly adoptedOn: string }>({
  ground: (constitution) => companyOnly(constitution) ?? constitution.evidence.resolution ?? notYet('NO_METROPOLITAN_RESOLUTION', NEXT_RESOLUTION),
  check: ({ sentOn }, context) => notInFuture(context, { sentOn }),
  decide: ({ state, ground: { adoptedOn }, data, context: { now: at } }) => {
    if (state.evidence.answers[data.authority] !== undefined) return reliedOn({ it: "L'invio", en: 'The submission' }, { it: 'la risposta', en: 'the answer' });
    return notBefore(data.sentOn, 'sentOn', adoptedOn, NEXT_RESOLUTION)
      ?? accepted({ type: 'SubmittedToAuthority', data: { ...data, answerDueOn: data.authority === 'COURT_OF_AUDITORS' ? addDays(data.sentOn, COURT_DAYS) : null, at }, effectiveOn: data.sentOn });
  },
});

export const recordAuthorityAnswer = rule<'RecordAuthorityAnswer', object>({
  ground: (constitution) => companyOnly(constitution) ?? (Object.keys(constitution.evidence.submissions).length > 0 ? {} : notYet('NOT_SUBMITTED', { it: "l'invio all'autorità", en: 'the submission to the authority' })),
  check: ({ on, answer, reasons }, context) => notInFuture(context, { on })
    ?? (answer === 'UNFAVOURABLE' && reasons === undefined
      ? refused('REASONS_NEEDED', { it: 'Contro un parere negativo si procede solo con motivazione analitica (art. 5 c.4 D.Lgs. 175/2016).', en: 'Against an answer that is not favourable one goes on with reasons only (art. 5 c.4 D.Lgs. 175/2016).' }, 'reasons') : null),
  decide: ({ state, data: { reasons = null, ...data }, context: { now: at } }) => {
    const submission = state.evidence.submissions[data.authority];
    if (submission === undefined) return notYet('NOT_SUBMITTED', { it: `l'invio a ${authorityWords(data.authority).it}`, en: `the submission to ${authorityWords(data.authority).en}` });
    return notBefore(data.on, 'on', submission.sentOn, { it: "l'invio", en: 'the submission' })
      ?? accepted({ type: 'AuthorityAnswered', data: { ...data, reasons, at }, effectiveOn: data.on });
  },
});

export const recordConstitution = rule<'RecordConstitution', { readonly executiveOn: string }>({
  ground: (constitution) => {
    const { evidence } = constitution;
    if (Object.keys(evidence.appointments).length > 0) return reliedOn({ it: "L'atto costitutivo", en: 'The constitutive act' }, { it: 'una nomina', en: 'an appointment' });
    const executiveOn = metropolitanExecutiveOn(evidence);
    if (executiveOn === null) return notYet('METROPOLITAN_NOT_EXECUTIVE', { it: 'che la deliberazione del Consiglio metropolitano sia esecutiva', en: 'that the resolution of the metropolitan council is executive' });
    return thresholdObstacle(constitution) ?? { executiveOn };
  },
  check: ({ signedOn }, context) => notInFuture(context, { signedOn }),
  decide: ({ state, ground: { executiveOn }, data, context: { now: at } }) =>
    notBefore(data.signedOn, 'signedOn', executiveOn, { it: "l'esecutività della deliberazione del Consiglio metropolitano", en: 'the executive day of the metropolitan resolution' })
    ?? authoritiesObstacle(state, data.signedOn)
    ?? accepted({ type: 'AgencyConstituted', data: { ...data, at }, effectiveOn: data.signedOn }),
});

/** A company waits for both authorities: for the answer of the Corte dei conti, or the end of its days; the AGCM is told only. */
function authoritiesObstacle({ form, evidence: { submissions, answers } }: Constitution, signedOn: string): Refused | null {
  for (const authority of ruleOfForm(form).authorities) {
    const submission = submissions[authority];
    const words = authorityWords(authority);
    if (submission === undefined) return notYet('NOT_SUBMITTED', { it: `l'invio a ${words.it}`, en: `the submission to ${words.en}` });
    if (submission.answerDueOn !== null && answers[authority] === undefined && signedOn <= submission.answerDueOn) {
      return refused('ANSWER_PENDING', {
        it: `Si attende la risposta di ${words.it} fino al ${submission.answerDueOn}; dal giorno dopo si procede anche senza.`, en: `The answer of ${words.en} is waited for until ${submission.answerDueOn}; from the day after it goes on without.`,
      }, 'signedOn');
    }
  }
  return null;
}

function companyOnly({ form }: Constitution): Refused | null {
  return ruleOfForm(form).authorities.length > 0 ? null : refused('NOT_OF_THIS_FORM', {
    it: 'Il passaggio riguarda solo le società (art. 5 D.Lgs. 175/2016).', en: 'This step is for companies only (art. 5 D.Lgs. 175/2016).',
  });
}

/** The threshold must be met for the path to go on, whatever the day. */
function thresholdObstacle(constitution: Constitution): Refused | null {
  const count = countExecutive(constitution);
  return count.met ? null : thresholdNotMet(count, null);
}

/** `metOn`: first day on which it was met, where it is met later than asked. */
export function thresholdNotMet({ members, population, required }: Pick<ThresholdCount, 'members' | 'population' | 'required'>, on: string | null): Refused {
  const count = inWords({ members, population, required });
  return refused('THRESHOLD_NOT_MET', {
    it: `La soglia non è raggiunta: ${count.it}.${on === null ? '' : ` Lo è dal ${on}.`}`, en: `The threshold is not met: ${count.en}.${on === null ? '' : ` It is from ${on} on.`}`,
  });
}
