import type { FastifyInstance } from 'fastify';
import type { VNode } from 'preact';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { stateInForce } from '../../db/queries/cases.ts';
import { viewAdhesion, type AdhesionState, type AdhesionView } from '../../domain/adhesion/index.ts';
import { OFFICES, REFERENT_ROLES, REFERENT_STATES } from '../../domain/adhesion/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, isCivilDate, startOfDay, type CivilDate } from '../../domain/shared/civil-date.ts';
import { crumbsOf } from '../case/form-case.ts';
import { personsOf, readCase } from '../case/reading.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { filled, MANDATES } from '../words/audit.ts';
import { CODES } from '../words/codes.ts';
import { elided, sayDate, sayInstant } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import { asked, Labelled } from './fields.tsx';

/** The register as it is known today, and how it stood on a day. */
interface Register {
  readonly view: AdhesionView;
  readonly on: CivilDate;
  readonly standing: AdhesionView;
  readonly persons: ReadonlyMap<string, string>;
  readonly language: Language;
}

/** Who holds which office and role: what the interface answers in `mandates`, `referents` and `vacancies`, with `validOn` for the day. */
export function mandatesRoute(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/pratiche/:id/mandati', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const { view, stream, at, caller, now, id } = reading;
    const on = asked(request.query, 'il') || civilDateOf(now);
    const isDay = isCivilDate(on);
    const standing = isDay ? viewAdhesion(await stateInForce(context.as(caller).db, stream, at.version, on) as AdhesionState, startOfDay(on)) : null;
    return sendPage(reply, visit, {
      title: MANDATES.title[language], crumbs: crumbsOf(reading, language), status: isDay ? 200 : 400,
      main: (
        <>
          <form method="get" action={`/pratiche/${id}/mandati`} class="filters">
            <Labelled id="f-il" label={MANDATES.on[language]} error={isDay ? undefined : MANDATES.noDate[language]} control={(tied) => <input {...tied} name="il" type="date" value={on} autofocus={!isDay} />} />
            <button type="submit" class="btn btn-primary">{MANDATES.show[language]}</button>
          </form>
          {standing === null ? null : <RegisterPage register={{ view, on, standing, persons: await personsOf(context, reading), language }} />}
        </>
      ),
    });
  });
}

function RegisterPage({ register }: { readonly register: Register }): VNode {
  const { view, on, language } = register;
  return (
    <>
      <p role="status">{elided(filled(MANDATES.day[language], { on: sayDate(on, language) }))}</p>
      <h2>{MANDATES.open[language]}</h2>
      <Open register={register} />
      <h2>{MANDATES.roles[language]}</h2>
      {view.referents.length === 0 ? <p>{MANDATES.rolesNone[language]}</p> : <Roles register={register} />}
      <h2>{MANDATES.head[language]}</h2>
      {view.mandates.length === 0 ? <p>{MANDATES.headNone[language]}</p> : <Head register={register} />}
      {view.signatureDoubts.length === 0 ? null : <div class="notice warn"><p><strong>{MANDATES.doubts[language]}</strong></p><ul>{view.signatureDoubts.map(({ message }) => <li key={message.it}>{saySentence(message[language], language)}</li>)}</ul></div>}
      <h2>{MANDATES.signers[language]}</h2>
      <Signers register={register} />
    </>
  );
}

/** What stood open on the day: roles that nobody held, confirmations that were due. */
function Open({ register: { view, standing, persons, language } }: { readonly register: Register }): VNode {
  const day = (date: CivilDate | null) => (date === null ? '–' : sayDate(date, language));
  const who = (appointmentId: string): string => {
    const referent = view.referents.find((one) => one.appointmentId === appointmentId);
    return referent === undefined ? appointmentId : `${capital(REFERENT_ROLES[referent.role][language])}, ${persons.get(referent.subject) ?? referent.subject} (${appointmentId})`;
  };
  const sentences = [
    ...standing.vacancies.map(({ role, since, fillBy, tooLong }) => (
      `${filled(MANDATES.vacant[language], { role: capital(REFERENT_ROLES[role][language]), since: day(since), by: day(fillBy) })}${tooLong ? ` ${MANDATES.tooLong[language]}` : ''}`)),
    ...standing.mandates.flatMap(({ kind, on, confirmBy, unconfirmed, expired }) => {
      const change = { change: wordOf(CODES, kind, language), on: day(on), by: day(confirmBy) };
      return [
        ...(confirmBy === null ? [] : unconfirmed.map((id) => filled(MANDATES.confirm[language], { ...change, who: who(id) }))),
        ...expired.map((id) => filled(MANDATES.expired[language], { ...change, who: who(id) })),
      ];
    }),
    ...standing.personalDataBlocked.map(({ message }) => saySentence(message[language], language)),
  ];
  return sentences.length === 0 ? <p>{MANDATES.openNone[language]}</p> : <ul>{sentences.map((sentence) => <li key={sentence}>{elided(sentence)}</li>)}</ul>;
}

function Roles({ register: { view, standing, persons, language } }: { readonly register: Register }): VNode {
  const stateOf = (appointmentId: string) => standing.referents.find((one) => one.appointmentId === appointmentId)?.state;
  return (
    <table class="table stack">
      <caption class="visually-hidden">{MANDATES.roles[language]}</caption>
      <thead><tr><th scope="col">{MANDATES.role[language]}</th><th scope="col">{MANDATES.holder[language]}</th><th scope="col">{MANDATES.act[language]}</th><th scope="col">{MANDATES.from[language]}</th><th scope="col">{MANDATES.to[language]}</th><th scope="col">{MANDATES.state[language]}</th></tr></thead>
      <tbody>
        {view.referents.map(({ appointmentId, role, service, deputy, associated, subject, actNo, actOn, from, to, confirmBy }) => {
          const state = stateOf(appointmentId);
          const notes = [...(deputy ? [MANDATES.deputy[language]] : []), ...(associated ? [MANDATES.associated[language]] : []), ...(service === null ? [] : [service])];
          return (
            <tr key={appointmentId}>
              <th scope="row">{capital(REFERENT_ROLES[role][language])} <span class="small muted">{[appointmentId, ...notes].join(', ')}</span></th>
              <td data-label={MANDATES.holder[language]}>{persons.get(subject) ?? <span class="code">{subject}</span>}</td>
              <td data-label={MANDATES.act[language]}>{actNo}, {sayDate(actOn, language)}</td>
              <td data-label={MANDATES.from[language]}>{from === null ? '–' : sayDate(from, language)}</td>
              <td data-label={MANDATES.to[language]}>{to === null ? MANDATES.still[language] : sayDate(to, language)}</td>
              <td data-label={MANDATES.state[language]}>
                {state === undefined ? MANDATES.notYet[language] : REFERENT_STATES[state][language]}
                {confirmBy === null ? null : <><br /><span class="small">{MANDATES.confirmBy[language]} {sayDate(confirmBy, language)}</span></>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Head({ register: { view, on, persons, language } }: { readonly register: Register }): VNode {
  return (
    <table class="table stack">
      <caption class="visually-hidden">{MANDATES.head[language]}</caption>
      <thead><tr><th scope="col">{MANDATES.change[language]}</th><th scope="col">{MANDATES.office[language]}</th><th scope="col">{MANDATES.holder[language]}</th><th scope="col">{MANDATES.from[language]}</th><th scope="col">{MANDATES.to[language]}</th><th scope="col">{MANDATES.state[language]}</th></tr></thead>
      <tbody>
        {view.mandates.map(({ kind, on: day, office, holder, actNo, from, to, finalFrom, until }) => (
          <tr key={`${kind} ${day}`}>
            <th scope="row">{wordOf(CODES, kind, language)} <span class="small muted">{[...(actNo === null ? [] : [actNo]), sayDate(day, language), ...(finalFrom === null ? [] : [`${MANDATES.final[language]} ${sayDate(finalFrom, language)}`]), ...(until === null ? [] : [`${MANDATES.until[language]} ${sayDate(until, language)}`])].join(', ')}</span></th>
            <td data-label={MANDATES.office[language]}>{office === null ? '–' : capital(OFFICES[office][language])}</td>
            <td data-label={MANDATES.holder[language]}>{holder === null ? '–' : persons.get(holder) ?? <span class="code">{holder}</span>}</td>
            <td data-label={MANDATES.from[language]}>{from === null ? '–' : sayDate(from, language)}</td>
            <td data-label={MANDATES.to[language]}>{from === null ? '–' : to === null ? MANDATES.still[language] : sayDate(to, language)}</td>
            <td data-label={MANDATES.state[language]}>{from === null ? '–' : (from <= on && (to === null || on < to) ? MANDATES.inOffice : MANDATES.notInOffice)[language]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Signers({ register: { view: { convention }, persons, language } }: { readonly register: Register }): VNode {
  const signatures = [convention.signature, convention.countersignature].filter((signature) => signature !== null);
  if (signatures.length === 0) return <p>{MANDATES.signersNone[language]}</p>;
  return (
    <ul>
      {signatures.map(({ office, signer, signedAt }) => (
        <li key={signedAt}>{capital(OFFICES[office][language])}: {persons.get(signer) ?? <span class="code">{signer}</span>}. {MANDATES.signedAt[language]} {sayInstant(signedAt, language)}.</li>
      ))}
    </ul>
  );
}
