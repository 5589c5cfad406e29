import { sameJson } from '../../shared/same-json.ts';
import { accepted } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import type { GroundsEngineData } from './catalogue.ts';

/** Told by the adhesion. Its words may overtake each other: only one from a later version of it is heard. */
const noteGrounds = rule<Command<'NoteGrounds'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { grounds, asOf }, context }) => (asOf <= state.grounds.asOf || sameJson(state.grounds.known, grounds)
    ? accepted()
    : accepted<MigrationEvent>({ type: 'GroundsNoted', data: { grounds, asOf, at: context.now } })),
});

/** The rule of what the adhesion tells. */
export const GROUNDS_RULES: RulesOf<keyof GroundsEngineData> = { NoteGrounds: noteGrounds };
