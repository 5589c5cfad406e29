import { v5 } from 'uuid';

/** Of all ids that Associa gives to brokers; never changed, since brokers know instances by them. */
const ASSOCIA = '6f3a1f0c-6c0e-5d0a-9a41-6b1b6a2c9d57';

/** Id of an instance: the same for the same migration and attempt, so that a call made twice is one request. */
export function instanceIdOf(migration: string, attempt: number): string {
  return v5(`instance/${migration}/${attempt}`, ASSOCIA);
}

/** Id of a binding of an instance; bindings count from 1. */
export function bindingIdOf(instanceId: string, binding: number): string {
  return v5(`binding/${binding}`, instanceId);
}

/** The body (an IPA code) as the organization of the standard. */
export function organizationGuidOf(body: string): string {
  return v5(`organization/${body}`, ASSOCIA);
}

/** The adhesion (`c_a010-1`) as the space of the standard. */
export function spaceGuidOf(adhesion: string): string {
  return v5(`space/${adhesion}`, ASSOCIA);
}

/** What uses the instance: the migration, as the application of the standard. */
export function appGuidOf(migration: string): string {
  return v5(`app/${migration}`, ASSOCIA);
}

/**
 * In whose case something is asked for: no person, and no name. Not a secret either: who has this code can try the ids of all adhesions, as for the
 * organization and the space.
 */
export function pseudonymOf(adhesion: string): string {
  return v5(`originator/${adhesion}`, ASSOCIA);
}

/** Names all requests of one effect, its repetitions among them. */
export function requestIdentityOf(operation: string, subject: string): string {
  return v5(`request/${operation}`, subject);
}
