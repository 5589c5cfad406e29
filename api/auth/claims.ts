import type { JWTPayload } from 'jose';
import type { ClaimMapping } from '../../config.ts';
import { AGENCY, isBodyCode } from '../../domain/shared/body-code.ts';
import { Problem } from '../problems.ts';
import { ROLES, type CallerRole } from './tokens.ts';

/** As what somebody may act here. */
export interface Standing {
  readonly role: CallerRole;
  readonly body: string | null;
}

/** What the claims of a verified token mean here, by the configured mapping. Throws Problem FORBIDDEN when they name no role or no body of ours. */
export function standingOf(claims: JWTPayload, mapping: ClaimMapping): Standing {
  const roles = rolesIn(valueAt(claims, mapping.roles.claim), mapping.roles.values);
  const role = ROLES.find((known) => roles.has(known));
  if (role === undefined) throw Problem.of('FORBIDDEN', { detail: { it: 'Il token non indica alcun ruolo di questo servizio.', en: 'The token holds no role of this service.' } });
  if (role !== 'member') return { role, body: role === 'operator' ? AGENCY : null };
  const bodies = bodiesIn(valueAt(claims, mapping.body.claim), mapping.body);
  const [body] = bodies;
  if (body === undefined) throw Problem.of('FORBIDDEN', { detail: { it: "Il token di un ente aderente non indica l'ente (claim body, un codice IPA).", en: 'The token of a member names no body (claim body, an IPA code).' } });
  if (bodies.size > 1) throw Problem.of('FORBIDDEN', { detail: { it: 'Il token di un ente aderente indica più enti; si agisce per uno solo.', en: 'The token of a member names several bodies; a member acts for one.' } });
  return { role, body };
}

/** Whether a sign-on of this level is enough for a role; a level that the configuration does not know is below all. */
export function sufficesFor(role: CallerRole, acr: unknown, { levels, required }: ClaimMapping['acr']): boolean {
  const needed = required[role];
  return needed === undefined || (typeof acr === 'string' && levels.indexOf(acr) >= levels.indexOf(needed));
}

/** The levels to ask the provider for: those from the given one up, or from the lowest that any role needs. */
export function levelsFrom(wanted: string | undefined, { levels, required }: ClaimMapping['acr']): readonly string[] {
  const needed = Object.values(required).map((level) => levels.indexOf(level));
  if (needed.length === 0) return [];
  const asked = wanted === undefined ? -1 : levels.indexOf(wanted);
  return levels.slice(asked === -1 ? Math.min(...needed) : asked);
}

function rolesIn(value: unknown, meanings: Readonly<Record<string, CallerRole>>): ReadonlySet<unknown> {
  const meaning = new Map(Object.entries(meanings));
  // Unmapped, the claim is ours, a list; a provider's own may be one text.
  if (meaning.size === 0) return new Set(Array.isArray(value) ? value : []);
  return new Set([value].flat().map((one) => meaning.get(String(one))));
}

function bodiesIn(value: unknown, { prefix, values }: ClaimMapping['body']): ReadonlySet<string> {
  const meaning = new Map(Object.entries(values));
  const found = new Set<string>();
  for (const one of [value].flat()) {
    if (typeof one !== 'string') continue;
    const body = meaning.get(one) ?? (one.startsWith(prefix) ? one.slice(prefix.length) : '');
    if (isBodyCode(body)) found.add(body);
  }
  return found;
}

/** The claim of a name, or the one that a list of names leads to. */
function valueAt(claims: JWTPayload, name: string | readonly string[]): unknown {
  let value: unknown = claims;
  for (const member of [name].flat()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[member];
  }
  return value;
}
