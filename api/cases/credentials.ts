import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import type { Credentials } from '../../brokers/credentials.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';

/**
 * The credentials of the newest binding of a migration, shown once: who is shown them has them, and they are gone from here.
 * `route`: by which they were asked for, for the record of readings. Throws Problem NOT_FOUND and CREDENTIALS_SHOWN.
 */
export async function showCredentials(context: Context, caller: Caller, id: string, route: string) {
  const { credentials } = context.as(caller);
  const newest = await credentials.newest(id);
  if (newest === undefined) throw Problem.of('NOT_FOUND');
  if (newest.isShown) throw shownBefore();
  // Entered before they are told: what can't be recorded is not shown. A comune's own reading counts here too.
  await context.reads.enterReading({ case: `migration/${id}`, route, item: newest.bindingId }, true, actorOf(caller));
  const given = await credentials.showOnce(newest.bindingId);
  if (given === undefined) throw shownBefore();
  const { metadata, ...beside } = given;
  return { binding: newest.binding, bindingId: newest.bindingId, ...beside, expiresAt: metadata?.expires_at ?? null, renewBefore: metadata?.renew_before ?? null };
}

/** Before the former credentials are revoked somebody has the new ones. Throws Problem CREDENTIALS_NOT_SHOWN. */
export async function checkTaken(credentials: Pick<Credentials, 'newest'>, id: string): Promise<void> {
  const newest = await credentials.newest(id);
  if (newest !== undefined && newest.binding > 1 && !newest.isShown) {
    throw Problem.refused('CREDENTIALS_NOT_SHOWN', [{
      code: 'CREDENTIALS_NOT_SHOWN',
      message: { it: 'Nessuno ha ancora letto le nuove credenziali: prima si leggono e si mettono in uso, poi si revocano le precedenti.', en: 'Nobody has read the new credentials yet: they are read and put to use first, then the former ones are revoked.' },
    }]);
  }
}

function shownBefore(): Problem {
  return Problem.of('CREDENTIALS_SHOWN', {
    detail: { it: 'Le credenziali sono già state mostrate e non sono più conservate: se ne chiedano di nuove con una rotazione.', en: 'The credentials were shown before and are not kept any more: a rotation makes new ones.' },
  });
}
