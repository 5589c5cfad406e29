import { expect, test } from 'vitest';
import { CONSTITUTION } from '../../../api/cases/kinds.ts';
import { formOfCommand } from '../../../console/case/commands.ts';
import { inputsOf, type Field } from '../../../console/forms/fields.ts';
import { hasOptionWords } from '../../../console/words/codes.ts';
import { fieldWords } from '../../../console/words/fields.ts';

const groupsOf = (fields: readonly Field[]): readonly string[] => fields.flatMap((field) => (field.kind === 'group' ? [field.path, ...groupsOf(field.fields)] : []));

test.each(Object.keys(CONSTITUTION.commands))('each field of %s has its words, and each of its choices', (command) => {
  const fields = formOfCommand(command, CONSTITUTION);
  const paths = [...inputsOf(fields).map(({ path }) => path), ...groupsOf(fields)];
  expect(paths.filter((path) => [path, ''].includes(fieldWords(command, path).label.it))).toEqual([]);
  expect(inputsOf(fields).flatMap(({ path, options }) => options.filter((code) => !hasOptionWords(path, code)).map((code) => `${path} ${code}`))).toEqual([]);
});
