import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countApplications, countSites, type CountedApplication, type CountedSite } from '../../../../domain/adhesion/recognition/inventory.ts';
import { readinessScore, scoreInWords } from '../../../../domain/adhesion/recognition/score.ts';
import { ACCESS_TYPES, ACN_QUALIFICATIONS, byDimension, HOSTINGS, PERSONAL_DATA } from '../../../../domain/adhesion/recognition/terms.ts';

const APPLICATIONS: readonly CountedApplication[] = [
  { hosting: 'SAAS', acnQualification: 'QC1', personalData: 'COMMON', exitFormat: 'CSV', protocolSystem: { agidAligned: true, aooCode: 'AOO1' } },
  { hosting: 'PSN', acnQualification: 'QI3', personalData: 'SPECIAL', protocolSystem: { agidAligned: false } },
  { hosting: 'ON_PREM', acnQualification: 'NONE', personalData: 'NONE' },
  {},
];

test('applications are counted by kind, with the census of protocol systems; what was not said is UNKNOWN', () => {
  expect(countApplications(APPLICATIONS)).toStrictEqual({
    count: 4, byHosting: { ON_PREM: 1, IAAS: 0, SAAS: 1, PSN: 1, UNKNOWN: 1 }, byPersonalData: { NONE: 1, COMMON: 1, SPECIAL: 1, UNKNOWN: 1 },
    acnQualified: 2, exitFormatKnown: 1, protocolSystems: { count: 2, agidAligned: 1, withAoo: 1 },
  });
});

test('an application is qualified by the ACN unless it is said or left open that it is not, a protocol system has its AOO when one is named', () => {
  const counted = countApplications([
    { acnQualification: 'QC2' }, { acnQualification: 'QC1' }, { acnQualification: 'NONE' }, {}, {},
    { protocolSystem: { agidAligned: false, aooCode: 'AOO1' } }, { protocolSystem: { agidAligned: true } }, { protocolSystem: { agidAligned: true } },
  ]);
  expect([counted.acnQualified, counted.protocolSystems]).toStrictEqual([2, { count: 3, agidAligned: 2, withAoo: 1 }]);
});

test('sites are counted by access', () => {
  expect(countSites([{ access: 'CMM_FIBRE', backupLine: true }, { access: 'DSL', backupLine: false }, { access: 'DSL' }])).toStrictEqual({
    count: 3, byAccess: { CMM_FIBRE: 1, FTTH: 0, FTTC: 0, DSL: 2, FWA: 0, MOBILE: 0, SATELLITE: 0, NONE: 0, UNKNOWN: 0 }, withBackupLine: 1,
  });
});

const score = (applications: readonly CountedApplication[], sites: readonly CountedSite[], answer = 0) => (
  readinessScore({ answers: byDimension(() => answer), applications: countApplications(applications), sites: countSites(sites) })
);
const pointsOf = (given: ReturnType<typeof score>, code: string) => given.lines.find((line) => line.code === code)?.points;

test('shares are rounded down to whole points', () => {
  const given = score([{ hosting: 'SAAS' }, { hosting: 'PSN' }, { hosting: 'IAAS' }], [{ access: 'FTTH' }, { access: 'FTTC' }, { access: 'CMM_FIBRE' }, { access: 'NONE' }]);
  expect([pointsOf(given, 'CLOUD_HOSTING'), pointsOf(given, 'FIBRE'), given.total]).toStrictEqual([2, 2, 4]);
});

test('nothing said gives nothing, everything gives all', () => {
  expect(score([], [])).toMatchObject({ total: 0, max: 48 });
  const best: CountedApplication = { hosting: 'PSN', exitFormat: 'SQL', protocolSystem: { agidAligned: true } };
  expect(score([best], [{ access: 'CMM_FIBRE', backupLine: true }], 4)).toMatchObject({ total: 48, max: 48 });
});

test('what gave each point is said in both languages, of what was recorded in English too', () => {
  const counted = { applications: countApplications(APPLICATIONS), sites: countSites([{ access: 'FTTH' }, { access: 'DSL', backupLine: true }, { access: 'DSL' }]) };
  const recorded = readinessScore({ answers: byDimension(() => 3), ...counted });
  expect(recorded.lines.slice(-6).map(({ because }) => because)).toStrictEqual([
    'Answered 3 of 4.', '2 of 4 applications run as SaaS or in the PSN.', '1 of 4 applications have a known exit format.', "1 of 2 protocol systems follow AgID's guidelines.",
    '1 of 3 sites are on fibre.', '1 of 3 sites have a backup line.',
  ]);
  const { lines, ...score } = scoreInWords(recorded, counted);
  expect(score).toStrictEqual({ scoringVersion: '2026.1', total: recorded.total, max: 48 });
  expect(lines.map(({ because: { en } }) => en)).toStrictEqual(recorded.lines.map(({ because }) => because));
  expect(lines.slice(-6).map(({ because: { it } }) => it)).toStrictEqual([
    'Risposta: 3 su 4.', 'Applicativi in SaaS o nel PSN: 2 su 4.', 'Applicativi con un formato di uscita noto: 1 su 4.', 'Protocolli informatici conformi alle linee guida AgID: 1 su 2.',
    'Sedi in fibra: 1 su 3.', 'Sedi con una linea di riserva: 1 su 3.',
  ]);
});

test('a sentence of another scoring is said as it was written', () => {
  const counted = { applications: countApplications(APPLICATIONS), sites: countSites([]) };
  const other = { scoringVersion: '2025.1', total: 1, max: 8, lines: [
    { code: 'SPEED', points: 1, max: 4, because: '1 of 4 sites are fast.' }, { code: 'FIBRE', points: 0, max: 4, because: 'No site.' },
  ] };
  expect(scoreInWords(other, counted).lines.map(({ code, because }) => [code, because.it, because.en])).toStrictEqual([
    ['SPEED', '1 of 4 sites are fast.', '1 of 4 sites are fast.'], ['FIBRE', 'No site.', 'No site.'],
  ]);
});

const applications = fc.array(fc.record({
  hosting: fc.constantFrom(undefined, ...HOSTINGS), acnQualification: fc.constantFrom(undefined, ...ACN_QUALIFICATIONS),
  personalData: fc.constantFrom(undefined, ...PERSONAL_DATA), exitFormat: fc.constantFrom(undefined, 'CSV'),
  protocolSystem: fc.constantFrom(undefined, { agidAligned: true }, { agidAligned: false, aooCode: 'A' }),
}), { maxLength: 30 });
const sites = fc.array(fc.record({ access: fc.constantFrom(...ACCESS_TYPES), backupLine: fc.constantFrom(undefined, true, false) }), { maxLength: 30 });

test('whatever the inventories: each line within its bounds, the total their sum, each record counted once', () => {
  fc.assert(fc.property(applications, sites, fc.nat(4), (someApplications, someSites, answer) => {
    const { lines, total, max } = score(someApplications, someSites, answer);
    for (const line of lines) expect(line.points).toSatisfy((points: number) => Number.isInteger(points) && points >= 0 && points <= line.max);
    expect([total, max]).toStrictEqual([lines.reduce((sum, { points }) => sum + points, 0), 48]);
    const { byHosting, byPersonalData } = countApplications(someApplications);
    for (const counts of [byHosting, byPersonalData]) expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(someApplications.length);
  }));
});
