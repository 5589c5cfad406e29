import type { VNode } from 'preact';
import { changeOf, entryOf, type Catalogue, type Change, type Preparation } from '../../domain/catalogue/catalogue.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { sameJson } from '../../domain/shared/same-json.ts';
import { CATALOGUE, COSTS, FULFILMENTS, PERSONAL_DATA, WINDOWS } from '../words/catalogue.ts';
import { sayEuros, sayInstant } from '../words/dates.ts';
import { parameterWords } from '../words/parameters.ts';
import { wordOf } from '../words/say.ts';
import { Links } from './list.tsx';

export interface ServicePageParts {
  readonly shown: Service;
  /** All versions, the newest last. */
  readonly versions: readonly Service[];
  readonly known: Catalogue;
  readonly all: readonly Service[];
  /** The change that waits for another person; undefined: none does, or the caller may not see it. */
  readonly prepared: Preparation | undefined;
  readonly role: 'operator' | 'auditor' | 'member';
  readonly csrf: string;
  readonly commandKey: string;
  /** What was typed and refused, with why; null: nothing was. */
  readonly refused: { readonly typed: Typed | null; readonly reasons: readonly string[] } | null;
  readonly language: Language;
}

/** What of an entry can be changed by the form of the page. */
export interface Typed {
  readonly titleIt: string;
  readonly titleEn: string;
  readonly descriptionIt: string;
  readonly descriptionEn: string;
  readonly active: boolean;
}

/** A service of the catalogue: what it is, its versions, and for operators the form that changes it. */
export function ServicePage(parts: ServicePageParts): VNode {
  const { shown, versions, known, all, prepared, role, refused, language } = parts;
  const newest = versions.at(-1) ?? shown;
  const isNewest = shown.version === newest.version;
  return (
    <>
      {refused === null ? null : <div class="notice fault" role="alert"><p>{CATALOGUE.refused[language]}</p><ul>{refused.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul></div>}
      {isNewest ? null : <div class="notice warn"><p>{CATALOGUE.old[language]} <a href={`/catalogo/${shown.service}`}>{CATALOGUE.toNewest[language]}</a></p></div>}
      <p>{shown.description[language]}</p>
      <Facts shown={shown} all={all} language={language} />
      <ul class="links">
        {role === 'member' ? null : <li><a href={`/portafoglio?servizio=${shown.service}`}>{CATALOGUE.migrations[language]}</a></li>}
        {role === 'member' || shown.track === 'LIGHT' ? null : <li><a href={`/portafoglio/piano?servizio=${shown.service}`}>{CATALOGUE.planWaves[language]}</a></li>}
      </ul>
      {prepared === undefined ? null : <Prepared {...parts} preparation={prepared} newest={newest} />}
      <h2>{CATALOGUE.plans[language]}</h2>
      <dl>{shown.plans.map(({ id, title, parameters }) => <div key={id}><dt>{title[language]} <span class="small muted">{id}</span></dt><dd>{parametersText(parameters, language)}</dd></div>)}</dl>
      {shown.fulfilment.kind === 'MANUAL' ? <><h2>{CATALOGUE.workItems[language]}</h2><ol>{shown.fulfilment.workItems.map(({ id, title }) => <li key={id}>{title[language]}</li>)}</ol></> : null}
      <h2>{CATALOGUE.versions[language]}</h2>
      <ul>
        {versions.toReversed().map(({ service, version, title, active }) => (
          <li key={version}>
            <a href={version === newest.version ? `/catalogo/${shown.service}` : `/catalogo/${shown.service}?versione=${version}`} aria-current={version === shown.version ? 'true' : undefined}>{CATALOGUE.version[language]} {version}</a>
            {version === newest.version ? ` (${CATALOGUE.now[language]})` : ''}: {title[language]}; {CATALOGUE.offered[language].toLowerCase()}: {active ? CATALOGUE.yes[language] : CATALOGUE.no[language]}
            <br /><Made change={changeOf(known, { service, version })} language={language} />
          </li>
        ))}
      </ul>
      {role === 'operator' && isNewest ? <Change {...parts} /> : null}
    </>
  );
}

function Made({ change, language }: { readonly change: Change | undefined; readonly language: Language }): VNode {
  if (change === undefined) return <span class="small muted">{CATALOGUE.shipped[language]}</span>;
  const { changedAt, changedBy, preparedBy } = change;
  return (
    <span class="small muted">
      {CATALOGUE.changedBy[language]} <span class="code">{changedBy}</span>, {sayInstant(changedAt, language)}
      {preparedBy === null ? null : <>; {CATALOGUE.preparedBy[language].toLowerCase()} <span class="code">{preparedBy}</span></>}
    </span>
  );
}

function Facts({ shown, all, language }: Pick<ServicePageParts, 'shown' | 'all' | 'language'>): VNode {
  const { service, version, source, track, dependsOn, windows, personalData, fulfilment, cost, active } = shown;
  const neededBy = all.filter((one) => one.dependsOn.includes(service)).map((one) => one.service);
  const links = (services: readonly string[]) => (services.length === 0 ? CATALOGUE.nothing[language] : <Links services={services} all={all} language={language} />);
  const facts: readonly (readonly [string, VNode | string])[] = [
    [CATALOGUE.offered[language], active ? CATALOGUE.yes[language] : CATALOGUE.no[language]],
    [CATALOGUE.track[language], CATALOGUE[track][language]],
    [CATALOGUE.dependsOn[language], links(dependsOn)],
    [CATALOGUE.neededBy[language], links(neededBy)],
    ...(windows.forbidden.length === 0 ? [] : [[CATALOGUE.forbidden[language], windows.forbidden.map((code) => wordOf(WINDOWS, code, language)).join(', ')] as const]),
    [CATALOGUE.personalData[language], wordOf(PERSONAL_DATA, personalData, language)],
    [CATALOGUE.fulfilment[language], wordOf(FULFILMENTS, fulfilment.kind, language)],
    [CATALOGUE.cost[language], `${wordOf(COSTS, cost.kind, language)}${'cents' in cost ? `: ${sayEuros(cost.cents, language)}` : ''}`],
    [CATALOGUE.source[language], source],
    [CATALOGUE.version[language], String(version)],
  ];
  return <dl class="facts">{facts.map(([term, text]) => <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}</dl>;
}

function parametersText({ properties, required = [] }: Service['plans'][number]['parameters'], language: Language): string {
  const names = Object.entries(properties).map(([name, { title = name }]) => `${parameterWords(title)[language]}${required.includes(name) ? ` (${CATALOGUE.required[language]})` : ''}`);
  return names.length === 0 ? CATALOGUE.noParameters[language] : names.join('; ');
}

function Prepared({ preparation: { entry, by, at, preparedAt }, newest, role, csrf, commandKey, language }: ServicePageParts & { readonly preparation: Preparation; readonly newest: Service }): VNode {
  const before: Readonly<Record<string, unknown>> = entryOf(newest);
  const changed = Object.entries(entry).filter(([name, value]) => !sameJson(before[name], value));
  return (
    <section class="sheet">
      <h2 class="mt-0">{CATALOGUE.waits[language]}</h2>
      <p>{CATALOGUE.preparedBy[language]} <code>{by}</code>, {sayInstant(at, language)}</p>
      <h3>{CATALOGUE.differs[language]}</h3>
      <dl>{changed.map(([name, value]) => <div key={name}><dt><code>{name}</code></dt><dd><code class="text-break">{JSON.stringify(before[name])}</code> → <code class="text-break">{JSON.stringify(value)}</code></dd></div>)}</dl>
      {role === 'operator' ? (
        <div class="actions">
          <form method="post" action={`/catalogo/${newest.service}`}>
            <Hidden csrf={csrf} commandKey={commandKey} />
            <input type="hidden" name="preparedAt" value={preparedAt} />
            <button type="submit" name="step" value="approve" class="btn btn-primary">{CATALOGUE.approve[language]}</button>
          </form>
          <form method="post" action={`/catalogo/${newest.service}/ritira`}>
            <Hidden csrf={csrf} commandKey={commandKey} />
            <input type="hidden" name="preparedAt" value={preparedAt} />
            <button type="submit" class="btn btn-outline-secondary">{CATALOGUE.withdraw[language]}</button>
          </form>
        </div>
      ) : null}
    </section>
  );
}

function Change({ shown, refused, csrf, commandKey, language }: ServicePageParts): VNode {
  const typed = refused?.typed ?? { titleIt: shown.title.it, titleEn: shown.title.en, descriptionIt: shown.description.it, descriptionEn: shown.description.en, active: shown.active };
  return (
    <>
      <h2>{CATALOGUE.change[language]}</h2>
      <p>{CATALOGUE.changeIntro[language]}</p>
      <form method="post" action={`/catalogo/${shown.service}`} noValidate>
        <Hidden csrf={csrf} commandKey={commandKey} />
        <input type="hidden" name="version" value={shown.version} />
        <fieldset class="field">
          <legend>{CATALOGUE.offered[language]}</legend>
          <div class="choice"><input type="radio" id="e-yes" name="active" value="true" checked={typed.active} /><label for="e-yes">{CATALOGUE.yes[language]}</label></div>
          <div class="choice"><input type="radio" id="e-no" name="active" value="false" checked={!typed.active} /><label for="e-no">{CATALOGUE.no[language]}</label></div>
        </fieldset>
        <div class="field"><label for="e-title-it">{CATALOGUE.titleIt[language]}</label><input id="e-title-it" name="titleIt" value={typed.titleIt} maxLength={200} autocomplete="off" lang="it" /></div>
        <div class="field"><label for="e-title-en">{CATALOGUE.titleEn[language]}</label><input id="e-title-en" name="titleEn" value={typed.titleEn} maxLength={200} autocomplete="off" lang="en" /></div>
        <div class="field"><label for="e-text-it">{CATALOGUE.descriptionIt[language]}</label><textarea id="e-text-it" name="descriptionIt" rows={3} maxLength={1000} lang="it">{typed.descriptionIt}</textarea></div>
        <div class="field"><label for="e-text-en">{CATALOGUE.descriptionEn[language]}</label><textarea id="e-text-en" name="descriptionEn" rows={3} maxLength={1000} lang="en">{typed.descriptionEn}</textarea></div>
        <div class="actions"><button type="submit" name="step" value="save" class="btn btn-primary">{CATALOGUE.save[language]}</button></div>
      </form>
    </>
  );
}

function Hidden({ csrf, commandKey }: Pick<ServicePageParts, 'csrf' | 'commandKey'>): VNode {
  return <><input type="hidden" name="csrf" value={csrf} /><input type="hidden" name="key" value={commandKey} /></>;
}
