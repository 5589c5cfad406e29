import { describe, expect, test } from 'vitest';
import { levelsFrom, standingOf, sufficesFor } from '../../../api/auth/claims.ts';
import { DEFAULT_CLAIMS, type ClaimMapping } from '../../../config.ts';

const KEYCLOAK: ClaimMapping = {
  ...DEFAULT_CLAIMS,
  roles: { claim: ['realm_access', 'roles'], values: { operatori: 'operator', segreteria: 'member', revisori: 'auditor' } },
  body: { claim: 'https://attributes.example/ente', prefix: 'ipa:', values: { Milano: 'c_f205' } },
};

describe('what claims mean here', () => {
  test.each([
    [{ realm_access: { roles: ['offline_access', 'revisori'] } }, { role: 'auditor', body: null }],
    [{ realm_access: { roles: ['revisori', 'operatori'] } }, { role: 'operator', body: 'agency' }],
    [{ realm_access: { roles: 'segreteria' }, 'https://attributes.example/ente': 'ipa:c_a010' }, { role: 'member', body: 'c_a010' }],
    [{ realm_access: { roles: ['segreteria'] }, 'https://attributes.example/ente': ['altro', 'Milano'] }, { role: 'member', body: 'c_f205' }],
    [{ realm_access: { roles: ['segreteria'] }, 'https://attributes.example/ente': ['Milano', 'ipa:c_f205'] }, { role: 'member', body: 'c_f205' }],
  ])('%o', (claims, standing) => {
    expect(standingOf(claims, KEYCLOAK)).toEqual(standing);
  });

  test.each([
    [{}, 'no role'], [{ realm_access: null }, 'no role'], [{ realm_access: { roles: ['operator'] } }, 'no role'], [{ roles: ['operatori'] }, 'no role'],
    [{ realm_access: { roles: ['__proto__', 'constructor'] } }, 'no role'], [{ 'realm_access.roles': ['operatori'] }, 'no role'],
    [{ realm_access: { roles: ['segreteria'] } }, 'no body'], [{ realm_access: { roles: ['segreteria'] }, 'https://attributes.example/ente': 'ipa:agency' }, 'no body'],
    [{ realm_access: { roles: ['segreteria'] }, 'https://attributes.example/ente': ['ipa:c_a010', 'Milano'] }, 'several bodies'],
  ])('%o: nobody', (claims, why) => {
    expect(() => standingOf(claims, KEYCLOAK)).toThrow(why);
  });
});

describe('levels', () => {
  const acr = { levels: ['L1', 'L2', 'L3'], required: { operator: 'L3', member: 'L2' } };
  test.each([['operator', 'L3', true], ['operator', 'L2', false], ['member', 'L3', true], ['member', 'L1', false], ['auditor', undefined, true], ['member', undefined, false], ['member', 'L9', false], ['member', ['L3'], false]] as const)(
    '%s by %o: %s', (role, given, suffices) => {
      expect(sufficesFor(role, given, acr)).toBe(suffices);
    },
  );

  test('are asked for from the lowest needed, or from the one wanted; none where none is needed', () => {
    expect(levelsFrom(undefined, acr)).toEqual(['L2', 'L3']);
    expect(levelsFrom('L3', acr)).toEqual(['L3']);
    expect(levelsFrom('other', acr)).toEqual(['L2', 'L3']);
    expect(levelsFrom('L3', { levels: acr.levels, required: {} })).toEqual([]);
  });
});
