import { lastCall, mayStand } from '../changes/standing.ts';
import { need, type Need } from '../gates/need.ts';
import { passes } from '../moving/standing.ts';
import { stageOf } from '../saga/standing.ts';
import type { MigrationStage } from '../stages.ts';
import type { FullMigration } from '../state.ts';
import { holdsData, openOf, owesData } from './standing.ts';
import { hypercareKey } from './timers.ts';

/** Defects that must be resolved before the service is accepted, and before it is cut over. */
export function defectNeeds(state: FullMigration): readonly Need[] {
  const { maxSeverity2 } = state.migration.pinned.policies;
  const hindering = openOf(state, 2).length;
  return [...severity1Needs(state), ...(hindering <= maxSeverity2 ? [] : [need('OPERATOR', 'ResolveDefect', 'TOO_MANY_SEVERITY2_OPEN', {
    it: `Sono aperti ${hindering} difetti di gravità 2: al più ${maxSeverity2}.`, en: `${hindering} defects of severity 2 are open: ${maxSeverity2} at most.`,
  })])];
}

function severity1Needs(state: FullMigration): readonly Need[] {
  const open = openOf(state, 1).map(({ defectNo }) => defectNo);
  return open.length === 0 ? [] : [need('OPERATOR', 'ResolveDefect', 'SEVERITY1_OPEN', {
    it: `Sono aperti difetti di gravità 1: ${open.join(', ')}.`, en: `Defects of severity 1 are open: ${open.join(', ')}.`,
  })];
}

/** What the gate to OPERATING still needs: the working days of hypercare, no defect of severity 1, and the training that EndHypercare tells of. */
export function operatingNeeds(state: FullMigration): readonly Need[] {
  const { hypercare } = state.operation;
  if (IN_OPERATION.has(stageOf(state))) return [];
  return [
    ...(hypercare === null ? [need('OPERATOR', 'RecordCutover', 'NOT_CUT_OVER', { it: 'Il servizio non è ancora in uso.', en: 'The service is not in use yet.' })] : []),
    ...(hypercare === null || hypercare.over ? [] : [need('CLOCK', hypercareKey(hypercare), 'HYPERCARE_RUNNING', {
      it: `Il presidio rafforzato dura fino al ${hypercare.endsOn}.`, en: `Hypercare lasts up to ${hypercare.endsOn}.`,
    })]),
    ...severity1Needs(state),
    need('OPERATOR', 'EndHypercare', 'TRAINING_NOT_DONE', { it: 'Manca la formazione degli utenti.', en: 'The users are not trained yet.' }),
  ];
}

const IN_OPERATION: ReadonlySet<MigrationStage> = new Set<MigrationStage>(['OPERATING', 'DECOMMISSIONING_OLD', 'RETIRING', 'CLOSED']);

/** What the gate to CLOSED still needs: of the old system the contract, the data and the records; of a service that retires its data. */
export function closedNeeds(state: FullMigration): readonly Need[] {
  return stageOf(state) === 'RETIRING' ? retiringNeeds(state) : oldSystemNeeds(state);
}

function oldSystemNeeds(state: FullMigration): readonly Need[] {
  const { oldContractEndedOn = null, oldData = null, records = null } = state.operation.decommissioning ?? {};
  const moved = passes(state, 'DATA_MIGRATION');
  return [
    ...(oldContractEndedOn === null ? [need('OPERATOR', 'Decommission', 'OLD_CONTRACT_OPEN', { it: 'Il vecchio contratto non è cessato.', en: 'The old contract has not ended.' })] : []),
    ...(!moved || oldData !== null ? [] : [need('OPERATOR', 'Decommission', 'OLD_DATA_LEFT', {
      it: 'I vecchi dati non sono né cancellati né conservati, con certificato.', en: 'The old data are neither deleted nor preserved, with a certificate.',
    })]),
    ...(!moved || records !== null ? [] : [need('OPERATOR', 'Decommission', 'RECORDS_NOT_PRESERVED', { it: 'I documenti non sono in conservazione.', en: 'The records are not in preservation.' })]),
  ];
}

function retiringNeeds(state: FullMigration): readonly Need[] {
  if (owesData(state)) return [need('OPERATOR', 'ReturnData', 'DATA_NOT_RETURNED', { it: 'I dati non sono stati restituiti al comune.', en: 'The data were not returned to the comune.' })];
  const standing = brokerNeeds(state);
  if (standing.length > 0 || !holdsData(state) || state.operation.deletion !== null) return standing;
  return [need('OPERATOR', 'CertifyDeletion', 'DELETION_NOT_CERTIFIED', { it: 'Manca il certificato di cancellazione dei dati.', en: 'The certificate that the data are deleted is missing.' })];
}

/** What still stands at a broker of a service that retires; nothing that an operator has decided to go on without. */
export function brokerNeeds(state: FullMigration): readonly Need[] {
  const { instance } = state.provisioning;
  const removal = lastCall(state, 'DEPROVISION')?.state;
  if (!mayStand(state) || removal === 'DONE' || removal === 'SKIPPED') return [];
  return [need('PROVIDER', 'ConcludeBrokerCall', 'BROKER_INSTANCE_STANDS', instance === null
    ? { it: 'Presso il broker può esistere ancora ciò che è stato chiesto.', en: 'What was asked for may still stand at the broker.' }
    : { it: `Presso il broker esiste ancora ${instance.id}.`, en: `${instance.id} still stands at the broker.` })];
}
