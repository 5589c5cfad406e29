import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { replayCase } from '../../audit/deep-replay/replay.ts';
import { rulesOf, type LoadedRun } from '../../audit/deep-replay/recordings.ts';
import type { StoredCase, StoredCommand } from '../../audit/deep-replay/stored.ts';
import { readHistory } from '../../engine/archive/encoding.ts';
import { runOf } from '../../engine/archive/run-of.ts';
import { deciding, type Deciding } from '../../workflows/deciding.ts';

const ARCHIVE = fileURLToPath(new URL('../golden/archive/', import.meta.url));
const STREAM = 'adhesion/c_a010-1';

/** The code of today replays none of it. */
const TODAY = { code: "throw new Error('the code of today')", hash: '0'.repeat(64) };

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface Kept {
  readonly stored: StoredCase;
  readonly runs: readonly LoadedRun[];
  readonly bundles: ReadonlyMap<string, string>;
}

/** Reads an archived case from its files alone; each that is named by its content must have it. */
function read(folder: string): Kept {
  const files = readdirSync(join(ARCHIVE, folder));
  const unpacked = (end: string) => files.filter((name) => name.endsWith(end)).toSorted().map((name) => {
    const bytes = gunzipSync(readFileSync(join(ARCHIVE, folder, name)));
    expect(name.slice(0, -end.length).split('.').at(-1), name).toBe(sha256(bytes));
    return bytes;
  });
  const lines = (name: string) => readFileSync(join(ARCHIVE, folder, name), 'utf8').trimEnd().split('\n');
  const events = lines('events.ndjson').map((line) => {
    const { effectiveOn, ...record } = JSON.parse(line) as StoredCase['events'][number] & { effectiveOn: string | null };
    return { ...record, ...(effectiveOn === null ? {} : { effectiveOn }), hash: sha256(Buffer.from(line)) };
  });
  const commands = new Map(lines('commands.ndjson').map((line) => JSON.parse(line) as StoredCommand & { commandId: string }).map((command) => [command.commandId, command]));
  return {
    stored: { stream: STREAM, events, commands },
    bundles: new Map(unpacked('.js.gz').map((code) => [sha256(code), code.toString('utf8')])),
    runs: unpacked('.pb.gz').map((bytes) => {
      const history = readHistory(bytes);
      const { state, bundles } = runOf(history);
      const runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
      return { workflowId: STREAM, runId, state, bundle: bundles.at(-1) ?? null, bundles, history };
    }),
  };
}

const kept = (bundles: Kept['bundles']) => ({
  today: TODAY, candidate: null,
  archive: { bundle: async (hash: string) => { const code = bundles.get(hash); return code === undefined ? undefined : { hash, code, sdk: '', node: '', lockfile: '' }; } },
});
const replay = ({ stored, runs, bundles }: Kept) => replayCase(kept(bundles), stored, runs);

describe('a case that a version archived replays deeply, from its files alone, whatever the code of today', () => {
  it('is there', () => {
    expect(readdirSync(ARCHIVE).length).toBeGreaterThan(0);
  });

  it.each(readdirSync(ARCHIVE))('%s: over several runs, each event stored by one or decided again', async (folder) => {
    const one = read(folder);
    expect(one.runs.map(({ state }) => state)).toEqual([...one.runs.slice(1).map(() => 'CONTINUED_AS_NEW'), 'RUNNING']);
    expect(one.runs.length).toBeGreaterThan(1);
    for (const run of one.runs) for (const hash of run.bundles) expect([...one.bundles.keys()]).toContain(hash);
    for (const [index, { prevHash }] of one.stored.events.entries()) expect(prevHash).toBe(one.stored.events[index - 1]?.hash ?? null);
    const { findings, events } = await replay(one);
    expect(findings).toEqual([]);
    expect(events).toEqual(one.stored.events.map(({ commandId }) => (commandId === 'unheard' ? 'ADOPTED' : 'REPLAYED')));
    expect(events).toContain('ADOPTED');
  });

  it.each(readdirSync(ARCHIVE))('%s: an event that no history shows is decided by the rules in its bundle first', async (folder) => {
    const { bundles, stored: { stream } } = read(folder);
    const hashes = new Set(bundles.keys());
    const rules = async (change: (code: string) => string) => {
      const all: Deciding[] = [];
      for await (const one of rulesOf({ ...kept(new Map([...bundles].map(([hash, code]) => [hash, change(code)]))), rules: new Map() }, hashes)) all.push(one);
      return all;
    };
    const [own, today, ...more] = await rules((code) => code);
    expect([today, more]).toEqual([deciding, []]);
    expect(own).not.toBe(deciding);
    expect(own?.initial(stream)).toHaveProperty('parked', []);
    // Bundles from before give none out.
    expect(await rules((code) => code.replaceAll('deciding: () =>', 'notYet: () =>'))).toEqual([deciding]);
  });

  it.each(readdirSync(ARCHIVE))('%s: by the bundle that ran it, not by another', async (folder) => {
    const one = read(folder);
    const [[hash = '', code = ''] = []] = one.bundles;
    const other = { ...one, bundles: new Map([[hash, code.replace("startToCloseTimeout: '30 s'", "startToCloseTimeout: '31 s'")]]) };
    expect((await replay(other)).findings).toMatchObject([{ code: 'REPLAY_DIFFERS', message: expect.stringContaining('startToClose: the history has 30000, the replay 31000') }, ...one.runs.slice(2).map(() => ({ code: 'REPLAY_DIFFERS' }))]);
    expect(other.bundles.get(hash)).not.toBe(code);
  });
});
