import { expect, test } from 'vitest';
import { namedIn } from '../../../api/cases/named.ts';

const [A, B] = ['ab'.repeat(32), 'cd'.repeat(32)];

test('acts by their digests, each once, numbers and texts by the member that names them, however deep they stand', () => {
  const data = {
    type: 'ResolutionAdopted', reasons: { textId: 'txt-1', digest: 'd1' },
    data: {
      resolutionNo: '45/2026', textSha256: A, template: { id: 't', sha256: B }, councilReasons: { textId: 'txt-2', digest: 'd2' },
      applications: { documentId: 'inv-1', digest: 'd3', count: 2 }, dimensions: [{ evidence: { textId: 'txt-3', digest: 'd4' } }], again: { sha256: A },
    },
  };
  expect(namedIn(data)).toEqual({
    acts: [A, B],
    numbers: [{ field: 'resolutionNo', value: '45/2026' }],
    texts: [
      { kind: 'text', id: 'txt-1', digest: 'd1', field: 'reasons' }, { kind: 'text', id: 'txt-2', digest: 'd2', field: 'councilReasons' },
      { kind: 'inventory', id: 'inv-1', digest: 'd3', field: 'applications' }, { kind: 'text', id: 'txt-3', digest: 'd4', field: 'evidence' },
    ],
  });
});

test('nothing in data that name nothing', () => {
  expect(namedIn({ on: '2026-07-01', orderNo: null, votes: { for: 3 }, hash: A })).toEqual({ acts: [], numbers: [], texts: [] });
});
