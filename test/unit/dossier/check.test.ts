import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkDossier } from '../../../dossier/check.ts';
import { bundleFile, FILES, historyFile, manifestText, type Contents } from '../../../dossier/contents.ts';
import { DATA_BEGINS } from '../../../dossier/page-data.ts';
import { digestOf } from '../../../dossier/records.ts';
import { unzip, ZipError } from '../../../dossier/zip.ts';
import { OTHER_SIGNER, TEST_SIGNER } from '../../independent/ours.ts';
import { zipped } from '../../support/dossier.ts';
import { add, ADHESION, BUNDLE, CASE, caseLog, contentsOf, emptyLog, filesOfCase, isOfCase, manifestIn, refitted, RUN, type Files } from './made.ts';

let made: Files;
let contents: Contents;
beforeAll(async () => {
  const log = caseLog();
  contents = await contentsOf(log);
  made = await filesOfCase(contents);
});

const KEYS = [TEST_SIGNER.verifier];
const check = (files: Files, keys: readonly (typeof KEYS)[number][] | null = KEYS) => checkDossier(files, { keys, whole: true });
/** What is found, each at its event. */
const found = (files: Files, keys: readonly (typeof KEYS)[number][] | null = KEYS) => check(files, keys).faults.map(({ code, stream, version }) => (stream === undefined ? code : `${code} ${stream}@${version}`));
const text = (name: string) => String(made.get(name));
const edited = (name: string, change: (content: string) => string): Files => new Map([...made, [name, Buffer.from(change(text(name)))]]);
const linesChanged = (change: (lines: string[]) => string[], name: string = FILES.events) => edited(name, (content) => change(content.trimEnd().split('\n')).map((line) => `${line}\n`).join(''));
const swapped = (lines: string[], one: number, other: number) => lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '');

test('a dossier that was made is found whole, by the given key and by its own', () => {
  expect(found(made)).toEqual([]);
  expect(found(made, null)).toEqual([]);
  expect(check(made).checked).toEqual({ events: 9, streams: 4, leaves: 14, commands: 4, histories: 1, bundles: 1, documents: 1 });
  expect(manifestIn(made)).toMatchObject({
    case: CASE, log: { origin: 'associa.example/log', treeSize: 14 }, bundles: [{ hash: digestOf(BUNDLE), sdk: '1.24.0' }],
    streams: [{ stream: ADHESION, events: 4 }, { stream: `migration/${CASE}.TRAINING`, events: 2 }, { stream: `archive/${CASE}`, events: 2 }],
    // The newest entry of a run counts.
    runs: [{ runId: RUN, length: 9, state: 'RUNNING' }],
  });
});

test('a digest of a document is named with its place; the salted one of a free text is not', () => {
  expect(JSON.parse(text(FILES.documents))).toEqual([{ sha256: 'ab'.repeat(32), stream: ADHESION, version: 2, path: 'template.sha256' }]);
});

test('each event is proven: its leaf, its hash, nothing wrong with it', () => {
  const { events } = check(made);
  expect(events.map(({ event: { stream, version }, leaf, faults }) => `${stream}@${version} ${leaf} ${faults.length}`)).toEqual([
    'archive/bundles@1 0 0', `${ADHESION}@1 1 0`, `${ADHESION}@2 2 0`, `${ADHESION}@3 4 0`, `migration/${CASE}.TRAINING@1 6 0`, `migration/${CASE}.TRAINING@2 7 0`,
    `archive/${CASE}@1 8 0`, `archive/${CASE}@2 12 0`, `${ADHESION}@4 13 0`,
  ]);
  expect(events.map(({ hash }) => hash)).toEqual(contents.events.map(digestOf));
});

describe('where the file was changed, and its manifest made to fit', () => {
  test.each<[string, () => Files, string[]]>([
    ['a byte of a record', () => linesChanged((lines) => lines.with(2, (lines[2] ?? '').replace('convenzione-cst', 'convenzione-cSt'))), [`EVENT_NOT_IN_LOG ${ADHESION}@2`, `CHAIN_BROKEN ${ADHESION}@3`]],
    ['who did it', () => linesChanged((lines) => lines.with(1, (lines[1] ?? '').replace('op-1', 'op-2'))), [`EVENT_NOT_IN_LOG ${ADHESION}@1`, `CHAIN_BROKEN ${ADHESION}@2`, `COMMAND_DIFFERS ${ADHESION}@1`]],
    ['an event that was removed', () => linesChanged((lines) => lines.toSpliced(2, 1)), [`VERSION_GAP ${ADHESION}@3`, `PROOF_MISSING ${ADHESION}@3`]],
    ['the first event, removed', () => linesChanged((lines) => lines.toSpliced(1, 1)), [`VERSION_GAP ${ADHESION}@2`]],
    ['the last event, removed', () => linesChanged((lines) => lines.slice(0, -1)), ['PROOF_WITHOUT_EVENT', 'COMMAND_WITHOUT_EVENT']],
    ['two events that were swapped', () => linesChanged((lines) => swapped(lines, 2, 3)), [`VERSION_GAP ${ADHESION}@3`, `PROOF_MISSING ${ADHESION}@3`]],
    ['an event twice', () => linesChanged((lines) => lines.toSpliced(3, 0, lines[2] ?? '')), [`VERSION_GAP ${ADHESION}@2`, `PROOF_MISSING ${ADHESION}@2`]],
    ['a line that is no record', () => linesChanged((lines) => lines.with(2, '{}')), ['RECORD_UNREADABLE', `VERSION_GAP ${ADHESION}@3`]],
    ['a line that does not end', () => edited(FILES.events, (content) => content.slice(0, -1)), ['RECORD_UNREADABLE', 'PROOF_WITHOUT_EVENT']],
    ['two proofs that were swapped', () => edited(FILES.proofs, (content) => listChanged(content, (list) => list.with(1, list[2] ?? {}).with(2, list[1] ?? {}))), [`PROOF_MISSING ${ADHESION}@1`, `PROOF_MISSING ${ADHESION}@2`]],
    ['the proof of another event', () => edited(FILES.proofs, (content) => listChanged(content, (list) => list.with(2, { ...list[2], hashes: list[1]?.['hashes'] }))), [`EVENT_NOT_IN_LOG ${ADHESION}@2`]],
    ['another place in the log', () => edited(FILES.proofs, (content) => content.replace('"version":2,"leaf":2', '"version":2,"leaf":3')), [`EVENT_NOT_IN_LOG ${ADHESION}@2`]],
    ['a place before the event before', () => edited(FILES.proofs, (content) => content.replace('"version":2,"leaf":2', '"version":2,"leaf":1')), [`EVENT_ORDER ${ADHESION}@2`]],
    ['a proof too many', () => edited(FILES.proofs, (content) => listChanged(content, (list) => [...list, list[0] ?? {}])), ['PROOF_WITHOUT_EVENT']],
    ['proofs that are none', () => edited(FILES.proofs, () => '[1]\n'), ['PROOFS_UNREADABLE']],
    ['proofs in another form', () => edited(FILES.proofs, (content) => content.replace('"leaf":0', '"leaf":0.0')), ['FILE_DIFFERS']],
    ['a command that was changed', () => edited(FILES.commands, (content) => content.replace('"n":0', '"n":9')), [`COMMAND_MISSING ${ADHESION}@1`]],
    ['a command that was removed', () => linesChanged((lines) => lines.slice(1), FILES.commands), [`COMMAND_MISSING ${ADHESION}@1`]],
    ['a command that nobody gave', () => linesChanged((lines) => [...lines, (lines[0] ?? '').replace('"n":0', '"n":9')], FILES.commands), ['COMMAND_WITHOUT_EVENT']],
    ['a digest of a document', () => edited(FILES.documents, (content) => content.replace('abab', 'abac')), ['FILE_DIFFERS']],
    ['a history put in place of another', () => new Map([...made, [historyFile(RUN), Buffer.from('another history')]]), ['HISTORY_DIFFERS']],
    ['an older history of the same run', () => new Map([...made, [historyFile(RUN), Buffer.from('shorter')]]), ['HISTORY_DIFFERS']],
    ['a bundle put in place of another', () => new Map([...made, [bundleFile(digestOf(BUNDLE)), Buffer.from('other code')]]), ['BUNDLE_DIFFERS']],
    ['a history that is not there', () => without(historyFile(RUN)), ['FILE_MISSING']],
    ['a file that does not belong in it', () => new Map([...made, ['histories/other.pb', Buffer.from('x')]]), ['FILE_UNKNOWN']],
    ['a checkpoint of another root', () => edited(FILES.checkpoint, (content) => content.replace(/\n14\n.{3}/, '\n14\nAAA')), ['CHECKPOINT_NOT_SIGNED']],
    ['a checkpoint of another size', () => edited(FILES.checkpoint, (content) => content.replace('\n14\n', '\n15\n')), ['CHECKPOINT_NOT_SIGNED']],
    ['no checkpoint', () => edited(FILES.checkpoint, () => ''), ['CHECKPOINT_NOT_SIGNED']],
  ])('%s', async (_name, change, expected) => {
    const files = await refitted(change());
    expect(found(files).slice(0, expected.length)).toEqual(expected);
    // Who takes the manifest as it was finds the file as well.
    const changed = new Map([...files, [FILES.manifest, made.get(FILES.manifest) ?? Buffer.alloc(0)]]);
    expect(found(changed)).toEqual(expect.arrayContaining([expected[0]]));
  });

  test.each(Object.values(FILES))('%s is missing', (name) => {
    expect(found(without(name))[0]).toBe('FILE_MISSING');
  });
});

describe('where the manifest was changed', () => {
  const manifest = (change: (given: ReturnType<typeof manifestIn>) => object): Files => new Map([...made, [FILES.manifest, Buffer.from(`${JSON.stringify(change(manifestIn(made)), null, 2)}\n`)]]);
  test.each<[string, () => Files, string, string]>([
    ['the case', () => manifest((given) => ({ ...given, case: 'c_f205-1' })), 'EVENT_OF_ANOTHER_CASE', 'none of this case'],
    ['a case that is none', () => manifest((given) => ({ ...given, case: '../x' })), 'MANIFEST_UNREADABLE', 'of which case'],
    ['the size of the tree', () => manifest((given) => ({ ...given, log: { ...given.log, treeSize: 99 } })), 'MANIFEST_DIFFERS', 'in log.treeSize'],
    ['the name of the log', () => manifest((given) => ({ ...given, log: { ...given.log, origin: 'other.example/log' } })), 'MANIFEST_DIFFERS', 'in log.origin'],
    ['the head of a stream', () => manifest((given) => ({ ...given, streams: [{ ...given.streams[0], head: 'x' }, ...given.streams.slice(1)] })), 'MANIFEST_DIFFERS', 'in streams.0.head'],
    ['what a bundle ran on', () => manifest((given) => ({ ...given, bundles: [{ ...given.bundles[0], node: 'v20' }] })), 'MANIFEST_DIFFERS', 'in bundles.0.node'],
    ['a run that is left out', () => manifest((given) => ({ ...given, runs: [] })), 'MANIFEST_DIFFERS', 'in runs.0'],
    ['a member more', () => manifest((given) => ({ ...given, note: 'all is well' })), 'MANIFEST_DIFFERS', 'in note'],
    ['a file more', () => manifest((given) => ({ ...given, files: [...given.files, { name: 'x', sha256: 'y' }] })), 'MANIFEST_DIFFERS', 'in files.5'],
    ['the digest of a file', () => manifest((given) => ({ ...given, files: given.files.map(({ name }) => ({ name, sha256: '' })) })), 'FILE_DIFFERS', 'checkpoint is not the file'],
    ['its form', () => edited(FILES.manifest, (content) => ` ${content}`), 'MANIFEST_DIFFERS', 'not written in its form'],
    ['a key that signed nothing', () => manifest((given) => ({ ...given, log: { ...given.log, keys: [...given.log.keys, OTHER_SIGNER.verifier.text] } })), 'MANIFEST_DIFFERS', 'in log.keys.1'],
    ['files that are no list', () => manifest((given) => ({ ...given, files: null })), 'FILE_DIFFERS', 'checkpoint'],
  ])('%s', (_name, change, code, words) => {
    for (const keys of [KEYS, null]) expect(check(change(), keys).faults[0]).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('where the page was changed', () => {
  const page = (change: (text: string) => string): Files => {
    const changed = Buffer.from(change(text(FILES.page)));
    return new Map([...made, [FILES.page, changed], [FILES.manifest, manifestText({ ...manifestIn(made), page: digestOf(changed) })]]);
  };
  test.each<[string, (text: string) => string]>([
    ['in what it shows', (given) => given.replace('convenzione-cst', 'convenzione-cSt')], ['by other data before its own', (given) => given.replace('<div id="page">', `${DATA_BEGINS}{}</script>$&`)],
    ['by other data after its own', (given) => given.replace('</body>', `${DATA_BEGINS}{}</script>$&`)], ['by something after its data', (given) => given.replace('}</script>\n<script>', '}, {}</script>\n<script>')],
    ['by an end of the data', (given) => given.replace(`${DATA_BEGINS}{`, `${DATA_BEGINS}{"x":"</script><script>alert(1)</script>",`)],
  ])('%s', (_name, change) => {
    expect(text(FILES.page)).not.toBe(change(text(FILES.page)));
    expect(found(page(change))).toEqual(['PAGE_DIFFERS']);
  });

  test('without its digest', () => {
    expect(found(new Map([...made, [FILES.page, Buffer.from('<p>Tutto integro</p>')]]))).toEqual(['FILE_DIFFERS']);
  });
});

describe('a dossier that was forged whole', () => {
  const log = caseLog();
  test('with a key of its own holds by that key, and not by the one that was published', async () => {
    const forged = await filesOfCase(await contentsOf(caseLog(), OTHER_SIGNER), OTHER_SIGNER);
    expect(found(forged, null)).toEqual([]);
    expect(check(forged).faults[0]).toMatchObject({ code: 'CHECKPOINT_NOT_SIGNED', message: 'None of the known keys has signed it.' });
  });

  test('with an event put in that the chain and a command bear, and a tree around it, is not the tree that was signed', async () => {
    const other = caseLog();
    add(other, ADHESION, [{ type: 'ConventionSigned', data: {} }]);
    const forged = await contentsOf(other, OTHER_SIGNER);
    const { checkpoint } = contents;
    expect(found(await filesOfCase({ ...forged, checkpoint })).slice(0, 2)).toEqual(['EVENT_NOT_IN_LOG archive/bundles@1', `EVENT_NOT_IN_LOG ${ADHESION}@1`]);
  });

  test('with an event of another case that is in the log', async () => {
    const more = await contentsOf(log, TEST_SIGNER, (event) => isOfCase(event) || event.stream === 'adhesion/c_f205-1');
    expect(found(await filesOfCase(more))[0]).toBe('EVENT_OF_ANOTHER_CASE adhesion/c_f205-1@1');
  });

  test('without an event in the middle, its proof and its command', async () => {
    const less = await contentsOf(log, TEST_SIGNER, (event) => isOfCase(event) && !(event.stream === ADHESION && event.version === 2));
    expect(found(await filesOfCase(less))[0]).toBe(`VERSION_GAP ${ADHESION}@3`);
  });

  test('with a bundle in the log that ran nothing of the case', async () => {
    const more = await contentsOf(log, TEST_SIGNER, (event) => isOfCase(event) || event.stream === 'archive/bundles');
    expect(found(await filesOfCase(more))[0]).toBe('EVENT_OF_ANOTHER_CASE archive/bundles@2');
  });

  test('without any event of the case', async () => {
    const none = await contentsOf(log, TEST_SIGNER, ({ stream }) => stream === `archive/${CASE}`);
    expect(found(await filesOfCase(none))).toContain('CASE_MISSING');
  });

  test('with entries that no archive writes is checked all the same', async () => {
    const strange = emptyLog();
    add(strange, ADHESION, [{ type: 'AdhesionOpened', data: JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`) as object }]);
    for (const data of [{}, { runId: '../../x', hash: 1, bundles: [] }, { workflowId: ADHESION, runId: RUN, hash: digestOf(BUNDLE), bundles: [[]] }]) add(strange, `archive/${CASE}`, [{ type: 'HistoryArchived', data }]);
    const files = await filesOfCase(await contentsOf(strange));
    expect(found(files)).toEqual(['FILE_UNKNOWN', 'FILE_UNKNOWN']);
  });
});

test('any byte of the zip that is changed is refused', async () => {
  const archive = await zipped(made);
  fc.assert(fc.property(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
    const bytes = Buffer.from(archive);
    bytes[at] = (bytes[at] ?? 0) ^ by;
    expect(() => unzip(bytes)).toThrow(ZipError);
  }), { numRuns: 500 });
});

test('any byte of any file that is changed, in a zip made anew, is found', () => {
  const all = [...made].flatMap(([name, content]) => Array.from(content, (_byte, at) => [name, at] as const));
  fc.assert(fc.property(fc.nat(all.length - 1), fc.integer({ min: 1, max: 255 }), (index, by) => {
    const [name, at] = all[index] ?? ['', 0];
    const content = Buffer.from(made.get(name) ?? []);
    content[at] = (content[at] ?? 0) ^ by;
    expect(found(new Map([...made, [name, content]]))).not.toEqual([]);
  }), { numRuns: 1_000 });
});

function without(name: string): Files {
  return new Map([...made].filter(([one]) => one !== name));
}

function listChanged(content: string, change: (list: Record<string, unknown>[]) => object[]): string {
  const items = change(JSON.parse(content) as Record<string, unknown>[]);
  return `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`;
}
