import { AGENCY } from '../../domain/shared/body-code.ts';
import { z } from 'zod';
import { OtherContent } from '../../db/journal.ts';
import { says } from '../../domain/shared/says.ts';
import type { Caller } from '../auth/verify.ts';
import { unknownBody } from '../bodies.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';

export const NewSubject = z.strictObject({
  body: z.string().regex(/^[a-z][a-z0-9_]{1,29}$/, says('deve essere un codice IPA, o agency', 'must be an IPA code, or agency')).describe('Body that the person acts for').meta({ examples: ['c_a010'] }),
  name: z.string().trim().min(1).max(200).regex(/^[^\r\n\t]*$/, says('deve stare su una riga', 'must be one line')).describe('Name and surname'),
  email: z.email().max(254).describe('Address of the office'),
  phone: z.string().regex(/^\+?[0-9 ().-]{5,30}$/, says('deve essere un numero di telefono', 'must be a telephone number')).optional().describe('Telephone of the office'),
});

/** Adds a person of a body, once under one key of the caller's; answers the id. Throws Problem. */
export async function addPerson(context: Context, caller: Caller, subject: z.output<typeof NewSubject>, key: string | undefined): Promise<string> {
  const { bodies, keys, whole: { way } } = context;
  const { body, ...person } = subject;
  if (caller.role === 'member' && caller.body !== body) {
    throw Problem.of('FORBIDDEN', { detail: { it: 'Un ente aderente registra solo persone proprie.', en: 'A member adds persons of its own body.' } });
  }
  if (body !== AGENCY && bodies.find(body) === undefined) throw unknownBody(body);
  const once = key === undefined ? undefined : {
    id: `sub-${keys.digest('register', caller.subject, key).slice(0, 32)}`, hash: way.requestHash('RegisterSubject', subject),
  };
  return context.as(caller).subjects.add(body, person, caller, once).catch((error: unknown) => {
    throw error instanceof OtherContent ? otherPerson() : error;
  });
}

function otherPerson(): Problem {
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message: { it: "Con questa Idempotency-Key è stata registrata un'altra persona: usarne una nuova.", en: 'This Idempotency-Key added another person; use a new one.' } }]);
}
