import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bodies } from '../../../api/bodies.ts';
import { comuneOf } from '../../../cli/comune.ts';
import { PROJECT_DIR } from '../../../config.ts';
import { cli, emptyHome } from './support.ts';

/** Nothing runs, there is no home, and no address: the calculator needs none. */
const calendar = (...args: string[]) => cli(['calendar', ...args], emptyHome());
const json = async (...args: string[]): Promise<unknown> => {
  const { code, out, err } = await calendar(...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
};

describe('calendar day', () => {
  it('says what a day is, in words', async () => {
    expect(await calendar('day', '2026-12-07', '--comune', 'milano')).toEqual({
      code: 0, err: '', out: [
        'lunedì 7 dicembre 2026, Milano', '  festivo     no', '  lavorativo  no', '', 'Perché',
        "  2026-12-07  Festa patronale (Sant'Ambrogio): uffici chiusi, ma non è festivo per i termini", '',
        'Calendario 2026.1: L. 260/1949, L. 54/1977, D.P.R. 792/1985, L. 336/2000, L. 151/2025', '',
      ].join('\n'),
    });
  });

  it('speaks English too, and JSON as the server does', async () => {
    expect((await calendar('day', '2026-10-04', '--lang', 'en')).out).toMatch(/^Sunday 4 October 2026\n {2}legal holiday {2}yes \(Saint Francis of Assisi\)\n {2}working day {4}no\n/);
    expect(await json('day', '2026-10-04')).toMatchObject({ date: '2026-10-04', legalHoliday: true, holidayName: "San Francesco d'Assisi", workingDay: false, calendarVersion: '2026.1' });
  });
});

describe('calendar publication', () => {
  it('E01: draws the days on the board and says why', async () => {
    const { code, out, err } = await calendar('publication', '2026-06-25', '--outages', '2026-06-26');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').slice(0, 18)).toEqual([
      "Pubblicazione all'albo pretorio",
      '  primo giorno           2026-06-25  giovedì 25 giugno 2026',
      '  ultimo giorno          2026-07-10  venerdì 10 luglio 2026',
      '  defissione             2026-07-11  sabato 11 luglio 2026',
      '  esecutiva              2026-07-07  martedì 7 luglio 2026   START_EXCLUSIVE',
      '                         2026-07-06  lunedì 6 luglio 2026    (START_INCLUSIVE)',
      '                         2026-07-21  martedì 21 luglio 2026  (END)',
      '  ricorso al TAR fino a  2026-10-09  venerdì 9 ottobre 2026',
      '',
      '          giugno 2026                     luglio 2026',
      '   lu  ma  me  gi  ve  sa  do      lu  ma  me  gi  ve  sa  do',
      '    1   2   3   4   5   6   7               1•  2•  3•  4•  5•',
      '    8   9  10  11  12  13  14       6•  7E  8•  9• 10• 11D 12',
      '   15  16  17  18  19  20  21      13  14  15  16  17  18  19',
      '   22  23  24  25• 26× 27• 28•     20  21  22  23  24  25  26',
      '   29• 30•                         27  28  29  30  31',
      '',
      "  • all'albo   × albo interrotto   E esecutiva   D defissione",
    ]);
    expect(out).toContain("\nEsecutività (START_EXCLUSIVE)\n  2026-06-25  Il giorno iniziale non si conta (art. 2963 c.2 c.c.)\n");
    expect(out).toContain("  2026-06-26  Albo interrotto: l'esecutività passa a martedì 7 luglio 2026\n");
  });

  it('draws the reading that is asked for, over as many months as it needs', async () => {
    const { out } = await calendar('publication', '2026-12-21', '--reading', 'END', '--lang', 'en');
    expect(out).toContain('  executive        2027-01-15  Friday 15 January 2027     END\n');
    expect(out).toContain('        December 2026                    January 2027\n');
    expect(out).toMatch(/ 15E/);
    expect(out).toContain('\nExecutivity (END)\n');
  });

  it('E03 in JSON, with and without a shift by outages', async () => {
    expect(await json('publication', '2026-06-25', '--count', 'EXCLUDE_FIRST')).toMatchObject({ endsOn: '2026-07-10', executiveOn: { START_EXCLUSIVE: '2026-07-06', END: '2026-07-21' } });
    expect(await json('publication', '2026-06-25', '--outages', '2026-06-26', '--no-shift')).toMatchObject({ endsOn: '2026-07-10', executiveOn: { START_EXCLUSIVE: '2026-07-06' } });
  });
});

describe('calendar term', () => {
  it('E11: says what rolled and why', async () => {
    const { out } = await calendar('term', 'act-days', '2026-11-28', '10');
    expect(out).toBe([
      'giorni per un atto: 10, da sabato 28 novembre 2026', '  scade        2026-12-09  mercoledì 9 dicembre 2026', '  spostato da  2026-12-08  martedì 8 dicembre 2026', '',
      'Perché', '  2026-11-28  Il giorno iniziale non si conta (art. 2963 c.2 c.c.)', '  2026-12-08  Ultimo giorno: il 10º, festivi compresi',
      '  2026-12-08  È festivo (Immacolata Concezione): si passa al giorno dopo (art. 2963 c.3 c.c.)', '', 'Calendario 2026.1: art. 2963 c.2-3 c.c., art. 155 c.4 c.p.c.', '',
    ].join('\n'));
  });

  it('E14, hours, and working days by the name, the ISTAT or the IPA code of a comune', async () => {
    expect(await json('term', 'ACT_DAYS', '2026-11-11', '10', '--saturday-rolls')).toMatchObject({ dueOn: '2026-11-23', rolledFrom: '2026-11-21' });
    expect(await json('term', 'HOURS', '2026-10-24T20:00:00+02:00', '24')).toMatchObject({ dueAt: '2026-10-25T18:00:00Z' });
    expect((await calendar('term', 'HOURS', '2026-10-24T20:00:00+02:00', '24')).out).toContain('ore: 24, da 2026-10-24 20:00\n  scade  2026-10-25 19:00\n');
    for (const comune of ['Milano', '015146', 'C_F205']) expect(await json('term', 'WORKING_DAYS', '2026-12-04', '2', '--comune', comune)).toMatchObject({ dueOn: '2026-12-10' });
  });
});

describe('calendar majority', () => {
  const vote = ['majority', '--councillors', '12', '--present', '8'];

  it('E30: 7 yes of 13 members carry, 6 do not', async () => {
    expect(await json(...vote, '--for', '7', '--against', '0', '--abstained', '1')).toMatchObject({ members: 13, quorumFloor: 4, quorum: true, needed: 7, approved: true, reasons: [] });
    const { code, out } = await calendar(...vote, '--for', '6', '--against', '2');
    expect(code).toBe(0);
    expect(out).toContain('  approvata       no\n');
    expect(out).toContain('  Maggioranza non raggiunta: 6 voti favorevoli, ne servono 7.\n');
  });

  it('counts that cannot be are refused with 1', async () => {
    expect(await calendar(...vote, '--for', '8', '--against', '1', '--lang', 'en')).toEqual({
      code: 1, out: '', err: 'VOTES_INCONSISTENT: 9 votes from 8 members present: there are at most as many votes as members present.\n',
    });
    const { code, out } = await calendar(...vote, '--for', '8', '--against', '1', '--json');
    expect([code, JSON.parse(out)]).toEqual([1, { code: 'VOTES_INCONSISTENT', path: 'votes', given: 9, most: 8 }]);
    expect((await calendar(...vote, '--mayor', '--for', '8', '--against', '1')).code).toBe(0);
  });
});

describe('what cannot be computed', () => {
  it.each([
    [['day', '2026-02-30'], 2, /^"2026-02-30" is no date: give a civil date from 1990 to 2199, like 2026-06-25\.\n$/],
    [['day', '1989-12-31'], 2, /from 1990 to 2199/],
    [['day', '2026-10-04', '--lang', 'fr'], 2, /'fr' is invalid.*it, en/],
    [['day', '2026-10-04', '--comune', 'Atlantide'], 1, /^No comune of the territory is called "Atlantide": give its name, ISTAT code/],
    [['publication', '2026-06-25', '--outages', '2026-06-26,oggi'], 2, /"oggi" is no date/],
    [['publication'], 2, /missing required argument 'firstDay'/],
    [['term', 'DAYS', '2026-06-25', '1'], 2, /"DAYS" is no kind of term: give one of EFFECT_DAYS, ACT_DAYS/],
    [['term', 'ACT_DAYS', '2026-06-25', '3661'], 2, /^ACT_DAYS takes a whole number from 0 to 3660, not "3661"\.\n$/],
    [['term', 'ACT_DAYS', '2026-06-25', '1.5'], 2, /whole number from 0 to 3660/],
    [['term', 'ACT_DAYS', '2026-06-25', ''], 2, /whole number/],
    [['term', 'HOURS', '2026-06-25', '1'], 2, /"2026-06-25" is no instant: HOURS run from one with offset/],
    [['majority', '--councillors', '12'], 2, /required option '--present <n>'/],
    [['majority', '--councillors', '0', '--present', '0', '--for', '0', '--against', '0'], 2, /--councillors is a whole number from 1 to 100\./],
    [[], 2, /Usage: associa calendar/],
  ] as const)('%j', async (args, exit, sentence) => {
    const { code, out, err } = await calendar(...args);
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(err).toMatch(sentence);
  });
});

it('the example of docs/calendar.md is what the command prints', async () => {
  const [, args = '', shown] = /```console\n\$ npx associa calendar (.+)\n([^`]+)```/.exec(readFileSync(join(PROJECT_DIR, 'docs/calendar.md'), 'utf8')) ?? [];
  expect((await calendar(...args.split(' '))).out).toBe(shown);
});

describe('the comune that is meant', () => {
  const body = (name: string, number: number) => ({ ipaCode: `c_x${number}`, istatCode: `015${number}`, name, population: 1 });
  const bodies = new Bodies([body('Rho', 101), body('Pero', 102), body('Rhode', 103), body('Vermezzo con Zelo', 104)]);

  it.each([['Rho', 'Rho'], ['rho', 'Rho'], ['zelo', 'Vermezzo con Zelo'], ['015102', 'Pero'], ['c_x103', 'Rhode']])('%s is %s', (text, name) => {
    expect(comuneOf(text, bodies).name).toBe(name);
  });

  it('is asked for again when it may be several, or none', () => {
    expect(() => comuneOf('r', bodies)).toThrow('"r" may be Rho (015101), Pero (015102), Rhode (015103), Vermezzo con Zelo (015104): give more of the name, or the code.');
    expect(() => comuneOf(' ', bodies)).toThrow('No comune');
  });
});
