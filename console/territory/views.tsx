import type { VNode } from 'preact';
import type { ViewFilter } from '../../db/schema.ts';
import type { SavedView } from '../../db/views.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { CASE } from '../words/case.ts';
import { PARTIES, PHASES } from '../words/codes.ts';
import { wordOf } from '../words/say.ts';
import { TERRITORY } from '../words/territory.ts';
import { ANY, queryOf, toFilter, type Filter } from './list.ts';

const MOST_LETTERS = 60;

/** The name of a view in addresses: the letters and digits of its title; null where it has none, or is too long. */
export function nameOfTitle(title: string): string | null {
  const name = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  return name === '' || title.length > MOST_LETTERS || name.length > MOST_LETTERS ? null : name;
}

export interface SavedViewsParts {
  readonly views: readonly SavedView[];
  readonly filter: Filter;
  readonly csrf: string;
  readonly language: Language;
  readonly fault: string | null;
}

/** The views of a person, to be chosen, and the filters that are set, to be kept as one more. */
export function SavedViews({ views, filter, csrf, language, fault }: SavedViewsParts): VNode {
  const here = queryOf(filter);
  return (
    <section aria-labelledby="viste" class="views">
      <h2 id="viste">{TERRITORY.views[language]}</h2>
      {views.length === 0 ? <p class="small muted">{TERRITORY.noViews[language]}</p> : (
        <>
          <ul class="plain">
            {views.map(({ name, title, filter: kept }) => {
              const query = queryOf(toFilter(kept));
              return <li key={name}><a href={`/territorio${query}`} aria-current={query === here ? 'true' : undefined}>{title}</a></li>;
            })}
          </ul>
          <p class="small"><a href="/territorio/viste">{TERRITORY.manageViews[language]}</a></p>
        </>
      )}
      {here === '' ? null : (
        <details open={fault !== null}>
          <summary>{TERRITORY.saveView[language]}</summary>
          <form method="post" action={`/territorio/viste${here}`}>
            <input type="hidden" name="csrf" value={csrf} />
            <TitleField id="vista" label={TERRITORY.viewTitle[language]} value="" fault={fault} />
            <button type="submit" class="btn btn-outline-primary">{TERRITORY.save[language]}</button>
          </form>
        </details>
      )}
    </section>
  );
}

/** The views of a person, each to be renamed or removed. `fault` is about the one named. */
export function ViewsPage({ views, csrf, language, fault }: { readonly views: readonly SavedView[]; readonly csrf: string; readonly language: Language; readonly fault: { readonly name: string; readonly typed: string; readonly message: string } | null }): VNode {
  if (views.length === 0) return <p>{TERRITORY.noViews[language]}</p>;
  return (
    <table class="table stack">
      <caption class="visually-hidden">{TERRITORY.views[language]}</caption>
      <thead><tr><th scope="col">{TERRITORY.viewTitle[language]}</th><th scope="col">{TERRITORY.filters[language]}</th><th scope="col">{TERRITORY.rename[language]}</th><th scope="col">{TERRITORY.remove[language]}</th></tr></thead>
      <tbody>
        {views.map(({ name, title, filter }) => (
          <tr key={name} id={`vista-${name}`}>
            <th scope="row"><a href={`/territorio${queryOf(toFilter(filter))}`}>{title}</a></th>
            <td data-label={TERRITORY.filters[language]}>{inWords(filter, language)}</td>
            <td>
              <form method="post" action={`/territorio/viste/${name}/nome`} class="rename">
                <input type="hidden" name="csrf" value={csrf} />
                <TitleField id={`nome-${name}`} label={`${TERRITORY.newTitle[language]}: ${title}`} value={fault?.name === name ? fault.typed : title} fault={fault?.name === name ? fault.message : null} />
                <button type="submit" class="btn btn-outline-primary btn-sm">{TERRITORY.rename[language]}<span class="visually-hidden">: {title}</span></button>
              </form>
            </td>
            <td>
              <form method="post" action={`/territorio/viste/${name}/elimina`}>
                <input type="hidden" name="csrf" value={csrf} />
                <button type="submit" class="btn btn-outline-danger btn-sm">{TERRITORY.remove[language]}<span class="visually-hidden">: {title}</span></button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TitleField({ id, label, value, fault }: { readonly id: string; readonly label: string; readonly value: string; readonly fault: string | null }): VNode {
  return (
    <div class={fault === null ? 'field' : 'field bad'}>
      <label for={id}>{label}</label>
      <input id={id} name="title" type="text" maxLength={MOST_LETTERS} value={value} aria-invalid={fault === null ? undefined : 'true'} aria-describedby={fault === null ? undefined : `${id}-errore`} autofocus={fault !== null} />
      {fault === null ? null : <p class="error" id={`${id}-errore`} role="alert">{fault}</p>}
    </div>
  );
}

/** What a view filters and sorts by. */
function inWords({ q, phase, waitingFor, late, sort, descending }: ViewFilter, language: Language): string {
  const parts = [
    ...(q === '' ? [] : [`«${q}»`]),
    ...(phase === ANY ? [] : [wordOf(PHASES, phase, language)]),
    ...(waitingFor === ANY ? [] : [`${TERRITORY.waitingFor[language]} ${wordOf(PARTIES, waitingFor, language)}`]),
    ...(late === null ? [] : [late ? CASE.late[language] : TERRITORY.notLate[language]]),
    ...(sort === 'name' && !descending ? [] : [`${TERRITORY.sorted[language]} ${TERRITORY[sort][language].toLowerCase()}${descending ? ' ↓' : ' ↑'}`]),
  ];
  return parts.length === 0 ? TERRITORY.noFilters[language] : capital(parts.join(', '));
}
