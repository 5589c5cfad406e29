import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../api/catalogue.ts';
import { ADHESION, MIGRATION } from '../../../api/cases/kinds.ts';
import { formOfCommand, hasForm } from '../../../console/case/commands.ts';
import { parameterFields } from '../../../console/case/plan-fields.ts';
import { inputsOf, type Field } from '../../../console/forms/fields.ts';
import { dataOf, typedIn, typedOf } from '../../../console/forms/read.ts';
import { csvOf, harmless } from '../../../console/territory/csv.ts';
import { hasOptionWords } from '../../../console/words/codes.ts';
import { commandTitle } from '../../../console/words/commands.ts';
import { instantOfLocal, sayDatesIn, sayInstant } from '../../../console/words/dates.ts';
import { hasWords } from '../../../console/words/fields.ts';
import { hasItalian } from '../../../console/words/parameters.ts';
import { currentServices } from '../../../domain/catalogue/catalogue.ts';

const COMMANDS = [ADHESION, MIGRATION].flatMap((kind) => Object.keys(kind.commands).filter((command) => hasForm(command, kind)).map((command) => ({ command, fields: formOfCommand(command, kind) })));

function groupsIn(fields: readonly Field[]): readonly string[] {
  return fields.flatMap((field) => (field.kind === 'group' ? [field.path, ...groupsIn(field.fields)] : []));
}

test('every command that an operator or a comune sends has a form, but three that have no page yet or another', () => {
  expect(Object.keys(ADHESION.commands).filter((command) => !hasForm(command))).toEqual(['SubmitRecognition', 'CorrectFact', 'WithdrawFact']);
});

test('every field and every choice of every form has its words', () => {
  const silent = COMMANDS.flatMap(({ command, fields }) => {
    const codes = inputsOf(fields).flatMap(({ path, options }) => options.filter((code) => !hasOptionWords(path, code)).map((code) => `${command}.${path}=${code}`));
    return [...groupsIn(fields), ...inputsOf(fields).filter(({ words }) => words === undefined).map(({ path }) => path)].filter((path) => !hasWords(command, path)).map((path) => `${command}.${path}`).concat(codes, commandTitle(command).it === command ? [command] : []);
  });
  expect(silent).toEqual([]);
});

test('a service is chosen from those that the catalogue offers; every parameter that is shipped has a field with words', () => {
  expect(formOfCommand('RequestMigration')).toMatchObject([{ path: 'service', kind: 'service', options: [] }]);
  expect(Object.keys(MIGRATION.commands).filter((command) => !hasForm(command, MIGRATION))).toEqual([]);
  const plans = currentServices(loadCatalogue()).flatMap(({ service, plans: own }) => own.map((plan) => ({ service, plan })));
  const fields = plans.flatMap(({ service, plan }) => inputsOf(parameterFields(plan)).map((field) => ({ ...field, name: `${service} ${field.path}` })));
  expect(fields.length).toBeGreaterThan(15);
  expect(fields.filter(({ words }) => words === undefined || !hasItalian(words.label.en)).map(({ name }) => name)).toEqual([]);
  expect(fields.flatMap(({ name, path, options }) => options.filter((code) => !hasOptionWords(path, code)).map((code) => `${name}=${code}`))).toEqual([]);
});

test('parameters become fields as their JSON Schema says, and what is typed in them the data', () => {
  const fields = parameterFields({ id: 'all', title: { it: 'Tutto', en: 'All' }, parameters: {
    type: 'object', required: ['seats', 'wanted'], additionalProperties: false, properties: {
      seats: { type: 'integer', title: 'Seats', description: 'In the room', minimum: 1, maximum: 40 }, share: { type: 'number', minimum: 0.5 }, size: { type: 'string', enum: ['SMALL', 'LARGE'] }, from: { type: 'string', format: 'date' },
      wanted: { type: 'boolean' }, loud: { type: 'boolean' }, kinds: { type: 'array', items: { type: 'string', enum: ['A', 'B', 'C'] }, maxItems: 2 }, floors: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 9 }, maxItems: 5 },
      days: { type: 'array', items: { type: 'string', format: 'date' }, maxItems: 3 },
    },
  } });
  expect(inputsOf(fields).map(({ path, kind, required, options, words }) => [path, kind, required, options.join(), words?.label.it, words?.help?.it])).toEqual([
    ['parameters.seats', 'number', true, '', 'Seats', 'In the room. Da 1 a 40'], ['parameters.share', 'number', false, '', 'share', 'Almeno 0,5'], ['parameters.size', 'choice', false, 'SMALL,LARGE', 'size', undefined],
    ['parameters.from', 'date', false, '', 'from', undefined], ['parameters.wanted', 'decision', true, '', 'wanted', undefined], ['parameters.loud', 'tick', false, '', 'loud', undefined],
    ['parameters.kinds', 'choices', false, 'A,B,C', 'kinds', undefined], ['parameters.floors', 'lines', false, '', 'floors', 'Da 0 a 9'], ['parameters.days', 'lines', false, '', 'days', undefined],
  ]);
  const typed = typedIn(new URLSearchParams([
    ['parameters.seats', '12'], ['parameters.share', '0,75'], ['parameters.size', 'LARGE'], ['parameters.from', '2027-01-01'], ['parameters.wanted', 'false'], ['parameters.kinds', 'A'], ['parameters.kinds', 'C'],
    ['parameters.floors', '0, 3'], ['parameters.days', '2027-01-01\r\n2027-02-01'],
  ]));
  expect(dataOf(fields, typed)).toEqual({ parameters: { seats: 12, share: 0.75, size: 'LARGE', from: '2027-01-01', wanted: false, kinds: ['A', 'C'], floors: [0, 3], days: ['2027-01-01', '2027-02-01'] } });
  expect(parameterFields({ id: 'none', title: { it: 'Niente', en: 'None' }, parameters: { type: 'object', properties: {}, additionalProperties: false } })).toEqual([]);
});

test('what a command of a migration names by an id is chosen; rows are typed one a line, a severity is one of three', () => {
  const kinds = (command: string) => Object.fromEntries(inputsOf(formOfCommand(command, MIGRATION)).map(({ path, kind }) => [path, kind]));
  expect([kinds('RetryEffect'), kinds('SkipEffect'), kinds('ResolveDefect')['defectNo'], kinds('ReportDefect')['defectNo'], kinds('RecordAcceptance')['signatures.comune.signer']]).toEqual([
    { key: 'effect' }, { key: 'effect', reasons: 'long' }, 'defect', 'text', 'person',
  ]);
  expect(inputsOf(formOfCommand('ReportDefect', MIGRATION)).find(({ path }) => path === 'severity')).toMatchObject({ kind: 'choice', options: ['1', '2', '3'], numeric: true });
  expect([kinds('CommitSpending')['cents'], kinds('ScheduleCutover')['from'], kinds('RecordRehearsal')['counts']]).toEqual(['euros', 'instant', 'rows']);

  const rehearsal = formOfCommand('RecordRehearsal', MIGRATION);
  const typed = typedIn(new URLSearchParams({ kind: 'FINAL', full: 'true', counts: ' PROTOCOL_ENTRIES 12400 12399 \r\nACTS;7;sette\nUSERS 4\nX 1 2 3\n', outcome: 'SUCCEEDED' }));
  const data = dataOf(rehearsal, typed);
  expect(data).toEqual({
    kind: 'FINAL', full: true, outcome: 'SUCCEEDED',
    counts: [{ set: 'PROTOCOL_ENTRIES', source: 12_400, target: 12_399 }, { set: 'ACTS', source: 7, target: 'sette' }, { set: 'USERS', source: 4 }, { set: 'X', source: 1, target: '2 3' }],
  });
  expect(typedOf(rehearsal, { counts: [{ set: 'ACTS', source: 7, target: 6 }, { set: 'USERS', source: 4, target: 4 }] }).get('counts')).toEqual(['ACTS 7 6\nUSERS 4 4']);
  expect(dataOf(formOfCommand('ReportDefect', MIGRATION), typedIn(new URLSearchParams({ defectNo: 'INC-1', severity: '2' })))).toEqual({ defectNo: 'INC-1', severity: 2 });
  expect(dataOf(formOfCommand('CommitSpending', MIGRATION), typedIn(new URLSearchParams({ cents: '1.250,5' })))).toEqual({ cents: 125_050 });
});

test('what is typed becomes the data of the command: numbers, instants of Rome, groups left out when empty', () => {
  const form = new URLSearchParams({ organ: 'COUNCIL', heldOn: '2026-06-25', outcome: 'VOTED', councillorsPresent: ' 12 ', mayorPresent: 'true', 'votes.for': '9', 'votes.against': '', 'votes.abstained': 'due', csrf: 'x' });
  expect(dataOf(formOfCommand('RecordSession'), typedIn(form))).toEqual({
    organ: 'COUNCIL', heldOn: '2026-06-25', outcome: 'VOTED', councillorsPresent: 12, mayorPresent: true, votes: { for: 9, abstained: 'due' },
  });
  expect(dataOf(formOfCommand('ConveneCouncil'), typedIn(new URLSearchParams({ call: '2', sessionAt: '2026-07-10T21:00' })))).toEqual({ call: 2, sessionAt: '2026-07-10T21:00:00+02:00' });
  expect(dataOf(formOfCommand('RecordBudgetCover'), typedIn(new URLSearchParams({ covered: 'false' })))).toEqual({ covered: false });
  expect(dataOf(formOfCommand('ReturnResolution'), typedIn(new URLSearchParams({ reasons: 'a\r\nb' })))).toEqual({ reasons: 'a\nb' });
  expect(dataOf(formOfCommand('ExcludeMember'), typedIn(new URLSearchParams({ 'noticesOn.0': '2026-01-02' })))).toEqual({ noticesOn: ['2026-01-02', ''] });
});

test('of the points that are ticked those of the work item that is meant count, and documents are meant by their digests', () => {
  const fields = formOfCommand('CompleteWorkItem', MIGRATION);
  const form = new URLSearchParams([['workItemId', 'survey'], ['completedOn', '2026-11-20'], ['checked', 'survey/entry'], ['checked', 'rooms/keys'], ['checked', 'survey/power'], ['evidence', 'a'.repeat(64)]]);
  const data = { workItemId: 'survey', completedOn: '2026-11-20', checked: ['entry', 'power'], evidence: [{ sha256: 'a'.repeat(64) }] };
  expect(dataOf(fields, typedIn(form))).toEqual(data);
  expect(typedOf(fields, data).get('checked')).toEqual(['survey/entry', 'survey/power']);
  expect(dataOf(fields, typedOf(fields, data))).toEqual(data);
  expect(dataOf(fields, typedIn(new URLSearchParams([['workItemId', 'lay'], ['checked', 'survey/entry']])))).toEqual({ workItemId: 'lay' });
});

test('a time that clocks never show is no instant; of one that they show twice it is the first', () => {
  expect(instantOfLocal('2026-03-29T02:30')).toBe('2026-03-29T02:30');
  expect(instantOfLocal('2026-10-25T02:30')).toBe('2026-10-25T02:30:00+02:00');
  expect(instantOfLocal('domani')).toBe('domani');
  expect(instantOfLocal('2026-02-30T10:00')).toBe('2026-02-30T10:00');
});

test('days are said in words, instants by the clocks of Rome', () => {
  expect(sayInstant('2026-07-05T22:05:00Z', 'it')).toBe('6 luglio 2026, ore 0:05');
  expect(sayDatesIn('Dal 2026-07-01, non 2026-07-01T10:00:00Z né 12026-07-01.', 'it')).toBe('Dal 1º luglio 2026, non 2026-07-01T10:00:00Z né 12026-07-01.');
  expect(sayDatesIn('Dal 2026-07-08, il 2026-07-11, il 2026-07-18.', 'it')).toBe("Dall'8 luglio 2026, l'11 luglio 2026, il 18 luglio 2026.");
  expect(sayDatesIn('By 2026-07-01.', 'en')).toBe('By 1 July 2026.');
});

test('no cell of the file is a formula to a spreadsheet', () => {
  expect(['=1+1', '+1', '-1', '@x', '\tx', '\rx', 'Rho', ''].map(harmless)).toEqual(["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", 'Rho', '']);
  const row = { ipaCode: 'c_a010', istatCode: '015002', name: '=HYPERLINK("http://x")', population: 5, bodyType: 'COMUNE', phase: 'DESIGN', waitingFor: ['MEMBER', 'CLOCK'], late: true, caseId: 'c_a010-1' } as const;
  expect(csvOf([row], 'it').split('\r\n')[1]).toBe(`c_a010,015002,"'=HYPERLINK(""http://x"")",5,Progettazione,il Comune; il decorso del tempo,sì,c_a010-1`);
});
