import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../api/catalogue.ts';
import { layOut } from '../../../console/catalogue/layout.ts';
import { pictureOf } from '../../../console/catalogue/picture.ts';
import { PROJECT_DIR } from '../../../config.ts';
import { currentServices } from '../../../domain/catalogue/catalogue.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { full, LIGHT_ENTRY } from '../../domain/catalogue/entries.ts';
import { cli, emptyHome, fakeInstance } from './support.ts';

const SHIPPED = currentServices(loadCatalogue());
const desk = { service: 'DESK', version: 3, ...LIGHT_ENTRY };
const count = (text: string, part: string) => text.split(part).length - 1;

describe('the picture', () => {
  test('in the documentation is that of the services that are shipped; `vitest -u` draws it anew', async () => {
    await expect(pictureOf(SHIPPED, 'en')).toMatchFileSnapshot(join(PROJECT_DIR, 'docs/catalogue.svg'));
  });

  test('has every service once, every dependency, and says both in words too', () => {
    const picture = pictureOf(SHIPPED, 'it');
    expect([count(picture, '<g><rect'), count(picture, 'marker-end')]).toEqual([SHIPPED.length, 20]);
    expect([count(picture, '>percorso completo<'), count(picture, '>percorso leggero<')]).toEqual([29, 11]);
    expect(count(picture, 'stroke-dasharray')).toBe(0);
    expect(count(pictureOf(SHIPPED.map((one) => ({ ...one, active: one.track === 'LIGHT' })), 'it'), 'stroke-dasharray')).toBe(29);
    expect(picture).toMatch(/<desc id="graph-description">.*Ospitalità degli applicativi richiede: Migrazione al cloud\..*<\/desc>/);
  });

  test('says of a name what it is, and cuts one that is too long', () => {
    const title = { it: '<script>alert(1)</script> & co', en: 'A very long name of a service that does not find room in two lines of its box' };
    const service = { ...desk, title };
    expect(pictureOf([service], 'it')).not.toContain('<script');
    expect(pictureOf([service], 'it')).toContain('>&lt;script&gt;alert(1)&lt;/script&gt; &amp;<');
    expect(pictureOf([service], 'en')).toContain('>A very long name of a<');
    expect(pictureOf([service], 'en')).toContain('>service that does not find…<');
    expect(pictureOf([], 'en')).toContain('No service depends on another.');
  });

  test('leads an arrow over several columns through room of its own, and no box stands on another', () => {
    const { places, edges, columns } = layOut(new Map([['A', []], ['B', ['A']], ['C', ['B']], ['D', ['C', 'A']]]), 10);
    expect([columns, new Map([...places].map(([name, { column }]) => [name, column]))]).toEqual([4, new Map([['A', 0], ['B', 1], ['C', 2], ['D', 3]])]);
    const long = edges.find(({ from, to }) => from === 'A' && to === 'D');
    expect(long?.by.map(({ column }) => column)).toEqual([0, 1, 2, 3]);
    expect(long?.by[1]?.y).not.toBe(places.get('B')?.y);
    const graphs = fc.array(fc.uniqueArray(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
      .map((lists) => new Map(lists.map((list, index) => [`S${index}`, list.filter((one) => one < index).map((one) => `S${one}`)])));
    fc.assert(fc.property(graphs, (dependencies) => {
      const laid = layOut(dependencies, 10);
      for (const [name, { column, y }] of laid.places) {
        expect(y).toBeGreaterThanOrEqual(5 - 1e-6);
        expect(y).toBeLessThanOrEqual(laid.height - 5 + 1e-6);
        const others = [...laid.places].filter(([other, place]) => other !== name && place.column === column);
        for (const [, place] of others) expect(Math.abs(place.y - y)).toBeGreaterThanOrEqual(10 - 1e-6);
        for (const needed of dependencies.get(name) ?? []) expect(laid.places.get(needed)?.column).toBeLessThan(column);
      }
      expect(laid.edges).toHaveLength([...dependencies.values()].flat().length);
    }), { numRuns: 200 });
  });
});

describe('catalogue', () => {
  test('list and show say what there is', async () => {
    const { env, seen } = await fakeInstance(({ url }) => (url.startsWith('/v1/catalogue?') ? [200, { items: [desk, full('ROADS', ['LAND'])], nextCursor: null }] : [200, desk]));
    const list = await cli(['catalogue', 'list'], env);
    expect(list).toEqual({ code: 0, err: '', out: 'service  version  track  offered  title       depends on\nDESK     3        LIGHT  yes      Trial desk\nROADS    1        FULL   no       Trial desk  LAND\n' });
    const shown = await cli(['catalogue', 'show', 'DESK', '--version', '3', '--lang', 'it'], env);
    expect([shown.code, shown.err]).toEqual([0, '']);
    expect(shown.out).toContain('changed        shipped\n');
    expect(shown.out).toContain('title          Sportello di prova\n');
    expect(shown.out).toContain('  close-desk  Chiudere lo sportello  OPERATOR  after open-desk\n');
    expect(shown.out).not.toContain('Checklist');
    expect(shown.out).toContain('  sized     Su misura  seats, from, online, topics\n');
    expect(seen.at(-1)?.url).toBe('/v1/catalogue/DESK?version=3');
  });

  test('show says who made the version and when; put leaves that out', async () => {
    const made = { ...desk, changedAt: '2026-11-22T10:00:00Z', changedBy: 's-2', preparedBy: 's-1' };
    const { env, seen } = await fakeInstance(() => [200, made]);
    expect((await cli(['catalogue', 'show', 'DESK'], env)).out).toContain('changed        2026-11-22T10:00:00Z by s-2, prepared by s-1\n');
    const { out } = await cli(['catalogue', 'show', 'DESK', '--json'], env);
    expect((await cli(['catalogue', 'put', 'DESK', '-f', '-'], env, out)).code).toBe(0);
    expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual(LIGHT_ENTRY);
  });

  test('show says of a work item who does it, within what time, with what evidence, and what is looked at', async () => {
    const [open, close] = LIGHT_ENTRY.fulfilment.kind === 'MANUAL' ? LIGHT_ENTRY.fulfilment.workItems : [];
    const checklist = [{ id: 'keys', title: { it: 'Chiavi', en: 'Keys' } }, { id: 'sign', title: { it: 'Insegna', en: 'Sign' }, optional: true }];
    const workItems = [{ ...open, role: 'MEMBER', dueWorkingDays: 10, evidence: 'DOCUMENT', checklist }, close];
    const { env } = await fakeInstance(() => [200, { ...desk, fulfilment: { kind: 'MANUAL', workItems } }]);
    expect((await cli(['catalogue', 'show', 'DESK'], env)).out).toContain([
      'Work items', '  open-desk   Open the desk   MEMBER    within 10 working days, evidence DOCUMENT', '  close-desk  Close the desk  OPERATOR  after open-desk', '',
      'Checklist of open-desk', '  keys  Keys', '  sign  Sign  optional', '',
    ].join('\n'));
  });

  test('put sends the entry of a file, without name and version, under a key', async () => {
    const { env, seen } = await fakeInstance(() => [200, { ...desk, version: 4 }]);
    const folder = temporaryFolder('put');
    const file = join(folder, 'desk.json');
    writeFileSync(file, JSON.stringify(desk));
    expect(await cli(['catalogue', 'put', 'DESK', '-f', file, '--if-match', '3', '--key', 'k-1'], env)).toEqual({ code: 0, err: '', out: 'DESK is at version 4.\n' });
    expect([seen[0]?.method, seen[0]?.url, seen[0]?.headers['if-match'], seen[0]?.headers['idempotency-key'], JSON.parse(seen[0]?.body ?? '')]).toEqual(['PUT', '/v1/catalogue/DESK', '"3"', 'k-1', LIGHT_ENTRY]);
    expect(await cli(['catalogue', 'put', 'OTHER', '-f', file], env)).toEqual({ code: 2, out: '', err: `${file} is of the service DESK, not of OTHER.\n` });
    expect((await cli(['catalogue', 'put', 'DESK', '-f', '-'], env, '[1]')).err).toBe('- holds no JSON object: associa catalogue show TRAINING --json prints one.\n');
    expect((await cli(['catalogue', 'put', 'DESK', '-f', join(folder, 'none.json')], env)).code).toBe(2);
    expect(seen).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  test('where it takes two persons, put says that the change waits, and what waits is listed and taken back', async () => {
    const preparation = { service: 'DESK', entry: LIGHT_ENTRY, by: 's-1', at: '2026-11-22T10:00:00Z', preparedAt: 5 };
    const { env } = await fakeInstance(({ method }) => (method === 'PUT' ? [202, preparation] : method === 'DELETE' ? [204, ''] : [200, { items: [preparation], nextCursor: null }]));
    expect((await cli(['catalogue', 'put', 'DESK', '-f', '-'], env, JSON.stringify(LIGHT_ENTRY))).out).toBe('The change of DESK is prepared: it counts when another operator sends the same.\n');
    expect((await cli(['catalogue', 'prepared'], env)).out).toBe('service  title       by   at\nDESK     Trial desk  s-1  2026-11-22T10:00:00Z\n');
    expect(JSON.parse((await cli(['catalogue', 'prepared', '--json'], env)).out)).toEqual({ items: [preparation], nextCursor: null });
    expect((await cli(['catalogue', 'withdraw', 'DESK'], env)).out).toBe('The change of DESK is taken back.\n');
  });

  test('graph draws what the instance has, or without one what is shipped', async () => {
    const { env } = await fakeInstance(() => [200, { items: [full('ROADS', ['LAND']), full('LAND')], nextCursor: null }]);
    const drawn = await cli(['catalogue', 'graph', '--lang', 'it'], env);
    expect([drawn.code, count(drawn.out, '<g><rect'), count(drawn.out, 'marker-end')]).toEqual([0, 2, 1]);
    const folder = temporaryFolder('graph');
    const file = join(folder, 'catalogue.svg');
    expect(await cli(['catalogue', 'graph', '--shipped', '--lang', 'en', '-o', file], emptyHome())).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(PROJECT_DIR, 'docs/catalogue.svg'), 'utf8'));
    const nowhere = join(folder, 'no', 'x.svg');
    expect(await cli(['catalogue', 'graph', '--shipped', '-o', nowhere], emptyHome())).toMatchObject({ code: 2, err: expect.stringContaining(`The file ${nowhere} can't be written: `) as string });
    rmSync(folder, { recursive: true });
  });
});
