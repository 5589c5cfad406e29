import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTenantKey } from '../../../db/tenant.ts';
import { cli, emptyHome, homeOf } from './support.ts';

const COMMANDS = [
  'status', 'token', 'bodies', 'territory show', 'territory changes', 'territory record', 'territory correct', 'territory withdraw', 'territory join', 'audit verify', 'audit replay', 'audit rehearse', 'audit export', 'audit check', 'audit rebuild', 'archive run', 'repair', 'migrate', 'openapi', 'simulate',
  'subject add', 'subject show', 'subject erase', 'erasure show', 'keys wrap', 'adhesion why',
  'adhesion start', 'adhesion import', 'migration request', 'calendar day', 'calendar publication', 'calendar term', 'calendar majority',
  'forecast', 'portfolio', 'migration plan', 'incidents',
  'constitution start', 'constitution list', 'constitution show', 'constitution allowed', 'constitution events', 'constitution do',
  'campaign run', 'campaign list', 'campaign show', 'campaign pause', 'campaign resume', 'campaign cancel', 'campaign retry',
  'catalogue list', 'catalogue show', 'catalogue put', 'catalogue prepared', 'catalogue withdraw', 'catalogue graph', 'brokers list', 'brokers add', 'brokers remove', 'brokers check', 'brokers prepared', 'brokers withdraw',
  ...['adhesion', 'migration'].flatMap((kind) => ['list', 'show', 'allowed', 'events', 'do', 'outcome', 'runs'].map((name) => `${kind} ${name}`)),
];

describe('usage', () => {
  it.each(COMMANDS)('shows an example of %s', async (command) => {
    const { code, out, err } = await cli([...command.split(' '), '--help'], {});
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`Examples?:\\n  npx associa ${command}`));
  });

  it.each([
    [[], /Usage: associa/],
    [['nix'], /unknown command 'nix'/],
    [['adhesion'], /Usage: associa adhesion/],
    [['status', '--nix'], /unknown option '--nix'/],
    [['adhesion', 'show'], /missing required argument 'id'/],
    [['adhesion', 'list', '--limit', 'many'], /--limit is a whole number from 1 to 100000\./],
    [['status', '--url', 'ftp://x'], /--url is an address like/],
    [['status', '--as', 'boss'], /'boss' is invalid.*operator, auditor, member/],
    [['audit', 'replay'], /Give the id of one case, like c_a010-1, or --all\./],
    [['audit', 'replay', 'c_a010-1', '--all'], /Give the id of one case/],
    [['audit', 'replay', 'Abbiategrasso'], /Abbiategrasso is no id of a case/],
    [['audit', 'rehearse', '--open', '--archived'], /Give --open or --archived/],
    [['audit', 'rebuild'], /give --yes/],
    [['subject', 'add', '--name', 'A B', '--email', 'a@b.example'], /Give the body the person acts for/],
    [['openapi', '--yaml', '--json'], /--yaml or --json/],
  ])('answers wrong usage with 2: %j', async (args, sentence) => {
    const { code, out, err } = await cli(args, homeOf('http://127.0.0.1:1'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  });

  it('says which variable of the environment is wrong', async () => {
    expect(await cli(['status'], { PORT: 'abc' })).toEqual({ code: 2, out: '', err: 'PORT: must be a whole number from 0 to 65535, not "abc"\n' });
  });
});

describe('without an instance', () => {
  it.each(['status', 'bodies', 'adhesion list', 'openapi', 'subject show sub-1', 'migration do c_a010-1.TRAINING Cancel'])('%s says how to get one', async (command) => {
    const env = emptyHome();
    expect(await cli(command.split(' '), env)).toEqual({
      code: 2, out: '', err: `No running instance found in ${env.ASSOCIA_HOME}: start it with npm start, or give --url and --token.\n`,
    });
  });

  it.each([
    ['audit verify', 'set DATABASE_URL'],
    ['audit rebuild --yes', 'set DATABASE_URL'],
    ['migrate', 'set DATABASE_OWNER_URL and DATABASE_URL'],
    ['repair', 'set DATABASE_URL and TEMPORAL_ADDRESS'],
  ])('%s names the variables to set', async (command, instead) => {
    const env = emptyHome();
    expect(await cli(command.split(' '), env)).toEqual({
      code: 2, out: '', err: `No running instance found in ${env.ASSOCIA_HOME}: start it with npm start, or ${instead}.\n`,
    });
  });

  it('says that the instance went away when nobody answers', async () => {
    const { code, out, err } = await cli(['status'], homeOf('http://127.0.0.1:9'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^No answer from http:\/\/127\.0\.0\.1:9 \(.+\): the instance of .+ does not run any more, start it with npm start\.\n$/);
  });

  it('says that the database does not answer', async () => {
    const home = emptyHome();
    await createTenantKey(join(home.ASSOCIA_HOME, 'keys'));
    const { code, err } = await cli(['audit', 'verify', '--json'], { ...home, DATABASE_URL: 'postgresql://a:b@127.0.0.1:9/c' });
    expect({ code, err }).toEqual({ code: 2, err: 'PostgreSQL does not answer at 127.0.0.1:9/c: connect ECONNREFUSED 127.0.0.1:9\n' });
  });

  it('asks for the keys folder before the database, which shows nothing without', async () => {
    const home = emptyHome();
    const { code, out, err } = await cli(['audit', 'verify', '--json'], { ...home, DATABASE_URL: 'postgresql://a:b@127.0.0.1:9/c' });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(`The keys folder ${join(home.ASSOCIA_HOME, 'keys')} holds no tenant.key, without which the database shows nothing: set ASSOCIA_KEYS to the folder of this installation (migrate makes the key).\n`);
  });
});
