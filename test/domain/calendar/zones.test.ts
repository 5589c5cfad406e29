import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '../../../config.ts';
import { everything } from './programs/results.ts';

const PROGRAM = join(PROJECT_DIR, 'test/domain/calendar/programs/everything.ts');

/** The machine's clock and language are the environment's, read once at the start of a process: so each has a process of its own. */
function computedIn(zone: string, locale: string): { timeZone: string; midsummerOffset: number; results: unknown } {
  const { LC_ALL: _all, LANG: _lang, TZ: _zone, ...environment } = process.env;
  const text = execFileSync(process.execPath, [PROGRAM], {
    cwd: PROJECT_DIR, encoding: 'utf8', env: { ...environment, TZ: zone, LC_ALL: locale, LANG: locale, LANGUAGE: locale }, maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(text) as ReturnType<typeof computedIn>;
}

describe('no result depends on the time zone or the language of the machine', () => {
  test.each([
    ['UTC', 'C', 0], ['America/New_York', 'en_US.UTF-8', 240], ['Pacific/Kiritimati', 'ar_EG.UTF-8', -840],
  ])('%s, %s', (zone, locale, offset) => {
    const { timeZone, midsummerOffset, results } = computedIn(zone, locale);
    // The zone has taken effect: else the test would prove nothing.
    expect([timeZone, midsummerOffset]).toEqual([zone, offset]);
    expect(results).toEqual(JSON.parse(JSON.stringify(everything())));
  });
});
