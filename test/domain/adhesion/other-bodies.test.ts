import { describe, expect, it } from 'vitest';
import { adhesion, type AdhesionState, type PolicyChoices } from '../../../domain/adhesion/index.ts';
import type { BodyType } from '../../../domain/shared/body-types.ts';
import { ADHESION_COMPUTATIONS } from '../../../domain/adhesion/computations.ts';
import { accountOf } from '../../../domain/constitution/account.ts';
import { placeIn } from '../../../domain/shared/places.ts';
import { actorFor, COUNTERSIGNED, does as doesAs, NOW, opened, reached, SESSION, SIGNED, TEXT_SHA256, view, when as whenAs, type AnyCommand, type DataOf, type Type } from './scenario.ts';
import type { Actor } from '../../../domain/shared/actor.ts';

const UNION = { id: 'ucdba-1', body: 'ucdba', istatCode: '015002', name: "Unione dei comuni d'esempio", population: 12_400, bodyType: 'UNIONE_DI_COMUNI' } as const;
const OPENING = { UNIONE_DI_COMUNI: UNION, CITTA_METROPOLITANA: of('cmmi', 'CITTA_METROPOLITANA'), CONSORZIO: of('cons_sba', 'CONSORZIO'), AZIENDA_SPECIALE: of('asp_mi', 'AZIENDA_SPECIALE') } as const;
const VOTED = { heldOn: '2026-07-08', outcome: 'VOTED', resolutionNo: '7/2026', councillorsPresent: 8, mayorPresent: true, votes: { for: 8, against: 1, abstained: 0 } } as const;

/** Whoever the command takes, of the body of that very case. */
function actorIn(state: AdhesionState, type: AnyCommand['type']): Actor {
  const actor = actorFor(type);
  return actor.role === 'member' ? { ...actor, body: state.opening?.body ?? '' } : actor;
}

function does<Key extends Type>(state: AdhesionState, type: Key, data: DataOf<Key>): AdhesionState {
  return doesAs(state, type, data, NOW, actorIn(state, type));
}

function when<Key extends Type>(state: AdhesionState, type: Key, data: DataOf<Key>) {
  return whenAs(state, type, data, { actor: actorIn(state, type) });
}

function of<Kind extends BodyType>(body: string, bodyType: Kind) {
  return { ...UNION, id: `${body}-1`, body, bodyType };
}

function openedFor(bodyType: keyof typeof OPENING, policies: PolicyChoices = { councillors: 10 }): AdhesionState {
  return opened(policies, OPENING[bodyType]);
}

/** Up to the convocation of its organ, with the opinions that a local body gives. */
function convened(bodyType: keyof typeof OPENING): AdhesionState {
  const sent = does(openedFor(bodyType), 'SendProposal', { template: { id: 'convenzione-cst', version: 1, sha256: TEXT_SHA256 }, sentAt: '2026-06-03T08:00:00Z' });
  const received = does(sent, 'ConfirmReceipt', { deliveredAt: '2026-06-04T08:00:00Z' });
  const ready = bodyType === 'AZIENDA_SPECIALE' ? received : (['TECHNICAL', 'ACCOUNTING', 'AUDITORS'] as const)
    .reduce((state, kind) => does(state, 'RecordOpinion', { kind, outcome: 'FAVOURABLE', givenOn: '2026-06-10' }), received);
  return does(ready, 'ConveneCouncil', { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-07-01T08:00:00Z', sessionAt: '2026-07-08T18:00:00Z' });
}

/** The first rule that gives a field of the view, with what it gives. */
function ruleOf(state: AdhesionState, field: string): object | undefined {
  const seen = view(state);
  return ADHESION_COMPUTATIONS.filter((known) => known.field === field).flatMap((one) => {
    const given = Object.fromEntries(Object.entries(one.inputs).map(([name, path]) => [name, placeIn(seen, path)?.value ?? null]));
    const isGiven = Object.values(given).every((value) => value !== null);
    return isGiven && (one.applies?.(given, placeIn(seen, field)?.value) ?? true) ? [{ rule: one.rule, law: one.law, value: one.compute(given) }] : [];
  })[0];
}

describe('the opening for a body that is no comune', () => {
  it('pins how the body resolves and signs', () => {
    expect(openedFor('CONSORZIO').opening).toMatchObject({
      body: 'cons_sba', competence: { bodyType: 'CONSORZIO', organ: 'ASSEMBLY', opinions: ['TECHNICAL', 'ACCOUNTING', 'AUDITORS'], executive: 'BY_PUBLICATION', head: 'PRESIDENT' },
    });
  });

  it('of a comune pins nothing more than it did before other bodies could join', () => {
    expect(opened({}, { ...UNION, bodyType: 'COMUNE' }).opening).not.toHaveProperty('competence');
    expect(view(opened()).competence).toStrictEqual({ bodyType: 'COMUNE', organ: 'COUNCIL', opinions: ['TECHNICAL', 'ACCOUNTING', 'AUDITORS'], executive: 'BY_PUBLICATION', head: 'MAYOR' });
  });

  it('asks for the size of its organ, which no law gives', () => {
    when(adhesion.initial(), 'OpenAdhesion', OPENING.UNIONE_DI_COMUNI).refused('COUNCILLORS_REQUIRED', 'policies.councillors');
  });

  it('takes a metropolitan city for a subject of NIS whatever its size, a union never by itself', () => {
    expect(view(openedFor('CITTA_METROPOLITANA')).policies.nisSubject).toBe(true);
    expect(view(opened({ councillors: 10 }, { ...UNION, population: 400_000 })).policies.nisSubject).toBe(false);
  });

  it('leaves a union of few inhabitants the duration that its statute wants, which the law binds for comuni alone', () => {
    const few = { ...UNION, population: 4_000 };
    const asked = '2026-11-23T10:00:00Z';
    expect(view(opened({ councillors: 10, conventionYears: 1 }, few, asked)).policies.conventionYears).toBe(1);
    whenAs(adhesion.initial(), 'OpenAdhesion', { ...few, bodyType: 'COMUNE', policies: { conventionYears: 1 } }, { now: asked }).refused('DURATION_BELOW_LAW', 'policies.conventionYears');
  });
});

describe('the organ of a body', () => {
  it.each([
    ['UNIONE_DI_COMUNI', 'COUNCIL'], ['CITTA_METROPOLITANA', 'COUNCIL'], ['CONSORZIO', 'ASSEMBLY'], ['AZIENDA_SPECIALE', 'BOARD_OF_DIRECTORS'],
  ] as const)('%s resolves by its own: %s', (bodyType, organ) => {
    const adopted = does(convened(bodyType), 'RecordSession', { ...VOTED, organ });
    expect(view(adopted).deliberation).toMatchObject({ state: 'APPROVED', organ, adoptedOn: '2026-07-08' });
  });

  it.each([['COUNCIL'], ['BOARD'], ['BOARD_OF_DIRECTORS']] as const)('of a consortium is not its %s', (organ) => {
    when(convened('CONSORZIO'), 'RecordSession', { ...VOTED, organ }).refused('WRONG_ORGAN', 'organ');
  });

  it('of a comune is no assembly', () => {
    when(reached('ConveneCouncil'), 'RecordSession', { ...SESSION, organ: 'ASSEMBLY' }).refused('WRONG_ORGAN', 'organ');
  });

  it('may be replaced by a commissioner', () => {
    const appointed = does(convened('CONSORZIO'), 'RecordMandateChange', { kind: 'COMMISSIONER_APPOINTED', on: '2026-07-03' });
    when(appointed, 'RecordSession', { ...VOTED, organ: 'ASSEMBLY' }).refused('WRONG_ORGAN', 'organ');
    const adopted = does(appointed, 'RecordSession', { organ: 'COMMISSIONER', heldOn: '2026-07-08', outcome: 'VOTED', resolutionNo: '7/2026' });
    expect(view(adopted).deliberation.organ).toBe('COMMISSIONER');
  });

  it('counts its members and its president as the case pinned them, in its own words', () => {
    when(convened('CONSORZIO'), 'RecordSession', { ...VOTED, organ: 'ASSEMBLY', councillorsPresent: 3 }).refused('QUORUM_NOT_REACHED', 'councillorsPresent');
    const [turn] = view(convened('CONSORZIO')).waitingFor;
    expect(turn?.reasons.at(-1)?.message).toStrictEqual({
      it: "L'assemblea può votare con 4 componenti presenti su 10, senza contare il presidente; la delibera è approvata con 6 voti favorevoli su 11 componenti; l'immediata eseguibilità richiede 6 voti in una votazione separata.",
      en: 'The assembly can vote with 4 of its 10 members present, the president not counted; 6 of its 11 members in favour adopt; immediacy takes 6 in a vote of its own.',
    });
  });
});

describe('the acts of a special company', () => {
  const adopted = does(convened('AZIENDA_SPECIALE'), 'RecordSession', { ...VOTED, organ: 'BOARD_OF_DIRECTORS' });
  const transmitted = does(adopted, 'TransmitResolution', { deliveredAt: '2026-07-09T08:00:00Z' });

  it('are adopted without the opinions of a local body', () => {
    const received = does(does(openedFor('AZIENDA_SPECIALE'), 'SendProposal', { template: { id: 'convenzione-cst', version: 1, sha256: TEXT_SHA256 }, sentAt: '2026-06-03T08:00:00Z' }), 'ConfirmReceipt', { deliveredAt: '2026-06-04T08:00:00Z' });
    expect(view(received).deliberation.state).toBe('READY_FOR_COUNCIL');
    when(received, 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-06-10' }).refused('OUT_OF_TURN');
  });

  it('take effect from their adoption, and are transmitted without publication or certificate', () => {
    expect(view(adopted).deliberation).toMatchObject({ executivity: 'EXECUTIVE', executiveOn: '2026-07-08', gateOpensAt: '2026-07-07T22:00:00Z', firstDay: null });
    expect(view(adopted).waitingFor.filter(({ who }) => who === 'MEMBER').map(({ what }) => what)).toStrictEqual(['TransmitResolution']);
    expect(view(transmitted).deliberation.state).toBe('TRANSMITTED');
    expect(adhesion.timers(adopted).map(({ key }) => key).filter((key) => /publication/.test(key))).toStrictEqual([]);
  });

  it.each([['RecordPublication', { noticeBoardNo: '1/2026', firstDay: '2026-07-10' }], ['RecordBoardOutage', { day: '2026-07-10', hoursDown: 14 }], ['CertifyExecutivity', { executiveOn: '2026-07-10', certifiedOn: '2026-07-10' }]] as const)('are on no notice board: %s is refused, before the adoption too', (type, data) => {
    when(adopted, type, data).refused('NEVER_PUBLISHED');
    when(openedFor('AZIENDA_SPECIALE'), type, data).refused('NEVER_PUBLISHED');
  });

  it('say why they are executive', () => {
    expect(ruleOf(adopted, 'deliberation.executiveOn')).toStrictEqual({ rule: 'BY_STATUTE', law: 'art. 114 TUEL', value: '2026-07-08' });
    expect(ruleOf(adopted, 'deliberation.gateOpensAt')).toStrictEqual({ rule: 'BY_STATUTE', law: 'art. 114 TUEL', value: '2026-07-07T22:00:00Z' });
  });

  it('stay executive when their substance is rectified, and are transmitted again', () => {
    const { decision } = when(transmitted, 'RectifyResolution', { actNo: '8/2026', on: '2026-07-15', substantial: true });
    expect(decision).toMatchObject({ events: [{ type: 'ResolutionRectified', data: { publicationDueOn: null } }] });
    const rectified = does(transmitted, 'RectifyResolution', { actNo: '8/2026', on: '2026-07-15', substantial: true });
    expect(view(rectified).deliberation).toMatchObject({ executivity: 'EXECUTIVE', executiveOn: '2026-07-08', state: 'APPROVED' });
    expect(view(rectified).waitingFor.map(({ what }) => what)).toContain('TransmitResolution');
    expect(view(rectified).waitingFor.map(({ what }) => what)).not.toContain('RecordPublication');
  });

  it('are asked for anew after a rejection by the same rules', () => {
    const rejected = does(convened('AZIENDA_SPECIALE'), 'RecordSession', { ...VOTED, organ: 'BOARD_OF_DIRECTORS', votes: { for: 3, against: 6, abstained: 0 } });
    const again = does(rejected, 'ResubmitProposal', { sentAt: '2026-07-20T08:00:00Z' });
    expect(view(does(again, 'ConfirmReceipt', { deliveredAt: '2026-07-21T08:00:00Z' })).deliberation.state).toBe('READY_FOR_COUNCIL');
  });
});

describe('what counts comuni', () => {
  it('hears nothing of a body that is none: the constitution has no account of it', () => {
    expect(accountOf(openedFor('CONSORZIO'))).toBeNull();
    expect(accountOf(opened())).toMatchObject({ body: 'c_a010' });
  });
});

describe('the successor of bodies that are no comuni', () => {
  it('pins its own competence, and keeps the size of the organ that the base has', () => {
    const { policies } = view(openedFor('CONSORZIO', { councillors: 19 }));
    const data = { ...OPENING.CONSORZIO, id: 'cons_new-1', body: 'cons_new', change: '2026-11-21.cons_new', on: '2026-11-21', policies, from: [], facts: [] };
    const successor = view(doesAs(adhesion.initial(), 'InheritAdhesion', data));
    expect([successor.competence.organ, successor.policies.councillors]).toStrictEqual(['ASSEMBLY', 19]);
  });
});

describe('the signature of a body that is no comune', () => {
  const SIGNATURE = { ...SIGNED, signedAt: '2026-08-05T08:00:00Z', sha256: TEXT_SHA256 };

  function accepted(bodyType: keyof typeof OPENING, organ: 'COUNCIL' | 'ASSEMBLY' | 'BOARD_OF_DIRECTORS'): AdhesionState {
    const adopted = does(convened(bodyType), 'RecordSession', { ...VOTED, organ });
    const published = bodyType === 'AZIENDA_SPECIALE' ? adopted
      : does(does(adopted, 'RecordPublication', { noticeBoardNo: '1/2026', firstDay: '2026-07-10' }), 'CertifyExecutivity', { executiveOn: '2026-07-21', certifiedOn: '2026-07-22' });
    return does(does(published, 'TransmitResolution', { deliveredAt: '2026-07-23T08:00:00Z' }), 'AcceptResolution', {});
  }

  it('is its president\'s, and no mayor\'s', () => {
    const state = accepted('CONSORZIO', 'ASSEMBLY');
    when(state, 'SignConvention', { ...SIGNATURE, office: 'MAYOR' }).refused('WRONG_OFFICE', 'office');
    when(state, 'SignConvention', { ...SIGNATURE, office: 'METROPOLITAN_MAYOR' }).refused('WRONG_OFFICE', 'office');
    const signed = does(state, 'SignConvention', { ...SIGNATURE, office: 'PRESIDENT' });
    expect(view(does(signed, 'CountersignConvention', { ...COUNTERSIGNED, sha256: TEXT_SHA256 })).convention.state).toBe('COUNTERSIGNED');
  });

  it('of a metropolitan city is its mayor\'s, who signs for the Agency as well', () => {
    const signed = does(accepted('CITTA_METROPOLITANA', 'COUNCIL'), 'SignConvention', { ...SIGNATURE, office: 'METROPOLITAN_MAYOR' });
    expect(view(signed).convention.signature?.office).toBe('METROPOLITAN_MAYOR');
  });

  it('of a comune is never a president\'s', () => {
    when(reached('AcceptResolution'), 'SignConvention', { ...SIGNATURE, office: 'PRESIDENT' }).refused('WRONG_OFFICE', 'office');
  });

  it('of a special company may follow the day of the adoption', () => {
    const signed = does(accepted('AZIENDA_SPECIALE', 'BOARD_OF_DIRECTORS'), 'SignConvention', { ...SIGNATURE, office: 'PRESIDENT' });
    expect(view(signed).convention.state).toBe('SIGNED_BY_MEMBER');
  });

  it('is not the president\'s on a day of a commissioner', () => {
    const state = does(accepted('CONSORZIO', 'ASSEMBLY'), 'RecordMandateChange', { kind: 'COMMISSIONER_APPOINTED', on: '2026-08-01' });
    when(state, 'SignConvention', { ...SIGNATURE, office: 'PRESIDENT' }).refused('POWER_NOT_HELD', 'office');
    expect(view(does(state, 'SignConvention', { ...SIGNATURE, office: 'COMMISSIONER' })).convention.state).toBe('SIGNED_BY_MEMBER');
  });
});
