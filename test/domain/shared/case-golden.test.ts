import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CaseEvent } from '../../../domain/shared/case.ts';
import { fold } from '../../../domain/shared/process.ts';
import { stages, tell, type AnyStagesEvent } from './stages.ts';

type Stored = { readonly [Type in CaseEvent['type']]: Extract<CaseEvent, { type: Type }> };

/** As they are stored: this file is kept for ever, a later shape gets a file of its own. */
const stored: Stored = JSON.parse(readFileSync(new URL('../../golden/events/case.v1.json', import.meta.url), 'utf8'));

const reached: AnyStagesEvent = {
  type: 'Reached', data: { stage: 1, on: '2026-07-01', at: '2026-07-04T10:00:00Z', by: 's-1' }, effectiveOn: '2026-07-01',
};
const { fact } = stored.FactParked.data;

/** What each stored event makes of a case that has reached one stage and, but for the first, parked the fact. */
const EXPECTED: { readonly [Type in CaseEvent['type']]: object } = {
  FactParked: { version: 2, parked: [fact], owed: [tell(1)] },
  ParkedFactApplied: { version: 3, parked: [], owed: [tell(1)] },
  ParkedFactRefused: { version: 3, parked: [], owed: [tell(1)] },
  FactWithdrawn: { version: 3, parked: [], owed: [tell(1)] },
  FactRefused: { version: 3, parked: [fact], owed: [tell(1)] },
  EffectCompleted: { version: 3, parked: [fact], owed: [] },
};

test('there is one stored example of each event', () => {
  expect(Object.keys(stored).toSorted()).toStrictEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.values(stored))('a stored $type is taken', (event) => {
  const before: readonly AnyStagesEvent[] = event.type === 'FactParked' ? [reached] : [reached, stored.FactParked];
  expect(fold(stages, stages.initial(), [...before, event])).toStrictEqual({ ...EXPECTED[event.type], reached: ['2026-07-01'] });
});
