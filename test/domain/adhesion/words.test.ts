import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import type { Reason } from '../../../domain/shared/reason.ts';
import { adhesionCommands, played } from '../../support/arbitrary-adhesion.ts';
import { expectWords } from '../../support/words.ts';
import { MEMBER, NOW, OPERATOR, view } from './scenario.ts';
import { STAGES } from './stages.ts';

/** What people are told of a case as it stands: what they may not do, what is owed, what is doubted or blocked. */
function toldOf(state: AdhesionState, now: string): readonly Reason[] {
  const seen = state.opening === null ? [] : [...view(state, now).signatureDoubts, ...view(state, now).personalDataBlocked];
  return [
    ...[OPERATOR, MEMBER].flatMap((actor) => adhesion.allowed(state, { actor, now, commandId: 'c' })).flatMap(({ reasons }) => reasons),
    ...adhesion.waiting(state, now).flatMap(({ reasons }) => reasons),
    ...seen,
  ];
}

test('in every state each reason is a sentence in Italian and another in English', () => {
  const told = Object.values(STAGES).flatMap(({ state, now }) => toldOf(state, now));
  for (const reason of told) expectWords(reason);
  expect(new Set(told.map(({ code }) => code)).size).toBeGreaterThan(40);
});

test('so is each reason of a refusal, whatever comes', () => {
  const codes = new Set<string>();
  const lives = [...fc.sample(adhesionCommands(), { numRuns: 150, seed: 7 }), ...fc.sample(adhesionCommands({ live: true, minLength: 70, maxLength: 120 }), { numRuns: 60, seed: 7 })];
  for (const sent of lives) {
    const { states } = played(sent);
    sent.forEach((one, index) => {
      const state = states[index - 1] ?? adhesion.initial();
      const decision = adhesion.decide(state, one.command, one);
      for (const reason of decision.kind === 'refused' ? decision.reasons : []) {
        expectWords(reason);
        codes.add(reason.code);
      }
      const after = states[index] ?? state;
      if (after !== state) for (const reason of adhesion.waiting(after, NOW).flatMap(({ reasons }) => reasons)) expectWords(reason);
    });
  }
  expect(codes.size).toBeGreaterThan(45);
});
