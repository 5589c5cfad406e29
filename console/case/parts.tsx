import type { ComponentChildren, VNode } from 'preact';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import { DELIBERATION_STATES, FLAG_NAMES, RECOGNITION_STATES, REFERENT_ROLES, REFERENT_STATES } from '../../domain/adhesion/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { COMPETENT_ORGANS } from '../../domain/shared/body-types.ts';
import { civilDateOf, compareInstants, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { Waiting } from '../../domain/shared/process.ts';
import { CASE } from '../words/case.ts';
import { CODES, CONVENTION_STATES, DPA_STATES, PARTIES, PHASES } from '../words/codes.ts';
import { whatInWords } from '../words/commands.ts';
import { elided, sayDate, sayInstant, sayNumber } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import type { Step } from './timeline.ts';
import type { WhyBeside } from './why-link.tsx';

/** On paper, and of what is not yet, nobody asks why. */
const nothing: WhyBeside = () => null;

/** How the case stands, in figures and words. */
export function Standing({ view, language, why = nothing }: { readonly view: AdhesionView; readonly language: Language; readonly why?: WhyBeside }): VNode {
  const { deliberation, convention, dpa, recognition, competence } = view;
  const facts: readonly (readonly [term: string, text: string, field?: string])[] = [
    [CASE.phase[language], wordOf(PHASES, view.phase, language), 'phase'],
    [CASE.deliberation[language], capital(DELIBERATION_STATES[deliberation.state][language]), 'deliberation.state'],
    [CASE.executivity[language], wordOf(CODES, deliberation.executivity, language), 'deliberation.executivity'],
    [CASE.convention[language], wordOf(CONVENTION_STATES, convention.state, language), 'convention.state'],
    [CASE.dpa[language], wordOf(DPA_STATES, dpa.state, language), 'dpa.state'],
    [CASE.recognition[language], capital(RECOGNITION_STATES[recognition.state][language]), 'recognition.state'],
    [CASE.attempt[language], `${deliberation.attempt} / ${deliberation.attemptsAllowed}`, 'deliberation.attempt'],
    [CASE.population[language], sayNumber(view.population, language)],
    ...(competence.bodyType === 'COMUNE' ? [] : [[CASE.competentOrgan[language], COMPETENT_ORGANS[competence.bodyType][language]] as const]),
    [CASE.version[language], String(view.version)],
  ];
  return (
    <>
      <dl class="facts">{facts.map(([term, text, field]) => <div key={term}><dt>{term}{field === undefined ? null : why(field)}</dt><dd>{text}</dd></div>)}</dl>
      {view.late ? <p><span class="tag late">{CASE.late[language]}</span>{why('late')}</p> : null}
      {deliberation.flags.length === 0 ? null : (
        <div class="notice warn"><strong>{CASE.flags[language]}:</strong> {deliberation.flags.map((flag) => FLAG_NAMES[flag][language]).join('; ')}.{why('deliberation.flags')}</div>
      )}
    </>
  );
}

export interface TimelineParts {
  readonly steps: readonly Step[];
  readonly language: Language;
  /** What stands below a step beside its sentences. */
  readonly below?: (step: Step) => ComponentChildren;
  readonly why?: WhyBeside;
}

export function Timeline({ steps, language, below = () => null, why = nothing }: TimelineParts): VNode {
  return (
    <ol class="timeline">
      {steps.map((step) => (
        <li key={step.key} class={step.standing}>
          <h3>{step.title[language]}</h3> <span class="small muted">({CASE.standing[step.standing][language]})</span>
          {step.gone?.map(({ text }) => <p key={text} class="muted">{CASE.before[language]}: <del>{text}</del></p>)}
          {step.sentences.map(({ text, field }) => <p key={text}>{text}{field === undefined ? null : why(field)}</p>)}
          {below(step)}
        </li>
      ))}
    </ol>
  );
}

/** What somebody owes: who, what, until when and why. */
export function Owed({ item, language, today, now, why = nothing }: { readonly item: Waiting; readonly language: Language; readonly today: CivilDate; readonly now?: Instant; readonly why?: WhyBeside }): VNode {
  const { who, what, since, dueOn, dueAt, reasons } = item;
  return (
    <>
      <p><strong>{capital(wordOf(PARTIES, who, language))}</strong>: {whatInWords(what)[language]}</p>
      <p class="small muted">
        {elided(`${CASE.since[language]} ${sayDate(civilDateOf(since), language)}${dueOn === null ? '' : ` · ${CASE.by[language]} ${dueAt === undefined ? sayDate(dueOn, language) : sayInstant(dueAt, language)}`}`)}{' '}
        {isPast(item, today, now) ? <span class="tag late">{CASE.overdue[language]}</span> : null}
        {why(`waitingFor.${who} ${what}.${dueOn === null ? 'since' : 'dueOn'}`)}
      </p>
      {reasons.length === 0 ? null : <ul>{reasons.map(({ message }) => <li key={message.it}>{saySentence(message[language], language)}</li>)}</ul>}
    </>
  );
}

/** The time of something is past: by the hour where hours count, else once its day is over. */
export function isPast({ dueOn, dueAt }: Pick<Waiting, 'dueOn' | 'dueAt'>, today: CivilDate, now: Instant | undefined): boolean {
  return dueAt !== undefined && now !== undefined ? compareInstants(now, dueAt) > 0 : dueOn !== null && dueOn < today;
}

interface PersonParts {
  readonly view: AdhesionView;
  readonly persons: ReadonlyMap<string, string>;
  readonly language: Language;
  readonly why?: WhyBeside;
}

export function Referents({ view, persons, language, why = nothing }: PersonParts): VNode {
  if (view.referents.length === 0 && view.vacancies.length === 0) return <p>{CASE.none[language]}.</p>;
  return (
    <>
      {view.referents.length === 0 ? null : (
        <table class="table stack">
          <thead><tr><th scope="col">{CASE.role[language]}</th><th scope="col">{CASE.person[language]}</th><th scope="col">{CASE.state[language]}</th><th scope="col">{CASE.act[language]}</th></tr></thead>
          <tbody>
            {view.referents.map(({ appointmentId, role, state, subject, actNo, actOn, deputy }) => (
              <tr key={appointmentId}>
                <th scope="row">{capital(REFERENT_ROLES[role][language])}{deputy ? (language === 'it' ? ' (sostituto)' : ' (deputy)') : ''} <span class="small muted">{appointmentId}</span></th>
                <td data-label={CASE.person[language]}>{persons.get(subject) ?? subject}</td>
                <td data-label={CASE.state[language]}>{capital(REFERENT_STATES[state][language])}{why(`referents.${appointmentId}.state`)}</td>
                <td data-label={CASE.act[language]}>{actNo}, {sayDate(actOn, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {view.vacancies.length === 0 ? null : (
        <p>{CASE.vacancies[language]}: {view.vacancies.map(({ role, fillBy }) => `${REFERENT_ROLES[role][language]} (${CASE.by[language].toLowerCase()} ${sayDate(fillBy, language)})`).join('; ')}.</p>
      )}
    </>
  );
}

export function Agreement({ view, persons, language, why = nothing }: PersonParts): VNode {
  const { convention } = view;
  const signatures = [convention.signature, convention.countersignature].filter((signature) => signature !== null);
  return (
    <>
      <p>{wordOf(CONVENTION_STATES, convention.state, language)}.{why('convention.state')}</p>
      {signatures.length === 0 ? null : (
        <ul>
          {signatures.map(({ signer, office, signedAt, form }) => (
            <li key={signedAt}>{persons.get(signer) ?? signer}, {wordOf(CODES, office, language).toLowerCase()}: {sayInstant(signedAt, language)} ({wordOf(CODES, form, language)})</li>
          ))}
        </ul>
      )}
    </>
  );
}
