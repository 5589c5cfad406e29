import { withUndo, type Undo } from '../saga/state.ts';
import { enter } from '../stage.ts';
import type { MigrationState } from '../state.ts';
import type { OperationEvent } from './events.ts';
import type { Defect, OperationSlice } from './state.ts';

const CUT_OVER: Undo = { step: 'cut-over', how: { kind: 'WORK', title: { it: 'Riportare gli utenti sul vecchio sistema', en: 'Bring the users back to the old system' } } };

/** Folds one event of this area; `state.version` is already its version. */
export function evolveOperation(state: MigrationState, event: OperationEvent): MigrationState {
  const { hypercare, defects } = state.operation;
  switch (event.type) {
    case 'HypercareStarted': {
      const { basis: _basis, ...term } = event.data;
      return enter(withUndo(withOperation(state, { hypercare: { ...term, over: false } }), CUT_OVER), 'HYPERCARE', event.data.at);
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

function withOperation(state: MigrationState, changed: Partial<OperationSlice['operation']>): MigrationState {
  return { ...state, operation: { ...state.operation, ...changed } };
}

function withDefect(state: MigrationState, defectNo: string, changed: Partial<Defect>): MigrationState {
  return withOperation(state, { defects: state.operation.defects.map((defect) => (defect.defectNo === defectNo ? { ...defect, ...changed } : defect)) });
}
