import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CODES } from '../../../console/words/codes.ts';
import { commandTitle, whatInWords } from '../../../console/words/commands.ts';
import { GATES, hasStepWords, undoneStep } from '../../../console/words/migration.ts';
import { PROJECT_DIR } from '../../../config.ts';
import { MIGRATION_STAGES } from '../../../domain/migration/stages.ts';
import { migrationStage } from '../../../domain/migration/words.ts';

/** What the sources of a folder write by these words, each once. */
function writtenIn(pattern: string, word: RegExp): readonly string[] {
  const found = globSync(pattern, { cwd: PROJECT_DIR }).flatMap((file) => [...readFileSync(`${PROJECT_DIR}/${file}`, 'utf8').matchAll(word)].map((match) => match[1] ?? match[0]));
  return [...new Set(found)].toSorted();
}

test('every way in which a call to a broker fails has its words', () => {
  // Reasons that come with their own sentence.
  const refusals = new Set(['BROKER_CATALOGUE_MISMATCH', 'BROKER_IN_USE', 'BROKER_CALL_UNDER_WAY', 'BROKER_INSTANCE_STANDS', 'BROKER_PROVISIONS']);
  const codes = writtenIn('{brokers,domain/migration}/**/*.ts', /'(BROKER_[A-Z_]+)'/g).filter((code) => !refusals.has(code));
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => !Object.hasOwn(CODES, code))).toEqual([]);
});

test('every step that a roll-back undoes has its words', () => {
  const steps = writtenIn('domain/migration/**/*.ts', /\bstep: '([a-z-]+)'/g);
  expect(steps).toEqual(['bound', 'bound-by-hand', 'cut-over', 'data-moved', 'provisioned', 'provisioned-by-hand']);
  expect(steps.filter((step) => !hasStepWords(step))).toEqual([]);
  expect(undoneStep('bound-12', () => undefined)).toEqual(undoneStep('bound', () => undefined));
});

test('every timer, every gate and every state has its words, and what the engine does too', () => {
  const keys = writtenIn('domain/migration/*/timers.ts', /`([a-z][a-z-]*)-?\$\{/g);
  expect(keys.length).toBeGreaterThan(3);
  expect(keys.filter((key) => whatInWords(key).it === key)).toEqual([]);
  expect(Object.keys(GATES)).toEqual(['FEASIBILITY', 'PLAN_APPROVED', 'PROVISIONING', 'DATA_MIGRATION', 'CUTOVER', 'OPERATING', 'CLOSED']);
  expect(MIGRATION_STAGES.filter((stage) => migrationStage(stage).it === stage)).toEqual([]);
  expect(['NoteGrounds', 'ConcludeBrokerCall'].filter((command) => commandTitle(command).en === command)).toEqual([]);
});
