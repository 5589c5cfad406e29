import type { Expectation } from '../scenario.ts';

export const RECOGNITION_GOLDEN = {
  RecognitionInvited: { state: { recognition: { invitation: { dueOn: '2026-05-15', version: 2 }, invitationCount: 1, submission: null } } },
  RecognitionBegun: { before: ['RecognitionInvited'], state: { recognition: { begun: { version: 3 }, submission: null } } },
  RecognitionSubmitted: {
    before: ['RecognitionInvited'],
    state: {
      recognition: {
        submission: { signedOffBy: 's-rtd', resources: { ictSpendPerHeadCents: 1_264 }, score: { scoringVersion: '2026.1', total: 24 }, applications: { documentId: 'inv-1', count: 3 }, submittedOn: '2026-05-11', version: 3 },
      },
    },
  },
  RecognitionReturned: {
    before: ['RecognitionInvited', 'RecognitionSubmitted'], state: { recognition: { returned: { reasons: { textId: 'txt-9' }, version: 4 }, validation: null } },
  },
  RecognitionValidated: {
    before: ['RecognitionInvited', 'RecognitionSubmitted'],
    state: { recognition: { validation: { validatedOn: '2026-05-20', staleOn: '2027-05-20', version: 4 }, validationCount: 1, stale: null } },
  },
  RecognitionWentStale: {
    before: ['RecognitionInvited', 'RecognitionSubmitted', 'RecognitionValidated'], state: { recognition: { validation: { version: 4 }, stale: { staleOn: '2027-05-20', version: 5 } } },
  },
} as const satisfies Readonly<Record<string, Expectation>>;
