import { findCase } from '../../db/queries/cases.ts';
import type { ActActivities } from '../../activities/ports.ts';
import type { ActInput, ActOutcome } from '../../domain/campaign/terms.ts';
import { keepReason } from '../../domain/shared/reason.ts';
import type { TextRef } from '../../domain/shared/text-ref.ts';
import { atPath } from '../cases/beside.ts';
import { checkedCommand, specOf } from '../cases/checked-command.ts';
import { ADHESION, CAMPAIGN, streamOf } from '../cases/kinds.ts';
import { archiveAdhesion } from '../cases/newest-histories.ts';
import { openAdhesion } from '../cases/opening.ts';
import type { Caller } from '../auth/verify.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import { checkClosed, MOST_REASONS, reasonsOf } from './preview.ts';

/**
 * The acts of campaigns, by the very code that the interface sends a command with: the same checks, the same answers, the operator
 * who started the campaign as the one who acts. The command's id is made of campaign and comune: however often it is sent, also
 * after a failure, the store takes it once.
 */
export function campaignActs(context: Context): ActActivities {
  return {
    async act(input) {
      try {
        return await act(context, input);
      } catch (error) {
        // What nobody can tell now (the store or the engine is away, the outcome is not known) is asked again.
        if (!(error instanceof Problem) || error.status >= 500) throw error;
        return { outcome: 'FAILED', code: error.code, reasons: reasonsOf(error).slice(0, MOST_REASONS).map(keepReason) };
      }
    },
  };
}

async function act(context: Context, { campaign, body: ipaCode, adhesion, action, actor }: ActInput): Promise<ActOutcome> {
  const caller: Caller = { ...actor, role: 'operator' };
  const commandId = `campaign/${campaign}/${ipaCode}`;
  if (action.kind === 'OPEN_ADHESION') {
    const body = context.bodies.find(ipaCode);
    if (body === undefined) throw gone('UNKNOWN_BODY', { it: `Nessun comune del territorio ha più il codice IPA ${ipaCode}.`, en: `No comune of the territory has the IPA code ${ipaCode} any more.` });
    const { id, answer } = await openAdhesion(context, { body, policies: undefined, received: { body: ipaCode }, caller, commandId: `open/${commandId}` });
    return { outcome: 'DONE', adhesion: id, version: answer.version };
  }
  if (adhesion === null) throw gone('NO_ADHESION', { it: 'Il comune non ha nessuna adesione.', en: 'The comune has no adhesion.' });
  if (action.kind === 'ARCHIVE') return archive(context, adhesion);
  const { kind: _kind, ...request } = action;
  const { type, data } = 'command' in request ? request.command : { type: 'RequestMigration', data: request };
  const spec = specOf(ADHESION, type);
  const whole = await withTexts(context, campaign, data, spec.freeText);
  const checked = await checkedCommand(context, { kind: ADHESION, id: adhesion, type, spec, data: whole, caller, commandId, isFact: false, ifMatch: undefined });
  const { version } = await context.as(caller).way.execute(checked);
  return { outcome: 'DONE', adhesion, version };
}

/** Each run of the adhesion and of its services, as far as it is not archived yet; so often as it is asked, the same. */
async function archive(context: Context, adhesion: string): Promise<ActOutcome> {
  const stream = streamOf(ADHESION, adhesion);
  const found = await findCase(context.whole.db, stream);
  if (found === undefined) throw gone('NO_ADHESION', { it: 'Il comune non ha nessuna adesione.', en: 'The comune has no adhesion.' });
  checkClosed(found.state);
  await archiveAdhesion(context, adhesion, found.state);
  if ((await context.archive.runsOf(stream)).length === 0) {
    throw gone('HISTORY_GONE', { it: 'Nessuna esecuzione di questa pratica è archiviata, e Temporal non ne ha più.', en: 'No run of this case is archived, and Temporal has none any more.' });
  }
  return { outcome: 'DONE', adhesion, version: found.version };
}

/** The data with the free texts that the campaign keeps beside its records. Throws Problem for one that was erased. */
async function withTexts({ whole: { texts } }: Context, campaign: string, data: object, paths: readonly string[]): Promise<Record<string, unknown>> {
  const whole = structuredClone(data) as Record<string, unknown>;
  for (const path of paths) {
    const place = atPath(whole, path);
    if (place === undefined) continue;
    const { textId } = place.parent[place.key] as TextRef;
    const text = await texts.find(streamOf(CAMPAIGN, campaign), textId);
    if (text === undefined) throw gone('TEXT_ERASED', { it: 'Un testo di questa campagna è stato cancellato: il comando non si può più inviare.', en: 'A text of this campaign was erased: its command cannot be sent any more.' });
    place.parent[place.key] = text;
  }
  return whole;
}

function gone(code: string, message: { readonly it: string; readonly en: string }): Problem {
  return Problem.refused(code, [{ code, message }]);
}
