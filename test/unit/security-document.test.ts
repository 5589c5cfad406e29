import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GROUNDS } from '../../api/auth/grounds.ts';
import { PROJECT_DIR } from '../../config.ts';

/** The table of attacks in docs/security.md cannot lie: its files and tests are there, and no attack of the list is left out. */
const DOCUMENT = readFileSync(join(PROJECT_DIR, 'docs/security.md'), 'utf8');
const [, section = ''] = DOCUMENT.split('## Attack by attack');
const ROWS = section.split('\n').filter((line) => line.startsWith('| ')).slice(2).map((line) => {
  const [attack = '', where = '', tests = '', answer = '', log = ''] = line.slice(2, -1).split(' | ').map((cell) => cell.trim());
  return { attack, where, tests: tests.split('; '), answer, log };
});

/** Word for word what must be tried. */
const ATTACKS = [
  'forged', 'unsigned', 'wrong algorithm', 'HS256 with the public key', 'wrong issuer', 'audience', 'type', 'expired', 'not yet valid', 'exp as text', 'key id tricks', 'jku', 'x5u', 'jwk',
  'tenant in body', 'tenant in header', 'tenant in query', "other body's id in every route", 'list', 'search', 'export', 'feed', 'proof', 'error text', 'CSRF', 'session fixation', 'replay after logout',
  'SQL in every text', 'sort', 'cursor', 'content type tricks', '__proto__', 'duplicate', 'extra fields', 'number tricks', 'deep', 'huge', 'slow', 'compressed bodies', 'NUL', 'lone surrogates', 'bidi controls',
  'look-alike ids', 'CRLF and ANSI in logs', 'ReDoS', '50 parallel requests with one key', 'direct calls to Temporal with a guessed id', 'row-level security with a stolen database session', 'E41',
];

describe('the table of attacks', () => {
  test.each(ATTACKS)('has %s', (attack) => {
    expect(ROWS.filter((row) => row.attack.includes(attack))).not.toEqual([]);
  });

  test.each(ROWS)('$attack: its code and its tests are there', ({ where, tests, answer }) => {
    for (const [, file = ''] of where.matchAll(/`([^`]+)`/g)) expect(existsSync(join(PROJECT_DIR, file)), file).toBe(true);
    for (const named of tests) {
      const [, file = '', name = ''] = /^`([^`]+)` "([^"]+)"$/.exec(named) ?? [];
      expect(file, named).not.toBe('');
      // In the source a quotation mark within a name may be escaped.
      expect(readFileSync(join(PROJECT_DIR, file), 'utf8').replaceAll(String.raw`\'`, "'"), `${file}: ${name}`).toContain(name);
    }
    expect(answer).not.toBe('');
  });

  test.each(ROWS.filter(({ answer }) => /^4\d\d /.test(answer)))('$attack: refused, and so in the security log', ({ log }) => {
    expect(log.match(/[A-Z_]{4,}/g)?.filter((ground) => !GROUNDS.some((one) => one === ground))).toEqual([]);
  });
});

test('every ground of the security log is explained', () => {
  const [, explained = ''] = DOCUMENT.split('## The security log');
  for (const ground of GROUNDS) expect(explained).toContain(`\`${ground}\``);
});
