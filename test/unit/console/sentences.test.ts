import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ADHESION, MIGRATION } from '../../../api/cases/kinds.ts';
import { parseData } from '../../../api/http/validation.ts';
import { Problem } from '../../../api/problems.ts';
import { formOfCommand } from '../../../console/case/commands.ts';
import { faultsOf } from '../../../console/case/refusal.ts';
import { inputsOf } from '../../../console/forms/fields.ts';
import { typedIn } from '../../../console/forms/read.ts';
import { saySentence } from '../../../console/words/sentences.ts';
import { adhesion, viewAdhesion, type AdhesionState, type AdhesionView } from '../../../domain/adhesion/index.ts';
import type { Reason } from '../../../domain/shared/reason.ts';
import { MEMBER, OPERATOR } from '../../domain/adhesion/scenario.ts';
import { STAGES } from '../../domain/adhesion/stages.ts';
import { adhesionCommands, played } from '../../support/arbitrary-adhesion.ts';

/** What is a word of the law or of the offices, names of services and what the help of a field gives as an example of what is typed. */
const WORDS = new Set(['TUEL', 'GDPR', 'CSIRT', 'SPID', 'TAR', 'UTF', 'CLOUD_PROVIDER', 'TELEPORT', 'TRAINING', 'ICT_SERVICES', 'JSON', 'HTTP', 'ASCII', 'ISTAT']);
/** Said to programs only: the page of a case as it was, and the choice of a person, have words of their own. */
const FOR_PROGRAMS = /\basOf|POST \/v1\/subjects/;
const CODE = /(?<![\p{L}\d_.-])(?:[A-Z][A-Z0-9_]{3,}|[A-Z][a-z]+(?:[A-Z][a-z]+)+|[a-z]+(?:[A-Z][a-z]*)+)(?![\p{L}\d_-])/gu;

/** Sentences with a name that only programs know, each with these names. */
function codesIn(sentences: Iterable<string>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...new Set(sentences)].map((text) => [text, (text.match(CODE) ?? []).filter((name) => !WORDS.has(name))] as const).filter(([, names]) => names.length > 0));
}

function bothOf({ message }: Reason, command = ''): readonly string[] {
  return [saySentence(message.it, 'it', command), saySentence(message.en, 'en', command)];
}

test('a name that programs type is said as the forms call it, in the language of the page; words and ids stay', () => {
  expect(saySentence("Prima se ne ritiri uno (WithdrawFact), entro il 2026-03-08T09:30:00Z.", 'it')).toBe('Prima se ne ritiri uno («Ritira un fatto in attesa»), entro l\'8 marzo 2026, ore 10:30.');
  expect(saySentence('To accept it all the same give overrideReason, or return it with ReturnResolution.', 'en', 'AcceptResolution'))
    .toBe('To accept it all the same give “Why it is accepted in spite of what is flagged”, or return it with “Return the resolution”.');
  expect(saySentence('It was delivered (deliveredAt).', 'en', 'NotifySubprocessor')).toBe('It was delivered (“When the notice reached the comune”).');
  expect(saySentence('noticesOn.1 lies in the future.', 'en', 'ExcludeMember')).toBe('“Second notice” lies in the future.');
  expect(saySentence('Deve essere uno tra COUNCIL_ELECTED, MAYOR_CHANGED.', 'it')).toBe('Deve essere uno tra «Consiglio eletto», «Nuovo sindaco».');
  for (const plain of ['c_z000-1.TRAINING è già aperta (in attivazione).', 'Il decreto (DPO, SPID) è nel TUEL.', 'my-analyse-needs, analyse-needs-2.', 'ref-1 on by to.']) expect(saySentence(plain, 'it')).toBe(plain);
});

test('a work item is called by its title, alone where its id and its title are both said', () => {
  expect(saySentence('analyse-needs: Analizzare le esigenze formative.', 'it')).toBe('Analizzare le esigenze formative.');
  expect(saySentence('plan-courses: Plan the courses.', 'en')).toBe('Plan the courses.');
  expect(saySentence('plan-courses segue analyse-needs, non ancora completata.', 'it')).toBe('«Pianificare i corsi» segue «Analizzare le esigenze formative», non ancora completata.');
  expect(saySentence('first-course was completed on 2026-09-01.', 'en')).toBe('“Hold the first course” was completed on 1 September 2026.');
});

function doubtsOf({ signatureDoubts, personalDataBlocked }: AdhesionView): readonly Reason[] {
  return [...signatureDoubts, ...personalDataBlocked];
}

test('no reason that a state gives for what may not be done, is owed or doubted shows a name of programs', () => {
  const said = Object.values(STAGES).flatMap(({ state, now }) => [
    ...[OPERATOR, MEMBER].flatMap((actor) => adhesion.allowed(state, { actor, now, commandId: 'c' })).flatMap(({ command, reasons }) => reasons.flatMap((reason) => bothOf(reason, command))),
    ...adhesion.waiting(state, now).flatMap(({ reasons }) => reasons).flatMap((reason) => bothOf(reason)),
    ...(state.opening === null ? [] : doubtsOf(viewAdhesion(state, now))).flatMap((reason) => bothOf(reason)),
  ]);
  expect(said.length).toBeGreaterThan(500);
  expect(codesIn(said)).toEqual({});
});

test('nor does any reason of a refusal, whatever is sent', () => {
  const said = new Set<string>();
  const codes = new Set<string>();
  for (const sent of [...fc.sample(adhesionCommands(), { numRuns: 150, seed: 7 }), ...fc.sample(adhesionCommands({ live: true, minLength: 70, maxLength: 120 }), { numRuns: 60, seed: 7 })]) {
    const { states } = played(sent);
    sent.forEach((one, index) => {
      const state: AdhesionState = states[index - 1] ?? adhesion.initial();
      const decision = adhesion.decide(state, one.command, one);
      for (const reason of decision.kind === 'refused' ? decision.reasons : []) {
        codes.add(reason.code);
        for (const text of bothOf(reason, one.command.type)) said.add(text);
      }
    });
  }
  expect(codes.size).toBeGreaterThan(45);
  expect(codesIn(said)).toEqual({});
});

test('what the schema of a command finds at a field is said by the label of the field', () => {
  const said = [ADHESION, MIGRATION].flatMap((kind) => Object.entries(kind.commands).flatMap(([command, { schema }]) => {
    const fields = command === 'SubmitRecognition' ? [] : formOfCommand(command, kind);
    const wrong = inputsOf(fields).map(({ path }) => Object.fromEntries([[path.split('.')[0], 'x'.repeat(5_000)]]));
    return [{}, ...wrong, { nobody: 1 }].flatMap((data) => {
      try {
        parseData(schema, data);
        return [];
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const typed = typedIn(new URLSearchParams(Object.entries(data).map(([name, value]) => [name, String(value)])));
        return (['it', 'en'] as const).flatMap((language) => faultsOf(error, { asks: command, fields, fieldAt: (path) => path }, typed, language).map(({ message }) => message));
      }
    });
  }));
  expect(said.length).toBeGreaterThan(300);
  expect(said.filter((text) => /\bcampo [a-z]|\bfield [a-z]/.test(text))).toEqual([]);
  expect(codesIn(said)).toEqual({});
});

test('nor does any sentence that is written in the processes and at the edge, whether or not a test comes by it', () => {
  const files = ['domain', 'api'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.startsWith('openapi/')).map((name) => `${folder}/${name}`));
  const written = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\b(it|en): (?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g)])
    .map(([, language, ...texts]) => saySentence((texts.find((text) => text !== undefined) ?? '').replaceAll(/\$\{[^}]*\}/g, '–'), language === 'it' ? 'it' : 'en'));
  expect(written.length).toBeGreaterThan(800);
  expect(codesIn(written.filter((text) => !FOR_PROGRAMS.test(text)))).toEqual({});
});
