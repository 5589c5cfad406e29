import type { Expectation } from '../scenario.ts';

/** Sessions that were noted; of a case whose migration is on the light track: it is told, and has nothing to remember. */
export const SERVICES_GOLDEN = {
  MigrationInformed: {
    before: ['MigrationRequested'],
    state: { migrations: [{ id: 'c_a010-1.TRAINING', state: 'REQUESTED' }], owed: [{}, { key: 'grounds-c_a010-1.TRAINING@3', input: { to: 'migration/c_a010-1.TRAINING', commandId: 'adhesion/c_a010-1@3' } }] },
  },
  CouncilSessionNoted: { state: { councilSessions: ['2026-10-08'] } },
  CouncilSessionWithdrawn: { before: ['CouncilSessionNoted'], state: { councilSessions: [] } },
} as const satisfies Readonly<Record<string, Expectation>>;
