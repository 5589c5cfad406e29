import { expect, test } from 'vitest';
import type { Context } from '../../../api/context.ts';
import { Problem } from '../../../api/problems.ts';
import { changeDraft } from '../../../console/case/recognition/drafting.ts';
import type { CaseReading } from '../../../console/case/reading.ts';
import type { AdhesionState } from '../../../domain/adhesion/index.ts';
import { invited, submitted } from '../../domain/adhesion/recognition/cases.ts';

const SAVED = { version: 1, data: {}, savedAt: '2026-03-02T09:00:00Z', savedBy: 'member' };

/** Saves an answer of a case that answers `BeginRecognition` with a failure; counts how often it was asked. */
async function save(state: AdhesionState, failure: Error): Promise<number> {
  let asked = 0;
  const own = {
    drafts: { find: async () => undefined, save: async () => SAVED },
    way: { execute: async () => { asked += 1; throw failure; } },
  };
  const context = { as: () => own, whole: {} } as unknown as Context;
  const caller = { role: 'member', body: 'c_a010', subject: 's_1' };
  await changeDraft(context, { id: 'c_a010-1', stream: 'adhesion/c_a010-1', caller, at: { state, version: state.version } } as unknown as CaseReading, () => ({}));
  return asked;
}

test.each([Problem.of('NOT_FOUND'), Problem.of('ENGINE_UNAVAILABLE')])('an answer stays saved when the case cannot hear that it is under way: $code', async (problem) => {
  expect(await save(invited(), problem)).toBe(1);
});

test('a fault of our own is not kept quiet', async () => {
  await expect(save(invited(), new TypeError('a fault'))).rejects.toThrow('a fault');
});

test('only an invitation is answered so', async () => {
  expect(await save(submitted(), new TypeError('never asked'))).toBe(0);
});
