import { expect } from 'vitest';
import { READINGS } from '../../domain/adhesion/readings.ts';
import type { Reason } from '../../domain/shared/reason.ts';

/** Acronyms of the law, values that a person must type, services that the tests ask for: a sentence gives them as they are. */
const KNOWN = new Set([
  'TUEL', 'GDPR', 'CSIRT', 'COUNCIL_ELECTED', 'COMMISSIONER_APPOINTED', 'COMMISSIONER', 'CYBER_REFERENT', 'SECURITY_CONTACT', 'TRAINING', 'RTD_COMMUNITY', 'APP_IO', 'TELEPORT', 'CLOUD_PROVIDER',
  ...Object.values<readonly string[]>(READINGS).flat(),
]);
const CODE = /(?<![\w.-])[A-Z][A-Z0-9_]{3,}\b/g;

/** A whole sentence in each of the two languages, without codes that have a word. */
export function expectWords(reason: Reason | undefined): void {
  const { it, en } = reason?.message ?? { it: '', en: '' };
  for (const text of [it, en]) {
    expect(text).toMatch(/^\S.*\.$/);
    expect(text).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object/);
    expect({ text, codes: text.match(CODE)?.filter((code) => !KNOWN.has(code)) ?? [] }).toStrictEqual({ text, codes: [] });
  }
  expect(it).not.toBe(en);
}
