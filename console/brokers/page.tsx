import type { VNode } from 'preact';
import type { Asked, BrokerPreparation, Contact, Registered } from '../../api/cases/brokers.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { CODES } from '../words/codes.ts';
import { elided, sayInstant } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { serviceTitle } from '../words/services.ts';

const WORDS = {
  title: { it: 'Broker', en: 'Brokers' },
  intro: { it: "Chi attiva i servizi con l'Open Service Broker API. Quando si registra o si cambia un broker, il suo catalogo si legge prima.", en: 'Who provisions services by the Open Service Broker API. When a broker is registered or changed, its catalogue is read first.' },
  none: { it: 'Nessun broker è registrato.', en: 'No broker is registered.' },
  services: { it: 'Servizi', en: 'Services' },
  instances: { it: 'Istanze', en: 'Instances' },
  registered: { it: 'Registrato il', en: 'Registered on' },
  contact: { it: 'Contatto', en: 'Contact' },
  answered: { it: 'Ultima risposta', en: 'Last answer' },
  failed: { it: 'Ultimo errore', en: 'Last failure' },
  UNKNOWN: { it: 'Non è ancora stato chiamato.', en: 'It was not called yet.' },
  CLOSED: { it: 'Viene chiamato.', en: 'It is called.' },
  failing: { it: "Viene chiamato, ma l'ultima volta ha fallito.", en: 'It is called, but failed the last time.' },
  OPEN: { it: 'Ha fallito più volte di seguito: non viene chiamato fino al', en: 'It failed several times in a row: it is left alone until' },
  rested: { it: 'Ha fallito più volte di seguito: la prossima chiamata lo mette alla prova.', en: 'It failed several times in a row: the next call tries it.' },
  local: { it: 'indirizzo privato ammesso', en: 'a private address is permitted' },
  check: { it: 'Verifica ora', en: 'Check now' },
  remove: { it: 'Rimuovi', en: 'Remove' },
  approve: { it: 'Approva la rimozione', en: 'Approve the removal' },
  prepared: { it: 'Modifiche in attesa di un altro operatore', en: 'Changes that wait for another operator' },
  toRemove: { it: 'da rimuovere', en: 'to be removed' },
  toRegister: { it: 'da registrare o cambiare: un altro operatore invia la stessa registrazione', en: 'to be registered or changed: another operator sends the same registration' },
  withdraw: { it: 'Ritira', en: 'Withdraw' },
  reached: { it: 'Risponde: il suo catalogo contiene tutto ciò che è registrato.', en: 'It answers: its catalogue has all that is registered.' },
  mismatch: { it: 'Risponde, ma il suo catalogo non ha:', en: 'It answers, but its catalogue lacks:' },
  away: { it: 'Non risponde:', en: 'It does not answer:' },
  waits: { it: 'La rimozione attende un altro operatore.', en: 'The removal waits for another operator.' },
  register: { it: 'Registra un broker', en: 'Register a broker' },
  change: { it: 'Cambia', en: 'Change' },
  approveRegistration: { it: 'Approva la registrazione', en: 'Approve the registration' },
  isRegistered: { it: 'Il broker è registrato.', en: 'The broker is registered.' },
  isPrepared: { it: 'La registrazione attende un altro operatore.', en: 'The registration waits for another operator.' },
  removed: { it: 'Il broker è stato rimosso.', en: 'The broker was removed.' },
} as const satisfies Readonly<Record<string, Bilingual>>;
export { WORDS as BROKERS };

/** What a broker said when it was asked just now. */
export interface Checked extends Asked {
  readonly broker: string;
}

export interface BrokersParts {
  readonly brokers: readonly { readonly registered: Registered; readonly instances: number; readonly contact: Contact }[];
  readonly prepared: readonly BrokerPreparation[];
  readonly checked: Checked | null;
  readonly notice: { readonly text: string; readonly isFault: boolean } | null;
  /** Of an operator; null: the reader changes nothing. */
  readonly csrf: string | null;
  readonly language: Language;
}

/** The brokers that are registered, what each provides, and whether it answers. */
export function BrokersPage({ brokers, prepared, checked, notice, csrf, language }: BrokersParts): VNode {
  return (
    <>
      {notice === null ? null : <div class={`notice ${notice.isFault ? 'fault' : 'done'}`} role={notice.isFault ? 'alert' : 'status'}><p>{notice.text}</p></div>}
      <p>{WORDS.intro[language]}</p>
      {csrf === null ? null : <p class="actions"><a class="btn btn-primary" href="/broker/registra">{WORDS.register[language]}</a></p>}
      {brokers.length === 0 ? <p>{WORDS.none[language]}</p> : null}
      {brokers.map(({ registered: { broker, url, local, services, at }, instances, contact }) => (
        <section class="sheet" key={broker}>
          <h2 class="h4 mt-0">{broker}</h2>
          <p><span class="code">{url}</span>{local ? ` (${WORDS.local[language]})` : ''}</p>
          <dl class="facts">
            <div><dt>{WORDS.services[language]}</dt><dd>{Object.keys(services).map((service) => serviceTitle(service)[language]).join('; ')}</dd></div>
            <div><dt>{WORDS.instances[language]}</dt><dd>{instances}</dd></div>
            <div><dt>{WORDS.registered[language]}</dt><dd>{sayInstant(at, language)}</dd></div>
            <div><dt>{WORDS.contact[language]}</dt><dd>{sayState(contact, language)}</dd></div>
            {contact.answeredAt === null ? null : <div><dt>{WORDS.answered[language]}</dt><dd>{sayInstant(contact.answeredAt, language)}</dd></div>}
            {contact.failedAt === null || contact.failure === null ? null : <div><dt>{WORDS.failed[language]}</dt><dd>{sayInstant(contact.failedAt, language)}: {wordOf(CODES, contact.failure, language)}</dd></div>}
          </dl>
          {checked?.broker === broker ? <Answer checked={checked} language={language} /> : null}
          <div class="actions">
            <a class="btn btn-outline-primary" href={`/broker?${new URLSearchParams({ verifica: broker }).toString()}`}>{WORDS.check[language]}<span class="visually-hidden">: {broker}</span></a>
            {csrf === null ? null : <a class="btn btn-outline-primary" href={formFor(broker)}>{WORDS.change[language]}<span class="visually-hidden">: {broker}</span></a>}
            {csrf === null ? null : <Send action={`/broker/${broker}/rimuovi`} csrf={csrf} label={prepared.some((one) => one.broker === broker && one.registration === null) ? WORDS.approve[language] : WORDS.remove[language]} of={broker} />}
          </div>
        </section>
      ))}
      {prepared.length === 0 ? null : (
        <>
          <h2>{WORDS.prepared[language]}</h2>
          {prepared.map(({ broker, registration, at }) => (
            <div class="sheet" key={broker}>
              <p><strong>{broker}</strong>: {registration === null ? WORDS.toRemove[language] : WORDS.toRegister[language]} ({sayInstant(at, language)})</p>
              {registration === null ? null : <p><span class="code">{registration.url}</span>: {Object.keys(registration.services).map((service) => serviceTitle(service)[language]).join('; ')}</p>}
              {csrf === null ? null : (
                <div class="actions">
                  {registration === null ? null : <a class="btn btn-primary" href={formFor(broker)}>{WORDS.approveRegistration[language]}<span class="visually-hidden">: {broker}</span></a>}
                  <Send action={`/broker/${broker}/ritira`} csrf={csrf} label={WORDS.withdraw[language]} of={broker} />
                </div>
              )}
            </div>
          ))}
        </>
      )}
    </>
  );
}

function sayState({ state, failures, openUntil }: Contact, language: Language): string {
  if (openUntil !== null) return Date.parse(openUntil) > Date.now() ? elided(`${WORDS.OPEN[language]} ${sayInstant(openUntil, language)}.`) : WORDS.rested[language];
  return state === 'CLOSED' && failures > 0 ? WORDS.failing[language] : WORDS[state][language];
}

/** Where a broker is changed, or what waits is approved. */
function formFor(broker: string): string {
  return `/broker/registra?${new URLSearchParams({ nome: broker }).toString()}`;
}

function Answer({ checked: { code, mismatches }, language }: { readonly checked: Checked; readonly language: Language }): VNode {
  if (code !== null) return <div class="notice fault" role="status"><p>{WORDS.away[language]} {wordOf(CODES, code, language)}.</p></div>;
  if (mismatches.length === 0) return <div class="notice done" role="status"><p>{WORDS.reached[language]}</p></div>;
  return <div class="notice warn" role="status"><p>{WORDS.mismatch[language]}</p><ul>{mismatches.map(({ message, path }) => <li key={path}>{message[language]}</li>)}</ul></div>;
}

function Send({ action, csrf, label, of }: { readonly action: string; readonly csrf: string; readonly label: string; readonly of: string }): VNode {
  return <form method="post" action={action}><input type="hidden" name="csrf" value={csrf} /><button type="submit" class="btn btn-outline-secondary">{label}<span class="visually-hidden">: {of}</span></button></form>;
}
