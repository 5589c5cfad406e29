import type { WorkItemTemplate } from '../../domain/migration/services.ts';

type Proof = Pick<WorkItemTemplate, 'checklist' | 'evidence'>;

/** What a completion of a work item gives beside its day: every point that must be checked, and the evidence that is asked for. */
export function proofOf<Note>({ checklist = [], evidence = 'NONE' }: Proof, note: Note) {
  const checked = checklist.filter(({ optional }) => optional !== true).map(({ id }) => id);
  return {
    ...(checked.length === 0 ? {} : { checked }), ...(evidence === 'DOCUMENT' ? { evidence: [{ sha256: 'e'.repeat(64) }] } : {}), ...(evidence === 'NOTE' ? { note } : {}),
  };
}
