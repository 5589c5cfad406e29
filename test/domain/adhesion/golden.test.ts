import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adhesion, type AdhesionEvent } from '../../../domain/adhesion/index.ts';
import { fold } from '../../../domain/shared/process.ts';
import { CONVENTION_GOLDEN } from './convention/golden.ts';
import { DELIBERATION_GOLDEN } from './deliberation/golden.ts';
import { DPA_GOLDEN } from './dpa/golden.ts';
import { DUES_GOLDEN } from './dues/golden.ts';
import { LINEAGE_GOLDEN } from './lineage/golden.ts';
import { MANDATES_GOLDEN } from './mandates/golden.ts';
import { MEMBERSHIP_GOLDEN } from './membership/golden.ts';
import { NIS_GOLDEN } from './nis/golden.ts';
import { PROCESSING_GOLDEN } from './processing/golden.ts';
import { RECOGNITION_GOLDEN } from './recognition/golden.ts';
import { REFERENTS_GOLDEN } from './referents/golden.ts';
import { REMINDERS_GOLDEN } from './reminders/golden.ts';
import { SERVICES_GOLDEN } from './services/golden.ts';
import type { Expectation } from './scenario.ts';

type Stored = { readonly [Type in AdhesionEvent['type']]: Extract<AdhesionEvent, { type: Type }> };

/** As they are stored: these files are kept for ever, later events and later shapes get files of their own. */
const FOLDER = new URL('../../golden/events/', import.meta.url);
const stored: Stored = Object.assign({}, ...readdirSync(FOLDER).filter((name) => name.startsWith('adhesion'))
  .map((name): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))));

const template = { id: 'convenzione-cst', version: 1 };

/** What each stored event makes of the state that the ones before it left. */
const EXPECTED: { readonly [Type in AdhesionEvent['type']]: Expectation } = {
  AdhesionOpened: { state: { opening: { id: 'c_a010-1', population: 32_425, policies: { councillors: 24, executivity: 'START_EXCLUSIVE' } } } },
  ProposalSent: { state: { deliberation: { attempt: 1, template, sending: { sentAt: '2026-05-29T08:00:00Z', receiptDueOn: '2026-06-03' } } } },
  ReceiptConfirmed: { state: { deliberation: { receipt: { receivedOn: '2026-05-29', opinionsDueOn: '2026-06-08', version: 2 } } } },
  OpinionRecorded: { state: { deliberation: { opinions: [{ kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-06-05', version: 2 }] } } },
  CouncilConvened: { state: { deliberation: { convocation: { call: 1, sessionOn: '2026-07-08', version: 2 } } } },
  SessionHeldWithoutVote: {
    before: ['CouncilConvened'], state: { deliberation: { convocation: null, lastSession: { heldOn: '2026-07-08', outcome: 'POSTPONED', version: 3 } } },
  },
  ResolutionRejected: {
    state: { deliberation: { rejection: { code: 'MAJORITY_NOT_REACHED', votesNeeded: 13, version: 2 }, lastSession: { outcome: 'VOTED' }, adoption: null } },
  },
  ResolutionAdopted: { state: { deliberation: { adoption: { resolutionNo: '45/2026', heldOn: '2026-07-08', immediate: false, version: 2 }, amendment: null } } },
  ProposalResubmitted: {
    before: ['ProposalSent', 'OpinionRecorded', 'ResolutionRejected'],
    state: { deliberation: { attempt: 2, rejection: null, receipt: null, opinions: [{ kind: 'TECHNICAL' }], sending: { sentAt: '2026-07-24T08:00:00Z' } } },
  },
  FurtherAttemptAllowed: { state: { deliberation: { attemptsAllowed: 2 } } },
  AmendmentAccepted: { before: ['ResolutionAdopted'], state: { deliberation: { amendment: 'FORMAL' } } },
  AmendmentResubmitted: {
    before: ['ResolutionAdopted', 'PublicationRecorded'],
    state: { deliberation: { attempt: 2, adoption: null, publication: null, sending: { sentAt: null, follows: '2026-07-08' } } },
  },
  PublicationRecorded: {
    state: { deliberation: { publication: { firstDay: '2026-07-13', executiveOn: '2026-07-24', executiveFrom: '2026-07-23T22:00:00Z' }, publicationCount: 1, ripened: false } },
  },
  ExecutivityRipened: { before: ['PublicationRecorded'], state: { deliberation: { ripened: true } } },
  ExecutivityCertified: { state: { deliberation: { certificate: { executiveOn: '2026-07-24', consistent: true, gateOpensAt: '2026-07-23T22:00:00Z', version: 2 } } } },
  ResolutionTransmitted: { state: { deliberation: { transmission: { deliveredAt: '2026-07-29T07:12:00Z', acceptanceDueOn: '2026-08-05', version: 2 } } } },
  ResolutionAccepted: { state: { deliberation: { acceptance: { overrideReason: null, gateOpensAt: null, version: 2 } } } },
  ResolutionReturned: {
    before: ['ResolutionTransmitted'], state: { deliberation: { returned: { reasons: { textId: 'txt-1', digest: 'd1' }, deliveredAt: '2026-07-29T07:12:00Z', version: 3 }, acceptance: null } },
  },
  ConventionSigned: { before: ['ConventionVoided'], state: { convention: { signature: { signer: 's_mayor', office: 'MAYOR' }, voided: null } } },
  ConventionCountersigned: { state: { convention: { countersignature: { concludedOn: '2026-08-07', registrationDueOn: '2026-08-14' } } } },
  ConventionVoided: { before: ['ConventionSigned'], state: { convention: { voided: { form: 'HANDWRITTEN', code: 'SIGNATURE_FORM' }, signature: null } } },
  ConventionRegistered: {
    state: { convention: { registration: { inForceOn: '2026-09-01', endsOn: '2029-08-31', version: 2 }, registrationCount: 1, inForce: false } },
  },
  ConventionEnteredIntoForce: { before: ['ConventionRegistered'], state: { convention: { inForce: true } } },
  ReferentAppointed: { state: { referents: [{ appointmentId: 'ref-1', role: 'ICT_REFERENT', acceptance: null, version: 2 }] } },
  AppointmentAccepted: { before: ['ReferentAppointed'], state: { referents: [{ appointmentId: 'ref-1', acceptance: { acceptedAt: '2026-09-07T07:00:00Z', version: 3 } }] } },
  MigrationRequested: {
    state: {
      migrations: [{ id: 'c_a010-1.TRAINING', service: 'TRAINING', state: 'REQUESTED', asOf: 0 }],
      owed: [{ key: 'start-TRAINING@2', kind: 'tell', input: { to: 'migration/c_a010-1.TRAINING', commandId: 'adhesion/c_a010-1@2' } }],
    },
  },
  MigrationNoted: { before: ['MigrationRequested'], state: { migrations: [{ id: 'c_a010-1.TRAINING', state: 'OPERATING', asOf: 5 }] } },
  FactCorrected: {
    before: ['PublicationRecorded', 'ExecutivityRipened'],
    state: { deliberation: { publication: { firstDay: '2026-07-14', executiveOn: '2026-07-25', version: 4 }, publicationCount: 2, ripened: false } },
  },
  ...CONVENTION_GOLDEN,
  ...DELIBERATION_GOLDEN,
  ...DPA_GOLDEN,
  ...DUES_GOLDEN,
  ...MEMBERSHIP_GOLDEN,
  ...LINEAGE_GOLDEN,
  ...MANDATES_GOLDEN,
  ...NIS_GOLDEN,
  ...PROCESSING_GOLDEN,
  ...RECOGNITION_GOLDEN,
  ...REFERENTS_GOLDEN,
  ...SERVICES_GOLDEN,
  ...REMINDERS_GOLDEN,
  AdhesionClosed: { state: { closure: { reasons: { textId: 'txt-1', digest: 'd1' } } } },
};

test('there is one stored example of each event', () => {
  expect(Object.keys(stored).toSorted()).toStrictEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.values(stored))('a stored $type is taken', (event) => {
  const { before = [], state } = EXPECTED[event.type];
  const opening = event.type === 'AdhesionOpened' ? [] : [stored.AdhesionOpened];
  const after = fold(adhesion, adhesion.initial(), [...opening, ...before.map((type) => stored[type]), event]);
  expect(after).toMatchObject(state);
  expect(after.version).toBe(opening.length + before.length + 1);
});
