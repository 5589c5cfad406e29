import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../api/http/json.ts';
import { loadBodies } from '../../api/bodies.ts';

const FILE = new URL('../../data/comuni-cmm.csv', import.meta.url);
const lines = readFileSync(FILE, 'utf8').trimEnd().split('\n');

describe('comuni', () => {
  const bodies = loadBodies();

  test('are all those of the data, with their IPA code derived', () => {
    expect(bodies.all).toHaveLength(lines.length - 1);
    expect(bodies.find('c_a010')).toMatchObject({ ipaCode: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425, bodyType: 'COMUNE' });
    expect(bodies.find('c_f205')).toMatchObject({ istatCode: '015146', name: 'Milano' });
    expect(bodies.find('C_F205')).toBeUndefined();
    expect(bodies.all.reduce((sum, { population }) => sum + population, 0)).toBe(3_219_391);
  });

  test('are found by a part of name or code, whatever case and accents', () => {
    expect(bodies.search('ABBIÀTE').map(({ name }) => name)).toEqual(['Abbiategrasso']);
    expect(bodies.search('015146').map(({ name }) => name)).toEqual(['Milano']);
    expect(bodies.search('nowhere')).toEqual([]);
  });

  test.each([
    ['a comune twice', 'stands twice', [...lines, lines[1] ?? '']],
    ['a broken code', 'istat_code', [lines[0] ?? '', (lines[1] ?? '').replace('015002', '15002')]],
    ['no population', 'population', [lines[0] ?? '', (lines[1] ?? '').replace('32425', '')]],
    ['no row', 'too_small', [lines[0] ?? '']],
  ])('with %s are not loaded', (_name, why, changed) => {
    const folder = mkdtempSync(join(tmpdir(), 'associa-bodies-'));
    const file = join(folder, 'comuni.csv');
    writeFileSync(file, changed.join('\n'));
    expect(() => loadBodies(pathToFileURL(file))).toThrow(why);
    rmSync(folder, { recursive: true });
  });
});

describe('JSON', () => {
  const parse = (text: string) => parseJson(Buffer.from(text));

  test.each(['{"a":[{"b":1},{"b":2}],"c":{"a":1}}', '[]', '"a:b,{"', String.raw`{"a\"":1,"a":"{\"a\":1}"}`, ' { "x" : [ 1 , "y" ] } '])('takes %s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  test.each([
    ['DUPLICATE_KEY', '{"a":1,"a":1}'], ['DUPLICATE_KEY', '[{"x":{"b":[],"c":1,"b":2}}]'], ['DUPLICATE_KEY', String.raw`{"a":1,"\u0061":1}`],
    ['MALFORMED_JSON', ''], ['MALFORMED_JSON', '{'], ['MALFORMED_JSON', "{'a':1}"], ['MALFORMED_JSON', '{"a":NaN}'], ['VALIDATION', String.raw`["\u0000"]`], ['VALIDATION', String.raw`{"\ud800":1}`],
  ])('refuses with %s: %s', (code, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code }));
  });

  test('a long text of escapes is read', () => {
    expect(parse(`{"a":"${String.raw`\u0041`.repeat(150_000)}"}`)).toEqual({ a: 'A'.repeat(150_000) });
  });
});
