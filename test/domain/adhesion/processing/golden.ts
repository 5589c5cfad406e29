import type { Expectation } from '../scenario.ts';

export const PROCESSING_GOLDEN = {
  DpoContactTold: { state: { processing: { dpoContacts: [{ appointmentId: 'ref-1', on: '2027-07-01', version: 2 }] } } },
  DpiaNeedDeclared: { state: { processing: { dpiaNeeds: [{ service: 'TRAINING', needed: true, version: 2 }] } } },
  DpiaRecorded: { before: ['DpiaNeedDeclared'], state: { processing: { dpiaNeeds: [{ version: 2 }], dpias: [{ service: 'TRAINING', outcome: 'HIGH_RISK', version: 3 }] } } },
  ProcessorAudited: { state: { processing: { audits: [{ on: '2027-07-01', outcome: 'FINDINGS', documentSha256: 'ab'.repeat(32), version: 2 }] } } },
  SubprocessorNotified: { state: { processing: { subprocessors: [{ subprocessor: 'CLOUD_PROVIDER', objectBy: '2027-07-20', objection: null, termEnded: false, withdrawal: null, version: 2 }] } } },
  SubprocessorObjected: { before: ['SubprocessorNotified'], state: { processing: { subprocessors: [{ version: 2, objection: { deliveredAt: '2027-07-12T08:00:00Z', version: 3 } }] } } },
  ObjectionTermEnded: { before: ['SubprocessorNotified'], state: { processing: { subprocessors: [{ version: 2, termEnded: true }] } } },
  SubprocessorWithdrawn: { before: ['SubprocessorNotified'], state: { processing: { subprocessors: [{ version: 2, withdrawal: { on: '2027-07-15', version: 3 } }] } } },
  BreachReported: { state: { processing: { breaches: [{ breachNo: '1/2027', memberDueAt: '2027-08-15T07:00:00Z', told: null, notified: [], waived: [], version: 2 }] } } },
  BreachNotifiedToMember: {
    before: ['BreachReported'], state: { processing: { breaches: [{ told: { late: true, duties: [{ to: 'GARANTE', dueAt: '2027-08-18T09:00:00Z' }], version: 3 } }] } },
  },
  BreachNotifiedToAuthority: { before: ['BreachReported'], state: { processing: { breaches: [{ notified: [{ to: 'GARANTE', protocolNo: '12/2027', version: 3 }] }] } } },
  BreachNoticeWaived: { before: ['BreachReported'], state: { processing: { breaches: [{ waived: [{ to: 'GARANTE', version: 3 }] }] } } },
} as const satisfies Readonly<Record<string, Expectation>>;
