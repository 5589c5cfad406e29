import { AGENCY, partsOfCase } from '../../domain/shared/body-code.ts';
import { kindOfCase } from '../../domain/shared/case-kind.ts';
import { ACTING, ANY, OPERATOR, SEE_ALL, type Access, type CaseScope } from './access-kinds.ts';
import { PAGE_ACCESS } from './page-access.ts';

/** The one table of role by route. A route without a line here, or among the pages, does not start. */
export const ACCESS: Readonly<Record<string, Access>> = {
  ...PAGE_ACCESS,

  'GET /status': { roles: 'public' },
  'GET /metrics': { roles: SEE_ALL, orLoopback: true },
  'GET /openapi.json': { roles: 'public' },
  'GET /openapi.yaml': { roles: 'public' },
  'GET /.well-known/jwks.json': { roles: 'public' },
  'GET /.well-known/openid-configuration': { roles: 'public' },

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
  'POST /v1/territory/changes/:id/corrections': { roles: OPERATOR },
  'POST /v1/territory/changes/:id/withdrawals': { roles: OPERATOR },
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
  'GET /v1/constitution/:id/why': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/events': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/events/:version/proof': { roles: SEE_ALL, scope: 'constitution' },
  'POST /v1/constitution/:id/commands': { roles: OPERATOR, scope: 'constitution' },
  'GET /v1/constitution/:id/commands/:commandId': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/runs': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/runs/:runId/history': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/dossier': { roles: SEE_ALL, scope: 'constitution' },
  'GET /v1/constitution/:id/texts/:textId': { roles: SEE_ALL, scope: 'constitution' },
  'DELETE /v1/constitution/:id/texts/:textId': { roles: OPERATOR, scope: 'constitution' },
  'POST /v1/campaigns': { roles: OPERATOR },
  'GET /v1/campaigns': { roles: SEE_ALL },
  'GET /v1/campaigns/:id': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/allowed': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/why': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/events': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/events/:version/proof': { roles: SEE_ALL, scope: 'campaign' },
  'POST /v1/campaigns/:id/commands': { roles: OPERATOR, scope: 'campaign' },
  'GET /v1/campaigns/:id/commands/:commandId': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/runs': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/runs/:runId/history': { roles: SEE_ALL, scope: 'campaign' },
  'GET /v1/campaigns/:id/dossier': { roles: SEE_ALL, scope: 'campaign' },
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

/** True for what is no body's: the role alone says who may. */
export function isOfAgency(scope: CaseScope | 'subject'): scope is 'campaign' | 'constitution' {
  return scope === 'campaign' || scope === 'constitution';
}

/** The body whose case an id names (the Agency of a campaign or of the constitution), or undefined when it is no id of that kind. */
export function bodyOfCase(scope: CaseScope, id: string): string | undefined {
  if (kindOfCase(id) !== scope) return undefined;
  return isOfAgency(scope) ? AGENCY : partsOfCase(id)?.body;
}
