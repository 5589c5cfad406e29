import { describe, expect, it } from 'vitest';
import { streamOf } from '../../../cli/audit.ts';
import { checkSameInstallation, ownerUrlsOf, temporalOf } from '../../../cli/backends.ts';
import { wallTime } from '../../../cli/text.ts';
import { loadConfig } from '../../../config.ts';
import { emptyHome, homeOf } from './support.ts';

const APP = 'postgresql://app@127.0.0.1:1/associa';
const OWNER = 'postgresql://owner@127.0.0.1:1/associa';
const ELSEWHERE = 'postgresql://app@db.example.org/associa';

describe('where the database and Temporal are', () => {
  it('takes the owner from the environment, or from the instance whose database it is', () => {
    const home = homeOf('http://127.0.0.1:8080');
    expect(ownerUrlsOf(loadConfig(home))).toEqual({ ownerUrl: OWNER, databaseUrl: APP });
    expect(ownerUrlsOf(loadConfig({ ...home, DATABASE_URL: APP }))).toEqual({ ownerUrl: OWNER, databaseUrl: APP });
    expect(ownerUrlsOf(loadConfig({ ...emptyHome(), DATABASE_URL: ELSEWHERE, DATABASE_OWNER_URL: OWNER }))).toEqual({ ownerUrl: OWNER, databaseUrl: ELSEWHERE });
  });

  it('never joins the owner of one database with the role of another', () => {
    const home = homeOf('http://127.0.0.1:8080');
    expect(() => ownerUrlsOf(loadConfig({ ...home, DATABASE_URL: ELSEWHERE }))).toThrow('set DATABASE_OWNER_URL beside DATABASE_URL');
    expect(() => ownerUrlsOf(loadConfig({ ...home, DATABASE_OWNER_URL: OWNER }))).toThrow('set both');
  });

  it('never repairs the cases of one installation in the Temporal of another', () => {
    const home = homeOf('http://127.0.0.1:8080');
    const check = (env: Record<string, string>) => () => { checkSameInstallation(loadConfig({ ...home, ...env })); };
    expect(check({})).not.toThrow();
    expect(check({ DATABASE_URL: APP })).not.toThrow();
    expect(check({ DATABASE_URL: ELSEWHERE, TEMPORAL_ADDRESS: 'temporal.example.org:7233' })).not.toThrow();
    expect(check({ DATABASE_URL: ELSEWHERE })).toThrow('set TEMPORAL_ADDRESS too');
    expect(check({ TEMPORAL_ADDRESS: 'temporal.example.org:7233' })).toThrow('set DATABASE_URL too');
  });

  it('takes the namespace with the address', () => {
    const home = homeOf('http://127.0.0.1:8080');
    expect(temporalOf(loadConfig({ ...home, TEMPORAL_NAMESPACE: 'x' }))).toMatchObject({ address: '127.0.0.1:1', namespace: 'associa' });
    expect(temporalOf(loadConfig({ ...home, TEMPORAL_ADDRESS: 't.example.org:7233', TEMPORAL_NAMESPACE: 'x' }))).toMatchObject({ address: 't.example.org:7233', namespace: 'x' });
  });
});

describe('ids of cases', () => {
  it.each([
    ['c_a010-1', 'adhesion/c_a010-1'],
    ['adhesion/c_a010-1', 'adhesion/c_a010-1'],
    ['c_a010-1.TRAINING', 'migration/c_a010-1.TRAINING'],
    ['migration/c_a010-1.TRAINING', 'migration/c_a010-1.TRAINING'],
  ])('%s is the workflow %s', (id, stream) => {
    expect(streamOf(id)).toBe(stream);
  });

  it.each(['migration/c_a010-1', 'adhesion/c_a010-1.TRAINING', 'c_a010', "c_a010-1' OR 1=1", 'register/subjects', ''])('%j is none', (id) => {
    expect(() => streamOf(id)).toThrow('is no id of a case');
  });
});

it('shows instants by the clock in Rome, in summer and in winter', () => {
  expect(wallTime('2026-06-30T22:00:00Z')).toBe('2026-07-01 00:00');
  expect(wallTime('2026-12-31T23:30:00+00:00')).toBe('2027-01-01 00:30');
  expect(wallTime('not an instant')).toBe('not an instant');
});
