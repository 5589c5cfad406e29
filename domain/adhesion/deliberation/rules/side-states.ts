import { accepted, refused, tooEarly, type Refused } from '../../../shared/process.ts';
import { firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { withdrawalByRevocation } from '../../membership/rules/withdrawal.ts';
import { rule } from '../../rule.ts';
import type { Deliberation, DeliberationFact } from '../state.ts';

interface Standing {
  readonly adoption: DeliberationFact<'ResolutionAdopted'>;
}

/** A resolution that was adopted and neither revoked nor annulled. */
function standingResolution({ adoption, revocation, annulment }: Deliberation, command: string): Standing | Refused {
  if (adoption === null) return tooEarly('OUT_OF_TURN', `${command} needs a resolution that was adopted.`);
  if (annulment !== null || revocation !== null) return refused('OUT_OF_TURN', 'The resolution was revoked or annulled; it does not stand any more.');
  return { adoption };
}

/** A court (c.p.a.) or the council itself (art. 21-quater L. 241/1990) suspends the act: no new step, what runs goes on. */
export const suspendResolution = rule<Command<'SuspendResolution'>['data'], Standing>({
  ground: ({ deliberation }) => deliberation.suspension === null
    ? standingResolution(deliberation, 'SuspendResolution')
    : refused('ALREADY_RECORDED', 'The resolution is suspended already.'),
  check: ({ from }, context) => notInFuture(context, { from }),
  decide: ({ ground: { adoption }, data: { by, orderNo, from }, context }) => notBefore(from, 'from', adoption.heldOn, 'the adoption')
    ?? accepted<AdhesionEvent>({ type: 'ResolutionSuspended', data: { by, orderNo, from, at: context.now }, effectiveOn: from }),
});

export const liftSuspension = rule<Command<'LiftSuspension'>['data'], DeliberationFact<'ResolutionSuspended'>>({
  ground: ({ deliberation }) => deliberation.suspension ?? refused('OUT_OF_TURN', 'The resolution is not suspended.'),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ ground, data: { on, orderNo }, context }) => notBefore(on, 'on', ground.from, 'the suspension')
    ?? accepted<AdhesionEvent>({ type: 'SuspensionLifted', data: { on, orderNo, at: context.now }, effectiveOn: on }),
});

/** Revocation works forward (art. 21-quinquies L. 241/1990): what is concluded already is left by a withdrawal. */
export const revokeResolution = rule<Command<'RevokeResolution'>['data'], Standing>({
  ground: ({ deliberation }) => standingResolution(deliberation, 'RevokeResolution'),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, ground: { adoption }, data: { actNo, on }, context }) => notBefore(on, 'on', adoption.heldOn, 'the adoption')
    ?? accepted<AdhesionEvent>(
      { type: 'ResolutionRevoked', data: { actNo, on, at: context.now }, effectiveOn: on },
      ...withdrawalByRevocation(state, { actNo, on }, context.now),
    ),
});

/** Annulment reaches back (art. 21-nonies L. 241/1990, or a judgment). */
export const annulResolution = rule<Command<'AnnulResolution'>['data'], Standing>({
  ground: ({ deliberation }) => standingResolution(deliberation, 'AnnulResolution'),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ ground: { adoption }, data: { actNo, on, by }, context }) => firstRefusal(notBefore(on, 'on', adoption.heldOn, 'the adoption'))
    ?? accepted<AdhesionEvent>({ type: 'ResolutionAnnulled', data: { actNo, on, by, at: context.now }, effectiveOn: on }),
});
