import { afterAll, beforeAll, expect, it } from 'vitest';
import { asApplication, enter, testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => { database = await testDatabase(); });
afterAll(async () => { await database.drop(); });

// Policies of rows may keep an index from being used: what is asked at each command must find its rows by one.
it('reads of the hot paths keep their indexes', async () => {
  const plans = await asApplication(database.appUrl, null, async (client) => {
    await enter(client);
    await client.query('SET enable_seqscan = off');
    const plans: string[] = [];
    for (const statement of [
      `SELECT * FROM events WHERE stream = 'a' AND version > 1 ORDER BY version LIMIT 100`,
      `SELECT * FROM commands WHERE stream = 'a' AND command_id = 'b'`,
      `SELECT * FROM commands WHERE command_id LIKE 'open/%' AND command_id = 'open/x'`,
      `SELECT * FROM events WHERE tx < pg_snapshot_xmin(pg_current_snapshot()) AND (tx, position) > ('1'::xid8, 1::bigint) ORDER BY tx, position LIMIT 10`,
      `SELECT * FROM events WHERE (stream, version) > ('a', 1) ORDER BY stream, version LIMIT 10`,
    ]) plans.push(JSON.stringify((await client.query(`EXPLAIN (FORMAT JSON) ${statement}`)).rows));
    return plans;
  });
  const conditions = plans.map((plan) => /"Index Cond":"((?:[^"\\]|\\.)*)"/.exec(plan)?.[1]?.replaceAll('\\', ''));
  expect(conditions).toEqual([
    `((stream = 'a'::text) AND (version > 1))`, `((command_id = 'b'::text) AND (stream = 'a'::text))`, `(command_id = 'open/x'::text)`,
    expect.stringContaining('ROW(tx, "position") >') as string, `(ROW(stream, version) > ROW('a'::text, 1))`,
  ]);
});
