import { describe, expect, it } from 'vitest';
import { cli, fakeInstance } from './support.ts';

const actor = { subject: 's-1', role: 'member', body: 'c_a010' };
const input = (field: string, value: unknown, since: number, rule: object | null = null) => ({ field, value, since, rule });
const LINK = {
  before: '2026-07-13', after: '2026-07-14',
  event: { id: 'adhesion/c_a010-1@10', version: 10, type: 'FactCorrected', recordedAt: '2026-07-05T08:00:00Z', effectiveOn: '2026-07-03', position: 120, hash: '', corrects: 9 },
  command: { id: 'k-1', type: 'CorrectFact' }, actor, parked: null, timer: null, toldBy: null, reasons: [],
  acts: { numbers: [{ field: 'noticeBoardNo', value: '1/2026' }], digests: ['ab12'] }, basis: { policyVersion: '2026.2', calendarVersion: '2026.1' },
  rule: {
    code: 'EXECUTIVITY', message: 'After the tenth day.', law: 'art. 134 c.3 TUEL', value: '2026-07-14', agrees: true,
    inputs: [
      input('deliberation.publicationEndsOn', '2026-07-17', 10, { code: 'NOTICE_BOARD', message: 'Fifteen days.', law: null, value: '2026-07-18', agrees: false, inputs: [input('deliberation.firstDay', '2026-07-03', 10)] }),
      input('policies.interruptionShifts', true, 1),
    ],
  },
};
const WHY = { field: 'deliberation.executiveOn', version: 12, value: '2026-07-14', chain: [LINK], nextCursor: null };

const TREE = `deliberation.executiveOn of c_a010-1 at version 12: 2026-07-14

10  FactCorrected  2026-07-05 10:00, counts from 2026-07-03
   2026-07-13 -> 2026-07-14
   by member s-1 (c_a010), command CorrectFact k-1
   corrects event 9
   noticeBoardNo 1/2026
   document ab12
   by policies 2026.2, calendar 2026.1
   EXECUTIVITY (art. 134 c.3 TUEL): After the tenth day.
   computed again: the same
   ├─ deliberation.publicationEndsOn = 2026-07-17 (event 10)
   │   NOTICE_BOARD: Fifteen days.
   │   computed again: 2026-07-18, which is NOT the value
   │   └─ deliberation.firstDay = 2026-07-03 (event 10)
   └─ policies.interruptionShifts = true (event 1)
   position 120, adhesion/c_a010-1@10
`;

describe('why', () => {
  it('shows the chain as a tree', async () => {
    const { env, seen } = await fakeInstance(() => [200, WHY]);
    expect(await cli(['adhesion', 'why', 'c_a010-1', 'deliberation.executiveOn', '--as-of-version', '12'], env)).toEqual({ code: 0, err: '', out: TREE });
    expect(seen[0]?.url).toBe('/v1/adhesions/c_a010-1/why?field=deliberation.executiveOn&asOfVersion=12');
  });

  it('names the timer, the parked fact and the other case behind an event', async () => {
    const link = {
      ...LINK, before: null, after: 'EXECUTIVE', event: { ...LINK.event, corrects: null, effectiveOn: null }, acts: { numbers: [], digests: [] }, basis: null, rule: null,
      parked: { id: 'k-0', type: 'RecordPublication', actor, version: 7 }, timer: { key: 'executivity-2', at: '2026-07-13T22:00:00Z', setBy: 10 }, toldBy: 'migration/c_a010-1.TRAINING@4',
      reasons: [{ code: 'OUT_OF_TURN', message: 'Not yet.' }],
    };
    const { env } = await fakeInstance(() => [200, { ...WHY, chain: [link], nextCursor: 'MTA' }]);
    const { out, err, code } = await cli(['adhesion', 'why', 'c_a010-1', 'deliberation.executiveOn'], env);
    expect(code).toBe(0);
    expect(out).toContain(`   – -> EXECUTIVE
   by member s-1 (c_a010), command CorrectFact k-1
   waited for its turn since event 7: RecordPublication k-0 by member s-1
   by the passing of time: executivity-2, due 2026-07-14 00:00, set by event 10
   told by migration/c_a010-1.TRAINING@4
   refused with OUT_OF_TURN: Not yet.
   position 120,`);
    expect(err).toBe('There are earlier events: raise --limit, or look at an earlier version.\n');
  });

  it('says of a field without a value that it never had one, and prints for machines what the server answers', async () => {
    const { env, seen } = await fakeInstance(() => [200, { ...WHY, value: null, chain: [] }]);
    expect((await cli(['adhesion', 'why', 'c_a010-1', 'convention.endsOn'], env)).out).toBe('deliberation.executiveOn of c_a010-1 at version 12: –\n  It never had a value.\n');
    for (const [group, id, path] of [['constitution', 'agency-1', '/v1/constitution/agency-1'], ['campaign', '20260901-0a1b2c3d', '/v1/campaigns/20260901-0a1b2c3d']] as const) {
      expect((await cli([group, 'why', id, 'state', '--limit', '3'], env)).code).toBe(0);
      expect(seen.at(-1)?.url).toBe(`${path}/why?field=state&limit=3`);
    }
    expect((await cli(['migration', 'why', 'c_a010-1.TRAINING', 'state', '--json'], env)).out).toBe(`${JSON.stringify({ ...WHY, value: null, chain: [] })}\n`);
  });

  it('says what the server refused', async () => {
    const message = '"deliberation.x" is no field of the case; in deliberation there are: state.';
    const { env } = await fakeInstance(() => [400, { type: 'urn:x', title: 'Invalid request', status: 400, detail: message, instance: '/', code: 'VALIDATION', reasons: [{ code: 'FIELD_UNKNOWN', message, path: 'field' }] }]);
    expect(await cli(['adhesion', 'why', 'c_a010-1', 'deliberation.x'], env)).toEqual({ code: 1, out: '', err: `VALIDATION: Invalid request\n  FIELD_UNKNOWN: ${message} (field)\n` });
  });
});
