import type { Expectation } from '../scenario.ts';

export const LINEAGE_GOLDEN = {
  AdhesionSucceeded: { state: { lineage: { succession: { change: '2027-01-01.c_m999', successors: [{ body: 'c_m999', adhesion: 'c_m999-1' }], version: 2 } } } },
  AdhesionInherited: { state: { lineage: { inherited: [{ change: '2027-01-01.c_m999', from: [{ adhesion: 'c_l768-1', base: true }], facts: 21, version: 2 }] } } },
  AdhesionImported: { state: { lineage: { imported: { documents: [{ title: 'Deliberazione C.C. n. 12/2025', protocolNo: '4711/2025' }], version: 2 } } } },
} as const satisfies Readonly<Record<string, Expectation>>;
