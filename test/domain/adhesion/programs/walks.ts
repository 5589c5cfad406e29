import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { adhesion, summarizeAdhesion, viewAdhesion } from '../../../../domain/adhesion/index.ts';
import { adhesionCommands, played, stateAfterCommands } from '../../../support/arbitrary-adhesion.ts';

/** Sequences of the kind that the properties are tried on. */
const SEQUENCES = fc.oneof(adhesionCommands(), adhesionCommands({ live: true }), adhesionCommands({ live: true, minLength: 70, maxLength: 120 }));

/** A digest for each of some random cases: of its events, its timers, its row and its view. */
export function walks(): readonly string[] {
  return fc.sample(SEQUENCES, { numRuns: 60, seed: 20_261_122 }).map((sent) => {
    const { events } = played(sent);
    const state = stateAfterCommands(sent);
    const at = sent.at(-1)?.now ?? '2026-11-22T10:00:00Z';
    const shown = state.opening === null ? null : { timers: adhesion.timers(state), row: summarizeAdhesion(state), view: viewAdhesion(state, at) };
    return createHash('sha256').update(JSON.stringify({ events, shown })).digest('hex');
  });
}
