import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, fakeInstance, type SeenRequest } from './support.ts';

const ID = '20260901-0a1b2c3d';
const item = (body: string, state: string, more: object = {}) => ({ body, state, ...more });
const view = (state: string, counts: readonly [done: number, failed: number, skipped: number, pending: number], items: readonly object[] = []) => {
  const [done, failed, skipped, pending] = counts;
  return { id: ID, name: 'Prova', state, version: 4, preparedAt: '2026-09-01T08:00:00Z', waitingFor: [], counts: { total: done + failed + skipped + pending, done, failed, skipped, pending }, items };
};
const STARTED = [201, { ...view('RUNNING', [0, 0, 0, 2]), preview: [{ body: 'c_a010', allowed: true, reasons: [] }, { body: 'c_f205', allowed: true, reasons: [] }] }] as const;

/** A server on which a campaign is started, and stands so each time that it is asked. */
async function serving(...answers: readonly object[]) {
  const left = [...answers];
  const instance = await fakeInstance(({ method }) => (method === 'POST' ? STARTED : [200, (left.length > 1 ? left.shift() : left[0]) ?? {}]));
  const file = (name: string, content: string): string => {
    const path = join(instance.env.ASSOCIA_HOME, name);
    writeFileSync(path, content);
    return path;
  };
  return { ...instance, file };
}
const sent = ([first]: readonly SeenRequest[]): unknown => JSON.parse(first?.body ?? '{}');

describe('campaign run', () => {
  it('sends a table with the act of the options, follows the campaign and is 0 when all is done', async () => {
    const { env, seen, file } = await serving(view('RUNNING', [1, 0, 0, 1], [item('c_a010', 'DONE', { adhesion: 'c_a010-1' }), item('c_f205', 'UNDER_WAY')]), view('COMPLETED', [2, 0, 0, 0], [item('c_a010', 'DONE', { adhesion: 'c_a010-1' }), item('c_f205', 'DONE', { adhesion: 'c_f205-1' })]));
    const { code, out, err } = await cli(['campaign', 'run', file('avvio.csv', 'body\nc_a010\nc_f205\n'), '--open', '--per-minute', '30', '--stop-after', '2', '--verbose', '--key', 'k1'], env);
    expect({ code, err }).toEqual({ code: 0, err: `Campaign ${ID}: 2 comuni, 0 skipped.\n` });
    expect(out).toBe(`c_a010  DONE  c_a010-1\nc_f205  DONE  c_f205-1\n${ID}  Prova  COMPLETED\n2 comuni: 2 done, 0 failed, 0 skipped, 0 pending.\n`);
    expect(sent(seen)).toEqual({ name: 'avvio', select: { csv: 'body\nc_a010\nc_f205\n' }, action: { kind: 'OPEN_ADHESION' }, pace: { perMinute: 30 }, stopAfter: 2 });
    expect(seen[0]?.headers['idempotency-key']).toBe('k1');
  });

  it.each([[['--archive'], { kind: 'ARCHIVE' }], [['--request', 'TRAINING'], { kind: 'REQUEST_MIGRATION', service: 'TRAINING' }]])('sends a table with the act %j', async (args, action) => {
    const { env, seen, file } = await serving(view('COMPLETED', [1, 0, 0, 0]));
    expect((await cli(['campaign', 'run', file('chiuse.csv', 'body\nc_a010\n'), ...args, '--no-wait'], env)).code).toBe(0);
    expect(sent(seen)).toEqual({ name: 'chiuse', select: { csv: 'body\nc_a010\n' }, action });
  });

  it('sends a request in JSON as it is, and what the options change', async () => {
    const { env, seen, file } = await serving(view('COMPLETED', [2, 0, 0, 0]));
    const request = { name: 'Invio', select: { filter: {} }, action: { kind: 'COMMAND', command: { type: 'InviteRecognition', data: {} } }, pace: { perMinute: 5, parallel: 2 } };
    expect((await cli(['campaign', 'run', file('c.json', JSON.stringify(request)), '--parallel', '1', '--no-wait'], env)).out).toBe(`${ID}\n`);
    expect(sent(seen)).toEqual({ ...request, pace: { perMinute: 5, parallel: 1 } });
  });

  it.each([
    [view('COMPLETED', [1, 1, 0, 0], [item('c_f205', 'FAILED', { code: 'ADHESION_OPEN' })]), `The campaign is COMPLETED, 1 failed: associa campaign retry ${ID} tries again what failed.\n`],
    [view('STOPPED', [0, 1, 0, 1], [item('c_f205', 'FAILED', { code: 'ADHESION_OPEN' })]), `The campaign is STOPPED, 1 failed: associa campaign resume ${ID} goes on.\n`],
    [view('CANCELLED', [1, 0, 1, 0]), 'The campaign is CANCELLED, 0 failed.\n'],
  ])('is 1 when not all is done: $state', async (stands, sentence) => {
    const { env, file } = await serving(stands);
    const { code, err } = await cli(['campaign', 'run', file('a.csv', 'body\nc_a010\n'), '--open'], env);
    expect(code).toBe(1);
    expect(err.endsWith(sentence)).toBe(true);
  });

  it('a dry run says who would be skipped and why, and is 1 then', async () => {
    const preview = [{ body: 'c_a010', allowed: true, reasons: [] }, { body: 'c_f205', allowed: false, reasons: [{ code: 'ADHESION_OPEN', message: 'It is open.' }] }];
    const { env, seen } = await fakeInstance(() => [200, { state: 'PREVIEW', counts: { total: 2, done: 0, failed: 0, skipped: 1, pending: 1 }, preview }]);
    const { code, out, err } = await cli(['campaign', 'run', '-', '--open', '--dry-run', '--name', 'Prova'], env, 'body\nc_a010\nc_f205\n');
    expect({ code, err }).toEqual({ code: 1, err: '1 would be skipped.\n' });
    expect(out).toBe('comune  why not\nc_f205  ADHESION_OPEN: It is open.\n1 of 2 comuni would be acted on; nothing was started.\n');
    expect(sent(seen)).toMatchObject({ name: 'Prova', dryRun: true });
  });

  it.each([
    [['--command', 'SendProposal', '--open'], 'body\nc_a010', 'A campaign does one act: give --open, --command, --request or --archive.\n'],
    [[], 'body\nc_a010', 'A table says for which comuni: give the act, --open, --command SendProposal --data @data.json, --request TRAINING or --archive.\n'],
    [['--command', 'SendProposal', '--data', '['], 'body\nc_a010', /^--data is not JSON/],
    [[], '{"name":', /is not JSON/],
    [['--open', '--per-minute', '0'], 'body', '--per-minute is a whole number from 1 to 6000.\n'],
  ])('is 2 for what it cannot send: %j', async (args, content, sentence) => {
    const { env } = await serving(view('RUNNING', [0, 0, 0, 1]));
    const { code, err } = await cli(['campaign', 'run', '-', ...args], env, content);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });
});

describe('campaign', () => {
  it('list and show say how far they are', async () => {
    const { env } = await fakeInstance(({ url }) => [200, url.startsWith('/v1/campaigns?') ? { items: [view('RUNNING', [1, 0, 0, 1])], nextCursor: null } : view('RUNNING', [1, 1, 0, 0], [item('c_a010', 'DONE'), item('c_f205', 'FAILED', { code: 'OUT_OF_TURN' })])]);
    expect((await cli(['campaign', 'list'], env)).out).toBe(`id                 name   state    done  failed  skipped  pending  since (Rome)\n${ID}  Prova  RUNNING  1     0       0        1        2026-09-01 10:00\n`);
    expect((await cli(['campaign', 'show', ID], env)).out).toBe(`${ID}  Prova  RUNNING\n2 comuni: 1 done, 1 failed, 0 skipped, 0 pending.\ncomune  state   code         adhesion\nc_f205  FAILED  OUT_OF_TURN\n`);
  });

  it.each([['pause', 'Pause'], ['resume', 'Resume'], ['cancel', 'Cancel'], ['retry', 'RetryFailed']])('%s sends %s', async (name, type) => {
    const { env, seen } = await fakeInstance(() => [200, { commandId: 'k', version: 5, events: [], campaign: view('PAUSED', [0, 0, 0, 1]) }]);
    expect((await cli(['campaign', name, ID, '--key', 'k'], env)).code).toBe(0);
    expect([seen[0]?.method, seen[0]?.url, sent(seen), seen[0]?.headers['idempotency-key']]).toEqual(['POST', `/v1/campaigns/${ID}/commands`, { type, data: {} }, 'k']);
  });

  it('that is not there is said', async () => {
    const { env } = await fakeInstance(() => [404, { type: 'urn:x', title: 'Not found', status: 404, detail: 'Not found', instance: '/', code: 'NOT_FOUND' }]);
    expect(await cli(['campaign', 'show', ID], env)).toEqual({ code: 1, out: '', err: `There is no campaign ${ID} that this caller may see: associa campaign list shows those there are.\n` });
  });
});
