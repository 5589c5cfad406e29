import type { FastifyInstance } from 'fastify';
import type { VNode } from 'preact';
import { HIDDEN } from '../../api/pages/pages.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { FRAME } from '../words/frame.ts';

const ACCESSIBILITY: readonly Bilingual[] = [
  { it: 'Questo servizio è costruito per essere accessibile secondo la legge 4/2004 e le WCAG 2.2, livelli A e AA: ogni pagina funziona senza script, con la sola tastiera e con un lettore di schermo, fino a 320 pixel di larghezza.', en: 'This service is built to be accessible by law 4/2004 and WCAG 2.2, levels A and AA: every page works without script, by keyboard alone and with a screen reader, down to 320 pixels.' },
  { it: "Le pagine sono controllate a ogni modifica con uno strumento automatico (axe); una valutazione con persone non è ancora stata fatta. L'ente che mette in esercizio il servizio pubblica qui la propria dichiarazione, compilata su form.agid.gov.it, e il recapito per le segnalazioni.", en: 'The pages are checked at every change by an automatic tool (axe); an evaluation with people has not been made yet. The body that runs the service publishes its own declaration here, made on form.agid.gov.it, with the address for reports.' },
];

const PRIVACY: readonly Bilingual[] = [
  { it: "Il servizio tratta i dati delle persone che agiscono per i comuni e per l'Agenzia (nome, recapiti dell'ufficio), per condurre e documentare le procedure di adesione.", en: 'The service processes data of the persons who act for the comuni and for the Agency (name, contacts of the office), to carry and document the procedures of adhesion.' },
  { it: 'Negli eventi registrati le persone figurano con un codice; nomi, recapiti e testi liberi sono conservati a parte, cifrati, e si possono cancellare. Gli accessi di Agenzia e revisori alle pratiche sono registrati.', en: 'The recorded events name persons by a code; names, contacts and free texts are kept apart, encrypted, and can be erased. Reads of cases by Agency and auditors are recorded.' },
  { it: "Sono usati solo cookie tecnici: la sessione di chi accede e la lingua scelta. Nulla è chiesto ad altri siti. L'ente titolare completa questa informativa con i propri recapiti e quelli del responsabile della protezione dei dati.", en: 'Only technical cookies are used: the session of who signs on and the chosen language. Nothing is asked of other sites. The controller completes this notice with its contacts and those of its data protection officer.' },
];

const LEGAL: readonly Bilingual[] = [
  { it: 'Il software è pubblicato con licenza EUPL-1.2. I contenuti di queste pagine sono rilasciati, salvo diversa indicazione, con licenza Creative Commons Attribuzione 4.0 (CC BY 4.0).', en: 'The software is published under EUPL-1.2. The content of these pages is, unless said otherwise, under Creative Commons Attribution 4.0 (CC BY 4.0).' },
  { it: "Le date sono calcolate secondo le regole indicate accanto a ciascuna; fanno fede gli atti. Il sistema di design è Bootstrap Italia.", en: 'Dates are computed by the rules that stand beside them; the acts themselves are authoritative. The design system is Bootstrap Italia.' },
];

const PAGES = [['/accessibilita', FRAME.accessibility, ACCESSIBILITY], ['/privacy', FRAME.privacy, PRIVACY], ['/note-legali', FRAME.legal, LEGAL]] as const;

/** The pages that the footer of every page leads to. */
export function infoRoutes(app: FastifyInstance, visits: Visits): void {
  for (const [path, title, texts] of PAGES) {
    app.get(path, HIDDEN, async (request, reply) => {
      const visit = await visits.of(request);
      return sendPage(reply, visit, { title: title[visit.language], main: paragraphs(texts, visit.language) });
    });
  }
}

function paragraphs(texts: readonly Bilingual[], language: Language): VNode {
  return <>{texts.map((text) => <p key={text.it}>{text[language]}</p>)}</>;
}
