import { AGENCY, ROLES, type CallerRole } from './tokens.ts';

/** Who may call a route at all; what a command is for stands in its process's own table. */
export interface Access {
  /** `public`: no token is asked for. */
  readonly roles: readonly CallerRole[] | 'public';
  /** What the path names, and so whose it is: a case by its very id, a subject by what the store knows of it. */
  readonly scope?: CaseScope | 'subject';
  /** A caller on the same machine needs no token. */
  readonly orLoopback?: true;
  /** For browsers only, no part of the interface that the document describes: what it is for. */
  readonly page?: string;
  /**
   * What one person prepares and another approves: what of it is done here. `both`: the first who sends a change prepares it,
   * another who sends the same approves it, where the installation wants two; `withdraws`: takes back what is prepared.
   */
  readonly twoPersons?: 'prepares' | 'approves' | 'both' | 'withdraws';
  /** Who is not signed on is told so by the page itself, after the form was read: what was typed is not lost. */
  readonly keepsForm?: true;
}

export type CaseScope = 'adhesion' | 'migration' | 'campaign' | 'constitution';

const ANY = ROLES;
const OPERATOR = ['operator'] as const;
const MEMBER = ['member'] as const;
const ACTING = ['operator', 'member'] as const;
const SEE_ALL = ['operator', 'auditor'] as const;

/** The one table of role by route. A route without a line here does not start. */
export const ACCESS: Readonly<Record<string, Access>> = {
  'GET /status': { roles: 'public' },
  'GET /metrics': { roles: SEE_ALL, orLoopback: true },
  'GET /openapi.json': { roles: 'public' },
  'GET /openapi.yaml': { roles: 'public' },
  'GET /.well-known/jwks.json': { roles: 'public' },
  'GET /.well-known/openid-configuration': { roles: 'public' },

  'GET /': { roles: ANY, page: 'What waits for the one who is signed on' },
  'POST /oggi/letto': { roles: ANY, page: 'Notes up to where the person has read' },
  'GET /oggi/calendario': { roles: ACTING, page: "The private addresses of a person's calendar" },
  'POST /oggi/calendario': { roles: ACTING, page: 'Makes such an address, and shows it once' },
  'POST /oggi/calendario/revoca': { roles: ACTING, page: 'Revokes such an address' },
  'GET /territorio': { roles: SEE_ALL, page: 'The comuni by phase, as tiles and as a table' },
  'GET /territorio.csv': { roles: SEE_ALL, page: 'The same table as a file' },
  'GET /territorio/viste': { roles: SEE_ALL, page: 'The saved views of the one who is signed on' },
  'POST /territorio/viste': { roles: SEE_ALL, page: 'Saves filters as a view' },
  'POST /territorio/viste/:name/nome': { roles: SEE_ALL, page: 'Renames a view' },
  'POST /territorio/viste/:name/elimina': { roles: SEE_ALL, page: 'Removes a view' },
  'GET /attivita': { roles: ANY, page: 'Work items of all services that can be done now, each with the way to its form' },
  'GET /territorio/variazioni': { roles: SEE_ALL, page: 'How comuni merged, split and were renamed, and the form that records a merger' },
  'POST /territorio/variazioni': { roles: OPERATOR, page: 'Previews a merger, and records it' },
  'GET /territorio/:ipaCode/avvio': { roles: OPERATOR, page: 'Asks before an adhesion is started' },
  'POST /territorio/:ipaCode/avvio': { roles: OPERATOR, page: 'Starts an adhesion', keepsForm: true },
  'GET /portafoglio': { roles: ANY, page: 'The comuni by services, as a matrix' },
  'GET /attivita.csv': { roles: ANY, page: 'The same as a file' },
  'GET /portafoglio.csv': { roles: SEE_ALL, page: 'The same as a file' },
  'GET /portafoglio/calendario': { roles: ANY, page: 'The cutovers week by week, with what stands against them' },
  'GET /portafoglio/piano': { roles: SEE_ALL, page: 'The waves proposed for a service' },
  'GET /catalogo': { roles: ANY, page: 'The services of the catalogue' },
  'GET /catalogo.svg': { roles: ANY, page: 'What depends on what, as a picture' },
  'GET /catalogo/:service': { roles: ANY, page: 'A service of the catalogue, with its versions' },
  'POST /catalogo/:service': { roles: OPERATOR, page: 'Changes a service, or approves the change that waits' },
  'POST /catalogo/:service/ritira': { roles: OPERATOR, page: 'Takes back the change of a service that waits' },
  'GET /pratiche/:id': { roles: ANY, scope: 'adhesion', page: 'A case: how it stands, whose turn it is, what may be done' },
  'GET /pratiche/:id/eventi': { roles: ANY, scope: 'adhesion', page: 'What was recorded of a case, event by event' },
  'GET /pratiche/:id/perche': { roles: ANY, scope: 'adhesion', page: 'Why a date or a state of a case is as it is' },
  'GET /pratiche/:id/storia': { roles: ANY, scope: 'adhesion', page: 'A case as it was known at a moment, as it was in force on a day' },
  'GET /pratiche/:id/differenze': { roles: ANY, scope: 'adhesion', page: 'What changed between two versions of a case' },
  'GET /pratiche/:id/letture': { roles: ANY, scope: 'adhesion', page: 'Who has read a case' },
  'GET /pratiche/:id/mandati': { roles: ANY, scope: 'adhesion', page: 'Who holds which office and role, and held it on a day' },
  'GET /pratiche/:id/trattamento': { roles: ANY, scope: 'adhesion', page: 'Sub-processors and breaches of a case, with what is due until when' },
  'GET /pratiche/:id/riepilogo': { roles: ANY, scope: 'adhesion', page: 'A case on paper' },
  'GET /pratiche/:id/persone': { roles: ACTING, scope: 'adhesion', page: 'The form that adds a person of the body or of the Agency' },
  'POST /pratiche/:id/persone': { roles: ACTING, scope: 'adhesion', page: 'Adds a person', keepsForm: true },
  'GET /pratiche/:id/comandi/:command': { roles: ACTING, scope: 'adhesion', page: 'The form of a command' },
  'POST /pratiche/:id/comandi/:command': { roles: ACTING, scope: 'adhesion', page: 'Previews a command, and sends it', keepsForm: true },
  'GET /pratiche/:id/ricognizione': { roles: MEMBER, scope: 'adhesion', page: 'The questionnaire of the recognition: its parts, and what is missing' },
  'POST /pratiche/:id/ricognizione': { roles: MEMBER, scope: 'adhesion', page: 'Previews the recognition, and submits it; erases the draft', keepsForm: true },
  'GET /pratiche/:id/ricognizione/:part': { roles: MEMBER, scope: 'adhesion', page: 'A part of the questionnaire' },
  'POST /pratiche/:id/ricognizione/:part': { roles: MEMBER, scope: 'adhesion', page: 'Saves a part of the questionnaire', keepsForm: true },
  'POST /pratiche/:id/ricognizione/:part/file': { roles: MEMBER, scope: 'adhesion', page: 'Takes a list of the questionnaire as a file' },
  'GET /pratiche/:id/correzioni/:version': { roles: ACTING, scope: 'adhesion', page: 'The form of a correction, filled with what was recorded' },
  'POST /pratiche/:id/correzioni/:version': { roles: ACTING, scope: 'adhesion', page: 'Previews a correction, and sends it', keepsForm: true },
  'GET /pratiche/:id/documenti': { roles: ANY, scope: 'adhesion', page: 'The documents of a case, and the form that adds one' },
  'POST /pratiche/:id/documenti': { roles: ACTING, scope: 'adhesion', page: 'Adds a document' },
  'GET /pratiche/:id/documenti/:documentId': { roles: ANY, scope: 'adhesion', page: 'A document as a file' },
  'GET /pratiche/:id/documenti/:item/cancella': { roles: ACTING, scope: 'adhesion', page: 'Says what goes and what stays when a document is erased' },
  'POST /pratiche/:id/documenti/:item/cancella': { roles: ACTING, scope: 'adhesion', page: 'Erases a document for good' },
  'GET /pratiche/:id/testi/:item/cancella': { roles: OPERATOR, scope: 'adhesion', page: 'Says what goes and what stays when a free text is erased' },
  'POST /pratiche/:id/testi/:item/cancella': { roles: OPERATOR, scope: 'adhesion', page: 'Erases a free text for good' },
  'GET /pratiche/:id/elenchi/:item/cancella': { roles: OPERATOR, scope: 'adhesion', page: 'Says what goes and what stays when an inventory is erased' },
  'POST /pratiche/:id/elenchi/:item/cancella': { roles: OPERATOR, scope: 'adhesion', page: 'Erases an inventory for good' },
  'POST /pratiche/:id/in-attesa': { roles: ACTING, scope: 'adhesion', page: 'Takes back a fact that waits for its turn' },
  'GET /migrazioni/:id': { roles: ANY, scope: 'migration', page: 'A service of a comune: how it stands, whose turn it is, what may be done' },
  'GET /migrazioni/:id/eventi': { roles: ANY, scope: 'migration', page: 'What was recorded of it, event by event' },
  'GET /migrazioni/:id/comandi/:command': { roles: ACTING, scope: 'migration', page: 'The form of a command' },
  'POST /migrazioni/:id/comandi/:command': { roles: ACTING, scope: 'migration', page: 'Previews a command, and sends it', keepsForm: true },
  'GET /migrazioni/:id/testi/:item/cancella': { roles: OPERATOR, scope: 'migration', page: 'Says what goes and what stays when a free text is erased' },
  'POST /migrazioni/:id/testi/:item/cancella': { roles: OPERATOR, scope: 'migration', page: 'Erases a free text for good' },
  'GET /costituzione': { roles: SEE_ALL, page: 'The way to the constitution of the Agency, or the form that starts it' },
  'POST /costituzione': { roles: OPERATOR, page: 'Starts the path to the constitution', keepsForm: true },
  'GET /costituzione/:id': { roles: SEE_ALL, scope: 'constitution', page: 'The path to the constitution: plan and actual, threshold, what is waited for' },
  'GET /costituzione/:id/eventi': { roles: SEE_ALL, scope: 'constitution', page: 'What was recorded of it, event by event' },
  'GET /costituzione/:id/comandi/:command': { roles: OPERATOR, scope: 'constitution', page: 'The form of a command' },
  'POST /costituzione/:id/comandi/:command': { roles: OPERATOR, scope: 'constitution', page: 'Previews a command, and sends it', keepsForm: true },
  'GET /campagne': { roles: SEE_ALL, page: 'The campaigns: one act on many cases' },
  'GET /campagne/nuova': { roles: OPERATOR, page: 'A new campaign: which act, on which comuni, at which pace' },
  'POST /campagne/nuova': { roles: OPERATOR, page: 'Its steps: the data of the act, the preview, the start', keepsForm: true },
  'GET /campagne/:id': { roles: SEE_ALL, scope: 'campaign', page: 'A campaign: how far it is, and what became of each case' },
  'GET /previsione': { roles: SEE_ALL, page: 'The probability of each gate by date, the comuni that decide, and what if' },
  'POST /campagne/:id/comandi/:command': { roles: OPERATOR, scope: 'campaign', page: 'Pauses, resumes or cancels a campaign, or tries again what failed', keepsForm: true },
  'POST /migrazioni/:id/credenziali': { roles: ACTING, scope: 'migration', page: 'Shows the credentials of an instance, once' },
  'GET /broker': { roles: SEE_ALL, page: 'The brokers that are registered, and whether one answers' },
  'GET /broker/registra': { roles: OPERATOR, page: 'The form by which a broker is registered, changed, or a registration approved' },
  'POST /broker/registra': { roles: OPERATOR, page: 'Registers a broker, or prepares or approves that' },
  'POST /broker/:name/rimuovi': { roles: OPERATOR, page: 'Removes a broker, or prepares or approves that' },
  'POST /broker/:name/ritira': { roles: OPERATOR, page: 'Takes back the change of a broker that waits' },
  'GET /incidenti': { roles: SEE_ALL, page: 'What is wrong with migrations, and the ways on' },
  'GET /ricerca': { roles: ANY, page: 'One box that finds cases by whatever is in hand' },
  'GET /accessibilita': { roles: 'public', page: 'Accessibility declaration' },
  'GET /privacy': { roles: 'public', page: 'Privacy notice' },
  'GET /note-legali': { roles: 'public', page: 'Legal notes' },
  'GET /calendario/:file': { roles: 'public', page: 'Deadlines as iCalendar, for who knows the private address' },
  'GET /lingua': { roles: 'public', page: 'Keeps the language and leads back' },
  'GET /assets/:name': { roles: 'public', page: 'Style, fonts and scripts of the pages' },
  'GET /login': { roles: 'public', page: 'Begins the sign-on at the identity provider' },
  'GET /oidc/callback': { roles: 'public', page: 'Ends the sign-on' },
  'POST /logout': { roles: 'public', page: 'Ends the session' },
  'GET /oidc/auth': { roles: 'public', page: "The trial provider's sign-on; none with an issuer elsewhere" },
  'GET /oidc/auth/:uid': { roles: 'public', page: 'The same, after a person was chosen' },
  'POST /oidc/token': { roles: 'public', page: "The trial provider's tokens, for this server itself" },
  'POST /oidc/reg': { roles: 'public', page: 'Registers a client at the trial provider, by its initial access token' },
  'GET /oidc/reg/:clientId': { roles: 'public', page: 'A client that was registered, by its own token' },
  'PUT /oidc/reg/:clientId': { roles: 'public', page: 'The same, changed' },
  'DELETE /oidc/reg/:clientId': { roles: 'public', page: 'The same, removed' },
  'GET /oidc/persons/:uid': { roles: 'public', page: 'The persons of the trial' },
  'POST /oidc/persons/:uid': { roles: 'public', page: 'The person chosen' },

  'POST /codec/decode': { roles: SEE_ALL },

  'GET /log/checkpoint': { roles: 'public' },
  'GET /log/key': { roles: 'public' },
  'GET /log/tile/:level/:a': { roles: 'public' },
  'GET /log/tile/:level/:a/:b': { roles: 'public' },
  'GET /log/tile/:level/:a/:b/:c': { roles: 'public' },
  'GET /log/tile/entries/:a': { roles: SEE_ALL },
  'GET /log/tile/entries/:a/:b': { roles: SEE_ALL },
  'GET /log/tile/entries/:a/:b/:c': { roles: SEE_ALL },
  'GET /v1/log/consistency': { roles: ANY },

  'GET /v1/bodies': { roles: ANY },
  'GET /v1/bodies/:ipaCode': { roles: ANY },
  'GET /v1/territory': { roles: ANY },
  'GET /v1/territory/changes': { roles: ANY },
  'POST /v1/territory/changes': { roles: OPERATOR },
  'GET /v1/territory/changes/:id': { roles: ANY },
  'POST /v1/territory/changes/:id/joinings': { roles: OPERATOR },
  'GET /v1/calendar/days/:date': { roles: ANY },
  'GET /v1/calendar/publication': { roles: ANY },
  'GET /v1/calendar/term': { roles: ANY },
  'GET /v1/calendar/majority': { roles: ANY },
  'GET /v1/catalogue': { roles: ANY },
  'GET /v1/catalogue/:service': { roles: ANY },
  'PUT /v1/catalogue/:service': { roles: OPERATOR, twoPersons: 'both' },
  'GET /v1/catalogue-preparations': { roles: SEE_ALL },
  'GET /v1/catalogue-preparations/:service': { roles: SEE_ALL },
  'DELETE /v1/catalogue-preparations/:service': { roles: OPERATOR, twoPersons: 'withdraws' },
  'GET /v1/portfolio': { roles: ANY },
  'GET /v1/incidents': { roles: ANY },
  'GET /v1/portfolio/plan': { roles: SEE_ALL },
  'POST /v1/forecasts': { roles: SEE_ALL },
  'GET /v1/cutovers': { roles: ANY },

  'GET /v1/brokers': { roles: SEE_ALL },
  'GET /v1/brokers/:name': { roles: SEE_ALL },
  'GET /v1/brokers/:name/catalogue': { roles: SEE_ALL },
  'POST /v1/brokers': { roles: OPERATOR, twoPersons: 'both' },
  'DELETE /v1/brokers/:name': { roles: OPERATOR, twoPersons: 'both' },
  'GET /v1/broker-preparations': { roles: SEE_ALL },
  'GET /v1/broker-preparations/:name': { roles: SEE_ALL },
  'DELETE /v1/broker-preparations/:name': { roles: OPERATOR, twoPersons: 'withdraws' },

  'GET /v1/events': { roles: ANY },
  'GET /v1/changes': { roles: ANY },
  'GET /v1/visit': { roles: ANY },
  'PUT /v1/visit': { roles: ANY },
  'GET /v1/views': { roles: SEE_ALL },
  'GET /v1/views/:name': { roles: SEE_ALL },
  'PUT /v1/views/:name': { roles: SEE_ALL },
  'DELETE /v1/views/:name': { roles: SEE_ALL },
  'POST /v1/calendar-feeds': { roles: ACTING },
  'GET /v1/calendar-feeds': { roles: ACTING },
  'DELETE /v1/calendar-feeds/:id': { roles: ACTING },
  'POST /v1/webhooks': { roles: ACTING },
  'GET /v1/webhooks': { roles: ACTING },
  'GET /v1/webhooks/:id': { roles: ACTING },
  'PUT /v1/webhooks/:id/state': { roles: ACTING },
  'POST /v1/webhooks/:id/replays': { roles: ACTING },
  'DELETE /v1/webhooks/:id': { roles: ACTING },

  'GET /v1/work-orders': { roles: ANY },

  'GET /v1/searches': { roles: ANY },

  'POST /v1/subjects': { roles: ACTING },
  'GET /v1/subjects': { roles: ACTING },
  'GET /v1/subjects/:id': { roles: ACTING, scope: 'subject' },
  'DELETE /v1/subjects/:id': { roles: ACTING, scope: 'subject' },
  'GET /v1/erasures/:id': { roles: ANY },

  'POST /v1/adhesions': { roles: OPERATOR },
  'POST /v1/adhesion-imports': { roles: OPERATOR },
  'GET /v1/adhesions': { roles: ANY },
  'GET /v1/adhesions/:id': { roles: ANY, scope: 'adhesion' },
  'GET /v1/adhesions/:id/allowed': { roles: ANY, scope: 'adhesion' },
  'GET /v1/adhesions/:id/why': { roles: ANY, scope: 'adhesion' },
  'GET /v1/adhesions/:id/events': { roles: ANY, scope: 'adhesion' },
  'POST /v1/adhesions/:id/commands': { roles: ACTING, scope: 'adhesion' },
  'GET /v1/adhesions/:id/commands/:commandId': { roles: ANY, scope: 'adhesion' },
  'GET /v1/adhesions/:id/events/:version/proof': { roles: ANY, scope: 'adhesion' },
  'GET /v1/adhesions/:id/changes': { roles: ANY, scope: 'adhesion' },
  'GET /v1/adhesions/:id/access': { roles: ANY, scope: 'adhesion' },
  'GET /v1/adhesions/:id/runs': { roles: SEE_ALL, scope: 'adhesion' },
  'GET /v1/adhesions/:id/runs/:runId/history': { roles: SEE_ALL, scope: 'adhesion' },
  'GET /v1/adhesions/:id/dossier': { roles: SEE_ALL, scope: 'adhesion' },
  'POST /v1/adhesions/:id/migrations': { roles: ACTING, scope: 'adhesion' },
  'POST /v1/adhesions/:id/documents': { roles: ACTING, scope: 'adhesion' },
  'GET /v1/adhesions/:id/documents': { roles: ANY, scope: 'adhesion' },
  'GET /v1/adhesions/:id/documents/:documentId': { roles: ANY, scope: 'adhesion' },
  'DELETE /v1/adhesions/:id/documents/:documentId': { roles: ACTING, scope: 'adhesion' },
  'GET /v1/adhesions/:id/drafts/:command': { roles: ACTING, scope: 'adhesion' },
  'PUT /v1/adhesions/:id/drafts/:command': { roles: ACTING, scope: 'adhesion' },
  'DELETE /v1/adhesions/:id/drafts/:command': { roles: ACTING, scope: 'adhesion' },
  'GET /v1/adhesions/:id/inventories/:documentId': { roles: ANY, scope: 'adhesion' },
  'DELETE /v1/adhesions/:id/inventories/:documentId': { roles: OPERATOR, scope: 'adhesion' },
  'GET /v1/adhesions/:id/texts/:textId': { roles: ANY, scope: 'adhesion' },
  'DELETE /v1/adhesions/:id/texts/:textId': { roles: OPERATOR, scope: 'adhesion' },

  'GET /v1/migrations': { roles: ANY },
  'GET /v1/migrations/:id': { roles: ANY, scope: 'migration' },
  'GET /v1/migrations/:id/allowed': { roles: ANY, scope: 'migration' },
  'GET /v1/migrations/:id/why': { roles: ANY, scope: 'migration' },
  'GET /v1/migrations/:id/events': { roles: ANY, scope: 'migration' },
  'GET /v1/migrations/:id/events/:version/proof': { roles: ANY, scope: 'migration' },
  'POST /v1/migrations/:id/commands': { roles: ACTING, scope: 'migration' },
  'GET /v1/migrations/:id/commands/:commandId': { roles: ANY, scope: 'migration' },
  'POST /v1/migrations/:id/credentials': { roles: ACTING, scope: 'migration' },
  'GET /v1/migrations/:id/runs': { roles: SEE_ALL, scope: 'migration' },
  'GET /v1/migrations/:id/runs/:runId/history': { roles: SEE_ALL, scope: 'migration' },
  'GET /v1/migrations/:id/texts/:textId': { roles: ANY, scope: 'migration' },
  'DELETE /v1/migrations/:id/texts/:textId': { roles: OPERATOR, scope: 'migration' },

  'POST /v1/constitution': { roles: OPERATOR },
  'GET /v1/constitution': { roles: SEE_ALL },
  'GET /v1/constitution/:id': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/allowed': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/events': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/events/:version/proof': { roles: SEE_ALL, scope: 'constitution' },
  'POST /v1/constitution/:id/commands': { roles: OPERATOR, scope: 'constitution' },
  'GET /v1/constitution/:id/commands/:commandId': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/runs': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/runs/:runId/history': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/texts/:textId': { roles: SEE_ALL, scope: 'constitution' },
  'DELETE /v1/constitution/:id/texts/:textId': { roles: OPERATOR, scope: 'constitution' },
  'POST /v1/campaigns': { roles: OPERATOR },
  'GET /v1/campaigns': { roles: SEE_ALL },
  'GET /v1/campaigns/:id': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/allowed': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/events': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/events/:version/proof': { roles: SEE_ALL, scope: 'campaign' },
  'POST /v1/campaigns/:id/commands': { roles: OPERATOR, scope: 'campaign' },
  'GET /v1/campaigns/:id/commands/:commandId': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/runs': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/runs/:runId/history': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/texts/:textId': { roles: SEE_ALL, scope: 'campaign' },
  'DELETE /v1/campaigns/:id/texts/:textId': { roles: OPERATOR, scope: 'campaign' },
};

/** What binds every case changes by two persons: the catalogue of services, and the brokers that provide them. */
const BY_TWO = /^(?:POST|PUT|PATCH|DELETE) \/v1\/(?:catalogue|catalogue-preparations|brokers|broker-preparations)(?:\/|$)/;

/** What is wrong with the line of a route, for who adds it; undefined: nothing. A route whose line is wrong does not start. */
export function faultOfLine(route: string, access: Access | undefined): string | undefined {
  if (access === undefined) return `${route} has no line in the table of access`;
  return BY_TWO.test(route) && access.twoPersons === undefined ? `${route} changes what takes two persons: its line must say what of it is done there` : undefined;
}

/** A campaign is no comune's: its id says the day on which it was started. */
export const CAMPAIGN_ID = /^\d{8}-[0-9a-f]{8}$/;
const CASE_ID = { adhesion: /^(c_[a-z]\d{3})-[1-9]\d{0,3}$/, migration: /^(c_[a-z]\d{3})-[1-9]\d{0,3}\.[A-Z0-9_-]{1,60}$/ } as const;

/** Nor is the path to the constitution: `agency-1`, and the next one where that was given up. */
export const CONSTITUTION_ID = /^agency-[1-9]\d{0,5}$/;
const OF_AGENCY = { campaign: CAMPAIGN_ID, constitution: CONSTITUTION_ID } as const;

/** True for what is no body's: the role alone says who may. */
export function isOfAgency(scope: CaseScope | 'subject'): scope is keyof typeof OF_AGENCY {
  return scope in OF_AGENCY;
}

/** The body whose case an id names (the Agency of a campaign or of the constitution), or undefined when it is no id of that kind. */
export function bodyOfCase(scope: CaseScope, id: string): string | undefined {
  if (isOfAgency(scope)) return OF_AGENCY[scope].test(id) ? AGENCY : undefined;
  return CASE_ID[scope].exec(id)?.[1];
}
