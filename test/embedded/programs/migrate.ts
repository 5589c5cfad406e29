import pg from 'pg';

// Stands for `cli.ts migrate`: a store that says it holds cases.
const client = new pg.Client({ connectionString: process.env['DATABASE_OWNER_URL'] });
await client.connect();
await client.query("CREATE OR REPLACE FUNCTION holds_cases() RETURNS boolean LANGUAGE sql AS 'SELECT true'");
await client.end();
