import { expect, test } from 'vitest';
import { COMMAND, PARTS, answered, partAt, tagOf } from '../../../console/case/recognition/parts.ts';
import { formOfCommand } from '../../../console/case/commands.ts';
import { inputsOf, type Field } from '../../../console/forms/fields.ts';
import { dataOf, typedIn, typedOf } from '../../../console/forms/read.ts';
import { chosenIn, POLICIES_ASKED, proposed } from '../../../console/territory/policies.ts';
import { CODES } from '../../../console/words/codes.ts';
import { localOfInstant } from '../../../console/words/dates.ts';
import { fieldWords } from '../../../console/words/fields.ts';
import { SCORES } from '../../../console/words/recognition.ts';
import { BEST_ANSWER, DIMENSIONS } from '../../../domain/adhesion/recognition/terms.ts';
import { RECOGNITION } from '../../support/recognition.ts';

const pathsOf = (fields: readonly Field[]): readonly string[] => fields.flatMap((field) => (field.kind === 'group' ? [field.path, ...pathsOf(field.fields)] : [field.path]));

test('every field of the questionnaire, of its lists and of the rules of a case has its words, every choice too', () => {
  const forms = [...PARTS.map(({ fields, ...part }) => ({ fields, asks: part.kind === 'inventory' ? part.words : COMMAND })), { fields: POLICIES_ASKED.flatMap((field) => (field.kind === 'group' ? field.fields : [])), asks: 'OpenAdhesion' }];
  const silent = forms.flatMap(({ fields, asks }) => [
    ...pathsOf(fields).filter((path) => fieldWords(asks, path).label.it === path).map((path) => `${asks}.${path}`),
    ...inputsOf(fields).flatMap(({ path, options }) => options.filter((code) => !/^\d/.test(code) && !Object.hasOwn(CODES, code)).map((code) => `${path}=${code}`)),
  ]);
  expect(silent).toEqual([]);
  expect(SCORES).toHaveLength(BEST_ANSWER + 1);
});

test('the questionnaire holds the whole command: filled from a submission it gives the same data', () => {
  const given = PARTS.flatMap((part) => (part.kind === 'inventory' ? part.records(RECOGNITION) : [part.read(RECOGNITION)]).map((data) => ({ fields: part.fields, data })));
  expect(given.map(({ fields, data }) => dataOf(fields, typedOf(fields, data)))).toEqual(given.map(({ data }) => data));
  const rebuilt = PARTS.reduce<Readonly<Record<string, unknown>>>((data, part) => (part.kind === 'inventory' ? { ...data, [part.name]: part.records(RECOGNITION) } : part.write(data, part.read(RECOGNITION))), {});
  expect(rebuilt).toEqual(RECOGNITION);
});

test('counts a dimension that has its score and its evidence, and finds the part of a place', () => {
  expect(answered({})).toBe(0);
  expect(answered({ dimensions: { PLATFORMS: { score: 0, evidence: 'x' }, APPLICATIONS: { score: 3 }, CONNECTIVITY: { evidence: 'x' } } })).toBe(1);
  expect(answered(RECOGNITION)).toBe(DIMENSIONS.length);
  expect(['dimensions.PLATFORMS', 'dimensions.PLATFORMS.evidence', 'applications.0.code', 'sites', 'resources.ictStaffFte', 'signedOffBy', 'other'].map((path) => partAt(path)?.slug))
    .toEqual(['piattaforme', 'piattaforme', 'elenco-programmi', 'elenco-sedi', 'risorse-e-firma', 'risorse-e-firma', undefined]);
  expect(tagOf({ a: 1, b: 2 })).toBe(tagOf({ b: 2, a: 1 }));
  expect(tagOf({ a: 1 })).not.toBe(tagOf({ a: 2 }));
});

test.each([['41.500,50', 4_150_050], ['41500', 4_150_000], ['41500,5', 4_150_050], ['41500.50', 4_150_050], ['0,07', 7], ['1.000', 100_000], ['mille', 'mille'], ['1.00.0', '1.00.0'], ['-5', '-5']])('an amount of %s', (text, cents) => {
  const section = PARTS.at(-1);
  expect(dataOf(section?.fields ?? [], typedIn(new URLSearchParams({ 'resources.ictSpendCents': text })))).toEqual({ resources: { ictSpendCents: cents } });
});

test('what was recorded fills the form it came from: instants by the clocks of Rome, groups, ticks, digests', () => {
  const fields = formOfCommand('RecordSession');
  const data = { organ: 'COUNCIL', heldOn: '2026-06-25', outcome: 'VOTED', councillorsPresent: 12, mayorPresent: false, votes: { for: 9, against: 0, abstained: 1 }, textSha256: 'ab'.repeat(32) };
  expect(dataOf(fields, typedOf(fields, data))).toEqual(data);
  const convene = formOfCommand('ConveneCouncil');
  const convened = { call: 2, urgency: 'URGENT', noticeDeliveredAt: '2026-07-01T07:30:15.25Z', sessionAt: '2026-07-10T19:00:00Z' };
  expect(dataOf(convene, typedOf(convene, convened))).toEqual({ ...convened, noticeDeliveredAt: '2026-07-01T09:30:15.250+02:00', sessionAt: '2026-07-10T21:00:00+02:00' });
  expect(typedOf(formOfCommand('ExcludeMember'), { noticesOn: ['2026-01-02', '2026-02-03'] }).get('noticesOn.1')).toEqual(['2026-02-03']);
  expect(localOfInstant('domani')).toBe('domani');
  // What a form does not know, and what was erased, is left out.
  expect([...typedOf(fields, { other: 'x', organ: null })]).toEqual([]);
});

test('of two ways to give a digest the one that is filled counts', () => {
  const [field] = formOfCommand('SignConvention').filter(({ path }) => path === 'sha256');
  if (field === undefined) throw new Error('no such field');
  const digest = (query: string) => dataOf([field], typedIn(new URLSearchParams(query)))['sha256'];
  expect(['sha256=aa&sha256=', 'sha256=&sha256=bb', 'sha256=aa&sha256=bb', 'sha256=&sha256='].map(digest)).toEqual(['aa', 'bb', 'bb', undefined]);
});

const COMUNE = { population: 4_000, bodyType: 'COMUNE' } as const;

test('of a body that is no comune the size of its organ is not proposed, and is chosen where it is given', () => {
  const consortium = { population: 4_000, bodyType: 'CONSORZIO' } as const;
  const typed = proposed(consortium);
  expect(typed.get('policies.councillors') ?? ['']).toEqual(['']);
  expect(chosenIn(typed, consortium)).toBeUndefined();
  expect(chosenIn(new Map([...typed, ['policies.councillors', ['10']]]), consortium)).toEqual({ councillors: 10 });
});

test('rules left as proposed are none chosen; those changed or emptied are, and nothing else', () => {
  const typed = proposed(COMUNE);
  expect(chosenIn(typed, COMUNE)).toBeUndefined();
  const changed = (changes: Readonly<Record<string, string>>) => chosenIn(new Map([...typed, ...Object.entries(changes).map(([name, value]) => [name, [value]] as const)]), COMUNE);
  expect(changed({ 'policies.maxAttempts': '' })).toBeUndefined();
  expect(changed({ 'policies.maxAttempts': '4', 'policies.notice.clearDays': 'false' })).toEqual({ maxAttempts: 4, notice: { clearDays: false } });
  expect(changed({ 'policies.reminders.certificate': '' })).toEqual({ reminders: { certificate: null } });
  expect(changed({ noReminders: 'true', 'policies.reminders.certificate': '3' })).toEqual({ reminders: null });
  expect(changed({ 'policies.majority': 'ABSOLUTE_OF_MEMBERS' })).toEqual({ majority: 'ABSOLUTE_OF_MEMBERS' });
  expect(changed({ 'policies.window.from': '2027-01-01' })).toEqual({ window: { from: '2027-01-01' } });
});
