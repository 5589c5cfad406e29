import { need, type Need } from '../gates/need.ts';
import { personalDataNeeds } from '../gates/personal-data.ts';
import type { FullMigration } from '../state.ts';
import { isFullRehearsal, lastRun, passes, unreconciled } from './standing.ts';
import { parallelRunKey } from './timers.ts';

/** What of this area the gate to DATA_MIGRATION still needs, beside the dependencies: the evidence that StartDataMigration brings. */
export function dataMigrationNeeds({ moving: { started } }: FullMigration): readonly Need[] {
  return started !== null ? [] : [
    need('OPERATOR', 'StartDataMigration', 'BACKUP_NOT_VERIFIED', { it: 'Manca la prova che la copia dei vecchi dati si ripristina.', en: 'It is not shown yet that the backup of the old data can be restored.' }),
    need('OPERATOR', 'StartDataMigration', 'VENDOR_NOT_NOTIFIED', { it: 'Manca la comunicazione al vecchio fornitore.', en: 'Who runs the old system is not notified yet.' }),
    need('OPERATOR', 'StartDataMigration', 'EXPORT_FORMAT_NOT_AGREED', { it: "Manca l'accordo sul formato in cui il vecchio fornitore consegna i dati.", en: 'The format in which the old system gives its data is not agreed yet.' }),
  ];
}

/** What the runs of data still lack for the service to be accepted, and to be cut over; nothing of a service that moves none. */
export function runNeeds(state: FullMigration): readonly Need[] {
  if (!passes(state, 'DATA_MIGRATION')) return [];
  const last = lastRun(state);
  const lost = last === undefined ? [] : unreconciled(last);
  const owed = [
    ...(state.moving.runs.some(isFullRehearsal) ? [] : [need('OPERATOR', 'RecordRehearsal', 'FULL_REHEARSAL_MISSING', {
      it: 'Manca una prova completa della migrazione dei dati, riuscita e con i conteggi uguali.', en: 'A full rehearsal of the migration of data, successful and with equal counts, is missing.',
    })]),
    ...(last?.outcome === 'FAILED' ? [need('OPERATOR', 'RecordRehearsal', 'LAST_RUN_FAILED', {
      it: `L'ultima migrazione dei dati, finita il ${last.endedAt}, non è riuscita: va ripetuta.`, en: `The last run of data, which ended at ${last.endedAt}, failed: it must be repeated.`,
    })] : []),
    ...(lost.length === 0 ? [] : [need('OPERATOR', 'RecordRehearsal', 'COUNTS_DO_NOT_RECONCILE', {
      it: `I conteggi dell'ultima migrazione dei dati non tornano: ${list(lost, 'su')}.`, en: `The counts of the last run of data differ: ${list(lost, 'of')}.`,
    })]),
  ];
  // Another run is another step with personal data.
  return owed.length === 0 ? [] : [...personalDataNeeds(state), ...owed];
}

const MOST_NAMED = 5;

function list(lost: ReturnType<typeof unreconciled>, of: string): string {
  const named = lost.slice(0, MOST_NAMED).map(({ set, source, target }) => `${set} ${target} ${of} ${source}`);
  return [...named, ...(lost.length > MOST_NAMED ? ['…'] : [])].join(', ');
}

/** The working days in which old and new run side by side, or the comune's word that it does without. */
export function parallelRunNeeds({ moving: { parallelRun, waiver } }: FullMigration): readonly Need[] {
  if (waiver !== null || parallelRun?.over === true) return [];
  return [parallelRun === null
    ? need('OPERATOR', 'StartParallelRun', 'PARALLEL_RUN_MISSING', { it: "Manca l'affiancamento del vecchio e del nuovo sistema.", en: 'Old and new have not run side by side yet.' })
    : need('CLOCK', parallelRunKey(parallelRun), 'PARALLEL_RUN_RUNNING', {
      it: `L'affiancamento dura fino al ${parallelRun.endsOn}.`, en: `Old and new run side by side up to ${parallelRun.endsOn}.`,
    })];
}
