import type { Instant } from '../../shared/civil-date.ts';
import { withUndo, type Undo } from '../saga/state.ts';
import { enter } from '../stage.ts';
import type { MigrationState } from '../state.ts';
import { EMPTY_SUSPENSION } from '../suspension/state.ts';
import type { OperationEvent, OperationEventData } from './events.ts';
import type { Defect, OperationSlice } from './state.ts';

const CUT_OVER: Undo = { step: 'cut-over', how: { kind: 'WORK', title: { it: 'Riportare gli utenti sul vecchio sistema', en: 'Bring the users back to the old system' } } };

/** Folds one event of this area; `state.version` is already its version. */
export function evolveOperation(state: MigrationState, event: OperationEvent): MigrationState {
  const { hypercare, defects } = state.operation;
  switch (event.type) {
    case 'HypercareStarted': {
      const { basis: _basis, severity1Due = [], ...term } = event.data;
      const due = new Map(severity1Due.map(({ defectNo, dueAt }) => [defectNo, dueAt]));
      const counted = defects.map((defect) => ({ ...defect, dueAt: due.get(defect.defectNo) ?? defect.dueAt }));
      return enter(withUndo(withOperation(state, { hypercare: { ...term, over: false }, defects: counted }), CUT_OVER), 'HYPERCARE', event.data.at);
    }
    case 'HypercareTermEnded':
      return hypercare === null ? state : withOperation(state, { hypercare: { ...hypercare, over: true } });
    case 'DefectReported': {
      const { basis: _basis, ...defect } = event.data;
      return withOperation(state, { defects: [...defects, { ...defect, resolved: null, alarmAt: null }] });
    }
    case 'DefectResolved': {
      const { defectNo, ...resolved } = event.data;
      return withDefect(state, defectNo, { resolved });
    }
    case 'DefectAlarmRaised':
      return withDefect(state, event.data.defectNo, { alarmAt: event.data.at });
    case 'HypercareEnded':
      return enter(state, 'OPERATING', event.data.at, { deliveredOn: event.data.endedOn });
    case 'OldSystemDecommissioned':
      return decommissioned(state, event.data);
    case 'ServiceGivenUp':
      return retiring(state, event.data.at);
    case 'DataReturned':
      return withOperation(state, { returned: event.data });
    case 'DeletionCertified':
      return withOperation(state, { deletion: event.data });
    case 'ServiceDelivered':
      return enter(state, 'OPERATING', event.data.at, { deliveredOn: event.data.deliveredOn });
    case 'MigrationClosed':
      return enter(state, 'CLOSED', event.data.at, { closedOn: event.data.closedOn });
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** Nothing holds it up any more, and an end that it has come to is not its end. */
export function retiring(state: MigrationState, at: Instant): MigrationState {
  return enter(withOperation({ ...state, ...EMPTY_SUSPENSION }, { retires: true }), 'RETIRING', at, { closedOn: null });
}

function decommissioned(state: MigrationState, { at, ...said }: OperationEventData['OldSystemDecommissioned']): MigrationState {
  const known = state.operation.decommissioning;
  const decommissioning = {
    oldContractEndedOn: said.oldContractEndedOn ?? known?.oldContractEndedOn ?? null, oldData: said.oldData ?? known?.oldData ?? null, records: said.records ?? known?.records ?? null,
  };
  const done = withOperation(state, { decommissioning });
  return state.migration?.state === 'OPERATING' ? enter(done, 'DECOMMISSIONING_OLD', at) : done;
}

function withOperation(state: MigrationState, changed: Partial<OperationSlice['operation']>): MigrationState {
  return { ...state, operation: { ...state.operation, ...changed } };
}

function withDefect(state: MigrationState, defectNo: string, changed: Partial<Defect>): MigrationState {
  return withOperation(state, { defects: state.operation.defects.map((defect) => (defect.defectNo === defectNo ? { ...defect, ...changed } : defect)) });
}
