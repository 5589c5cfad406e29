import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '../db/client.ts';
import type { Finding } from './report.ts';

/** What the schema forbids, by table (none for functions) and by name, `constraint events_chain`. The text says how. */
export type Guards = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Those of this version. Written by `test/store/guards.test.ts`, read by who changes a migration. */
export const GUARDS_FILE = new URL('guards.json', import.meta.url);

interface Report {
  readonly grants: number;
  readonly guards: number;
  readonly rowSecurity: number;
  readonly findings: Finding[];
}

/**
 * Holds what guards the records against what this version has made: constraints, triggers, columns, functions, policies of the tenants, and what each
 * role may. Missing, altered, switched off, added: each is a finding by its name. The database itself is believed in what it says of itself.
 */
export async function verifyGuards(db: Db): Promise<Report> {
  const expected = JSON.parse(readFileSync(GUARDS_FILE, 'utf8')) as Guards;
  const found = await guardsOf(db);
  const names = Object.values(expected).flatMap((table) => Object.keys(table));
  const ofKind = (kind: Kind): number => names.filter((name) => kindOf(name) === kind).length;
  return {
    grants: ofKind('grant'), rowSecurity: ofKind('row security'), guards: names.length,
    // A table that is not ours guards nothing of ours.
    findings: [...Object.entries(expected).flatMap(([table, guards]) => compareTable(table, guards, found[table] ?? {})), ...await verifyRole(db)],
  };
}

type Kind = keyof typeof CODES;

/** Codes for what is missing, what says something else, and what nobody put there. */
const CODES = {
  'column': ['COLUMN_MISSING', 'COLUMN_ALTERED', 'COLUMN_UNKNOWN'],
  'constraint': ['CONSTRAINT_MISSING', 'CONSTRAINT_DIFFERS', 'CONSTRAINT_UNKNOWN'],
  'unique index': ['CONSTRAINT_MISSING', 'CONSTRAINT_DIFFERS', 'CONSTRAINT_UNKNOWN'],
  'trigger': ['TRIGGER_MISSING', 'TRIGGER_DIFFERS', 'TRIGGER_UNKNOWN'],
  'rule': ['RULE_MISSING', 'RULE_DIFFERS', 'RULE_UNKNOWN'],
  'function': ['FUNCTION_MISSING', 'FUNCTION_DIFFERS', 'FUNCTION_UNKNOWN'],
  'policy': ['ROW_SECURITY_MISSING', 'ROW_SECURITY_DIFFERS', 'ROW_SECURITY_UNKNOWN'],
  'row security': ['ROW_SECURITY_MISSING', 'ROW_SECURITY_DIFFERS', 'ROW_SECURITY_UNKNOWN'],
  'grant': ['GRANT_MISSING', 'GRANT_DIFFERS', 'GRANT_TOO_WIDE'],
} as const;

function compareTable(table: string, expected: Guards[string], found: Guards[string]): Finding[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].toSorted();
  return names.flatMap((name) => compare(`${name}${table === '' ? '' : ` of ${table}`}`, CODES[kindOf(name)], expected[name], found[name]));
}

function compare(name: string, [missing, differs, unknown]: (typeof CODES)[Kind], expected: string | undefined, found: string | undefined): Finding[] {
  if (expected === found) return [];
  if (found === undefined) return [{ code: missing, message: `The ${name} is missing or switched off.` }];
  if (expected === undefined) return [{ code: unknown, message: `The ${name} is not of this version: ${found}.` }];
  return [{ code: differs, message: `The ${name} is ${found}; this version has ${expected}.` }];
}

function kindOf(name: string): Kind {
  const kind = Object.keys(CODES).find((one) => name.startsWith(one));
  if (kind === undefined) throw new RangeError(`${name} is no guard`);
  return kind as Kind;
}

/** The guards that stand, of all tables of the schema but those of the migrator. Roles are called owner and application, whatever their names. */
export async function guardsOf(db: Db): Promise<Guards> {
  const { rows } = await sql<{ on: string; name: string; text: string }>`
    WITH tables AS (
      SELECT oid, relname::text AS name, relkind AS kind, relowner AS owner, relacl AS acl, relrowsecurity AND relforcerowsecurity AS forced
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S') AND relname NOT LIKE 'kysely%'
    ), roles AS (
      SELECT oid, rolname::text AS name FROM pg_roles UNION ALL SELECT 0, 'everyone'
    ), may AS (
      SELECT t.name AS on, t.owner, '' AS columns, a.* FROM tables t, aclexplode(t.acl) a
      UNION ALL SELECT t.name, t.owner, format(' (%s)', attname), a.* FROM pg_attribute JOIN tables t ON attrelid = t.oid, aclexplode(attacl) a
    )
    SELECT t.name AS on, 'constraint ' || conname AS name,
      pg_get_constraintdef(c.oid) || CASE WHEN EXISTS (SELECT FROM pg_trigger g WHERE g.tgconstraint = c.oid AND g.tgenabled NOT IN ('O', 'A')) THEN ', switched off' ELSE '' END AS text
      FROM pg_constraint c JOIN tables t ON conrelid = t.oid WHERE contype <> 'n'
    UNION ALL SELECT t.name, 'unique index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
      FROM pg_index i JOIN tables t ON indrelid = t.oid WHERE indisunique AND indisvalid AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
    UNION ALL SELECT t.name, 'column ' || attname,
      concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END, nullif(attidentity::text, ''), nullif(attgenerated::text, ''), pg_get_expr(adbin, adrelid))
      FROM pg_attribute JOIN tables t ON attrelid = t.oid AND t.kind <> 'S' LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped
    UNION ALL SELECT t.name, 'trigger ' || tgname, pg_get_triggerdef(g.oid)
      FROM pg_trigger g JOIN tables t ON tgrelid = t.oid WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
    UNION ALL SELECT t.name, 'rule ' || rulename, pg_get_ruledef(r.oid) FROM pg_rewrite r JOIN tables t ON ev_class = t.oid
    UNION ALL SELECT '', 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid)
      FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
    UNION ALL SELECT t.name, 'policy ' || polname, concat_ws(' ', CASE WHEN polpermissive THEN 'permissive' ELSE 'restrictive' END, polcmd,
        'to', (SELECT string_agg(CASE r.oid WHEN t.owner THEN 'owner' ELSE r.name END, ', ' ORDER BY r.name) FROM roles r WHERE r.oid = ANY (polroles)),
        'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid))
      FROM pg_policy JOIN tables t ON polrelid = t.oid
    UNION ALL SELECT name, 'row security', 'forced' FROM tables WHERE forced
    UNION ALL SELECT may.on, format('grant %s%s to %s', privilege_type, columns, CASE r.name WHEN current_user THEN 'the application' ELSE r.name END), CASE WHEN is_grantable THEN 'with grant option' ELSE 'plain' END
      FROM may JOIN roles r ON r.oid = grantee WHERE grantee <> owner`.execute(db);
  const guards: Record<string, Record<string, string>> = {};
  const order = (row: (typeof rows)[number]): string => `${row.on} ${row.name}`;
  for (const { on, name, text } of rows.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))) (guards[on] ??= {})[name] = text.replaceAll(/\s+/g, ' ').trim();
  return guards;
}

/** No guard holds against a role that is exempt from it, or a session that fires no trigger. */
async function verifyRole(db: Db): Promise<Finding[]> {
  const { rows: [role] } = await sql<{ exempt: boolean; owns: boolean; origin: boolean }>`
    SELECT rolsuper OR rolbypassrls AS exempt, pg_has_role(current_user, relowner, 'MEMBER') AS owns, current_setting('session_replication_role') = 'origin' AS origin
    FROM pg_roles, pg_class c WHERE rolname = current_user AND c.oid = 'public.events'::regclass`.execute(db);
  const findings: Finding[] = [];
  if (role?.exempt !== false) findings.push({ code: 'ROLE_EXEMPT', message: "The application's role is exempt from row-level security." });
  if (role?.owns !== false) findings.push({ code: 'ROLE_OWNS', message: "The application's role has the rights of the owner of the records." });
  if (role?.origin !== true) findings.push({ code: 'TRIGGERS_SILENT', message: "Sessions of the application's role fire no triggers and check no foreign keys (session_replication_role)." });
  return findings;
}
