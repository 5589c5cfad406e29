import { expect, test } from 'vitest';
import { readInventory } from '../../../console/case/recognition/inventory-file.ts';
import { PARTS, type Inventory } from '../../../console/case/recognition/parts.ts';

const part = (slug: string): Inventory => {
  const found = PARTS.find((one) => one.slug === slug);
  if (found?.kind !== 'inventory') throw new Error(slug);
  return found;
};
const [APPLICATIONS, SITES] = [part('elenco-programmi'), part('elenco-sedi')];
const read = (content: string | Buffer, name = 'elenco.csv', of = APPLICATIONS) => readInventory(of, { name, content: Buffer.from(content) }, 'it');

test('a file of a spreadsheet is read by labels or by names, with the words of its choices, days and numbers as offices write them', () => {
  const csv = [
    '\uFEFFCodice;A che cosa serve;hosting;Come si accede;interfaces;Ultimo giorno del contratto;users;protocolSystem.agidAligned;Operatore',
    'PROT-01;"Protocollo; anche l\'archivio";cloud, servizio pronto (saas);SPID|Nome e password;PEC | Albo;31/12/2027;1200;sì;',
    '', 'ANPR;Anagrafe;;;;;;;',
  ].join('\r\n').replace(';Operatore', '').replaceAll(';\r', '\r').replace(/;$/, '');
  expect(read(csv)).toEqual({ records: [
    { code: 'PROT-01', area: "Protocollo; anche l'archivio", hosting: 'SAAS', auth: ['SPID', 'PASSWORD'], interfaces: ['PEC', 'Albo'], contractEndsOn: '2027-12-31', users: 1200, protocolSystem: { agidAligned: true } },
    { code: 'ANPR', area: 'Anagrafe' },
  ] });
  expect(read('code,access,backupLine\nSEDE,FTTH,no\n', 'sedi.csv', SITES)).toEqual({ records: [{ code: 'SEDE', access: 'FTTH', backupLine: false }] });
});

test('so is what Windows saved before, and JSON as the interface takes it and gives it', () => {
  expect(read(Buffer.from('code;area\nA;Contabilità\n', 'latin1'))).toEqual({ records: [{ code: 'A', area: 'Contabilità' }] });
  const records = [{ code: 'A', area: 'Contabilità', users: 3, protocolSystem: { agidAligned: false } }];
  expect(read(JSON.stringify(records), 'a.json')).toEqual({ records });
  expect(read(JSON.stringify({ inventory: 'applications', records }), 'senza-tipo')).toEqual({ records });
});

test('whatever is wrong is said with its line and the label of its field, and nothing is taken', () => {
  expect(read('code;area;users\nA;Protocollo;3\nB;;tre\nA;Doppio;1\n')).toEqual({ faults: [
    'Riga 3: Manca «A che cosa serve».', 'Riga 3: Il campo «Quante persone lo usano» deve essere un numero.', 'Il codice «A» è più di una volta nel file.',
  ] });
  expect(read('code;area;hosting\nA;Protocollo;in cantina\n')).toEqual({ faults: ['Riga 2: «Dove si trova»: scegliete tra le voci proposte.'] });
  expect(read('code;area;noticeOn;contractEndsOn\nA;P;2028-01-01;2027-01-01\nB;P;31/02/2027;\n')).toEqual({ faults: [
    'Riga 2: Il campo «Ultimo giorno utile per la disdetta» deve precedere la fine del contratto, ad esempio 25 giugno 2026.', 'Riga 3: «Ultimo giorno utile per la disdetta»: la data, o la data con l’ora, non esiste o è incompleta.',
  ] });
  expect(read('code;area;colore\nA;P;blu\n')).toEqual({ faults: ['La colonna «colore» non è prevista.'] });
  expect(read('code;area\nA;P;troppo\n')).toEqual({ faults: ['Riga 2: le colonne non sono quelle della prima riga, o un testo tra virgolette non è chiuso.'] });
  expect(read('code;area\n')).toEqual({ faults: ['Il file non ha alcuna voce.'] });
  expect(read('[{"code": "A"', 'a.json')).toEqual({ faults: ['Il file non è JSON valido.'] });
  expect(read('{"code": "A"}', 'a.json')).toEqual({ faults: ['Il file JSON non contiene un elenco di voci.'] });
  expect(read('[{"code": "A", "area": "P", "colore": 1}, 7]', 'a.json')).toMatchObject({ faults: [expect.stringMatching(/^Voce 1: Campo non previsto: "colore"; i campi sono /) as string, expect.stringMatching(/^Voce 2: /) as string] });
  expect(read('code;area\nA;nero\u202ebianco\n')).toMatchObject({ faults: [expect.stringContaining('non è un testo') as string] });
  expect(read(Buffer.from([0x50, 0x4b, 3, 4, 0, 1]))).toMatchObject({ faults: [expect.stringContaining('non è un testo') as string] });
  const many = read(`code;area\n${Array.from({ length: 30 }, () => 'x y;\n').join('')}`);
  expect('faults' in many ? [many.faults.length, many.faults.at(-1)] : []).toEqual([21, 'E altri 40 errori.']);
});
