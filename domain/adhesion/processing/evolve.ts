import type { AdhesionState } from '../state.ts';
import type { ProcessingEvent } from './events.ts';
import type { Breach, Processing, Subprocessor } from './state.ts';

/** Folds one event of the processing; `state.version` is already its version. What names nothing that is known changes nothing. */
export function evolveProcessing(state: AdhesionState, event: ProcessingEvent): AdhesionState {
  return { ...state, processing: { ...state.processing, ...changesBy(state, event) } };
}

function changesBy({ version, processing: { subprocessors, breaches, dpoContacts, dpiaNeeds, dpias, audits } }: AdhesionState, event: ProcessingEvent): Partial<Processing> {
  const noticeWith = (notice: number, changes: Partial<Subprocessor>): Partial<Processing> => ({
    subprocessors: subprocessors.map((known) => (known.version === notice ? { ...known, ...changes } : known)),
  });
  const breachWith = (breachNo: string, changes: (breach: Breach) => Partial<Breach>): Partial<Processing> => ({
    breaches: breaches.map((known) => (known.breachNo === breachNo ? { ...known, ...changes(known) } : known)),
  });
  switch (event.type) {
    case 'DpoContactTold':
      return { dpoContacts: [...dpoContacts, { ...event.data, version }] };
    case 'DpiaNeedDeclared':
      return { dpiaNeeds: [...dpiaNeeds, { ...event.data, version }] };
    case 'DpiaRecorded':
      return { dpias: [...dpias, { ...event.data, version }] };
    case 'ProcessorAudited':
      return { audits: [...audits, { ...event.data, version }] };
    case 'SubprocessorNotified':
      return { subprocessors: [...subprocessors, { ...event.data, version, objection: null, termEnded: false, withdrawal: null }] };
    case 'SubprocessorObjected':
      return noticeWith(event.data.notice, { objection: { ...event.data, version } });
    case 'ObjectionTermEnded':
      return noticeWith(event.data.notice, { termEnded: true });
    case 'SubprocessorWithdrawn':
      return noticeWith(event.data.notice, { withdrawal: { ...event.data, version } });
    case 'BreachReported':
      return { breaches: [...breaches, { ...event.data, version, told: null, notified: [], waived: [] }] };
    case 'BreachNotifiedToMember':
      return breachWith(event.data.breachNo, () => ({ told: { ...event.data, version } }));
    case 'BreachNotifiedToAuthority':
      return breachWith(event.data.breachNo, ({ notified }) => ({ notified: [...notified, { ...event.data, version }] }));
    case 'BreachNoticeWaived':
      return breachWith(event.data.breachNo, ({ waived }) => ({ waived: [...waived, { ...event.data, version }] }));
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
