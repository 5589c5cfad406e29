import type { Migration, MigrationState, WorkItem } from '../../domain/migration/index.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Step } from '../case/timeline.ts';
import { elided, sayDate } from '../words/dates.ts';
import { fullSteps, type Known } from './full-steps.ts';

/** The way of a migration from its request to its end; on the light track its work items in the order of the catalogue. */
export function stepsOf(state: MigrationState, known: Known, language: Language): readonly Step[] {
  return state.migration?.pinned === null ? lightSteps(state.migration, known, language) : fullSteps(state, known, language);
}

function lightSteps(migration: Migration, { requestedOn, texts }: Known, language: Language): readonly Step[] {
  const { state, workItems, deliveredOn, closedOn, cancelReasons, since } = migration;
  const isCancelled = state === 'CANCELLED';
  const said = ({ it, en }: Bilingual) => ({ text: elided(language === 'it' ? it : en) });
  const day = (date: CivilDate) => sayDate(date, language);
  const noted = (ref: { readonly textId: string } | null) => {
    const text = ref === null ? undefined : texts.get(ref.textId);
    return text === undefined ? [] : [{ text }];
  };
  const item = ({ id, title, after, done }: WorkItem): Step => {
    const isReady = after.every((before) => workItems.some((other) => other.id === before && other.done !== null));
    return {
      key: id, title, standing: done !== null ? 'done' : isReady ? 'now' : 'open',
      sentences: done === null ? [] : [said({ it: `Completata il ${day(done.on)}.`, en: `Completed on ${day(done.on)}.` }), ...noted(done.note)],
    };
  };
  return [
    { key: 'request', title: { it: 'Richiesta', en: 'Request' }, standing: 'done', sentences: [said({ it: `Richiesto il ${day(requestedOn)}.`, en: `Requested on ${day(requestedOn)}.` })] },
    // Of what was given up only what was done is told.
    ...workItems.filter(({ done }) => !isCancelled || done !== null).map(item),
    ...(isCancelled ? [{
      key: 'cancelled', title: { it: 'Annullamento', en: 'Cancellation' }, standing: 'done' as const,
      sentences: [said({ it: `Annullato il ${day(civilDateOf(since))}.`, en: `Cancelled on ${day(civilDateOf(since))}.` }), ...noted(cancelReasons)],
    }] : [
      {
        key: 'operating', title: { it: 'Esercizio', en: 'Operation' }, standing: deliveredOn === null ? 'open' as const : 'done' as const,
        sentences: deliveredOn === null ? [] : [said({ it: `In esercizio dal ${day(deliveredOn)}: giorno dell'ultima attività.`, en: `In operation from ${day(deliveredOn)}: the day of the last work item.` })],
      },
      {
        key: 'closed', title: { it: 'Chiusura', en: 'Closing' }, standing: closedOn === null ? 'open' as const : 'done' as const,
        sentences: closedOn === null ? [] : [said({ it: `Chiuso il ${day(closedOn)}.`, en: `Closed on ${day(closedOn)}.` })],
      },
    ]),
  ];
}
