import type { Bilingual } from '../../domain/shared/bilingual.ts';

/** What an open page says of changes. */
export const LIVE = {
  case: { it: 'La pratica è stata aggiornata: {what}.', en: 'The case has been updated: {what}.' },
  list: { it: 'Pagina aggiornata: {what} ({case}).', en: 'Page updated: {what} ({case}).' },
  many: { it: 'Pagina aggiornata: sono cambiate {n} pratiche.', en: 'Page updated: {n} cases have changed.' },
  behind: { it: 'Pagina aggiornata: molte pratiche sono cambiate.', en: 'Page updated: many cases have changed.' },
  form: { it: 'Nel frattempo la pratica è stata aggiornata: {what}. Quanto avete scritto è ancora qui.', en: 'The case has changed in the meantime: {what}. What you typed is still here.' },
  again: { it: 'Ricarica il modulo, conservando quanto scritto', en: 'Reload the form, keeping what was typed' },
  look: { it: "Vedi la pratica aggiornata (si apre in un'altra scheda)", en: 'See the updated case (opens another tab)' },
  ended: { it: "L'accesso è terminato: la pagina non si aggiorna più.", en: 'You are no longer signed on: the page is not kept up to date.' },
} as const satisfies Readonly<Record<string, Bilingual>>;
