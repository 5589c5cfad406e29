import { describe, expect, test } from 'vitest';
import { BASIS, NOW, SESSION, SIGNED, TEXT, TEXT_SHA256, does, opened, reached, view, when, type DataOf } from '../scenario.ts';

const published = reached('RecordPublication');

describe('RectifyResolution', () => {
  const slip: DataOf<'RectifyResolution'> = { actNo: '70/2026', on: '2026-08-03', substantial: false };

  test('of a slip after the acceptance: RECTIFIED, the dates stay, and the convention is signed on it', () => {
    const accepted = reached('AcceptResolution');
    const rectified = when(accepted, 'RectifyResolution', slip).then({
      type: 'ResolutionRectified', data: { ...slip, publicationDueOn: null, basis: BASIS, at: NOW }, effectiveOn: '2026-08-03',
    });
    const { state, flags, rectifications, ...rest } = view(rectified).deliberation;
    expect({ state, flags, rectifications }).toStrictEqual({ state: 'RECTIFIED', flags: ['RECTIFIED'], rectifications: [slip] });
    expect(view(accepted).deliberation).toMatchObject(rest);
    expect(view(rectified)).toMatchObject({ convention: { state: 'READY_TO_SIGN' }, waitingFor: [{ who: 'MEMBER', what: 'SignConvention' }] });
    expect(view(does(rectified, 'SignConvention', SIGNED))).toMatchObject({ deliberation: { state: 'RECTIFIED' }, convention: { state: 'SIGNED_BY_MEMBER' } });
    when(rectified, 'ReturnResolution', { reasons: TEXT }).refused('OUT_OF_TURN');
    expect(view(does(reached('RegisterConvention'), 'RectifyResolution', slip)).convention.state).toBe('IN_FORCE');
  });

  test('of a slip before the acceptance leaves the state of the procedure, and what is accepted afterwards is ACCEPTED', () => {
    const transmitted = does(reached('TransmitResolution'), 'RectifyResolution', slip);
    expect(view(transmitted).deliberation).toMatchObject({ state: 'TRANSMITTED', flags: ['RECTIFIED'] });
    const accepted = does(transmitted, 'AcceptResolution', {});
    expect(view(accepted)).toMatchObject({ deliberation: { state: 'ACCEPTED', flags: ['RECTIFIED'] }, convention: { state: 'READY_TO_SIGN' } });
  });

  test('of a slip is covered by a suspension or a loss, and comes back with the lift', () => {
    const rectified = does(reached('AcceptResolution'), 'RectifyResolution', slip);
    const held = does(rectified, 'SuspendResolution', { by: 'COURT', orderNo: '1', from: '2026-08-04' });
    expect(view(held)).toMatchObject({ deliberation: { state: 'SUSPENDED_BY_COURT' }, convention: { state: 'DRAFT' } });
    expect(view(does(held, 'LiftSuspension', { on: '2026-08-05', orderNo: '2' })).deliberation.state).toBe('RECTIFIED');
    expect(view(does(rectified, 'RevokeResolution', { actNo: '60/2026', on: '2026-08-04' })).deliberation.state).toBe('REVOKED');
  });

  test('of the substance takes back what stood on the text: published anew, from that day on', () => {
    const rectified = when(reached('AcceptResolution'), 'RectifyResolution', { ...slip, substantial: true }).then({
      type: 'ResolutionRectified', data: { ...slip, substantial: true, publicationDueOn: '2026-08-08', basis: BASIS, at: NOW }, effectiveOn: '2026-08-03',
    });
    expect(view(rectified)).toMatchObject({
      deliberation: {
        state: 'APPROVED', executivity: 'NONE', adoptedOn: '2026-07-08', firstDay: null, executiveOn: null, certifiedExecutiveOn: null, gateOpensAt: null,
        transmittedAt: null, acceptedAt: null, flags: ['RECTIFIED'],
      },
      convention: { state: 'DRAFT' }, waitingFor: [{ who: 'MEMBER', what: 'RecordPublication', dueOn: '2026-08-08', reasons: [{ code: 'RECTIFIED' }] }],
    });
    when(rectified, 'RecordPublication', { noticeBoardNo: '2', firstDay: '2026-08-02' }).refused('DATE_BEFORE_GROUND', 'firstDay');
    const again = does(rectified, 'RecordPublication', { noticeBoardNo: '2', firstDay: '2026-08-05' }, '2026-08-05T12:00:00Z');
    expect(view(again, '2026-08-05T12:00:00Z')).toMatchObject({
      deliberation: { state: 'PUBLISHED', executivity: 'PENDING', executiveOn: '2026-08-16' }, timers: [{ key: 'executivity-2', at: '2026-08-15T22:00:00Z' }],
    });
  });

  test('of the substance of an immediate act ends its immediacy: the council voted that of another text', () => {
    const immediate = reached('RecordPublication', { RecordSession: { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT } } });
    const rectified = does(immediate, 'RectifyResolution', { ...slip, substantial: true });
    expect(view(rectified).deliberation).toMatchObject({ executivity: 'NONE', executiveOn: null, gateOpensAt: null, textSha256: TEXT_SHA256 });
    expect(view(does(rectified, 'RecordPublication', { noticeBoardNo: '2', firstDay: '2026-08-05' })).deliberation.executiveOn).toBe('2026-08-16');
  });

  test('is refused on a signed text when it is one of substance, twice, before the adoption, in the future, without a resolution', () => {
    when(reached('SignConvention'), 'RectifyResolution', { ...slip, substantial: true }).refused('CONVENTION_SIGNED', 'substantial');
    when(reached('RegisterConvention'), 'RectifyResolution', { ...slip, substantial: true }).refused('CONVENTION_SIGNED', 'substantial');
    when(does(published, 'RectifyResolution', slip), 'RectifyResolution', slip).refused('ALREADY_RECORDED');
    when(published, 'RectifyResolution', { ...slip, on: '2026-07-07' }).refused('DATE_BEFORE_GROUND', 'on');
    when(published, 'RectifyResolution', { ...slip, on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
    when(opened(), 'RectifyResolution', slip).refused('OUT_OF_TURN');
    when(does(published, 'AnnulResolution', { actNo: '1', on: '2026-08-01', by: 'BODY' }), 'RectifyResolution', slip).refused('RESOLUTION_ANNULLED');
  });

  test('a slip can be corrected', () => {
    const rectified = does(published, 'RectifyResolution', slip);
    const version = rectified.deliberation.rectifications[0]?.version ?? 0;
    expect(view(does(rectified, 'CorrectFact', { version, data: { ...slip, actNo: '71/2026' } })).deliberation.rectifications).toStrictEqual([{ ...slip, actNo: '71/2026' }]);
  });
});
