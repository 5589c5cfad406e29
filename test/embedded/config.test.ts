import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, PROJECT_DIR } from '../../config.ts';

test('nothing set: everything embedded, in the home of the project, from wherever it is called', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, databaseUrl: null, databaseOwnerUrl: null, logLevel: 'info' });
  expect(config).toMatchObject({ home: join(PROJECT_DIR, '.associa'), keysDir: join(PROJECT_DIR, '.associa', 'keys') });
  expect(config.temporal).toMatchObject({ address: null, namespace: 'associa' });
  expect(config).toMatchObject({ rateLimitPerMinute: 6000, continueAfterCommands: null, updateDeadlineMs: 10_000 });
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
    [{ TEMPORAL_TLS_CA: '/nowhere.pem' }, 'TEMPORAL_TLS_CA: no such file: /nowhere.pem'],
    [{ TEMPORAL_TLS_CERT: PROJECT_DIR }, 'TEMPORAL_TLS_CERT: goes together with TEMPORAL_TLS_KEY: set both or neither'],
    [{ OIDC_ISSUER: 'login' }, /^OIDC_ISSUER: must be an address like https:/],
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
