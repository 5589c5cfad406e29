import { tellerOf } from '../../api/cases/why.ts';
import type { CheckedCommand } from '../../api/cases/command-way.ts';
import type { Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import { getCaseAt } from '../../db/queries/cases.ts';
import { eventsAfter } from '../../db/queries/events.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { FormCase } from './form-case.ts';
import { previewOf } from './preview.ts';

/** Where more came than this the case has changed, whatever it was. */
const MOST_READ = 50;

/**
 * True when nobody recorded anything since a version: other cases have told this one how they stand, or it has noted that it told
 * them. Whoever fills in a form meanwhile has not missed a fact; what it leads to now is for the preview to say.
 */
export async function isOnlyTold(context: Context, { stream, caller }: FormCase, since: number): Promise<boolean> {
  const events = await eventsAfter(context.as(caller).db, stream, since, MOST_READ + 1);
  return events.length <= MOST_READ && events.every((event) => event.type === 'EffectCompleted' || tellerOf(event) !== null);
}

/** True when a command would do now what its preview said at an earlier version, since which the case was only told things. */
export async function isAsPreviewed(context: Context, command: CheckedCommand, reading: FormCase, seen: number, language: Language): Promise<boolean> {
  if (seen > reading.at.version || !await isOnlyTold(context, reading, seen)) return false;
  const then = { ...reading, at: await getCaseAt(context.as(reading.caller).db, reading.stream, seen) };
  try {
    return JSON.stringify(previewOf(command, then, language)) === JSON.stringify(previewOf(command, reading, language));
  } catch (error) {
    // Refused at one of the two: the command itself is answered so.
    if (error instanceof Problem) return false;
    throw error;
  }
}
