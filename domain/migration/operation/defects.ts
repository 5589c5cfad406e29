import { dayOf, firstRefusal, notBefore, notInFuture, recordedForGood } from '../../adhesion/checks.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import { compareInstants, normalInstant } from '../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import { basisOf } from '../basis.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule } from '../rule.ts';
import { rollBackBy } from '../saga/rules.ts';
import { stageOf } from '../saga/standing.ts';
import { outOfTurn } from '../stage.ts';
import { isFull, type FullMigration, type MigrationStage, type OpenedMigration } from '../state.ts';
import { severity1DueAt } from './hypercare.ts';
import { MOST_DEFECTS } from './severity.ts';
import { isInUse, openDefects } from './standing.ts';

/** From the first test with data, or of what was provisioned, to the end of the old system. */
const TESTED: readonly MigrationStage[] = ['DATA_MIGRATION', 'ACCEPTANCE', 'PARALLEL_RUN', 'CUTOVER', 'HYPERCARE', 'OPERATING', 'DECOMMISSIONING_OLD'];

/** Facts become known while it is suspended as well. */
function untested(state: OpenedMigration, otherwise: Bilingual): Refused | null {
  return TESTED.includes(stageOf(state)) ? null : outOfTurn(state, otherwise);
}

export const reportDefect = rule<Command<'ReportDefect'>['data'], { readonly full: FullMigration }>({
  ground: (state) => untested(state, { it: 'i difetti si registrano da quando il servizio si prova.', en: 'defects are recorded from the first test of the service on.' }) ?? room(state),
  check: ({ reportedAt }, context) => notInFuture(context, { reportedAt }),
  decide: ({ ground: { full }, data, context }) => {
    const { defectNo, severity, description = null } = data;
    const reportedAt = normalInstant(data.reportedAt);
    const fault = firstRefusal(
      full.operation.defects.some((known) => known.defectNo === defectNo) ? recordedForGood({ it: 'Il difetto con questo numero', en: 'The defect with this number' }) : null,
      notBefore(reportedAt, 'reportedAt', full.moving.started?.startedOn ?? full.provisioning.doneOn, { it: "l'inizio delle prove", en: 'the first test' }),
    );
    if (fault !== null) return fault;
    const dueAt = severity === 1 && isInUse(full) ? severity1DueAt(full, reportedAt, full.operation.hypercare?.startedAt ?? reportedAt) : null;
    return accepted<MigrationEvent>({
      type: 'DefectReported', data: { defectNo, severity, reportedAt, description, dueAt, basis: basisOf(full), at: context.now }, effectiveOn: dayOf(reportedAt),
    });
  },
});

function room(state: OpenedMigration): Refused | { readonly full: FullMigration } {
  if (!isFull(state)) return refused('LIGHT_TRACK', { it: 'Il percorso leggero non ha questo passo.', en: 'The light track has no such step.' });
  return state.operation.defects.length < MOST_DEFECTS ? { full: state } : refused('TOO_MANY_RECORDED', {
    it: `Una migrazione registra al massimo ${MOST_DEFECTS} difetti.`, en: `A migration records at most ${MOST_DEFECTS} defects.`,
  });
}

export const resolveDefect = rule<Command<'ResolveDefect'>['data'], object>({
  ground: (state) => untested(state, { it: 'i difetti si risolvono prima della chiusura.', en: 'defects are resolved before it is closed.' })
    ?? (openDefects(state).length > 0 ? {} : refused('NO_OPEN_DEFECT', { it: 'Nessun difetto è aperto.', en: 'No defect is open.' })),
  check: ({ resolvedAt }, context) => notInFuture(context, { resolvedAt }),
  decide: ({ state, data: { defectNo, resolvedAt, resolution = null }, context }) => {
    const defect = state.operation.defects.find((known) => known.defectNo === defectNo);
    if (defect === undefined) return refused('UNKNOWN_DEFECT', { it: `Nessun difetto ha il numero ${defectNo}.`, en: `No defect has the number ${defectNo}.` }, 'defectNo');
    return firstRefusal(
      defect.resolved === null ? null : recordedForGood({ it: 'La soluzione di questo difetto', en: 'That this defect is resolved' }),
      notBefore(resolvedAt, 'resolvedAt', defect.reportedAt, { it: 'la segnalazione', en: 'the report' }),
    ) ?? accepted<MigrationEvent>({ type: 'DefectResolved', data: { defectNo, resolvedAt: normalInstant(resolvedAt), resolution, at: context.now }, effectiveOn: dayOf(resolvedAt) });
  },
});

/** By its timer: a defect of severity 1 has stood open for too long. All is undone, up to the point of no return; after it somebody is told. */
export const escalateDefect = rule<Command<'EscalateDefect'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { defectNo }, context }) => {
    const defect = openDefects(state).find((known) => known.defectNo === defectNo);
    const dueAt = defect?.dueAt ?? null;
    const stands = isInUse(state) && state.migration.state !== 'SUSPENDED';
    const due = stands && defect?.alarmAt === null && dueAt !== null && compareInstants(context.now, dueAt) >= 0;
    if (!due) return accepted();
    const rollback = rollBackBy(state, 'SEVERITY_1', context);
    return rollback.length > 0 ? accepted<MigrationEvent>(...rollback) : accepted<MigrationEvent>({ type: 'DefectAlarmRaised', data: { defectNo, dueAt, at: context.now } });
  },
});
