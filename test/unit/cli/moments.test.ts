import { describe, expect, it } from 'vitest';
import { cli, fakeInstance } from './support.ts';

const migration = {
  id: 'c_a010-1.TRAINING', body: 'c_a010', version: 4, waitingFor: [], parked: [], timers: [], late: false, adhesion: 'c_a010-1', service: 'TRAINING',
  plan: 'standard', catalogueVersion: 1, state: 'PROVISIONING', gates: [],
};
const SHOWN = 'Migration c_a010-1.TRAINING of c_a010, version 4\n';

describe('show', () => {
  it.each([
    [[], '', ''],
    [['--as-of-version', '3'], 'asOfVersion=3', 'Shown as known at version 3.\n'],
    [['--as-of', '2026-07-04T23:30:00Z'], 'asOf=2026-07-04T23%3A30%3A00Z', 'Shown as known on 2026-07-05 01:30 (Rome).\n'],
    [['--as-of-event', 'adhesion/c_a010-1@9'], 'asOfEvent=adhesion%2Fc_a010-1%409', 'Shown as known after the event adhesion/c_a010-1@9.\n'],
    [['--as-of-position', '120'], 'asOfPosition=120', 'Shown as known after the event at position 120.\n'],
    [['--valid-on', '2026-07-02'], 'validOn=2026-07-02', 'Shown as in force on 2026-07-02, by what is known today.\n'],
    [['--as-of-version', '3', '--valid-on', '2026-07-02'], 'asOfVersion=3&validOn=2026-07-02', 'Shown as in force on 2026-07-02, by what was known at version 3.\n'],
    [['--as-of', '2026-07-04T12:00:00+02:00', '--valid-on', '2026-07-02'], 'asOf=2026-07-04T12%3A00%3A00%2B02%3A00&validOn=2026-07-02',
      'Shown as in force on 2026-07-02, by what was known on 2026-07-04 12:00 (Rome).\n'],
  ])('%j asks for that view and says which it is', async (args, query, said) => {
    const { env, seen } = await fakeInstance(() => [200, migration]);
    const { code, out, err } = await cli(['migration', 'show', 'c_a010-1.TRAINING', ...args], env);
    expect({ code, err, url: seen[0]?.url }).toEqual({ code: 0, err: '', url: `/v1/migrations/c_a010-1.TRAINING${query === '' ? '' : `?${query}`}` });
    expect(out.startsWith(`${said}${SHOWN}`)).toBe(true);
  });

  it('prints for machines what the server answers, and nothing else', async () => {
    const { env, seen } = await fakeInstance(() => [200, { any: 'thing' }]);
    expect(await cli(['adhesion', 'show', 'c_a010-1', '--valid-on', '2026-07-02', '--json'], env)).toEqual({ code: 0, out: '{"any":"thing"}\n', err: '' });
    expect(seen[0]?.url).toBe('/v1/adhesions/c_a010-1?validOn=2026-07-02');
  });

  it('says which parameter the server refused', async () => {
    const reasons = [{ code: 'CUSTOM', message: 'Must be a civil date, YYYY-MM-DD', path: 'validOn' }];
    const { env } = await fakeInstance(() => [400, { type: 'urn:x', title: 'Invalid request', status: 400, detail: 'Must be a civil date, YYYY-MM-DD', instance: '/', code: 'VALIDATION', reasons }]);
    const { code, out, err } = await cli(['adhesion', 'show', 'c_a010-1', '--valid-on', 'ieri'], env);
    expect({ out, err }).toEqual({ out: '', err: expect.stringContaining('validOn') });
    expect(code).not.toBe(0);
  });
});
