import { turn } from '../../adhesion/turn.ts';
import type { Waiting } from '../../shared/process.ts';
import { conventionNeeds } from '../gates/convention.ts';
import { isGateOpen, needed, turnsOf } from '../gates/index.ts';
import type { FullMigration } from '../state.ts';

/** The plan, its approval, and the commitment of its costs. */
export function planWaiting(state: FullMigration): readonly Waiting[] {
  const { migration: { state: stage, since }, feasibility: { approvedAt }, planning: { proposal } } = state;
  if (stage === 'FEASIBILITY') return approvedAt === null ? [] : turnsOf(state, conventionNeeds(state), [turn('OPERATOR', 'ProposePlan', approvedAt)]);
  if (stage === 'PLAN_DRAFTED') return isGateOpen(state, 'PLAN_APPROVED') ? [turn('MEMBER', 'ApprovePlan', proposal?.at ?? since)] : needed(state, 'PLAN_APPROVED');
  return stage === 'PLAN_APPROVED' ? needed(state, 'PROVISIONING') : [];
}
