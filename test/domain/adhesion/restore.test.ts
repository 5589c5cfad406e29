import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import { folded, recordedEvents } from './old-case.ts';
import { does, opened, reached } from './scenario.ts';

const AREAS = ['recognition', 'deliberation', 'convention', 'dpa', 'tenure', 'membership', 'processing', 'lineage'] as const;
const BEGUN = adhesion.initial();
/** A case in which something happened in each of those areas. */
const FULL = does(does(reached('AcceptAppointment'), 'DraftDpa', { sha256: 'ab'.repeat(32) }), 'DeclareVacancy', { role: 'DPO', from: '2026-11-10' });

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([known]) => known !== key));
}

interface Kept {
  readonly stateSchema: number;
  readonly state: AdhesionState;
}

/** What a run of 0.1.0 was handed by the one before it. */
function keptBy(run: 0 | 1 | 2): Kept {
  const { events: [start] } = JSON.parse(readFileSync(new URL(`../../golden/histories/adhesion.0.1.0.${run}.json`, import.meta.url), 'utf8'));
  const [input] = start.workflowExecutionStartedEventAttributes.input.payloads;
  const { snapshot }: { readonly snapshot: Kept } = JSON.parse(Buffer.from(input.data, 'base64').toString());
  return snapshot;
}

describe('a kept state is restored', () => {
  test('a nested area is one of these: a new one needs its row', () => {
    const nested = Object.entries(BEGUN).filter(([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value)).map(([key]) => key);
    expect(nested.toSorted()).toStrictEqual([...AREAS].toSorted());
  });

  test.each([0, 1, 2] as const)('run %i of 0.1.0: its shape of 1 becomes the fold of the same events', (run) => {
    const { stateSchema, state } = keptBy(run);
    expect(stateSchema).toBe(1);
    const fold = folded(recordedEvents().slice(0, state.version));
    // What the old shape does not tell serves the correction of a sending and of a session, which a case of 2026.1 has not.
    const { version: _unknown, ...sending } = fold.deliberation.sending ?? {};
    expect(adhesion.restore(state, stateSchema)).toStrictEqual({ ...fold, deliberation: { ...fold.deliberation, sending, sessionBefore: null } });
  });

  test.each(AREAS.flatMap((area) => Object.keys(BEGUN[area]).map((member) => [area, member] as const)))('%s: without its %s', (area, member) => {
    const begun = (BEGUN[area] as unknown as Record<string, unknown>)[member];
    expect(adhesion.restore({ ...FULL, [area]: without(FULL[area], member) }, 2)).toStrictEqual({ ...FULL, [area]: { ...FULL[area], [member]: begun } });
  });

  test.each(Object.keys(BEGUN))('without its %s', (key) => {
    expect(adhesion.restore(without(FULL, key), 2)).toStrictEqual({ ...FULL, [key]: BEGUN[key as keyof AdhesionState] });
  });

  test('as it is by this version, not at all by an earlier one', () => {
    expect(adhesion.stateSchema).toBe(7);
    expect(adhesion.restore(FULL, 7)).toStrictEqual(FULL);
    expect(adhesion.restore(opened(), 8)).toBeNull();
  });
});
