import type { Expectation } from '../scenario.ts';

/** What each stored event after the first version makes of the state that the ones before it left. */
export const CONVENTION_GOLDEN = {
  BudgetCoverRecorded: { state: { convention: { budget: [{ covered: false, actNo: null, version: 2 }] } } },
  ConventionPublished: { state: { convention: { publication: { on: '2027-07-01', url: 'https://www.comune.example/trasparenza/accordi/1', version: 2 } } } },
  CertificateRevoked: { before: ['ConventionSigned'], state: { convention: { signature: { version: 2 }, revocations: [{ signature: 2, voids: true, version: 3 }] } } },
  ServicesAmended: { state: { convention: { amendments: [{ kind: 'SERVICES', act: { actNo: '77/2027', version: 2 } }], addendum: null } } },
  AmendmentResolved: { state: { convention: { addendum: { resolved: { actNo: '30/2029', renews: true, version: 2 }, signature: null, voided: null } } } },
  AddendumSigned: { before: ['AmendmentResolved', 'AddendumVoided'], state: { convention: { addendum: { signature: { signer: 's_mayor', version: 4 }, voided: null } } } },
  AddendumVoided: { before: ['AmendmentResolved', 'AddendumSigned'], state: { convention: { addendum: { signature: null, voided: { form: 'SCANNED', version: 4 } } } } },
  AddendumConcluded: {
    before: ['AmendmentResolved', 'AddendumSigned'],
    state: { convention: { addendum: null, amendments: [{ kind: 'ESSENTIAL', act: { renews: true }, conclusion: { concludedOn: '2029-09-20', term: { endsOn: '2032-11-30' } } }] } },
  },
} as const satisfies Readonly<Record<string, Expectation>>;
