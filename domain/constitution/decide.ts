import { accepted, type Context, type Decision } from '../shared/process.ts';
import { obstacleTo } from './allowed.ts';
import type { ConstitutionCommand, StartConstitution } from './command-types.ts';
import type { ConstitutionEvent } from './events.ts';
import { withConsequences } from './follow.ts';
import { RULES } from './rules/index.ts';
import { planFault, thresholdFault } from './rules/steering.ts';
import { told } from './rules/told.ts';
import { getConstitution, type Constitution, type ConstitutionState } from './state.ts';

/** Decides one command on the state; a refusal is a value with its code, and nothing is written. */
export function decide(state: ConstitutionState, command: ConstitutionCommand, context: Context): Decision<ConstitutionEvent> {
  const obstacle = obstacleTo(command.type, state, context.actor);
  if (obstacle !== undefined) return obstacle;
  if (command.type === 'StartConstitution') return start(command.data, context);
  const constitution = getConstitution(state);
  const decision = command.type === 'TakeAccount' || command.type === 'TakeTerritory' || command.type === 'EndGate'
    ? accepted(...told(constitution, command.data, context.now))
    : byRule(constitution, command, context);
  return decision.kind === 'refused' ? decision : withConsequences(state, decision.events, context.now);
}

type ByOperator = Extract<ConstitutionCommand, { readonly type: keyof typeof RULES }>;

function byRule<Type extends ByOperator['type']>(constitution: Constitution, command: Extract<ByOperator, { readonly type: Type }>, context: Context): Decision<ConstitutionEvent> {
  // One command and its own rule: the compiler does not see that the type of the one is that of the other.
  const rule = RULES[command.type] as { decide(state: Constitution, data: unknown, context: Context): Decision<ConstitutionEvent> };
  return rule.decide(constitution, command.data, context);
}

function start({ id, policies, territory }: StartConstitution, { actor: startedBy, now: at }: Context): Decision<ConstitutionEvent> {
  return planFault(policies.plan, 'plan') ?? thresholdFault(policies.threshold, territory)
    ?? accepted<ConstitutionEvent>({ type: 'ConstitutionStarted', data: { id, policies, territory, startedBy, at } });
}
