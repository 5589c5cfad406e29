import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { createLogger, secretsOf } from '../../log.ts';

/** The lines that a logger writes. */
function written(log: (logger: ReturnType<typeof createLogger>) => void, secrets: readonly string[] = []): string {
  let lines = '';
  log(createLogger('trace', 'test', secrets, { write: (line: string) => { lines += line; } }));
  return lines;
}

const CANARY = 'canary-4f1c2a9b';

describe('a secret that is logged by mistake is not written', () => {
  const places: Readonly<Record<string, object>> = {
    'an Authorization header': { headers: { authorization: CANARY } },
    'a header of a request of an error': { err: { config: { headers: { authorization: CANARY } } } },
    'a cookie': { req: { headers: { cookie: `session=${CANARY}` } } },
    'a cookie that is set': { res: { headers: { 'set-cookie': [CANARY] } } },
    'a password': { password: CANARY },
    'a password in a body': { request: { body: { password: CANARY } } },
    'a client secret': { oidc: { clientSecret: CANARY } },
    'an API key': { temporal: { apiKey: CANARY } },
    'a token by name': { session: { access_token: CANARY } },
  };
  test.each(Object.entries(places))('%s', (_name, object) => {
    expect(written((log) => { log.info(object, 'said'); })).toContain('"said"');
    expect(written((log) => { log.info(object, 'said'); })).not.toContain(CANARY);
  });

  const sentences: Readonly<Record<string, string>> = {
    'a token in a sentence': `refused: Bearer ${CANARY}`,
    'a JWT in a sentence': `refused eyJhbGciOiJFZERTQSJ9.${CANARY}.sig`,
    'a database address': `connect postgresql://associa:${CANARY}@db.example.org/associa`,
  };
  test.each(Object.entries(sentences))('%s', (_name, sentence) => {
    const line = written((log) => { log.error({ err: new Error(sentence) }, sentence); });
    expect(line).toContain('[redacted]');
    expect(line).not.toContain(CANARY);
  });

  test('the secrets of the configuration, wherever they stand', () => {
    const password = `${CANARY}"\\/ü`;
    const config = loadConfig({
      DATABASE_URL: `postgresql://app:${encodeURIComponent(password)}@127.0.0.1/associa`, DATABASE_OWNER_URL: `postgresql://owner:${CANARY}-owner@127.0.0.1/associa`,
      OIDC_CLIENT_SECRET: `${CANARY}-oidc`, TEMPORAL_API_KEY: `${CANARY}-temporal`,
    });
    const line = written((log) => { log.warn({ given: [password, `${CANARY}-owner`], said: encodeURIComponent(password) }, `x ${CANARY}-oidc ${CANARY}-temporal y`); }, secretsOf(config));
    expect(line).not.toContain(CANARY);
    expect(JSON.parse(line)).toMatchObject({ given: ['[redacted]', '[redacted]'], said: '[redacted]', msg: 'x [redacted] [redacted] y' });
  });
});

test('a text cannot end a line, colour it, turn its direction or hide in it', () => {
  const text = 'a\r\n{"level":60}\u001b[31m\u202egnp.\u2066\u009b\u2028\u200b';
  const line = written((log) => { log.info({ text }, text); });
  expect(line.trimEnd().split('\n')).toHaveLength(1);
  // eslint-disable-next-line no-control-regex -- the very characters that must not be there
  expect(line.trimEnd()).toMatch(/^[\u0020-\u007e]+$/);
  expect(JSON.parse(line)).toMatchObject({ text, msg: text });
});

test.each(['-eyJ', 'eyJaaaaa.', 'Bearer ', '://', '://a:', ' Bearer a'])('a line made of %j is written at once', (part) => {
  const text = part.repeat(16_000 / part.length);
  const startedAt = performance.now();
  expect(written((log) => { log.info({ path: text }, 'request'); })).toContain('request');
  expect(performance.now() - startedAt).toBeLessThan(500);
});

test('what is no secret is written as it is', () => {
  expect(JSON.parse(written((log) => { log.info({ path: '/v1/bodies', name: 'Cantù' }, 'request'); }, ['', 'ab']))).toMatchObject({ path: '/v1/bodies', name: 'Cantù', msg: 'request' });
});
