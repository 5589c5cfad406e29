import { refused, type Refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { WorkItem } from './state.ts';

/** What is missing to complete an item: points of its checklist that were not checked, then the evidence that it asks for. */
export function missingFor(item: WorkItem, data: Command<'CompleteWorkItem'>['data']): Refused | null {
  return uncheckedOf(item, data.checked ?? []) ?? unproven(item, data);
}

function uncheckedOf({ id, checklist = [] }: WorkItem, checked: readonly string[]): Refused | null {
  const unknown = checked.find((point) => !checklist.some((known) => known.id === point));
  if (unknown !== undefined) return refused('UNKNOWN_CHECKLIST_POINT', { it: `${id} non ha il punto ${unknown}.`, en: `${id} has no point ${unknown}.` }, 'checked');
  const missing = checklist.filter((point) => point.optional !== true && !checked.includes(point.id));
  return missing.length === 0 ? null : {
    kind: 'refused', code: 'CHECKLIST_INCOMPLETE',
    reasons: missing.map(({ id: point, title }) => ({
      code: 'CHECKLIST_INCOMPLETE', path: 'checked', message: { it: `Da verificare prima di completare ${id}: ${point} (${title.it}).`, en: `To be checked before ${id} is completed: ${point} (${title.en}).` },
    })),
  };
}

function unproven({ id, evidence: asked }: WorkItem, { evidence = [], note }: Command<'CompleteWorkItem'>['data']): Refused | null {
  if (asked === 'DOCUMENT' && evidence.length === 0) {
    return refused('EVIDENCE_MISSING', { it: `${id} si completa con almeno un documento che la prova.`, en: `${id} is completed with at least one document that proves it.` }, 'evidence');
  }
  return asked === 'NOTE' && note === undefined
    ? refused('EVIDENCE_MISSING', { it: `${id} si completa con una nota su ciò che è stato fatto.`, en: `${id} is completed with a note on what was done.` }, 'note')
    : null;
}
