import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, PROJECT_DIR, requireSignOn } from '../../config.ts';

test('nothing set: everything embedded, in the home of the project, from wherever it is called', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, databaseUrl: null, databaseOwnerUrl: null, logLevel: 'info' });
  expect(config).toMatchObject({ home: join(PROJECT_DIR, '.associa'), keysDir: join(PROJECT_DIR, '.associa', 'keys') });
  expect(config.temporal).toMatchObject({ address: null, namespace: 'associa' });
  expect(config).toMatchObject({ rateLimitPerMinute: 6000, continueAfterCommands: null, updateDeadlineMs: 10_000, twoPersons: false });
  expect(loadConfig({ ASSOCIA_TWO_PERSONS: 'yes' }).twoPersons).toBe(true);
});

test.each([
  [{}, 'en'], [{ LANG: 'it_IT.UTF-8' }, 'it'], [{ LANG: 'it' }, 'it'], [{ LANG: 'it_IT.UTF-8', LC_ALL: 'C' }, 'en'], [{ LANG: 'C', LC_MESSAGES: 'it_CH' }, 'it'],
  [{ LANG: 'itl_RU' }, 'en'],
] as const)('the language of the locale %o is %s', (env, language) => {
  expect(loadConfig(env).language).toBe(language);
});

test('an empty variable is an unset one', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toEqual(loadConfig({}));
});

test('a home that is given is relative to the caller, and the keys are in it unless they are given too', () => {
  expect(loadConfig({ ASSOCIA_HOME: 'there' }).keysDir).toBe(join(process.cwd(), 'there', 'keys'));
  expect(loadConfig({ ASSOCIA_HOME: 'there', ASSOCIA_KEYS: '/safe' }).keysDir).toBe('/safe');
  expect(loadConfig({ DATABASE_URL: 'postgresql://a:b@c/d' }).keysDir).toBe(join(PROJECT_DIR, '.associa', 'keys'));
});

describe('what is wrong is said, each variable on a line of its own', () => {
  test.each([
    [{ PORT: '80a' }, 'PORT: must be a whole number from 0 to 65535, not "80a"'],
    [{ PORT: '70000' }, 'PORT: must be a whole number from 0 to 65535, not "70000"'],
    [{ DATABASE_URL: 'localhost' }, /^DATABASE_URL: must be an address like postgresql:/],
    [{ DATABASE_URL: 'mysql://a/b' }, /^DATABASE_URL: must be an address like postgresql:/],
    [{ TEMPORAL_ADDRESS: 'http://localhost:7233' }, 'TEMPORAL_ADDRESS: must be host:port, like 127.0.0.1:7233'],
    [{ TEMPORAL_DEPLOYMENT: 'associa' }, /^TEMPORAL_DEPLOYMENT: is of use with TEMPORAL_ADDRESS only/],
    [{ TEMPORAL_ADDRESS: 'localhost:7233', TEMPORAL_DEPLOYMENT: 'a.b' }, 'TEMPORAL_DEPLOYMENT: must be a name like associa'],
    [{ TEMPORAL_TLS_CA: '/nowhere.pem' }, 'TEMPORAL_TLS_CA: no such file: /nowhere.pem'],
    [{ TEMPORAL_TLS_CERT: PROJECT_DIR }, 'TEMPORAL_TLS_CERT: goes together with TEMPORAL_TLS_KEY: set both or neither'],
    [{ OIDC_ISSUER: 'login' }, /^OIDC_ISSUER: must be an address like https:/],
    [{ OIDC_ISSUER: 'http://login.example.org' }, 'OIDC_ISSUER: must begin with https, but for an address of this machine'],
    [{ PUBLIC_URL: 'https://associa.example.org/sub' }, 'PUBLIC_URL: must be an address without a path'],
    [{ OIDC_CLIENT_ID: 'associa' }, 'OIDC_CLIENT_ID: is of use with OIDC_ISSUER only'],
    [{ OIDC_ISSUER: 'https://a.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 's', OIDC_CLIENT_KEY: join(PROJECT_DIR, 'LICENSE') }, 'OIDC_CLIENT_KEY: stands in place of OIDC_CLIENT_SECRET: set one of them'],
    [{ OIDC_CLAIMS: '/nowhere.json' }, /^OIDC_CLAIMS: \/nowhere.json at its top: /],
    [{ PDND_ISSUER: 'interop.pagopa.it' }, /^PDND_ISSUER: goes together with PDND_AUDIENCE, .+: set all or none$/],
    [{ ASSOCIA_TRIAL_LOGIN: 'maybe' }, 'ASSOCIA_TRIAL_LOGIN: must be yes or no'],
    [{ ASSOCIA_TWO_PERSONS: 'true' }, 'ASSOCIA_TWO_PERSONS: must be yes or no'],
    [{ SESSION_HOURS: '0' }, /^SESSION_HOURS: must be a whole number from 1/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: must be one of fatal, error/],
    [{ CONTINUE_AFTER_COMMANDS: '0' }, /^CONTINUE_AFTER_COMMANDS: must be a whole number from 1/],
  ])('%o', (env, message) => {
    expect(() => loadConfig(env)).toThrow(message);
    expect(() => loadConfig(env)).toThrow(ConfigError);
  });

  test('several at once', () => {
    expect(() => loadConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/^PORT: [^\n]+\nLOG_LEVEL: [^\n]+$/);
  });
});

describe('sign-on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'associa-config-'));
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  const file = (content: unknown) => {
    const path = join(folder, 'file.json');
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  test('claims are named roles and body, and no level is asked for, unless a file says other', () => {
    expect(loadConfig({}).oidc.claims).toEqual({
      scope: 'openid', userinfo: false, roles: { claim: 'roles', values: {} }, body: { claim: 'body', prefix: '', values: {} }, acr: { levels: [], required: {} },
    });
    expect(loadConfig({ OIDC_CLAIMS: file({ scope: 'openid profile', roles: { claim: ['realm_access', 'roles'], values: { op: 'operator' } } }) }).oidc.claims)
      .toMatchObject({ scope: 'openid profile', roles: { claim: ['realm_access', 'roles'], values: { op: 'operator' } }, body: { claim: 'body' } });
  });

  test.each([
    [{ scope: 'profile' }, 'at scope: must hold openid'], [{ roles: { claim: 'groups', values: { x: 'engine' } } }, 'at roles.values.x: '],
    [{ acr: { levels: ['L1'], required: { operator: 'L2' } } }, 'at acr: required names a level that is not in levels'],
    [{ body: { claim: 'ente', values: { Milano: 'F205' } } }, 'at body.values.Milano: must be an IPA code like c_a010'], [{ role: {} }, 'at its top: Unrecognized key: "role"'],
  ])('claims that mean nothing are refused with their place: %o', (content, message) => {
    expect(() => loadConfig({ OIDC_CLAIMS: file(content) })).toThrow(message);
  });

  test('PDND: keys from the well-known place of its issuer, or from where it is said', () => {
    const given = { PDND_ISSUER: 'interop.pagopa.it', PDND_AUDIENCE: 'a', PDND_PRODUCER_ID: 'p', PDND_ESERVICE_ID: 'e', PDND_CONSUMERS: file({ one: 'c_a010' }) };
    expect(loadConfig(given).pdnd).toEqual({ issuer: 'interop.pagopa.it', audience: 'a', producerId: 'p', eserviceId: 'e', consumers: { one: 'c_a010' }, jwksUrl: 'https://interop.pagopa.it/.well-known/jwks.json' });
    expect(loadConfig({ ...given, PDND_JWKS_URL: 'https://keys.example/jwks' }).pdnd?.jwksUrl).toBe('https://keys.example/jwks');
    expect(loadConfig({}).pdnd).toBeNull();
  });

  test('no trial sign-on in production, unless it is said', () => {
    expect(() => { requireSignOn(loadConfig({ NODE_ENV: 'production' })); }).toThrow(/^OIDC_ISSUER: must name the identity provider/);
    for (const env of [{}, { NODE_ENV: 'production', ASSOCIA_TRIAL_LOGIN: 'yes' }, { NODE_ENV: 'production', OIDC_ISSUER: 'https://login.example.org' }]) requireSignOn(loadConfig(env));
  });
});
