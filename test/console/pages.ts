import { vi } from 'vitest';
import { ACCESS } from '../../api/auth/access.ts';
import type { CallerRole } from '../../api/auth/tokens.ts';
import { walk } from '../api/path.ts';
import type { Api, MemberCode } from '../api/support.ts';

/** Pages of what is erased, which `papers.test.ts` looks at. */
const ERASING = Object.keys(ACCESS).filter((route) => route.endsWith('/:item/cancella'));

/** Of a campaign, which has an id of its own each time, and of the constitution: `campaigns.test.ts` and `constitution.test.ts` look at them. */
const OF_AGENCY = Object.keys(ACCESS).filter((route) => /^GET \/(?:campagne|costituzione)\/:id/.test(route));

/** Pages that a browser is led on from, files, and the sign-on with an address of its own each time. */
const NO_PAGES = new Set([
  'GET /territorio.csv', 'GET /portafoglio.csv', 'GET /attivita.csv', 'GET /catalogo.svg', 'GET /pratiche/:id/documenti/:documentId', ...ERASING, ...OF_AGENCY, 'GET /territorio/variazioni/:id', 'GET /calendario/:file', 'GET /lingua', 'GET /assets/:name', 'GET /login', 'GET /oidc/callback', 'GET /oidc/auth', 'GET /oidc/auth/:uid', 'GET /oidc/persons/:uid', 'GET /oidc/reg/:clientId',
]);

/** A comune with something on each of its pages: a convention in force, a service that is begun. */
export async function fillCase(api: Api, body: MemberCode): Promise<void> {
  await api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  await walk(api, body);
  const requested = await api.call('POST', `/v1/adhesions/${body}-1/migrations`, 'operator', { body: { service: 'TRAINING' } });
  if (requested.status !== 201) throw new Error(requested.text);
  await vi.waitFor(async () => {
    const { status, text } = await api.call('GET', `/v1/migrations/${body}-1.TRAINING`, 'operator');
    if (status !== 200) throw new Error(text);
  }, 30_000);
}

/** What stands in an address for the part of a path. */
const PARTS: Readonly<Record<string, string>> = { ':service': 'FIBRE', ':command': 'RecordMandateChange', ':part': 'risorse-e-firma', ':version': '2' };
const PARTS_OF_MIGRATION: Readonly<Record<string, string>> = { ':command': 'Cancel' };

/** An address of every page in the table of access that a role may see (all: null), for the case that `fillCase` makes and a comune without one. */
export function addressesOf(body: MemberCode, without: MemberCode, role: CallerRole | null = null): readonly string[] {
  return Object.entries(ACCESS).flatMap(([route, { page, roles }]) => {
    const [method, path = ''] = route.split(' ');
    if (page === undefined || method !== 'GET' || NO_PAGES.has(route) || (role !== null && roles !== 'public' && !roles.includes(role))) return [];
    const isMigration = path.startsWith('/migrazioni/');
    const parts: Readonly<Record<string, string>> = { ...(isMigration ? PARTS_OF_MIGRATION : PARTS), ':id': isMigration ? `${body}-1.TRAINING` : `${body}-1`, ':ipaCode': without };
    return [path.replaceAll(/:\w+/g, (part) => {
      const value = Object.hasOwn(parts, part) ? parts[part] : undefined;
      if (value === undefined) throw new Error(`Say in test/console/pages.ts what stands for ${part} of ${path}`);
      return value;
    })];
  });
}
