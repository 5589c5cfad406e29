import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCESS } from '../../api/auth/access.ts';
import { issueToken } from '../../api/auth/tokens.ts';
import { EXAMPLES } from '../../api/openapi/examples.ts';
import { unconnectedApp, type Unconnected } from '../support/unconnected.ts';

let away: Unconnected;
let authorization: string;
beforeAll(async () => {
  away = await unconnectedApp();
  authorization = `Bearer ${await issueToken(away.keys, { role: 'operator', issuer: 'http://127.0.0.1:8080' })}`;
});
afterAll(async () => { await away.stop(); });

/** What needs neither the store nor the engine. */
const ALONE = /^GET \/(?:openapi|metrics|log\/key|\.well-known|v1\/(?:bodies|calendar\/))|^POST \/codec/;
const QUERIES: Readonly<Record<string, string>> = {
  '/v1/calendar/publication': '?firstDay=2026-06-25', '/v1/calendar/term': '?kind=ACT_DAYS&from=2026-11-28&n=10', '/v1/calendar/majority': '?councillors=12&councillorsPresent=8&for=7&against=0',
  '/v1/searches': '?q=c_a010', '/v1/log/consistency': '?from=0&to=1', '/v1/subjects': '?body=c_a010', '/v1/adhesions/:id/why': '?field=phase', '/v1/migrations/:id/why': '?field=state', '/v1/constitution/:id/why': '?field=threshold.met', '/v1/campaigns/:id/why': '?field=state', '/v1/portfolio/plan': '?service=FIBRE',
};
const COMMANDS = { type: 'ConfirmReceipt', data: { deliveredAt: '2026-06-01T09:30:00+02:00' } };
const BODIES: Readonly<Record<string, unknown>> = {
  '/v1/subjects': EXAMPLES['subjects-add'], '/v1/adhesions': EXAMPLES['adhesions-open'], '/v1/adhesions/:id/commands': COMMANDS, '/v1/migrations/:id/commands': COMMANDS,
  '/v1/constitution': EXAMPLES['constitutions-start'], '/v1/constitution/:id/commands': EXAMPLES['constitution-commands'],
  '/v1/forecasts': EXAMPLES['forecasts-ask'],
  '/v1/campaigns': EXAMPLES['campaigns-start'], '/v1/campaigns/:id/commands': EXAMPLES['campaign-commands'],
  '/v1/adhesions/:id/migrations': EXAMPLES['adhesion-migrations-request'], '/v1/adhesions/:id/documents': '%PDF-1.7', '/codec/decode': { payloads: [] },
  '/v1/adhesions/:id/drafts/:command': { reasons: 'Rinuncia' },
  '/v1/catalogue/:service': EXAMPLES['catalogue-put'], '/v1/brokers': EXAMPLES['brokers-add'], '/v1/migrations/:id/credentials': EXAMPLES['migration-credentials'],
  '/v1/views/:name': EXAMPLES['view-put'], '/v1/visit': EXAMPLES['visit-put'], '/v1/calendar-feeds': {},
  '/v1/territory/changes': EXAMPLES['territory-change-record'], '/v1/territory/changes/:id/joinings': {}, '/v1/territory/changes/:id/corrections': EXAMPLES['territory-change-correct'], '/v1/territory/changes/:id/withdrawals': EXAMPLES['territory-change-withdraw'],
  '/v1/adhesion-imports': EXAMPLES['adhesions-import'],
  '/v1/webhooks': EXAMPLES['webhooks-add'], '/v1/webhooks/:id/state': EXAMPLES['webhook-state'], '/v1/webhooks/:id/replays': EXAMPLES['webhook-replay'],
};

// All at once: the client of Temporal tries for its ten seconds before it gives up.
test.concurrent.each(Object.keys(ACCESS).filter((route) => ACCESS[route]?.page === undefined))('while PostgreSQL and Temporal are away: %s', { timeout: 60_000 }, async (route) => {
  const [method = '', pattern = ''] = route.split(' ');
  const url = pattern.replace(':id', pattern.startsWith('/v1/migrations') ? 'c_a010-1.TRAINING' : pattern.startsWith('/v1/campaigns') ? '20260701-0a1b2c3d' : pattern.startsWith('/v1/constitution') ? 'agency-1' : 'c_a010-1').replace(':date', '2026-10-04').replace(':ipaCode', 'c_a010').replace(':service', 'TRAINING')
    .replace(':runId', '00000000-0000-4000-8000-000000000000').replace(':documentId', pattern.includes('inventories') ? 'inv-0' : 'doc-0').replace(':textId', 'txt-0').replace(':commandId', 'x').replace(':command', 'CloseAdhesion').replace(':name', 'x')
    .replace(':version', '1').replace(':level', '0').replace(':a/:b/:c', 'x001/234.p/17').replace(':a/:b', '067.p/17').replace(':a', '067');
  const body = BODIES[pattern];
  const payload = !['POST', 'PUT'].includes(method) ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) };
  const type = !['POST', 'PUT'].includes(method) ? {} : { 'content-type': pattern.endsWith('documents') ? 'application/pdf' : 'application/json' };
  const answer = await away.app.inject({ method: method as 'GET', url: `${url}${method === 'GET' ? QUERIES[pattern] ?? '' : ''}`, headers: { authorization, ...type }, ...payload });
  const { 'content-type': type_, 'retry-after': retryAfter } = answer.headers;
  const code = answer.statusCode === 503 ? answer.json<{ code: string }>().code : '';
  const told = [answer.statusCode, type_, retryAfter, /^(?:STORE_UNAVAILABLE|ENGINE_UNAVAILABLE|NOT_READY)$/.test(code)];
  expect(told).toEqual(ALONE.test(route) ? [200, type_, undefined, false] : [503, 'application/problem+json; charset=utf-8', '2', true]);
});
