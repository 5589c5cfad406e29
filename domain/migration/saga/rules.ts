import { accepted } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import type { SAGA_COMMANDS } from './catalogue.ts';

const cancel = rule<Command<'Cancel'>['data'], object>({
  ground: (state) => stageFault(state, ['REQUESTED', 'FEASIBILITY', 'PLAN_DRAFTED', 'PLAN_APPROVED', 'PROVISIONING'], { it: "si annulla solo prima dell'esercizio.", en: 'it can be cancelled only before it operates.' }) ?? {},
  decide: ({ data, context }) => accepted<MigrationEvent>({ type: 'MigrationCancelled', data: { reasons: data.reasons, at: context.now } }),
});

/** The rule of every command that takes a migration back. */
export const SAGA_RULES: RulesOf<keyof typeof SAGA_COMMANDS> = { Cancel: cancel };
