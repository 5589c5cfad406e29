import { sql } from 'kysely';
import type { Db } from '../db/client.ts';
import type { Finding } from './report.ts';

const TABLES = ['events', 'commands', 'archived_histories', 'archived_bundles', 'archive_sweeps', 'log_leaves', 'log_nodes', 'log_checkpoints'] as const;
const TENANT_TABLES = [
  'events', 'commands', 'cases', 'texts', 'documents', 'drafts', 'subjects', 'webhooks', 'cursors', 'alarms', 'identities', 'sessions', 'event_terms', 'calendar_feeds', 'visits', 'views',
  'archived_histories', 'archived_bundles', 'archive_sweeps', 'log_leaves', 'log_nodes', 'log_checkpoints',
] as const;
const FORBIDDEN = ['UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'] as const;

/** The role that is connected may not change what is recorded, and the triggers that refuse it to everyone stand. */
export async function verifyGrants(db: Db): Promise<{ grants: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  for (const table of TABLES) {
    for (const privilege of FORBIDDEN) {
      const { rows } = await sql<{ may: boolean }>`SELECT has_table_privilege(current_user, ${table}, ${privilege}) AS may`.execute(db);
      if (rows[0]?.may === true) findings.push({ code: 'GRANT_TOO_WIDE', message: `The application's role may ${privilege} ${table}.` });
    }
    const { rows } = await sql<{ enabled: string }>`
      SELECT tgenabled AS enabled FROM pg_trigger WHERE tgrelid = ${table}::regclass AND tgname = ${`${table}_append_only`}`.execute(db);
    if (rows[0]?.enabled !== 'O' && rows[0]?.enabled !== 'A') findings.push({ code: 'TRIGGER_MISSING', message: `The trigger that refuses changes of ${table} is missing or disabled.` });
  }
  return { grants: TABLES.length * FORBIDDEN.length, findings };
}

/** Rows are shown by the policies of the tenants, to the role that is connected too. */
export async function verifyRowSecurity(db: Db): Promise<{ tables: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  for (const table of TENANT_TABLES) {
    const { rows } = await sql<{ forced: boolean; policies: string | null }>`
      SELECT relrowsecurity AND relforcerowsecurity AS forced, (SELECT string_agg(polname, ',' ORDER BY polname) FROM pg_policy WHERE polrelid = c.oid) AS policies
      FROM pg_class c WHERE c.oid = ${table}::regclass`.execute(db);
    if (rows[0]?.forced !== true || rows[0].policies !== 'of_owner,tenancy') {
      findings.push({ code: 'ROW_SECURITY_MISSING', message: `Row-level security of ${table} is off, or has other policies.` });
    }
  }
  const { rows } = await sql<{ exempt: boolean }>`SELECT rolsuper OR rolbypassrls AS exempt FROM pg_roles WHERE rolname = current_user`.execute(db);
  if (rows[0]?.exempt !== false) findings.push({ code: 'ROLE_EXEMPT', message: "The application's role is exempt from row-level security." });
  return { tables: TENANT_TABLES.length, findings };
}
