import pg from 'pg';

/** Beyond it the counter would take too long, and old rows would have to be frozen first. */
const MOST = 200_000_000;

/** The database was restored from a cluster that is too far ahead. */
export class TooFarBehind extends Error {
  override readonly name = 'TooFarBehind';
}

/**
 * Events are ordered by the transaction that stored them. A dump that was restored into another cluster brings ids of transactions that this one has not reached:
 * what is stored now would come before it, and neither the transparency log nor a reader would ever see it. As the owner, brings the counter of the cluster past
 * them; gives by how much, 0 almost always. Throws TooFarBehind.
 */
export async function passRestoredTransactions(ownerUrl: string): Promise<number> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rows: [row] } = await client.query<{ behind: string }>(`
      SELECT greatest(0, (SELECT max(tx)::text::numeric FROM events) - pg_snapshot_xmax(pg_current_snapshot())::text::numeric + 1)::text AS behind`);
    const behind = Number(row?.behind ?? 0);
    if (behind > MOST) {
      throw new TooFarBehind(`The events come from a cluster that is ${behind} transactions ahead of this one: stop this PostgreSQL and set its counter with pg_resetwal --next-transaction-id (and --epoch) beyond that of max(tx) of events.`);
    }
    if (behind === 0) return 0;
    await client.query(`SELECT set_config('associa.behind', $1, false)`, [behind]);
    // Each transaction that asks for its id uses one up, and writes nothing that would be waited for.
    await client.query(`DO $$ BEGIN FOR one IN 1..current_setting('associa.behind')::int LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$`);
    return behind;
  } finally {
    await client.end();
  }
}
