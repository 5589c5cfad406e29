import type { Logger } from 'pino';
import type { StoreActivities } from './ports.ts';
import type { Db } from '../db/client.ts';
import { append, recall } from '../db/event-store/append.ts';
import { loadFrom, readAfter } from '../db/event-store/read.ts';
import { RecordTooLarge } from '../db/event-store/record.ts';
import { createProjector } from '../db/projections/project.ts';
import { projectionAlarm, raiseAlarm } from '../db/alarms.ts';
import { below, inSpan } from '../telemetry/spans.ts';

/** The event store as the shell's local activities. Errors of the database pass through: Temporal tries again. */
export function storeActivities(db: Db, log: Logger): StoreActivities {
  const alarm = (code: string, stream: string, detail: string) => raiseAlarm(db, log, { code, stream, detail });
  const project = createProjector(db, projectionAlarm(db, log));
  const appendOrTooLarge: StoreActivities['append'] = async (request) => {
    try {
      return await append(db, request, project);
    } catch (error) {
      if (error instanceof RecordTooLarge) return { outcome: 'TOO_LARGE', detail: error.message };
      throw error;
    }
  };
  return {
    append(request) {
      const { stream, command } = request;
      return below(command.trace, () => inSpan({ name: 'append', attributes: { 'associa.stream': stream, 'associa.command': command.type } }, async (span) => {
        const answer = await appendOrTooLarge(request);
        span.setAttribute('associa.outcome', answer.outcome);
        return answer;
      }));
    },
    load: (stream, version, hash) => loadFrom(db, stream, version, hash),
    readAfter: (stream, version) => readAfter(db, stream, version),
    recall: (stream, command) => recall(db, stream, command),
    alarm,
  };
}
