import { describe, expect, it } from 'vitest';
import { viewConstitution } from '../../../domain/constitution/index.ts';
import { adopted, conference, Path, received, start, tell } from '../../domain/constitution/scenario.ts';
import { WHOLE } from '../../domain/constitution/whole.ts';
import { cli, fakeInstance } from './support.ts';

/** As the interface would answer: reasons in one language. */
const answered = (path: Path): object => {
  const view = viewConstitution(path.state, '2026-11-23T09:00:00Z');
  return { ...view, waitingFor: view.waitingFor.map((turn) => ({ ...turn, reasons: turn.reasons.map(({ code, message }) => ({ code, message: message.en })) })) };
};
const late = () => new Path().at('2026-05-20', start()).at('2026-05-21', conference).at('2026-05-30', ...received(1, 133)).at('2026-07-20', ...adopted(1, 45, '2026-07-08')).untilBegins('2026-11-01');

describe('constitution show', () => {
  it('shows plan against actual, the threshold and what is waited for', async () => {
    const { env, seen } = await fakeInstance(() => [200, answered(late())]);
    const { code, out, err } = await cli(['constitution', 'show', 'agency-1'], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(seen[0]?.url).toBe('/v1/constitution/agency-1');
    expect(out).toMatch(/^agency-1 {2}UNDER_WAY {2}SPECIAL_CONSORTIUM \(ABSOLUTE_OF_MEMBERS\)\n/);
    expect(out).toMatch(/MUNICIPAL_RESOLUTIONS +MET +2026-06-01 +2026-07-31 +2026-07-31 +2026-07-19 +-12\n/);
    expect(out).toMatch(/CMM_RESOLUTION +MISSED, to be decided +2026-10-01 +2026-10-31 +2026-10-31/);
    expect(out).toMatch(/CONSTITUTED +NOT_YET, in doubt +2026-11-01/);
    expect(out).toContain('Threshold met on 2026-07-19: 45 comuni of 45 asked for (133 in all), 1760000 inhabitants of 1320001; adopted: 45.\n');
    expect(out).toContain('Conventions are countersigned by the Metropolitan City; fees are not due.\n');
    expect(out).toContain('OPERATOR DecideMilestone: "Resolution of the metropolitan council" was missed: extend, go on with the threshold, or stop.');
    expect((await cli(['constitution', 'show', 'agency-1', '--comuni'], env)).out).toMatch(/c_a001 +1320000 +2026-07-08 +2026-07-19 +COUNTED/);
    expect(JSON.parse((await cli(['constitution', 'show', 'agency-1', '--json'], env)).out)).toMatchObject({ id: 'agency-1' });
  });
});

describe('constitution start and do', () => {
  it('send what the options say, as it was given', async () => {
    const { env, seen } = await fakeInstance(({ url }) => (url.endsWith('/commands') ? [200, { constitution: answered(late()) }] : [201, answered(late())]));
    expect((await cli(['constitution', 'start', '--threshold', 'CONFERENCE_RULE', '--form', 'FOUNDATION', '--key', 'k1'], env)).out).toBe('agency-1\n');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ threshold: 'CONFERENCE_RULE', agencyLegalForm: 'FOUNDATION' });
    expect(seen[0]?.headers['idempotency-key']).toBe('k1');
    await cli(['constitution', 'start', '--threshold', '{"minMembers":60,"minPopulation":0}', '--plan', '{"CONSTITUTED":{"from":"2026-11-01","to":"2026-12-15"}}'], env);
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({ threshold: { minMembers: 60, minPopulation: 0 }, plan: { CONSTITUTED: { from: '2026-11-01', to: '2026-12-15' } } });
    await cli(['constitution', 'do', 'agency-1', 'DecideMilestone', '--data', '{"gate":"CMM_RESOLUTION","decision":"STOP"}'], env);
    expect([seen[2]?.url, JSON.parse(seen[2]?.body ?? '')]).toEqual(['/v1/constitution/agency-1/commands', { type: 'DecideMilestone', data: { gate: 'CMM_RESOLUTION', decision: 'STOP' } }]);
  });

  it('is 2 where the data are no JSON', async () => {
    const { env } = await fakeInstance(() => [200, {}]);
    expect((await cli(['constitution', 'do', 'agency-1', 'Replan', '--data', 'x'], env)).code).toBe(2);
  });
});

describe('constitution list, allowed and events', () => {
  it('lists the paths with how far each is, and says where there is none', async () => {
    const { env, seen } = await fakeInstance(() => [200, { items: [answered(late())], nextCursor: null }]);
    expect((await cli(['constitution', 'list'], env)).out).toMatch(/^id +state +gates reached +comuni +asked for\n-*\n?agency-1 +UNDER_WAY +3 of 7 +45 +45\n$/);
    expect(seen[0]?.url).toMatch(/^\/v1\/constitution\?limit=/);
    const none = await fakeInstance(() => [200, { items: [], nextCursor: null }]);
    expect((await cli(['constitution', 'list'], none.env)).out).toBe('The path was not started: associa constitution start begins it.\n');
  });

  it('says what may be recorded and why not, and what was recorded after a version', async () => {
    const { env, seen } = await fakeInstance(({ url }) => [200, url.endsWith('/allowed')
      ? { version: 3, items: [{ command: 'Replan', allowed: true, reasons: [], schema: {} }, { command: 'AppointOrgan', allowed: false, reasons: [{ code: 'NOT_CONSTITUTED', message: 'First comes the constitution.' }], schema: {} }] }
      : { items: [], nextCursor: null }]);
    const { out } = await cli(['constitution', 'allowed', 'agency-1'], env);
    expect(out).toMatch(/Replan/);
    expect(out).toContain('First comes the constitution.');
    expect((await cli(['constitution', 'events', 'agency-1', '--after', '40', '--json'], env)).code).toBe(0);
    expect(seen.map(({ url }) => url)[1]).toMatch(/^\/v1\/constitution\/agency-1\/events\?(?=.*after=40)/);
  });

  it('says of a threshold that it is lost, or not met, and who countersigns when the Agency is constituted', async () => {
    const shown = async (path: Path) => (await cli(['constitution', 'show', 'agency-1', '--comuni'], (await fakeInstance(() => [200, answered(path)])).env)).out;
    expect(await shown(new Path().at('2026-05-20', start()))).toContain('Threshold not met: 0 comuni of 45 asked for');
    const lost = late().at('2026-11-02', tell(1, { adoptedOn: '2026-07-08', standing: 'ANNULLED', lostFrom: '2026-07-08', version: 40 }));
    expect(await shown(lost)).toContain('Threshold lost: 44 comuni of 45 asked for');
    expect(await shown(WHOLE)).toMatch(/BOARD_APPOINTED +MET[^]*Conventions are countersigned by the Agency; fees are due\.\n[^]*c_a003 +10000 +NONE +late\n/);
    expect(await shown(WHOLE)).toMatch(/TEMPLATES_SENT +LATE +2026-05-21 +2026-05-31 +2026-05-31 +2026-06-09 +\+9\n/);
  });

  it('says of one that is not there that it is not', async () => {
    const { env } = await fakeInstance(() => [404, { type: 'urn:x', title: 'Not found', status: 404, instance: '/', code: 'NOT_FOUND' }]);
    expect(await cli(['constitution', 'show', 'agency-9'], env)).toEqual({ code: 1, out: '', err: 'There is no constitution agency-9 that this caller may see: associa constitution list shows those there are.\n' });
  });
});
