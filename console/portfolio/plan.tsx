import type { VNode } from 'preact';
import type { Service } from '../../domain/catalogue/schemas.ts';
import { alike } from '../../domain/portfolio/alike.ts';
import type { Plan, Terms } from '../../domain/portfolio/plan.ts';
import { ORDER } from '../../domain/portfolio/words.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import { sayInstant } from '../words/dates.ts';
import { PORTFOLIO } from '../words/portfolio.ts';
import { saySentence } from '../words/sentences.ts';

export interface PlanPageParts {
  /** Services that have a cutover. */
  readonly services: readonly Service[];
  readonly service: string | null;
  readonly terms: Terms;
  readonly withDependencies: boolean;
  readonly everyone: boolean;
  /** None until a service is chosen. */
  readonly plans: readonly Plan[];
  readonly nameOf: (body: string) => string;
  readonly language: Language;
}

/** The waves that are proposed for a service, and the form that asks for others. */
export function PlanPage({ plans, services, nameOf, language, ...asked }: PlanPageParts): VNode {
  const titleOf = (service: string): string => services.find((one) => one.service === service)?.title[language] ?? service;
  return (
    <>
      <p>{PORTFOLIO.planIntro[language]}</p>
      <Form {...asked} services={services} language={language} />
      {plans.length === 0 ? null : <p><strong>{PORTFOLIO.order[language]}:</strong> {ORDER[language]}</p>}
      {plans.map((plan) => <ServicePlan key={plan.service} plan={plan} title={titleOf(plan.service)} nameOf={nameOf} language={language} />)}
    </>
  );
}

function Form({ services, service, terms, withDependencies, everyone, language }: Omit<PlanPageParts, 'plans' | 'nameOf'>): VNode {
  return (
    <form method="get" action="/portafoglio/piano" class="filters">
      <div class="field">
        <label for="f-service">{PORTFOLIO.service[language]}</label>
        <select id="f-service" name="servizio">
          <option value="">{PORTFOLIO.choose[language]}</option>
          {services.map((one) => <option key={one.service} value={one.service} selected={one.service === service}>{one.title[language]}</option>)}
        </select>
      </div>
      <div class="field"><label for="f-from">{PORTFOLIO.firstDay[language]}</label><input id="f-from" type="date" name="dal" value={terms.from} /></div>
      <div class="field"><label for="f-own">{PORTFOLIO.perWeekOfService[language]}</label><input id="f-own" name="delservizio" inputMode="numeric" value={terms.perWeekOfService} autocomplete="off" /></div>
      <div class="field"><label for="f-all">{PORTFOLIO.perWeek[language]}</label><input id="f-all" name="settimana" inputMode="numeric" value={terms.perWeek} autocomplete="off" /></div>
      <div class="field">
        <div class="choice"><input type="checkbox" id="f-deps" name="dipendenze" value="si" checked={withDependencies} /><label for="f-deps">{PORTFOLIO.withDependencies[language]}</label></div>
        <div class="choice"><input type="checkbox" id="f-everyone" name="tutti" value="si" checked={everyone} /><label for="f-everyone">{PORTFOLIO.everyone[language]}</label></div>
      </div>
      <div class="actions mt-0"><button type="submit" class="btn btn-primary">{PORTFOLIO.propose[language]}</button></div>
    </form>
  );
}

function ServicePlan({ plan: { waves, unplaced }, title, nameOf, language }: { readonly plan: Plan; readonly title: string; readonly nameOf: (body: string) => string; readonly language: Language }): VNode {
  const placed = waves.reduce((sum, { comuni }) => sum + comuni.length, 0);
  return (
    <section>
      <h2>{title}</h2>
      <p role="status">{PORTFOLIO.waves[language]}: {waves.length}; {PORTFOLIO.placed[language]}: {placed} {PORTFOLIO.of[language]} {placed + unplaced.length}</p>
      {waves.length === 0 ? <p>{PORTFOLIO.noWaves[language]}</p> : (
        <table class="table stack">
          <caption class="visually-hidden">{title}</caption>
          <thead><tr><th scope="col">{PORTFOLIO.wave[language]}</th><th scope="col">{PORTFOLIO.window[language]}</th><th scope="col">{PORTFOLIO.comune[language]}</th><th scope="col">{PORTFOLIO.ofWeek[language]}</th></tr></thead>
          <tbody>
            {waves.map(({ wave, window, comuni, inWeek }) => (
              <tr key={wave}>
                <th scope="row"><span class="visually-hidden">{PORTFOLIO.wave[language]} </span>{wave}</th>
                <td data-label={PORTFOLIO.window[language]}>{sayInstant(window.from, language)} – {sayInstant(window.to, language)}</td>
                <td data-label={PORTFOLIO.comune[language]}>
                  {comuni.map(({ body }) => nameOf(body)).join(', ')}
                  {comuni.every(({ reasons }) => reasons.length === 0) ? null : (
                    <details>
                      <summary>{PORTFOLIO.whyNotEarlier[language]}<span class="visually-hidden"> ({title}, {PORTFOLIO.wave[language].toLowerCase()} {wave})</span></summary>
                      <Groups groups={alike(comuni).filter(({ reasons }) => reasons.length > 0)} nameOf={nameOf} language={language} />
                    </details>
                  )}
                </td>
                <td data-label={PORTFOLIO.ofWeek[language]}>{inWeek}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {unplaced.length === 0 ? null : <><h3>{PORTFOLIO.unplaced[language]}</h3><Groups groups={alike(unplaced)} nameOf={nameOf} language={language} /></>}
    </section>
  );
}

interface Group {
  readonly reasons: readonly Reason[];
  readonly items: readonly { readonly body: string }[];
}

function Groups({ groups, nameOf, language }: { readonly groups: readonly Group[]; readonly nameOf: (body: string) => string; readonly language: Language }): VNode {
  return (
    <dl>
      {groups.map(({ reasons, items }) => (
        <div key={items[0]?.body}>
          <dt>{items.map(({ body }) => nameOf(body)).join(', ')}</dt>
          {reasons.map(({ code, message }) => <dd key={`${code} ${message.it}`}>{saySentence(message[language], language)}</dd>)}
        </div>
      ))}
    </dl>
  );
}
