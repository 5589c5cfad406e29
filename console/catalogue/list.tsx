import type { VNode } from 'preact';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { CATALOGUE } from '../words/catalogue.ts';

/** All services, by track, with what each depends on; and the same as a picture. */
export function CatalogueList({ services, language }: { readonly services: readonly Service[]; readonly language: Language }): VNode {
  return (
    <>
      <h2>{CATALOGUE.picture[language]}</h2>
      <p><a href="/catalogo.svg"><img class="picture" src="/catalogo.svg" alt={CATALOGUE.pictureAlt[language]} /></a></p>
      <p class="small"><a href="/catalogo.svg">{CATALOGUE.openPicture[language]}</a></p>
      {(['FULL', 'LIGHT'] as const).map((track) => <Track key={track} title={CATALOGUE[track][language]} services={services.filter((one) => one.track === track)} all={services} language={language} />)}
    </>
  );
}

function Track({ title, services, all, language }: { readonly title: string; readonly services: readonly Service[]; readonly all: readonly Service[]; readonly language: Language }): VNode {
  return (
    <>
      <h2>{title}</h2>
      <table class="table stack">
        <caption class="visually-hidden">{title}</caption>
        <thead><tr><th scope="col">{CATALOGUE.service[language]}</th><th scope="col">{CATALOGUE.offered[language]}</th><th scope="col">{CATALOGUE.dependsOn[language]}</th></tr></thead>
        <tbody>
          {services.toSorted((a, b) => a.title[language].localeCompare(b.title[language], language)).map(({ service, title: name, description, active, dependsOn }) => (
            <tr key={service}>
              <th scope="row"><a href={`/catalogo/${service}`}>{name[language]}</a><br /><span class="small fw-normal">{description[language]}</span></th>
              <td data-label={CATALOGUE.offered[language]}>{active ? CATALOGUE.yes[language] : CATALOGUE.no[language]}</td>
              <td data-label={CATALOGUE.dependsOn[language]}>{dependsOn.length === 0 ? CATALOGUE.nothing[language] : <Links services={dependsOn} all={all} language={language} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Services by their names, each a link to its page. */
export function Links({ services, all, language }: { readonly services: readonly string[]; readonly all: readonly Service[]; readonly language: Language }): VNode {
  return <>{services.map((service, index) => <span key={service}>{index === 0 ? '' : ', '}<a href={`/catalogo/${service}`}>{all.find((one) => one.service === service)?.title[language] ?? service}</a></span>)}</>;
}
