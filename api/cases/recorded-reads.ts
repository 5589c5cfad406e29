import type { FastifyInstance } from 'fastify';
import type { AccessJournal } from '../../db/access-journal.ts';
import { ACCESS } from '../auth/access.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';

/** Those who see every comune's cases leave a trace where they look; a comune looks at its own. */
export function isRecorded({ role }: Pick<Caller, 'role'>): boolean {
  return role !== 'member';
}

/** Routes that give the case away as a file. */
const EXPORTS = /\/runs\/:runId\/history$|\/dossier$/;

/**
 * Every reading of one case is in the journal before its answer leaves: what can't be recorded is not read (503). Which routes
 * read a case stands in the table of access; lists enter themselves.
 */
export function registerRecordedReads(app: FastifyInstance, reads: AccessJournal): void {
  app.addHook('onSend', async (request, reply) => {
    const { method, routeOptions: { url }, params, caller } = request;
    // Who is not signed on is led to the sign-on, and has read nothing.
    if (caller === null || !isRecorded(caller) || url === undefined || method !== 'GET' || reply.statusCode >= 400) return;
    const route = `${method} ${url}`;
    const scope = ACCESS[route]?.scope;
    if (scope === undefined) return;
    const { id, ...others } = params as { readonly id: string } & Readonly<Record<string, string>>;
    const isExport = EXPORTS.test(url) || request.headers.accept?.includes('application/x-ndjson') === true;
    await reads.enterReading({ case: `${scope}/${id}`, route, item: Object.values(others)[0] }, isExport, actorOf(caller));
  });
}
