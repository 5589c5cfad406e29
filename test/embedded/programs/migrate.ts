import pg from 'pg';

// Stands for `cli.ts migrate`: one table of events, with one in it.
const client = new pg.Client({ connectionString: process.env['DATABASE_OWNER_URL'] });
await client.connect();
await client.query('CREATE TABLE IF NOT EXISTS events (version int); GRANT SELECT ON events TO associa_app; INSERT INTO events VALUES (1)');
await client.end();
