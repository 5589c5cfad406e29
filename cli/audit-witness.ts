import { appendFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { AuditReport } from '../audit/report.ts';
import { observe, TileMissing, type Memory, type Observation, type PublicLog } from '../audit/witness.ts';
import { readIfPresent } from '../db/vault/files.ts';
import { openCheckpoint } from '../tlog/checkpoint.ts';
import { NoteError, parseVerifier, type Verifier } from '../tlog/note.ts';
import { tilePath } from '../tlog/tiles.ts';
import type { Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { CannotRun } from './outcome.ts';
import { failureOf, type Answer } from './problems.ts';
import { Server } from './server.ts';

const DEFAULT_FILE = 'associa-witness.jsonl';

/** A line of the file: a key that is trusted, or a checkpoint that was seen, with what did not hold of it. */
const Line = z.union([
  z.strictObject({ at: z.string(), url: z.string(), key: z.string() }),
  z.strictObject({ at: z.string(), url: z.string(), checkpoint: z.string().nullable(), finding: z.string().optional() }),
]);

/** `audit witness`: remembers the checkpoints of a log and compares. Needs neither token nor database. */
export function addWitness(group: Command, io: Io, tell: (json: boolean, report: AuditReport) => void): void {
  group.command('witness')
    .description('look at the transparency log of a server, and fail if it was rewritten or cut since this file saw it last; asks the server only, without a token')
    .option('--file <path>', `what was seen so far; default: ${DEFAULT_FILE} in this folder`)
    .option('--key <key>', 'verifier key of the log that is trusted; default: those of the file, or at first those that the log publishes')
    .addHelpText('after', example('audit witness', 'audit witness --url https://associa.example.org --file comune.jsonl --key associa.example.org/log+6fd8e3b5+AQff70wG…'))
    .action(async (_options: unknown, command: Command) => {
      const options = optionsOf(command, globalOptions.extend({ file: z.string().min(1).default(DEFAULT_FILE), key: z.string().min(1).optional() }));
      const server = new Server(io, options);
      const log = publicLog(server);
      const stored = await readMemory(options.file);
      const given = options.key === undefined ? [] : [keyOf(options.key, '--key')];
      const trusted = union(stored.keys, given);
      const memory = { newest: stored.newest, keys: trusted.length > 0 ? trusted : await log.keys() };
      if (memory.keys.length === 0) throw new CannotRun(`${server.url} publishes no key of a log yet.`);
      const observation = await observe(log, memory);
      if (observation.note === null && memory.newest === null) throw new CannotRun(`The log of ${server.url} has signed nothing yet.`);
      await remember(options.file, server.url, stored, memory.keys, observation);
      tell(options.json, reportOf(stored, observation));
    });
}

interface StoredMemory extends Memory {
  readonly checkpoints: number;
}

/** Throws CannotRun where the file holds something else. */
async function readMemory(path: string): Promise<StoredMemory> {
  const content = await readIfPresent(path).catch((cause: unknown) => { throw new CannotRun(`The file ${path} can't be read.`, { cause }); });
  const lines = (content?.toString('utf8') ?? '').split('\n').filter((line) => line !== '').map((line) => lineOf(line, path));
  const keys = lines.flatMap((line) => ('key' in line ? [keyOf(line.key, path)] : []));
  const seen = lines.flatMap((line) => ('checkpoint' in line && line.finding === undefined && line.checkpoint !== null ? [line.checkpoint] : []));
  const last = seen.at(-1);
  try {
    return { keys, newest: last === undefined ? null : openCheckpoint(last, keys), checkpoints: seen.length };
  } catch (error) {
    throw error instanceof NoteError ? new CannotRun(`The last checkpoint in ${path} is not signed by its keys: ${error.message}.`, { cause: error }) : error;
  }
}

function lineOf(line: string, path: string): z.output<typeof Line> {
  try {
    return Line.parse(JSON.parse(line));
  } catch (cause) {
    throw new CannotRun(`The file ${path} is not one of a witness: give another --file.`, { cause });
  }
}

function keyOf(text: string, where: string): Verifier {
  try {
    return parseVerifier(text.trim());
  } catch (cause) {
    throw new CannotRun(`${where} does not hold a verifier key: ${cause instanceof Error ? cause.message : ''}.`, { cause });
  }
}

/** Adds what is new to the file: also what does not hold, which is the evidence. */
async function remember(path: string, url: string, stored: StoredMemory, trusted: readonly Verifier[], { note, tree, learned, finding }: Observation): Promise<void> {
  const at = new Date().toISOString();
  const keys = union(trusted, learned).filter((key) => !stored.keys.some(({ text }) => text === key.text)).map(({ text }) => ({ at, url, key: text }));
  const isSeen = finding === null && tree?.size === stored.newest?.size;
  // A key is trusted for what it signed, not for a checkpoint that does not hold.
  const lines = finding === null ? [...keys, ...(isSeen ? [] : [{ at, url, checkpoint: note }])] : [{ at, url, checkpoint: note, finding: finding.code }];
  if (lines.length === 0) return;
  await appendFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join('')).catch((cause: unknown) => { throw new CannotRun(`The file ${path} can't be written.`, { cause }); });
}

function reportOf({ checkpoints, newest }: StoredMemory, { tree, finding }: Observation): AuditReport {
  return { ok: finding === null, checked: { leaves: tree?.size ?? 0, leavesBefore: newest?.size ?? 0, checkpoints: checkpoints + 1 }, findings: finding === null ? [] : [finding] };
}

function union(one: readonly Verifier[], other: readonly Verifier[]): Verifier[] {
  return [...one, ...other.filter(({ text }) => !one.some((known) => known.text === text))];
}

function publicLog(server: Server): PublicLog {
  const ask = (path: string) => server.ask({ path, role: 'public' });
  return {
    async checkpoint() {
      const answer = await ask('/log/checkpoint');
      if (isNotSequenced(answer)) return null;
      if (answer.status !== 200) throw failureOf(answer, server.url);
      return answer.text;
    },
    async keys() {
      const answer = await ask('/log/key');
      if (isNotSequenced(answer)) return [];
      if (answer.status !== 200) throw failureOf(answer, server.url);
      return answer.text.split('\n').filter((line) => line !== '').map((line) => keyOf(line, `${server.url}/log/key`));
    },
    async readTile(tile) {
      const answer = await ask(`/log/tile/${tilePath(tile)}`);
      if (answer.status === 404) throw new TileMissing(tilePath(tile));
      if (answer.status !== 200) throw failureOf(answer, server.url);
      return answer.bytes;
    },
  };
}

/** The log's own word that there is nothing, and not some other server's. */
function isNotSequenced({ status, json }: Answer): boolean {
  return status === 404 && typeof json === 'object' && json !== null && 'code' in json && json.code === 'NOT_SEQUENCED';
}
