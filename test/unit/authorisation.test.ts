import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { ACCESS, faultOfLine, isOfAgency } from '../../api/auth/access.ts';
import type { Access } from '../../api/auth/access-kinds.ts';
import { openKeys } from '../../api/auth/keys.ts';
import { ROLES, type CallerRole } from '../../api/auth/tokens.ts';
import type { EnginePort, RunsPort } from '../../api/ports.ts';
import { PROJECT_DIR } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { createTenantKey } from '../../db/tenant.ts';
import { AdhesionCommands } from '../../domain/adhesion/commands.ts';
import { MigrationCommands } from '../../domain/migration/commands.ts';
import type { Role } from '../../domain/shared/actor.ts';

/** What each route is for, by method and path, as the interface itself documents it. */
let purposes: ReadonlyMap<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'associa-authorisation-'));

beforeAll(async () => {
  // Nothing is asked of database and engine: the routes are only read.
  const db = openDatabase('postgresql://nobody@127.0.0.1:1/none', await createTenantKey(folder));
  const app = await buildApp({ db, engine: {} as EnginePort, runs: {} as RunsPort, keys: await openKeys(folder), log: pino({ level: 'silent' }), twoPersons: false });
  await app.ready();
  purposes = new Map(Object.entries(app.swagger().paths ?? {}).flatMap(([path, item]) => Object.entries(item ?? {}).map(([method, operation]) => (
    [`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, (operation as { summary?: string }).summary ?? ''] as const
  ))));
  await app.close();
  await db.destroy();
});
afterAll(() => { rmSync(folder, { recursive: true }); });

test('the document of who may do what is that of the tables; `vitest -u` writes it anew', async () => {
  await expect(document()).toMatchFileSnapshot(join(PROJECT_DIR, 'docs/authorisation.md'));
});

test('every route says what it is for', () => {
  expect(Object.entries(ACCESS).filter(([route, access]) => purposeOf(route, access) === '').map(([route]) => route)).toEqual([]);
});

describe('changes of the catalogue and of brokers', () => {
  test.each(['PUT /v1/catalogue/:service', 'POST /v1/brokers', 'DELETE /v1/brokers/:name', 'PATCH /v1/catalogue/:service', 'DELETE /v1/catalogue-preparations/:service'])('%s does not start without saying which of two persons does it', (route) => {
    expect(faultOfLine(route, { roles: ['operator'] })).toBe(`${route} changes what takes two persons: its line must say what of it is done there`);
    expect(faultOfLine(route, { roles: ['operator'], twoPersons: 'prepares' })).toBeUndefined();
  });

  test('reading needs one', () => {
    for (const route of ['GET /v1/catalogue/:service', 'HEAD /v1/brokers', 'GET /v1/brokers/:name']) expect(faultOfLine(route, { roles: ['operator'] })).toBeUndefined();
  });

  test('what is prepared somewhere is approved somewhere', () => {
    const does = (what: Access['twoPersons']) => new Set(Object.entries(ACCESS).filter(([, { twoPersons }]) => twoPersons === what).map(([route]) => route.split('/')[2]));
    expect(does('prepares')).toEqual(does('approves'));
    expect(Object.keys(ACCESS).filter((route) => ACCESS[route]?.twoPersons === 'both')).toEqual(['PUT /v1/catalogue/:service', 'POST /v1/brokers', 'DELETE /v1/brokers/:name']);
    expect(Object.keys(ACCESS).filter((route) => ACCESS[route]?.twoPersons === 'withdraws')).toEqual(['DELETE /v1/catalogue-preparations/:service', 'DELETE /v1/broker-preparations/:name']);
  });
});

function document(): string {
  return [
    '# Who may do what',
    'Made from the tables that the code goes by (`api/auth/access.ts` and `page-access.ts`, the catalogues of `domain/`) by `npx vitest run --project unit test/unit/authorisation.test.ts -u`; a test '
    + 'fails when the two differ, another sends every request as everyone to a real server (`test/api/access.test.ts`).',
    'What is not permitted here is refused: 401 without a valid token, then 404 for what is another body\'s, then 403 for the role, then 400 for the data; last the process has its '
    + 'word. Of a refused request nothing is written but a line in the security log (`"log": "security"`).',
    '## Routes',
    'A member sees and does this for its own body; `404` stands for another body\'s case or person. Lists show it its own only.',
    'The catalogue of services and the brokers change by two persons where the installation wants it (`ASSOCIA_TWO_PERSONS=yes`): a route that writes there does not start unless its line says what of it is done there.',
    table(['route', 'for', 'without token', ...ROLES, "another body's member"], Object.entries(ACCESS).map(routeRow)),
    '## Commands of an adhesion',
    commandTable(AdhesionCommands),
    '## Commands of a migration',
    commandTable(MigrationCommands),
  ].join('\n\n').concat('\n');
}

/** Routes by what the document says of them, pages by what the table does. */
function purposeOf(route: string, { page }: Access): string {
  return purposes.get(route) ?? page ?? '';
}

function routeRow([route, access]: readonly [string, Access]): readonly string[] {
  const { roles, scope, twoPersons } = access;
  const may = (role: CallerRole) => (roles === 'public' || roles.includes(role) ? 'yes' : '403');
  const elsewhere = scope === undefined || isOfAgency(scope) ? may('member') : '404';
  return [`\`${route}\``, [purposeOf(route, access), ...(twoPersons === undefined ? [] : [TWO_PERSONS[twoPersons]])].join('. '), withoutToken(access), ...ROLES.map(may), elsewhere];
}

const TWO_PERSONS: Readonly<Record<NonNullable<Access['twoPersons']>, string>> = {
  prepares: 'Two persons: prepares', approves: 'Two persons: approves', both: 'Two persons: the first prepares, another approves by sending the same', withdraws: 'Two persons: takes back what is prepared',
};

function withoutToken({ roles, orLoopback }: Access): string {
  if (roles === 'public') return 'yes';
  return orLoopback === true ? 'yes on this machine, else 401' : '401';
}

function commandTable(commands: Readonly<Record<string, { readonly by: readonly Role[]; readonly schema: { readonly description?: string | undefined } }>>): string {
  const roles: readonly Role[] = [...ROLES, 'engine'];
  return table(['command', 'for', ...roles], Object.entries(commands).map(([type, { by, schema }]) => (
    [`\`${type}\``, schema.description ?? '', ...roles.map((role) => (by.includes(role) ? 'yes' : 'no'))]
  )));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
