import type { Body, Bodies } from '../bodies.ts';
import type { CallerRole } from './tokens.ts';

/** Somebody whom anybody may be in a trial. */
export interface TrialPerson {
  readonly id: string;
  readonly role: CallerRole;
  /** Which one of its role: the body of a secretary, the number of an operator. */
  readonly of: string;
  readonly body?: Body;
}

/** Two operators (for what one prepares and another approves), an auditor, a secretary of each comune and of each other body. */
export function trialPersons(bodies: Bodies): readonly TrialPerson[] {
  return [
    { id: 'operator-1', role: 'operator', of: 'prima persona' },
    { id: 'operator-2', role: 'operator', of: 'seconda persona' },
    { id: 'auditor', role: 'auditor', of: 'legge tutto, non cambia nulla' },
    ...bodies.inBeing.toSorted((a, b) => a.name.localeCompare(b.name, 'it'))
      .map((body) => ({ id: `secretary-${body.ipaCode}`, role: 'member' as const, of: body.bodyType === 'COMUNE' ? `Comune di ${body.name}` : body.name, body })),
  ];
}

/** Those whom a text finds: everybody who is no secretary, and the secretaries of the bodies found. */
export function searchPersons(persons: readonly TrialPerson[], bodies: Bodies, text: string): readonly TrialPerson[] {
  const found = new Set(bodies.search(text).map(({ ipaCode }) => ipaCode));
  return persons.filter(({ body }) => body === undefined || found.has(body.ipaCode));
}
