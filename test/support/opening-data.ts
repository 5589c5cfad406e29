import type { Throw } from './throw.ts';

/** One case in six is of a body that is no comune. */
const OTHER_BODIES = ['UNIONE_DI_COMUNI', 'CITTA_METROPOLITANA', 'CONSORZIO', 'AZIENDA_SPECIALE'] as const;

/** What a case is opened with: readings of all kinds. */
export function opening({ twist, pick }: Throw): object {
  const policies = {
    executivity: (['START_EXCLUSIVE', 'START_INCLUSIVE', 'END'] as const)[pick % 3],
    maxAttempts: 1 + (pick % 3),
    recognition: { staleMonths: 1 + (pick % 2) },
    ...(pick % 2 === 0 ? { conventionYears: 1 + (pick % 4) / 2, exit: { noticeMonths: pick % 8, lockInYears: 0, unpaidDays: 30, lastInvoice: pick % 6 === 0 } } : {}),
    ...(pick % 4 < 2 ? { twoPerson: true } : {}),
    ...(pick % 5 === 0 ? { quorum: { first: 17, second: 12 } } : {}),
    ...(pick % 3 === 0 ? { nisSubject: true } : {}),
    window: twist < 50 ? { from: '2026-03-01', to: '2026-05-31' } : null,
  };
  const bodyType = OTHER_BODIES[pick % 23];
  const described = { id: 'c_a010-1', body: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425 };
  return bodyType === undefined ? { ...described, ...(twist < 20 ? {} : { policies }) } : { ...described, bodyType, policies: { ...policies, councillors: 24 } };
}
