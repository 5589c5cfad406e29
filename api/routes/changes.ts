import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findCase } from '../../db/queries/cases.ts';
import { caseId, processName } from '../../domain/processes.ts';
import type { Follower } from '../../feed/changes.ts';
import type { Change } from '../../feed/pages.ts';
import { bodyOfCase } from '../auth/access.ts';
import { callerOf } from '../auth/hook.ts';
import { ADHESION, streamOf } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { EventStreams, lastEventId } from '../http/event-stream.ts';
import { feedCursor, parseFeedCursor, writeFeedCursor } from '../http/feed-cursor.ts';
import { problems } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const querystring = z.strictObject({ after: feedCursor.optional().describe('Position to begin after, where no Last-Event-ID is sent; none: from now on') });
/** One of the server-sent events. */
const ChangeEvent = z.object({
  event: z.enum(['change', 'behind', 'end']).describe('What it is'), id: feedCursor.optional().describe('Position of the feed; not of `end`'), data: z.string().max(1_000).describe('JSON: case, process, type and version of a change'),
}).meta({ id: 'ChangeEvent', description: 'A server-sent event' });
const answers = {
  200: { description: 'The changes as they come, until the connection ends', content: { 'text/event-stream': { schema: ChangeEvent } } },
  ...problems(400, 404, 503),
};
const HOW = 'Events `change` carry case, process, type and version, and nothing of what was recorded; their id is a position of the feed, to go on from by Last-Event-ID. '
  + '`behind`: more was missed than is told, read anew. `end`: session or token ended. At most 12 connections a caller (429). An answer ends after half an hour at most: go on from the last id.';

/** That something changed, told as it happens; what changed is read by the other routes. */
export function changesRoutes(context: Context, longestMs: number): FastifyPluginAsyncZod {
  const { changes } = context;
  const streams = new EventStreams(longestMs);

  /** Answers with the changes of the caller's that `isMeant` names. */
  const follow = async (request: FastifyRequest<{ Querystring: z.infer<typeof querystring> }>, reply: FastifyReply, body: string | null, isMeant: (stream: string) => boolean): Promise<FastifyReply> => {
    const caller = callerOf(request);
    const after = lastEventId(request) ?? request.query.after;
    const from = after === undefined ? null : parseFeedCursor(after);
    const { db } = context.as(caller);
    const { stream, body: answer } = streams.begin(reply, caller.subject, () => { changes.leave(follower); });
    const follower: Follower = {
      sees: ({ stream: name }) => isMeant(name),
      tell: (change) => { stream.send({ type: 'change', id: writeFeedCursor(change), data: shown(change) }); },
      beat: () => {
        stream.comment();
        void request.stillHolds().then((holds) => {
          if (holds) return;
          stream.send({ type: 'end', data: { reason: 'SIGNED_OFF' } });
          stream.end();
        });
      },
      end: () => { stream.end(); },
    };
    try {
      const isWhole = await changes.join(follower, from === null ? null : { db, reader: { body, types: [] }, after: from });
      if (!isWhole) stream.send({ type: 'behind', id: writeFeedCursor(await changes.head()), data: {} });
    } catch (error) {
      answer.destroy();
      throw error;
    }
    // Who went away while it was prepared is followed no longer.
    if (answer.destroyed) changes.leave(follower);
    return reply.send(answer);
  };

  return async (app) => {
    // What keeps the answers open ends with the server.
    app.addHook('preClose', async () => { changes.endAll(); });

    app.get('/v1/changes', {
      exposeHeadRoute: false, config: { staysOpen: true },
      schema: { tags: ['events'], operationId: 'changes-follow', summary: 'Changes of all cases that the caller may see, as server-sent events', description: HOW, querystring, response: answers },
    }, async (request, reply) => {
      const { role, body } = callerOf(request);
      const own = role === 'member' ? body : null;
      return follow(request, reply, own, (stream) => own === null || bodyOfStream(stream) === own);
    });

    app.get('/v1/adhesions/:id/changes', {
      exposeHeadRoute: false, config: { staysOpen: true },
      schema: {
        tags: ['adhesions'], operationId: 'adhesion-changes', summary: 'Changes of an adhesion and its migrations, as server-sent events', description: HOW,
        params: z.strictObject({ id: z.string().max(60).describe('Id of the adhesion') }), querystring, response: answers,
      },
    }, async (request, reply) => {
      const { id } = request.params;
      if (await findCase(context.as(callerOf(request)).db, streamOf(ADHESION, id)) === undefined) throw Problem.of('NOT_FOUND');
      return follow(request, reply, bodyOfCase('adhesion', id) ?? null, (stream) => stream === `adhesion/${id}` || stream.startsWith(`migration/${id}.`));
    });
  };
}

function shown({ stream, type, version }: Change): object {
  return { case: caseId(stream), process: processName(stream), type, version };
}

function bodyOfStream(stream: string): string | undefined {
  return bodyOfCase('adhesion', caseId(stream)) ?? bodyOfCase('migration', caseId(stream));
}
