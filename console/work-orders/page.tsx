import type { VNode } from 'preact';
import type { WorkOrderRow } from '../../db/queries/work-orders.ts';
import { WORK_ROLES } from '../../domain/catalogue/schemas.ts';
import { capital, type Bilingual, type Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import { PARTIES } from '../words/codes.ts';
import { sayDate } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { WORK_ORDERS } from '../words/work-orders.ts';

/** What the page is filtered by; empty: by nothing. */
export interface WorkOrderFilter {
  readonly role: string;
  readonly late: boolean;
  readonly body: string;
  readonly service: string;
}

export interface WorkOrdersParts {
  readonly rows: readonly WorkOrderRow[];
  readonly filter: WorkOrderFilter;
  /** Comuni to choose from, by their codes; none for a comune, which sees its own. */
  readonly bodies: readonly { readonly ipaCode: string; readonly name: string }[];
  readonly services: readonly { readonly service: string; readonly title: Bilingual }[];
  readonly nameOf: (body: string) => string;
  readonly today: CivilDate;
  readonly language: Language;
  /** Whether the reader records what is done: an auditor is led to the page of the service instead. */
  readonly records: boolean;
  /** Address of all of them as a file. */
  readonly file: string;
  /** Address of the next page; null: there is none. */
  readonly next: string | null;
}

/** Work items of all services that can be done now, each with the way to its form. */
export function WorkOrdersPage(parts: WorkOrdersParts): VNode {
  const { rows, language, next } = parts;
  return (
    <>
      <p>{WORK_ORDERS.intro[language]}</p>
      <Filters {...parts} />
      {rows.length === 0 ? <p>{WORK_ORDERS.none[language]}</p> : <><Orders {...parts} /><p><a href={parts.file}>{WORK_ORDERS.csv[language]}</a></p></>}
      {next === null ? null : <p class="actions"><a class="btn btn-outline-primary" href={next}>{WORK_ORDERS.next[language]}</a></p>}
    </>
  );
}

function Filters({ filter, bodies, services, language }: WorkOrdersParts): VNode {
  return (
    <form method="get" action="/attivita" class="filters" aria-label={WORK_ORDERS.filters[language]}>
      <Choice name="spetta" label={WORK_ORDERS.role[language]} value={filter.role} all={WORK_ORDERS.anyone[language]} options={WORK_ROLES.map((role) => [role, capital(wordOf(PARTIES, role, language))])} />
      {bodies.length === 0 ? null : <Choice name="comune" label={WORK_ORDERS.comune[language]} value={filter.body} all={WORK_ORDERS.all[language]} options={bodies.map(({ ipaCode, name }) => [ipaCode, name])} />}
      <Choice name="servizio" label={WORK_ORDERS.service[language]} value={filter.service} all={WORK_ORDERS.all[language]} options={services.map(({ service, title }) => [service, title[language]])} />
      <div class="field"><div class="choice"><input type="checkbox" id="f-scadute" name="scadute" value="true" checked={filter.late} /><label for="f-scadute">{WORK_ORDERS.late[language]}</label></div></div>
      <button type="submit" class="btn btn-primary">{WORK_ORDERS.show[language]}</button>
    </form>
  );
}

function Choice({ name, label, value, all, options }: { readonly name: string; readonly label: string; readonly value: string; readonly all: string; readonly options: readonly (readonly [string, string])[] }): VNode {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <select id={`f-${name}`} name={name}>
        <option value="">{all}</option>
        {options.map(([code, text]) => <option key={code} value={code} selected={code === value}>{text}</option>)}
      </select>
    </div>
  );
}

function Orders({ rows, services, nameOf, today, language, records }: WorkOrdersParts): VNode {
  const titleOf = (service: string) => services.find((one) => one.service === service)?.title[language] ?? service;
  return (
    <table class="table stack">
      <caption class="visually-hidden">{WORK_ORDERS.title[language]}</caption>
      <thead><tr><th scope="col">{WORK_ORDERS.task[language]}</th><th scope="col">{WORK_ORDERS.service[language]}</th><th scope="col">{WORK_ORDERS.comune[language]}</th><th scope="col">{WORK_ORDERS.role[language]}</th><th scope="col">{WORK_ORDERS.due[language]}</th></tr></thead>
      <tbody>
        {rows.map(({ id, workItem, title, service, body, role, dueOn }) => (
          <tr key={`${id} ${workItem}`}>
            <th scope="row"><a class="text-wrap" href={records ? `/migrazioni/${id}/comandi/CompleteWorkItem?attivita=${workItem}` : `/migrazioni/${id}`}>{title[language]}<span class="visually-hidden">: {nameOf(body)}</span></a></th>
            <td data-label={WORK_ORDERS.service[language]}><a href={`/migrazioni/${id}`}>{titleOf(service)}<span class="visually-hidden">: {nameOf(body)}, {title[language]}</span></a></td>
            <td class="whole-words" data-label={WORK_ORDERS.comune[language]}>{nameOf(body)}</td>
            <td data-label={WORK_ORDERS.role[language]}>{capital(wordOf(PARTIES, role, language))}</td>
            <td data-label={WORK_ORDERS.due[language]}>{dueOn === null ? WORK_ORDERS.noDue[language] : sayDate(dueOn, language)} {dueOn !== null && dueOn < today ? <span class="tag late">{WORK_ORDERS.overdue[language]}</span> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
