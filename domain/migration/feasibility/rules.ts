import { accepted, refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import type { OpenedMigration } from '../state.ts';
import type { FEASIBILITY_COMMANDS } from './catalogue.ts';

function studied(state: OpenedMigration) {
  return stageFault(state, ['FEASIBILITY'], { it: 'la fattibilità si valuta quando il suo controllo è superato.', en: 'its feasibility is studied once the gate to it is open.' });
}

const approveFeasibility = rule<Command<'ApproveFeasibility'>['data'], object>({
  ground: (state) => studied(state) ?? (state.feasibility.approvedAt === null ? {} : refused('ALREADY_RECORDED', {
    it: 'La fattibilità è già approvata: si propone il piano (ProposePlan).', en: 'The feasibility is approved already: what comes next is the plan (ProposePlan).',
  })),
  decide: ({ data: { findings = null }, context }) => accepted<MigrationEvent>({ type: 'FeasibilityApproved', data: { findings, at: context.now } }),
});

const rejectFeasibility = rule<Command<'RejectFeasibility'>['data'], object>({
  ground: (state) => studied(state) ?? {},
  decide: ({ data: { reasons }, context }) => accepted<MigrationEvent>({ type: 'FeasibilityRejected', data: { reasons, at: context.now } }),
});

/** The rule of every command of the feasibility. */
export const FEASIBILITY_RULES: RulesOf<keyof typeof FEASIBILITY_COMMANDS> = { ApproveFeasibility: approveFeasibility, RejectFeasibility: rejectFeasibility };
