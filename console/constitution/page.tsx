import type { VNode } from 'preact';
import type { Bodies } from '../../api/bodies.ts';
import { CONSTITUTION as KIND } from '../../api/cases/kinds.ts';
import type { ConstitutionView } from '../../domain/constitution/index.ts';
import { countingWords, formWords } from '../../domain/constitution/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { AllowedItem } from '../../domain/shared/process.ts';
import { Commands, Recorded } from '../case/commands-list.tsx';
import { Owed } from '../case/parts.tsx';
import { whyLinks, type WhyBeside } from '../case/why-link.tsx';
import { CONSTITUTION } from '../words/constitution.ts';
import { sayDate, sayNumber } from '../words/dates.ts';
import { WHY } from '../words/why.ts';
import { GateTable, Gantt } from './gantt.tsx';

export interface ConstitutionPageParts {
  readonly path: string;
  readonly view: ConstitutionView;
  readonly allowed: readonly AllowedItem[];
  readonly recorded: readonly string[] | null;
  readonly bodies: Bodies;
  readonly today: CivilDate;
  readonly language: Language;
}

/** The path to the constitution: how it stands, plan against actual, the threshold, what is waited for and what may be recorded. */
export function ConstitutionPage({ path, view, allowed, recorded, bodies, today, language }: ConstitutionPageParts): VNode {
  const { state, legalForm, countersignedBy, feesBillable, waitingFor, gates } = view;
  const why = whyLinks({ path, view, nameOf: (code) => bodies.find(code)?.name, language });
  const facts: readonly (readonly [string, string, field?: string])[] = [
    [CONSTITUTION.state[language], CONSTITUTION[state][language]],
    [CONSTITUTION.formChoice[language], capital(formWords(legalForm.form)[language])],
    [CONSTITUTION.majority[language], CONSTITUTION[legalForm.majority][language], 'legalForm.majority'],
    [CONSTITUTION.countersigned[language], CONSTITUTION[countersignedBy][language]],
    [CONSTITUTION.fees[language], (feesBillable ? CONSTITUTION.billable : CONSTITUTION.notBillable)[language]],
  ];
  return (
    <>
      {recorded === null ? null : <Recorded events={recorded} language={language} />}
      <p>{CONSTITUTION.lead[language]}</p>
      <dl class="facts">{facts.map(([term, text, field]) => <div key={term}><dt>{term}</dt><dd>{text}{field === undefined ? null : why(field)}</dd></div>)}</dl>
      <h2>{CONSTITUTION.waits[language]}</h2>
      {waitingFor.length === 0 ? <p>{CONSTITUTION.nothing[language]}</p> : waitingFor.map((item) => <div class="owed" key={`${item.who} ${item.what} ${item.reasons[0]?.message.it ?? ''}`}><Owed item={item} language={language} today={today} /></div>)}
      <h2>{CONSTITUTION.gantt[language]}</h2>
      <p class="small muted">{CONSTITUTION.ganttNote[language]}</p>
      <div class="gantt-box" role="region" tabIndex={0} aria-label={CONSTITUTION.gantt[language]}><Gantt gates={gates} today={today} language={language} /></div>
      <GateTable gates={gates} why={why} language={language} />
      <Threshold view={view} why={why} language={language} />
      {allowed.length === 0 ? null : <Commands path={path} kind={KIND} allowed={allowed} language={language} />}
      <h2>{CONSTITUTION.comuni[language]}</h2>
      <details>
        <summary>{CONSTITUTION.show[language]} ({view.members.length})</summary>
        <Comuni view={view} bodies={bodies} why={why} language={language} />
      </details>
      <p><a href={`${path}/perche`}>{WHY.link[language]}</a> · <a href={`${path}/eventi`}>{CONSTITUTION.events[language]}</a></p>
    </>
  );
}

function Threshold({ view: { threshold }, why, language }: Pick<ConstitutionPageParts, 'view' | 'language'> & { readonly why: WhyBeside }): VNode {
  const { required, of, executive, adopted, met, metOn, lostAt } = threshold;
  const bars = [
    ['members', CONSTITUTION.comuniCount[language], executive.members, required.members, of.members],
    ['population', CONSTITUTION.populationCount[language], executive.population, required.population, of.population],
  ] as const;
  return (
    <>
      <h2>{CONSTITUTION.threshold[language]}</h2>
      {met && metOn !== null ? <p class="notice done">{CONSTITUTION.met[language].replace('{on}', sayDate(metOn, language))}{why('threshold.metOn')}</p> : <p class="notice warn">{(lostAt === null ? CONSTITUTION.notMet : CONSTITUTION.lost)[language]}{why('threshold.met')}</p>}
      <dl class="facts">
        {bars.map(([name, label, count, needed, all]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd><progress max={needed} value={Math.min(count, needed)} aria-label={label} />{' '}
              {CONSTITUTION.ofNeeded[language].replace('{n}', sayNumber(count, language)).replace('{needed}', sayNumber(needed, language)).replace('{of}', sayNumber(all, language))}{why(`threshold.executive.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{CONSTITUTION.adoptedToo[language].replace('{n}', sayNumber(adopted.members, language))}</p>
    </>
  );
}

function Comuni({ view: { members }, bodies, why, language }: Pick<ConstitutionPageParts, 'view' | 'bodies' | 'language'> & { readonly why: WhyBeside }): VNode {
  return (
    <table class="table stack">
      <caption class="visually-hidden">{CONSTITUTION.comuni[language]}</caption>
      <thead><tr><th scope="col">{CONSTITUTION.comune[language]}</th><th scope="col">{CONSTITUTION.resolution[language]}</th><th scope="col">{CONSTITUTION.executive[language]}</th><th scope="col">{CONSTITUTION.counts[language]}</th></tr></thead>
      <tbody>
        {members.map(({ body, adhesion, adoptedOn, executiveOn, counting, late }) => (
          <tr key={body}>
            <th scope="row">{adhesion === null ? bodies.find(body)?.name ?? body : <a href={`/pratiche/${adhesion}`}>{bodies.find(body)?.name ?? body}</a>}</th>
            <td data-label={CONSTITUTION.resolution[language]}>{adoptedOn === null ? '–' : sayDate(adoptedOn, language)}</td>
            <td data-label={CONSTITUTION.executive[language]}>{executiveOn === null ? '–' : sayDate(executiveOn, language)}</td>
            <td data-label={CONSTITUTION.counts[language]}>{capital(countingWords(counting)[language])} {late ? <span class="tag late">{CONSTITUTION.late[language]}</span> : null}{counting === 'NONE' ? null : why(`members.${body}.counting`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
