import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { completePolicies, resolvePolicies } from '../../../../domain/adhesion/policies.ts';
import { ABBIATEGRASSO, CONVENED, SESSION, does, reached, view, when } from '../scenario.ts';

/** 24 councillors: the law asks for 8. */
const REGULATION = { quorum: { first: 13, second: 9 } } as const satisfies PolicyChoices;
const present = (councillorsPresent: number) => ({ ...SESSION, councillorsPresent, mayorPresent: true, votes: { for: councillorsPresent, against: 0, abstained: 0 } });
const secondCall = (policies: PolicyChoices) => does(
  does(reached('ConveneCouncil', {}, policies), 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'NO_QUORUM' }),
  'ConveneCouncil', { ...CONVENED, call: 2, noticeDeliveredAt: '2026-07-09T08:00:00Z', sessionAt: '2026-07-15T18:00:00Z' },
);

describe('the quorum that the regulation of a council sets (art. 38 c.2 TUEL)', () => {
  test('is asked for in a first call, its own in a second', () => {
    const first = reached('ConveneCouncil', {}, REGULATION);
    when(first, 'RecordSession', present(12)).refused('QUORUM_NOT_REACHED', 'councillorsPresent');
    expect(when(first, 'RecordSession', present(13)).decision.kind).toBe('accepted');
    const second = secondCall(REGULATION);
    when(second, 'RecordSession', { ...present(8), heldOn: '2026-07-15' }).refused('QUORUM_NOT_REACHED', 'councillorsPresent');
    expect(when(second, 'RecordSession', { ...present(9), heldOn: '2026-07-15' }).decision.kind).toBe('accepted');
  });

  test('is told beforehand, by the call', () => {
    const told = (state: AdhesionState) => view(state).waitingFor.flatMap(({ reasons }) => reasons).find(({ code }) => code === 'VOTE_NEEDS')?.message.en;
    expect(told(reached('ConveneCouncil', {}, REGULATION))).toContain('with 13 of its 24 councillors present');
    expect(told(secondCall(REGULATION))).toContain('with 9 of its 24 councillors present');
    expect(told(reached('ConveneCouncil'))).toContain('with 8 of its 24 councillors present');
  });

  test('of a session that comes before its convocation is the lower: it may have been a second call', () => {
    const early = reached('RecordOpinion', {}, REGULATION);
    when(early, 'RecordSession', present(8)).refused('QUORUM_NOT_REACHED', 'councillorsPresent');
    expect(when(early, 'RecordSession', present(9)).decision).toMatchObject({ kind: 'accepted', events: [{ type: 'FactParked', data: { fact: { type: 'RecordSession' } } }] });
    const parked = does(early, 'RecordSession', present(9));
    expect(view(does(parked, 'ConveneCouncil', CONVENED))).toMatchObject({ parked: [], deliberation: { state: 'CONVENED' } });
  });

  test.each(['first', 'second'] as const)('is never below a third, nor above the council: %s', (call) => {
    const open = (needed: number) => when(adhesion.initial(), 'OpenAdhesion', { ...ABBIATEGRASSO, policies: { quorum: { [call]: needed } } });
    open(7).refused('QUORUM_BELOW_LAW', `policies.quorum.${call}`);
    expect(open(8).decision.kind).toBe('accepted');
    expect(open(24).decision.kind).toBe('accepted');
    open(25).refused('QUORUM_ABOVE_COUNCIL', `policies.quorum.${call}`);
  });

  test('is pinned in full; where it is silent the floor of the law holds', () => {
    expect(resolvePolicies({ quorum: { first: 13 } }, 32_425).quorum).toStrictEqual({ first: 13, second: 8 });
    expect(resolvePolicies({ quorum: { second: 6 }, councillors: 16 }, 32_425).quorum).toStrictEqual({ first: 6, second: 6 });
    expect([resolvePolicies({ quorum: null }, 32_425).quorum, resolvePolicies({}, 32_425).quorum]).toStrictEqual([null, null]);
    const { quorum: _unknown, ...stored } = resolvePolicies({}, 32_425);
    expect(completePolicies(stored).quorum).toBeNull();
  });
});
