import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OFFICES } from '../../../simulation/offices.ts';
import { cli, emptyHome } from './support.ts';

const FEW = ['simulate', '--bodies', 'c_a010,c_f939, c_f205', '--runs', '1', '--seed', '4'];
const run = promisify(execFile);

afterEach(() => { vi.restoreAllMocks(); });

describe('simulate', () => {
  it('needs no instance and prints the days as a table', async () => {
    const { code, out, err } = await cli(FEW, emptyHome());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^3 comuni with \d+ inhabitants, opened on 2026-06-01, 730 days, 1 run \(seed 4\)$/);
    expect(lines[2]).toMatch(/^resolutions executive +earliest +10 % +median +90 % +latest +runs$/);
    for (const name of ['1 comune', '2 comuni', '3 comuni', '10 % of the population', '100 % of the population', '1 comune with 50 % of the population', 'convention in force', 'referents in office']) {
      expect(out).toMatch(new RegExp(`^${name} +(202\\d-\\d\\d-\\d\\d +){5}1 of 1$`, 'm'));
    }
    expect(out).toContain('At the end 3 cases had arrived, 0 were under way, 0 stuck.\n');
  });

  it('gives machines every day of every run, and draws to a file', async () => {
    const env = emptyHome();
    const file = join(env.ASSOCIA_HOME, 'plot.svg');
    const { code, out } = await cli([...FEW, '--runs', '2', '--threshold', '2', '--population', '10', '--json', '--svg', file], env);
    const answer: unknown = JSON.parse(out);
    const days = expect.arrayContaining([expect.stringMatching(/^202\d-\d\d-\d\d$/)]);
    expect({ code, answer }).toMatchObject({
      code: 0,
      answer: {
        ok: true, seed: 4, runs: 2, from: '2026-06-01', days: 730, bodies: 3, threshold: { comuni: 2, percent: 10 }, ends: { ARRIVED: 6, UNDER_WAY: 0, STUCK: 0 }, stuck: [],
        executive: expect.arrayContaining([expect.objectContaining({ comuni: 2, percent: 10, days })]),
        cases: [{ id: 'c_a010-1', executiveOn: days }, { id: 'c_f939-1' }, { id: 'c_f205-1', arrivedOn: days }],
      },
    });
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg [\s\S]+<\/svg>\n$/);
  });

  it('is 1 where a case is stuck, with its id and what it waits for', async () => {
    vi.spyOn(OFFICES, 'SignConvention').mockReturnValue([]);
    const args = ['simulate', '--bodies', 'c_f939', '--runs', '1'];
    const { code, out, err } = await cli(args, emptyHome());
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^1 case stuck:\n {2}c_f939-1 \(seed 1\): waits for .*MEMBER SignConvention/) });
    expect(out).toContain('0 were under way, 1 stuck.');
    const machine = await cli([...args, '--json'], emptyHome());
    expect({ code: machine.code, answer: JSON.parse(machine.out) }).toMatchObject({ code: 1, answer: { ok: false, stuck: [{ id: 'c_f939-1', seed: 1 }] } });
  });

  it.each([
    [['--bodies', 'c_zzzz'], /^--bodies: no comune has the IPA code c_zzzz;/],
    [['--bodies', ''], /^--bodies: no comune has the IPA code ;/],
    [['--from', '2026-02-30'], /^--from is a civil date like 2026-06-01\.\n$/],
    [['--days', '0'], /^--days is a whole number from 1 to 3660\.\n$/],
    [['--seed', '-1'], /^--seed is a whole number from 0 to 2147483647\.\n$/],
    [['--runs', 'many'], /^--runs is a whole number from 1 to 1000\.\n$/],
    [['--population', '101'], /^--population is a whole number from 1 to 100\.\n$/],
    [['--bodies', 'c_a010', '--threshold', '2'], /^--threshold is at most 1, the number of comuni simulated\.\n$/],
    [['--bodies', 'c_a010', '--days', '1', '--svg', '/no/such/folder/x.svg'], /^The file \/no\/such\/folder\/x\.svg can't be written/],
  ])('answers wrong usage with 2: %j', async (args, sentence) => {
    const { code, out, err } = await cli(['simulate', ...args], emptyHome());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  });

  it('gives the same bytes for the same seed in other processes, whatever their time zone and language', async () => {
    const env = emptyHome();
    const [one, other] = await Promise.all([['Pacific/Kiritimati', 'ar_EG.UTF-8'], ['America/Los_Angeles', 'C']].map(async ([TZ = '', LANG = ''], index) => {
      const file = join(env.ASSOCIA_HOME, `${index}.svg`);
      const args = ['cli.ts', ...FEW, '--runs', '2', '--json', '--svg', file];
      const { stdout, stderr } = await run(process.execPath, args, { env: { ...process.env, ...env, TZ, LANG, LC_ALL: LANG }, maxBuffer: 10_000_000 });
      return { stdout, stderr, svg: existsSync(file) ? readFileSync(file, 'utf8') : '' };
    }));
    expect(other).toEqual(one);
    expect(one?.stdout).toBe((await cli([...FEW, '--runs', '2', '--json'], env)).out);
    expect([one?.stderr, (one?.svg ?? '').length > 1_000]).toEqual(['', true]);
  });
});
