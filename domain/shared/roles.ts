import type { Role } from './actor.ts';
import type { Bilingual } from './bilingual.ts';

/** Roles in words; in brackets the name that a token gives them. */
const ROLE_WORDS: Readonly<Record<Role, Bilingual>> = {
  operator: { it: "l'Agenzia (operator)", en: 'the Agency (operator)' },
  member: { it: "l'ente aderente (member)", en: 'the member (member)' },
  auditor: { it: 'chi controlla (auditor)', en: 'the auditor (auditor)' },
  engine: { it: 'il sistema', en: 'the system' },
};

/** `l'Agenzia (operator), l'ente aderente (member)`. */
export function rolesInWords(roles: readonly Role[]): Bilingual {
  const words = roles.map((role) => ROLE_WORDS[role]);
  return { it: words.map(({ it }) => it).join(', '), en: words.map(({ en }) => en).join(', ') };
}

/** What a command is refused with that is not for the caller's role, or not for its body: who may send it. */
export function onlyFor(command: string, roles: readonly Role[]): Bilingual {
  const who = rolesInWords(roles);
  return {
    it: `${command} è riservato a: ${who.it}; un ente agisce solo sulle proprie pratiche.`,
    en: `${command} is for: ${who.en}; a member acts on its own cases only.`,
  };
}
