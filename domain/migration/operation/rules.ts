import { firstRefusal, notBefore, notInFuture, recordedForGood } from '../../adhesion/checks.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import { civilDateOf, compareInstants, type CivilDate } from '../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import { inFuture } from '../checks.ts';
import { underWay } from '../changes/rules.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { suspensionNeeds } from '../gates/convention.ts';
import { gateFault, needsOf, newStageFault } from '../gates/index.ts';
import { passes } from '../moving/standing.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import { isFull, type MigrationStage, type OpenedMigration } from '../state.ts';
import type { OPERATION_COMMANDS, OperationEngineData } from './catalogue.ts';
import { escalateDefect, reportDefect, resolveDefect } from './defects.ts';
import { certifyDeletion, retireService, returnData } from './retirement.ts';
import { runningHypercare } from './timers.ts';

/** By its timer: the working days are over. */
const endHypercareTerm = rule<Command<'EndHypercareTerm'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { endsOn }, context }) => {
    const hypercare = isFull(state) ? runningHypercare(state) : null;
    const due = hypercare !== null && hypercare.endsOn === endsOn && compareInstants(context.now, hypercare.overFrom) >= 0;
    return due ? accepted<MigrationEvent>({ type: 'HypercareTermEnded', data: { endsOn, at: context.now }, effectiveOn: endsOn }) : accepted();
  },
});

/** After its working days, without a defect of severity 1, and with the users trained. */
const endHypercare = rule<Command<'EndHypercare'>['data'], object>({
  ground: (state) => stageFault(state, ['HYPERCARE'], { it: 'il presidio rafforzato finisce quando è in corso.', en: 'hypercare ends while it goes on.' }) ?? gateFault(state, 'OPERATING', 'EndHypercare') ?? {},
  check: ({ endedOn, trainingDoneOn }, context) => notInFuture(context, { endedOn, trainingDoneOn }),
  decide: ({ state: { operation: { hypercare } }, data: { endedOn, trainingDoneOn }, context }) => firstRefusal(
    notBefore(endedOn, 'endedOn', hypercare?.endsOn ?? null, { it: "l'ultimo giorno del presidio rafforzato", en: 'the last day of hypercare' }),
    notBefore(endedOn, 'endedOn', trainingDoneOn, { it: 'la formazione degli utenti', en: 'the training of the users' }),
  ) ?? accepted<MigrationEvent>({ type: 'HypercareEnded', data: { endedOn, trainingDoneOn, at: context.now }, effectiveOn: endedOn }),
});

const decommission = rule<Command<'Decommission'>['data'], object>({
  ground: (state) => stageFault(state, ['OPERATING', 'DECOMMISSIONING_OLD'], { it: 'il vecchio sistema si dismette quando il nuovo è in esercizio.', en: 'the old system is decommissioned once the new one operates.' })
    ?? (isFull(state) && needsOf(state, 'CLOSED').length === 0 ? recordedForGood({ it: 'La dismissione del vecchio sistema', en: 'The decommissioning of the old system' }) : null)
    ?? (state.migration.state === 'OPERATING' ? newStageFault(state, suspensionNeeds) : null) ?? {},
  check: ({ oldContractEndedOn, oldData, records }, context) => notInFuture(context, { oldContractEndedOn, 'oldData.on': oldData?.on, 'records.preservedOn': records?.preservedOn }),
  decide: ({ state, state: { operation: { decommissioning }, migration: { deliveredOn } }, data: { oldContractEndedOn = null, oldData = null, records = null }, context }) => firstRefusal(
    said('oldContractEndedOn', oldContractEndedOn, decommissioning?.oldContractEndedOn),
    said('oldData', oldData, decommissioning?.oldData),
    said('records', records, decommissioning?.records),
    oldData?.fate === 'DELETED' ? destructionFault(state) : null,
    notBefore(oldData?.on ?? civilDateOf(context.now), 'oldData.on', deliveredOn, { it: "l'esercizio del nuovo sistema", en: 'the operation of the new one' }),
  ) ?? accepted<MigrationEvent>({ type: 'OldSystemDecommissioned', data: { oldContractEndedOn, oldData, records, at: context.now } }),
});

/** What was begun may end while the resolution is suspended, but nothing is destroyed that its annulment would ask for. */
function destructionFault(state: OpenedMigration): Refused | null {
  return isFull(state) && suspensionNeeds(state).length > 0 ? refused('RESOLUTION_SUSPENDED', {
    it: 'La delibera di adesione è sospesa: i vecchi dati non si cancellano; una cancellazione già avvenuta si registra quando la sospensione cessa.',
    en: 'The resolution of the adhesion is suspended: the old data are not deleted; a deletion that took place is recorded once the suspension ends.',
  }, 'oldData.fate') : null;
}

/** Each part is said once. */
function said(path: string, now: unknown, before: unknown): Refused | null {
  return now === null || before === null || before === undefined ? null : refused('ALREADY_RECORDED', { it: `${path}: già agli atti.`, en: `${path} is recorded already.` }, path);
}

/** The light track is closed when it operates; the full one when its old system is gone, or when it retires and its data are. */
const closeMigration = rule<Command<'CloseMigration'>['data'], object>({
  ground: (state) => stageFault(state, closedFrom(state), { it: "si chiude dopo l'esercizio, con il vecchio sistema dismesso.", en: 'it is closed after it operated, with its old system decommissioned.' })
    ?? (state.migration.state === 'RETIRING' ? null : underWay(state)) ?? gateFault(state, 'CLOSED') ?? {},
  decide: ({ state, data: { closedOn }, context: { now } }) => {
    const future = inFuture(closedOn, now, 'closedOn');
    if (future !== undefined) return future;
    const { deliveredOn } = state.migration;
    if (deliveredOn !== null && closedOn < deliveredOn) {
      return refused('DATE_BEFORE_GROUND', {
        it: `Il servizio è stato avviato il ${deliveredOn}; si chiude da quel giorno in poi.`, en: `The service was delivered on ${deliveredOn}; it is closed from that day on.`,
      }, 'closedOn');
    }
    return beforeEvidence(state.operation, closedOn) ?? accepted<MigrationEvent>({ type: 'MigrationClosed', data: { closedOn, at: now }, effectiveOn: closedOn });
  },
});

/** It is closed on what was done before: of the old system, or of the data of a service that retires. */
function beforeEvidence({ hypercare, decommissioning, returned, deletion }: OpenedMigration['operation'], closedOn: CivilDate): Refused | null {
  const after = (ground: string | undefined | null, follows: Bilingual) => notBefore(closedOn, 'closedOn', ground ?? null, follows);
  return firstRefusal(
    after(hypercare?.startedAt, { it: 'la messa in esercizio', en: 'the cutover' }),
    after(decommissioning?.oldContractEndedOn, { it: 'la fine del vecchio contratto', en: 'the end of the old contract' }),
    after(decommissioning?.oldData?.on, { it: 'la cancellazione o conservazione dei vecchi dati', en: 'the deletion or preservation of the old data' }),
    after(decommissioning?.records?.preservedOn, { it: 'il versamento in conservazione', en: 'the deposit of the records' }),
    after(returned?.receipt.receivedOn, { it: 'la ricevuta dei dati restituiti', en: 'the receipt of the returned data' }),
    after(deletion?.deletedOn, { it: 'la cancellazione dei dati', en: 'the deletion of the data' }),
  );
}

function closedFrom(state: OpenedMigration): readonly MigrationStage[] {
  return passes(state, 'CLOSED') ? ['DECOMMISSIONING_OLD', 'RETIRING'] : ['OPERATING', 'RETIRING'];
}

/** The rule of every command of this area. */
export const OPERATION_RULES: RulesOf<keyof typeof OPERATION_COMMANDS | keyof OperationEngineData> = {
  ReportDefect: reportDefect,
  ResolveDefect: resolveDefect,
  EscalateDefect: escalateDefect,
  EndHypercareTerm: endHypercareTerm,
  EndHypercare: endHypercare,
  Decommission: decommission,
  RetireService: retireService,
  ReturnData: returnData,
  CertifyDeletion: certifyDeletion,
  CloseMigration: closeMigration,
};
