import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '../../../config.ts';
import { walks } from './programs/walks.ts';

const PROGRAM = join(PROJECT_DIR, 'test/domain/adhesion/programs/print-walks.ts');

/** The machine's clock and language are the environment's, read once at the start of a process: so each has a process of its own. */
function walkedIn(zone: string, locale: string): { timeZone: string; midsummerOffset: number; walks: readonly string[] } {
  const { LC_ALL: _all, LANG: _lang, TZ: _zone, ...environment } = process.env;
  const text = execFileSync(process.execPath, [PROGRAM], { cwd: PROJECT_DIR, encoding: 'utf8', env: { ...environment, TZ: zone, LC_ALL: locale, LANG: locale, LANGUAGE: locale } });
  return JSON.parse(text) as ReturnType<typeof walkedIn>;
}

describe('random cases are decided, folded and shown alike, whatever the time zone and the language of the machine', () => {
  const here = walks();

  test.each([
    ['UTC', 'C', 0], ['America/New_York', 'en_US.UTF-8', 240], ['Pacific/Kiritimati', 'ar_EG.UTF-8', -840],
  ])('%s, %s', (zone, locale, offset) => {
    const there = walkedIn(zone, locale);
    // The zone has taken effect: else the test would prove nothing.
    expect([there.timeZone, there.midsummerOffset]).toEqual([zone, offset]);
    expect(new Set(here).size).toBeGreaterThan(50);
    expect(there.walks).toEqual(here);
  });
});
