import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { cli, fakeInstance, fakeServer, homeOf, type SeenRequest } from './support.ts';

const refusal = (status: number, code: string, members: object = {}) => [status, { type: 'urn:x', title: 'Refused by the process', status, detail: 'Refused by the process', instance: '/', code, ...members }] as const;
const claims = ({ headers }: SeenRequest) => {
  const { roles, body } = decodeJwt((headers.authorization ?? '').replace('Bearer ', ''));
  return { roles, body };
};

describe('status', () => {
  const health = (status: number, worker: boolean) => [status, { type: 'about:blank', title: 'T', status, detail: `T: ${worker}`, checks: { database: true, worker } }] as const;

  it('is 0 when the instance is well, and sends no token', async () => {
    const { env, url, seen } = await fakeInstance(() => health(200, true));
    expect(await cli(['status'], env)).toEqual({ code: 0, out: `T\n  server    ${url}\n  database  up\n  worker    up\n`, err: '' });
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/status' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it('is 1 when it is not, also for machines', async () => {
    const { env } = await fakeInstance(() => health(503, false));
    const { code, out, err } = await cli(['status', '--json'], env);
    expect({ code, err }).toEqual({ code: 1, err: 'The instance is not well: T: false; its logs and npm start say why.\n' });
    expect(JSON.parse(out)).toMatchObject({ status: 503, checks: { database: true, worker: false } });
  });

  it('is 2 when something else answers', async () => {
    const { env, url } = await fakeInstance(() => [200, '<html>']);
    expect(await cli(['status'], env)).toEqual({ code: 2, out: '', err: `${url} answers 200 and not as an Associa does: check --url.\n` });
  });
});

describe('tokens', () => {
  it('prints a token alone, for the role that is asked for', async () => {
    const { code, out, err } = await cli(['token', '--role', 'member', '--body', 'c_a010', '--person', 'Anna', '--hours', '2'], homeOf('http://127.0.0.1:8080'));
    const { iat = 0, exp = 0, ...payload } = decodeJwt(out.trim());
    expect({ code, err, lines: out.split('\n').length }).toEqual({ code: 0, err: '', lines: 2 });
    expect(payload).toMatchObject({ roles: ['member'], body: 'c_a010', iss: 'http://127.0.0.1:8080', aud: 'associa' });
    expect(exp - iat).toBe(7200);
  });

  it.each([
    [['--role', 'member'], {}, 'A member acts for a comune: give its IPA code, e.g. --body c_a010.\n'],
    [['--role', 'member', '--body', 'Abbiategrasso'], {}, 'A member acts for a comune: give its IPA code, e.g. --body c_a010.\n'],
    [['--role', 'operator', '--body', 'c_a010'], {}, '--body goes with --role member: the other roles act for no comune.\n'],
    [['--role', 'boss'], {}, '--role is operator, auditor or member.\n'],
    [['--role', 'operator'], { OIDC_ISSUER: 'https://login.example.org' }, 'OIDC_ISSUER is set: tokens come from https://login.example.org, give one with --token.\n'],
  ])('refuses %j with one sentence', async (args, env, err) => {
    expect(await cli(['token', ...args], { ...homeOf('http://127.0.0.1:8080'), ...env })).toEqual({ code: 2, out: '', err });
  });

  it('acts in the role that the command needs', async () => {
    const { env, seen } = await fakeInstance(() => refusal(409, 'X'));
    await cli(['adhesion', 'do', 'c_a010-1', 'SendProposal'], env);
    await cli(['adhesion', 'do', 'c_a010-1', 'RecordOpinion'], env);
    await cli(['adhesion', 'do', 'c_a010-1', 'ConfirmReceipt', '--as', 'member'], env);
    await cli(['--as', 'auditor', 'adhesion', 'events', 'c_a010-1'], env);
    await cli(['migration', 'do', 'c_a010-1.TRAINING', 'CompleteWorkItem'], env);
    expect(seen.map(claims)).toEqual([
      { roles: ['operator'], body: undefined }, { roles: ['member'], body: 'c_a010' }, { roles: ['member'], body: 'c_a010' },
      { roles: ['auditor'], body: undefined }, { roles: ['operator'], body: undefined },
    ]);
  });

  it('takes --url and --token, and issues none for a server that is not its own', async () => {
    const { url, seen } = await fakeServer(() => [200, { items: [], nextCursor: null }]);
    const env = homeOf('http://127.0.0.1:8080');
    expect(await cli(['bodies', '--url', url, '--token', 'abc'], env)).toMatchObject({ code: 0 });
    expect(seen[0]?.headers.authorization).toBe('Bearer abc');
    expect(await cli(['bodies', '--url', url], env)).toEqual({
      code: 2, out: '', err: `Give --token with --url: ${url} is not the instance running in ${env.ASSOCIA_HOME}.\n`,
    });
  });
});

describe('do', () => {
  const event = (version: number, type: string, data: object) => ({
    version, type, data, actor: { subject: 's', role: 'member', body: 'c_a010' }, recordedAt: '2026-07-01T08:00:00Z', effectiveOn: null, commandId: 'k',
  });
  const migration = {
    id: 'c_a010-1.TRAINING', body: 'c_a010', version: 4, waitingFor: [{ who: 'OPERATOR', what: 'CompleteWorkItem', since: '2026-07-01T22:30:00Z', dueOn: '2026-07-09', reasons: [{ code: 'OPEN', message: 'Open.' }] }],
    parked: [], timers: [], late: false, adhesion: 'c_a010-1', service: 'TRAINING', plan: 'standard', catalogueVersion: 1, state: 'PROVISIONING', gates: [],
  };
  const COMPLETE = ['migration', 'do', 'c_a010-1.TRAINING', 'CompleteWorkItem'];

  it('sends the data as they were given and says what happened and whose turn it is', async () => {
    const { env, seen } = await fakeInstance(() => [200, { commandId: 'k', version: 4, events: [event(4, 'WorkItemCompleted', { at: 'x', workItemId: 'w', note: null })], migration }]);
    const { code, out } = await cli([...COMPLETE, '--data', '{"a":1,"a":2}', '--key', 'k-1', '--if-match', '3'], env);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/migrations/c_a010-1.TRAINING/commands', body: '{"type":"CompleteWorkItem","data":{"a":1,"a":2}}' });
    expect(seen[0]?.headers).toMatchObject({ 'idempotency-key': 'k-1', 'if-match': '"3"', 'content-type': 'application/json' });
    expect({ code, out }).toEqual({
      code: 0,
      out: 'CompleteWorkItem is done. c_a010-1.TRAINING is at version 4.\n  4  WorkItemCompleted  workItemId w\n\n'
        + 'Whose turn\n  OPERATOR  CompleteWorkItem  since 2026-07-02  due 2026-07-09\n    OPEN: Open.\n',
    });
  });

  it('reads the data from a file or from standard input', async () => {
    const { env, seen } = await fakeInstance(() => [202, { commandId: 'k', state: 'PENDING' }]);
    const file = join(env.ASSOCIA_HOME, 'data.json');
    writeFileSync(file, '{"from":"file"}');
    await cli([...COMPLETE, '--async', '--data', `@${file}`], env);
    const { code, out } = await cli([...COMPLETE, '--async', '--key', 'k', '--data', '-'], env, '{"from":"stdin"}');
    expect(seen.map(({ body }) => JSON.parse(body).data)).toEqual([{ from: 'file' }, { from: 'stdin' }]);
    expect(seen[0]?.headers['prefer']).toBe('respond-async');
    expect({ code, out }).toEqual({ code: 0, out: 'CompleteWorkItem is left with c_a010-1.TRAINING; associa migration outcome c_a010-1.TRAINING k says what became of it.\n' });
  });

  it.each([
    ['{nope', /^--data is not JSON .*give an object like/],
    ['[1]', /^--data is a JSON object/],
    ['@/no/such/file', /^The file \/no\/such\/file can't be read/],
  ])('sends nothing when the data are %s', async (data, sentence) => {
    const { env, seen } = await fakeInstance(() => [200, {}]);
    const { code, out, err } = await cli([...COMPLETE, '--data', data], env);
    expect({ code, out, sent: seen.length }).toEqual({ code: 2, out: '', sent: 0 });
    expect(err).toMatch(sentence);
  });

  it('gives a refusal its code and each reason a line', async () => {
    const reasons = [{ code: 'SIGNED_TOO_EARLY', message: 'From 2026-07-01.', path: 'signedAt' }, { code: 'NOT_ACCEPTED', message: 'Accept first.' }];
    const { env } = await fakeInstance(() => refusal(409, 'SIGNED_TOO_EARLY', { reasons }));
    expect(await cli(COMPLETE, env)).toEqual({
      code: 1, out: '', err: 'SIGNED_TOO_EARLY: Refused by the process\n  From 2026-07-01. (signedAt)\n  NOT_ACCEPTED: Accept first.\n',
    });
    const { code, out } = await cli([...COMPLETE, '--json'], env);
    expect({ code, problem: JSON.parse(out) }).toMatchObject({ code: 1, problem: { code: 'SIGNED_TOO_EARLY', reasons } });
  });

  it.each([
    [401, 'UNAUTHENTICATED', 2, /does not take this token/],
    [403, 'FORBIDDEN', 1, /^FORBIDDEN: /],
    [404, 'NOT_FOUND', 1, /^There is no migration c_a010-1\.TRAINING .*associa migration list shows/],
    [412, 'VERSION_CONFLICT', 1, /^VERSION_CONFLICT: /],
    [429, 'TOO_MANY_REQUESTS', 2, /Try again in a moment/],
    [500, 'INTERNAL', 2, /under correlation id corr-1/],
    [503, 'OUTCOME_UNKNOWN', 2, /Send the same command again with --key k-9: it is done once\./],
    [503, 'ENGINE_UNAVAILABLE', 2, /Try again in a moment/],
  ])('tells %i %s apart', async (status, problem, exit, sentence) => {
    const { env } = await fakeInstance(() => refusal(status, problem, { commandId: 'k-9' }));
    const { code, out, err } = await cli(COMPLETE, env);
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(err).toMatch(sentence);
  });

  it('says why a fact that was left with a case was refused', async () => {
    const data = { commandId: 'k', type: 'CompleteWorkItem', code: 'NOT_READY', reasons: [{ code: 'NOT_READY', message: 'Not yet.' }] };
    const { env } = await fakeInstance(() => [200, { commandId: 'k', state: 'REFUSED', code: 'NOT_READY', version: 5, events: [event(5, 'FactRefused', data)] }]);
    const { code, out, err } = await cli(['migration', 'outcome', 'c_a010-1.TRAINING', 'k'], env);
    expect({ code, err }).toEqual({ code: 1, err: 'NOT_READY: the command was refused.\n  Not yet.\n' });
    expect(out).toContain('REFUSED');
  });

  it.each([
    ['en', [], {}], ['it', ['--lang', 'it'], {}], ['it', [], { LANG: 'it_IT.UTF-8' }], ['en', ['--lang', 'en'], { LANG: 'it_IT.UTF-8' }],
  ])('asks for %s with %j in the locale %j, and reads it in what is kept in both', async (language, option, locale) => {
    const reasons = [{ code: 'NOT_READY', message: 'Non ancora.', messageEn: 'Not yet.' }];
    const data = { commandId: 'k', type: 'CompleteWorkItem', code: 'NOT_READY', reasons };
    const { env, seen } = await fakeInstance(() => [200, { commandId: 'k', state: 'REFUSED', code: 'NOT_READY', version: 5, events: [event(5, 'FactRefused', data)] }]);
    const { err } = await cli(['migration', 'outcome', 'c_a010-1.TRAINING', 'k', ...option], { ...env, ...locale });
    expect(seen[0]?.headers['accept-language']).toBe(language);
    expect(err).toContain(language === 'it' ? 'Non ancora.' : 'Not yet.');
  });
});

describe('lists', () => {
  const body = (n: number) => ({ ipaCode: `c_a${String(n).padStart(3, '0')}`, istatCode: '015002', name: n === 1 ? 'Cassina de\u001b[31m Pecchi' : `Comune ${n}`, population: n });

  it('follows the pages to the end and prints no control characters', async () => {
    const { env, seen } = await fakeInstance(({ url }) => (url.includes('cursor=b') ? [200, { items: [body(2)], nextCursor: null }] : [200, { items: [body(1)], nextCursor: 'b' }]));
    expect(await cli(['bodies', '--q', 'ca'], env)).toEqual({
      code: 0, err: '',
      out: 'IPA code  ISTAT code  comune                 abitanti\nc_a001    015002      Cassina de[31m Pecchi  1\nc_a002    015002      Comune 2               2\n',
    });
    expect(seen.map(({ url }) => url)).toEqual(['/v1/bodies?q=ca&limit=100', '/v1/bodies?q=ca&limit=100&cursor=b']);
  });

  it('asks for no more than --limit and says that there are more', async () => {
    const { env, seen } = await fakeInstance(() => [200, { items: [{ anything: 1 }], nextCursor: 'b' }]);
    const { code, out } = await cli(['adhesion', 'list', '--limit', '1', '--phase', 'design', '--waiting-for', 'member', '--late', '--json'], env);
    expect({ code, page: JSON.parse(out) }).toEqual({ code: 0, page: { items: [{ anything: 1 }], nextCursor: 'b' } });
    expect(seen.map(({ url }) => url)).toEqual(['/v1/adhesions?phase=DESIGN&waitingFor=MEMBER&late=true&limit=1']);
  });

  it('says that an answer is not of its version', async () => {
    const { env } = await fakeInstance(() => [200, { items: [{ anything: 1 }], nextCursor: null }]);
    expect(await cli(['adhesion', 'list'], env)).toEqual({
      code: 2, out: '', err: 'The server answers what this version of the command line does not read: use that of its own version.\n',
    });
  });
});
