import { describe, expect, test } from 'vitest';
import { cli, emptyHome, fakeInstance } from './support.ts';

const cell = (service: string, state: string, late = false) => ({ service, migration: `c_a010-1.${service}`, state, since: '2026-11-01T09:00:00Z', late });
const row = (name: string, ...cells: readonly object[]) => ({ body: 'c_a010', istatCode: '015002', name, population: 700, adhesion: null, phase: null, cells });
const ROWS = [row('Arese', cell('FIBRE', 'OPERATING'), cell('TRAINING', 'PROVISIONING', true)), row('Rho', cell('FIBRE', 'OPERATING')), row('Opera')];
const PLAN = {
  service: 'FIBRE', from: '2027-01-04', until: '2028-12-31', order: 'First who asked.', capacity: { perWeek: 10, perWeekOfService: 2, horizonWeeks: 104, policy: '2026.1' },
  plans: [{
    service: 'FIBRE',
    waves: [
      { wave: 1, from: '2027-01-08T19:00:00Z', to: '2027-01-10T19:00:00Z', week: '2027-01-04', inWeek: 3, comuni: [{ body: 'c_f939', name: 'Nosate', reasons: [] }, { body: 'c_a010', name: 'Arese', reasons: [] }] },
      { wave: 2, from: '2027-01-15T19:00:00Z', to: '2027-01-17T19:00:00Z', week: '2027-01-11', inWeek: 2, comuni: [{ body: 'c_h264', name: 'Rho', reasons: [{ code: 'SERVICE_CAPACITY', message: 'No capacity left.' }] }, { body: 'c_g078', name: 'Opera', reasons: [{ code: 'SERVICE_CAPACITY', message: 'No capacity left.' }] }] },
    ],
    unplaced: [{ body: 'c_f205', name: 'Milano', reasons: [{ code: 'NOT_MEMBER', message: 'Not a member.' }] }],
  }],
};

describe('migration plan', () => {
  test('prints the waves as a table, why each comune does not come earlier, and who has no window', async () => {
    const { env, seen } = await fakeInstance(() => [200, PLAN]);
    expect(await cli(['migration', 'plan', '--service', 'fibre', '--from', '2027-01-04', '--per-week-of-service', '2', '--with-dependencies'], env)).toEqual({ code: 0, err: '', out: `From 2027-01-04 to 2028-12-31; in a week at most 2 cutovers of a service, 10 of all (policy 2026.1).
First who asked.

FIBRE: 2 waves, 4 of 5 comuni
wave  window                               in week  comuni
1     2027-01-08 20:00 – 2027-01-10 20:00  3        Nosate, Arese
2     2027-01-15 20:00 – 2027-01-17 20:00  2        Rho, Opera

Why not earlier
  wave 2: Rho, Opera
    No capacity left.

Without a window
  Milano
    Not a member.
` });
    expect(seen.map(({ url }) => url)).toEqual(['/v1/portfolio/plan?service=FIBRE&from=2027-01-04&perWeekOfService=2&withDependencies=true']);
  });

  test('ends with 1 when no comune has a window, also as JSON', async () => {
    const none = { ...PLAN, plans: [{ service: 'FIBRE', waves: [], unplaced: PLAN.plans[0]?.unplaced ?? [] }] };
    const { env } = await fakeInstance(() => [200, none]);
    const { code, out, err } = await cli(['migration', 'plan', '--service', 'FIBRE'], env);
    expect({ code, err }).toEqual({ code: 1, err: 'No comune has a window for FIBRE until 2028-12-31.\n' });
    expect(out).toContain('FIBRE: 0 waves, 0 of 1 comuni\n\nWithout a window\n  Milano\n');
    const json = await cli(['migration', 'plan', '--service', 'FIBRE', '--json'], env);
    expect([json.code, JSON.parse(json.out)]).toEqual([1, none]);
  });

  test.each([[['migration', 'plan'], /required option '--service/], [['migration', 'plan', '--service', 'FIBRE', '--per-week', '0'], /--per-week is a whole number from 1 to 500\./]])('answers wrong usage with 2: %j', async (args, sentence) => {
    const { code, err } = await cli(args, emptyHome());
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });
});

describe('portfolio', () => {
  test('prints comuni by services with a letter for each state, and what the letters mean', async () => {
    const { env, seen } = await fakeInstance(() => [200, { items: ROWS, nextCursor: null }]);
    expect(await cli(['portfolio', '--state', 'operating'], env)).toEqual({ code: 0, err: '', out: `comune  FIBRE  TRAINING
Arese   O      V!
Rho     O

Letters
  V  PROVISIONING: being provisioned
  O  OPERATING: operating
  !  late
` });
    expect(seen.map(({ url }) => url)).toEqual(['/v1/portfolio?state=OPERATING&limit=100']);
  });

  test('counts them by service and state', async () => {
    const { env } = await fakeInstance(() => [200, { items: ROWS, nextCursor: null }]);
    expect((await cli(['portfolio', '--summary'], env)).out).toBe('service   state         comuni\nFIBRE     OPERATING     2\nTRAINING  PROVISIONING  1\n');
  });

  test('gives the rows as they are with --json, and says so when there are none', async () => {
    const { env } = await fakeInstance(() => [200, { items: ROWS, nextCursor: null }]);
    expect(JSON.parse((await cli(['portfolio', '--json'], env)).out)).toEqual({ items: ROWS, nextCursor: null });
    const none = await fakeInstance(() => [200, { items: [row('Opera')], nextCursor: null }]);
    expect(await cli(['portfolio'], none.env)).toEqual({ code: 0, err: '', out: 'No comune has such a service.\n' });
  });
});
