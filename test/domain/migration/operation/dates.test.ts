import { describe, expect, test } from 'vitest';
import { ENGINE, MEMBER, TEXT } from '../scenario.ts';
import { after, changed, cutOver, SHA, stateOf, when, type Step } from '../moved.ts';

const at = (type: string, data: object, now: string, by?: Step[2]): Step => [{ type, data } as Step[0], now, ...(by === undefined ? [] : [by])] as unknown as Step;

// In use since Saturday 7 November 2026.
const OPERATING = after(cutOver(), at('EndHypercareTerm', { endsOn: '2026-12-04' }, '2026-12-04T23:00:00Z', ENGINE), at('EndHypercare', { endedOn: '2026-12-07', trainingDoneOn: '2026-11-20' }, '2026-12-07T09:00:00Z'));
const close = (closedOn: string): Step => at('CloseMigration', { closedOn }, '2027-03-20T09:00:00Z');

describe('a migration is not closed before what its close stands on', () => {
  const parts = { oldContractEndedOn: '2026-12-10', oldData: { fate: 'DELETED', on: '2026-12-10', certificateSha256: SHA }, records: { preservedOn: '2026-12-10', reportSha256: SHA } };

  test.each<[string, object]>([
    ['the end of the old contract', { oldContractEndedOn: '2026-12-18' }],
    ['the deletion of the old data', { oldData: { fate: 'DELETED', on: '2026-12-18', certificateSha256: SHA } }],
    ['the deposit of the records', { records: { preservedOn: '2026-12-18', reportSha256: SHA } }],
  ])('%s', (_what, last) => {
    const done = after(OPERATING, at('Decommission', { ...parts, ...last }, '2026-12-20T09:00:00Z'));
    when(done, ...close('2026-12-17')).refused('DATE_BEFORE_GROUND');
    expect(when(done, ...close('2026-12-17')).reasons()[0]?.path).toBe('closedOn');
    expect(stateOf(after(done, close('2026-12-18'))).migration).toMatchObject({ state: 'CLOSED', closedOn: '2026-12-18' });
  });
});

describe('of a service that was given up', () => {
  const RETURN = at('ReturnData', { returnedOn: '2027-03-02', format: 'CSV', receipt: { receivedOn: '2027-03-03', protocolNo: '12/2027', sha256: SHA } }, '2027-03-04T09:00:00Z');
  const retiring = after(OPERATING, at('RetireService', { decidedOn: '2027-03-01', reasons: TEXT }, '2027-03-01T09:00:00Z', MEMBER));

  test('no data are returned before it was in use', () => {
    when(retiring, ...changed(RETURN, { returnedOn: '2020-01-01' })).refused('DATE_BEFORE_GROUND');
    expect(when(retiring, ...changed(RETURN, { returnedOn: '2026-11-06' })).reasons()[0]?.path).toBe('returnedOn');
    expect(stateOf(after(retiring, changed(RETURN, { returnedOn: '2026-11-07' }))).operation.returned?.returnedOn).toBe('2026-11-07');
  });
});

test('a service without data that is given up in hypercare is not closed before it was in use', () => {
  const fibre = after(cutOver({ service: 'FIBRE' }), at('RetireService', { decidedOn: '2026-11-09', reasons: TEXT }, '2026-11-09T09:00:00Z', MEMBER));
  when(fibre, ...close('2026-11-06')).refused('DATE_BEFORE_GROUND');
  expect(stateOf(after(fibre, close('2026-11-09'))).migration?.state).toBe('CLOSED');
});
