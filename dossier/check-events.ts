import { leafHash, verifyInclusion, type Tree } from '../tlog/merkle.ts';
import { BUNDLES, isOfProcess, runsIn, streamsOf, type LeafProof } from './contents.ts';
import type { Fault, Faults } from './faults.ts';
import { digestOf, readCommand, readEvent, type RecordedCommand, type RecordedEvent } from './records.ts';

/** An event of a dossier and what does not hold of it; nothing: all of it does. */
export interface EventVerdict {
  readonly event: RecordedEvent;
  /** Hex hash of its record. */
  readonly hash: string;
  /** null: no proof is there for it. */
  readonly leaf: number | null;
  readonly faults: readonly Fault[];
}

interface Given {
  readonly id: string;
  readonly records: readonly Buffer[];
  readonly proofs: readonly LeafProof[];
  /** null: no checkpoint holds, and so nothing is proven. */
  readonly tree: Tree | null;
}

/** Holds each record against the one before it in its stream, the order of the log, and the signed tree. */
export function checkEvents({ id, records, proofs, tree }: Given, faults: Faults): EventVerdict[] {
  const read = records.map(readEvent);
  const events = read.filter((event) => event !== undefined);
  const isExpected = ownership(id, events);
  const heads = new Map<string, { version: number; hash: string }>();
  const verdicts: EventVerdict[] = [];
  let lastLeaf = -1;
  for (const [at, event] of read.entries()) {
    const record = records[at] ?? Buffer.alloc(0);
    if (event === undefined) {
      faults.add('RECORD_UNREADABLE', `Line ${at + 1} of events.ndjson is no record of an event.`);
      continue;
    }
    const hash = digestOf(record);
    const own = faults.at(event);
    if (!isExpected(event)) own.add('EVENT_OF_ANOTHER_CASE', 'The event is none of this case.');
    if (event.stream !== BUNDLES) checkLink(event, heads.get(event.stream), own);
    heads.set(event.stream, { version: event.version, hash });
    const proof = proofs[at];
    const leaf = proof?.stream === event.stream && proof.version === event.version ? proof.leaf : null;
    if (proof === undefined || leaf === null) own.add('PROOF_MISSING', 'In the place of its proof there is none, or that of another event.');
    else if (leaf <= lastLeaf) own.add('EVENT_ORDER', `It is leaf ${leaf} of the log, and stands after leaf ${lastLeaf}.`);
    else if (tree !== null && !isProven(proof, record, tree)) own.add('EVENT_NOT_IN_LOG', `Its proof does not lead to the signed root: it is not leaf ${leaf} of the log.`);
    lastLeaf = leaf ?? lastLeaf;
    verdicts.push({ event, hash, leaf, faults: own.all });
  }
  if (proofs.length > records.length) faults.add('PROOF_WITHOUT_EVENT', `proofs.json has ${proofs.length} proofs, of ${records.length} events.`);
  const { own } = streamsOf(id, []);
  if (!events.some(({ stream }) => stream === own)) faults.add('CASE_MISSING', `There is no event of ${own}.`);
  return verdicts;
}

/** Which events are of the case: those of its streams, and of the bundles' journal those that its runs name. */
function ownership(id: string, events: readonly RecordedEvent[]): (event: RecordedEvent) => boolean {
  const { own, archive } = streamsOf(id, []);
  const { migrations } = streamsOf(id, events.filter(({ stream }) => stream === own));
  const bundles = new Set(runsIn(events).flatMap((run) => run.bundles));
  return ({ stream, type, data }) => (stream === BUNDLES
    ? type === 'BundleArchived' && bundles.has(String((data as { readonly hash?: unknown }).hash))
    : stream === own || stream === archive || migrations.includes(stream));
}

function checkLink({ version, prevHash }: RecordedEvent, before: { version: number; hash: string } | undefined, faults: Faults): void {
  if (version !== (before?.version ?? 0) + 1) faults.add('VERSION_GAP', `After version ${before?.version ?? 0} comes ${version}.`);
  else if (prevHash !== (before?.hash ?? null)) faults.add('CHAIN_BROKEN', 'It does not name the record before it.');
}

function isProven({ leaf, hashes }: LeafProof, record: Buffer, { size, root }: Tree): boolean {
  return verifyInclusion(leaf, size, leafHash(record), hashes.map((hash) => Buffer.from(hash, 'base64')), root);
}

/** Holds each event against the command that it names by its hash, and finds commands that no event names. */
export function checkCommands(verdicts: readonly EventVerdict[], records: readonly Buffer[], faults: Faults): RecordedCommand[] {
  const commands = new Map(records.map((record) => [digestOf(record), readCommand(record)]));
  const named = new Set<string>();
  for (const { event } of verdicts) {
    if (!isOfProcess(event.stream)) continue;
    const command = commands.get(event.commandHash);
    named.add(event.commandHash);
    const own = faults.at(event);
    if (command === undefined) own.add('COMMAND_MISSING', `The record of its command ${event.commandId} is not there, or not as it was.`);
    else if (!isOf(command, event)) own.add('COMMAND_DIFFERS', `Its command ${event.commandId} names another case, event or person.`);
  }
  for (const [at, record] of records.entries()) {
    if (!named.has(digestOf(record))) faults.add('COMMAND_WITHOUT_EVENT', `Line ${at + 1} of commands.ndjson is of a command that no event names.`);
  }
  return [...commands.values()].filter((command) => command !== undefined);
}

function isOf(command: RecordedCommand, event: RecordedEvent): boolean {
  return command.stream === event.stream && command.commandId === event.commandId && JSON.stringify(command.actor) === JSON.stringify(event.actor)
    && command.firstVersion !== null && event.version === command.firstVersion + event.ordinal;
}
