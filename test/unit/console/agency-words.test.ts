import { expect, test } from 'vitest';
import { groupsOf } from '../../../console/case/why-choice.ts';
import { labelOf } from '../../../console/case/why-link.tsx';
import { commandTitle } from '../../../console/words/commands.ts';
import { codeInWords, hasFieldWords, wordsPath } from '../../../console/words/view-fields.ts';
import { viewCampaign } from '../../../domain/campaign/index.ts';
import { viewConstitution } from '../../../domain/constitution/index.ts';
import { leavesOf } from '../../../domain/shared/places.ts';
import { conclude, FAILED, reached, start as startCampaign, target } from '../../domain/campaign/scenario.ts';
import { COMPANY, WHOLE } from '../../domain/constitution/whole.ts';

const VIEWS: readonly object[] = [COMPANY, WHOLE].map(({ state }) => viewConstitution(state, '2027-06-01T09:00:00Z'));
const CAMPAIGN = viewCampaign(reached([startCampaign([target(0), target(1, 'OUT_OF_TURN'), target(2)]), 0], [conclude(0, FAILED), 1]));
const leaves = [...VIEWS, CAMPAIGN].flatMap((view) => groupsOf(view, 'it').flatMap((group) => group.leaves.flatMap(({ path }) => leavesOf(view).filter((leaf) => leaf.path === path)))
  .map((leaf) => ({ ...leaf, words: wordsPath(view, leaf.members) })));

test('every value of the constitution and of a campaign that one may ask of has its words', () => {
  expect(new Set(leaves.map(({ words }) => words)).size).toBeGreaterThan(60);
  expect([...new Set(leaves.map(({ words }) => words))].filter((path) => !hasFieldWords(path))).toEqual([]);
  const silent = leaves.flatMap(({ words, value }) => [value].flat().filter((one): one is string => typeof one === 'string' && /^[A-Z][A-Z_]+$/.test(one) && codeInWords(words, one, 'it') === one).map((one) => `${words}=${one}`));
  expect([...new Set(silent)]).toEqual([]);
});

test('a place is called as a person calls it: the gate, the comune by its name', () => {
  const [view = {}] = VIEWS;
  expect(labelOf(view, 'gates.CMM_RESOLUTION.state', 'it')).toBe('Stato (Deliberazione del Consiglio metropolitano)');
  expect(labelOf(view, 'members.c_a001.counting', 'en', (code) => `Comune ${code}`)).toBe('For the constitution (Comune c_a001)');
  expect(labelOf(view, 'threshold.executive.members', 'en')).toBe('Comuni with an executive resolution');
  expect(labelOf(CAMPAIGN, 'state', 'en')).toBe('State of the campaign');
});

test('a command of a campaign is not called as that of a service which has its name', () => {
  expect([commandTitle('Cancel', 'campaign').en, commandTitle('Cancel', 'migration').en, commandTitle('Cancel').en]).toEqual(['Cancel the campaign', 'Cancel the request of the service', 'Cancel the request of the service']);
  expect(commandTitle('TakeAccount', 'constitution').it).toBe("Un'adesione comunica come sta");
});
