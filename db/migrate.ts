import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type MigrationProvider } from 'kysely/migration';
import pg from 'pg';
import * as eventStore from './migrations/2026-11-22-event-store.ts';
import * as journalOfAccess from './migrations/2026-11-22-journal-of-access.ts';
import * as rowSecurity from './migrations/2026-11-22-row-security.ts';
import * as sessions from './migrations/2026-11-22-sessions.ts';
import * as webhooks from './migrations/2026-11-22-webhooks.ts';
import * as whichProjection from './migrations/2026-11-22-which-projection.ts';
import * as documents from './migrations/2026-11-23-documents.ts';
import * as drafts from './migrations/2026-11-23-drafts.ts';
import * as search from './migrations/2026-11-23-search.ts';
import * as searchOfLists from './migrations/2026-11-23-search-of-lists.ts';
import * as agenda from './migrations/2026-11-23-agenda.ts';
import * as calendarFeeds from './migrations/2026-11-23-calendar-feeds.ts';
import * as views from './migrations/2026-11-23-views.ts';
import * as visits from './migrations/2026-11-23-visits.ts';
import * as archive from './migrations/2026-11-24-archive.ts';
import * as webhookReplays from './migrations/2026-11-24-webhook-replays.ts';
import * as log from './migrations/2026-11-25-log.ts';
import * as brokers from './migrations/2026-11-26-brokers.ts';
import * as brokerContacts from './migrations/2026-11-30-broker-contacts.ts';
import * as bodiesOfAnyKind from './migrations/2026-12-01-bodies-of-any-kind.ts';
import * as orderOfLists from './migrations/2026-12-02-order-of-lists.ts';
import * as credentialsExpiry from './migrations/2026-12-03-credentials-expiry.ts';
import { passRestoredTransactions } from './restored.ts';
import { createTenantKey } from './tenant.ts';

/** In order of name; a migration that has been released is never edited. */
export const MIGRATIONS: MigrationProvider = {
  getMigrations: () => Promise.resolve({
    '2026-11-22-event-store': eventStore,
    '2026-11-22-journal-of-access': journalOfAccess,
    '2026-11-22-row-security': rowSecurity,
    '2026-11-22-sessions': sessions,
    '2026-11-22-webhooks': webhooks,
    '2026-11-22-which-projection': whichProjection,
    '2026-11-23-documents': documents,
    '2026-11-23-drafts': drafts,
    '2026-11-23-search': search,
    '2026-11-23-search-of-lists': searchOfLists,
    '2026-11-23-agenda': agenda,
    '2026-11-23-calendar-feeds': calendarFeeds,
    '2026-11-23-views': views,
    '2026-11-23-visits': visits,
    '2026-11-24-archive': archive,
    '2026-11-24-webhook-replays': webhookReplays,
    '2026-11-25-log': log,
    '2026-11-26-brokers': brokers,
    '2026-11-30-broker-contacts': brokerContacts,
    '2026-12-01-bodies-of-any-kind': bodiesOfAnyKind,
    '2026-12-02-order-of-lists': orderOfLists,
    '2026-12-03-credentials-expiry': credentialsExpiry,
  }),
};

/**
 * Brings the schema to the newest version as the owner role, under Kysely's advisory lock (two starters wait for
 * each other). `appRole` gets the grants of the application. The key of the tenants in `keysDir`, made there if there is
 * none, is told to the database beside those it knows. A database that
 * was restored into another cluster is brought to go on after what it has. Throws on the first failure with its cause.
 */
export async function migrate(ownerUrl: string, appRole: string, keysDir: string): Promise<string[]> {
  const { verifier } = await createTenantKey(keysDir);
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, options: `-c associa.app_role=${appRole}` });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const { error, results } = await new Migrator({ db, provider: MIGRATIONS }).migrateToLatest();
    if (error !== undefined) throw error;
    await sql`
      INSERT INTO tenant_keys (id, inner_pad, outer_pad) VALUES (${verifier.id}, ${verifier.innerPad}, ${verifier.outerPad})
      ON CONFLICT DO NOTHING`.execute(db);
    await passRestoredTransactions(ownerUrl);
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

/** The application's role, read off its URL. */
export function roleOf(databaseUrl: string): string {
  return decodeURIComponent(new URL(databaseUrl).username);
}
