import type { Logger } from 'pino';
import type { Db } from '../../db/client.ts';
import { canonicalBytes } from '../../db/event-store/record.ts';
import { getCaseAt } from '../../db/queries/cases.ts';
import { answerVersion, standingOf, type RecordedCommand, type Standing } from '../../db/queries/commands.ts';
import { eventsOfCommand, type EventView } from '../../db/queries/events.ts';
import { isDatabaseAway } from '../../db/unavailable.ts';
import type { Texts } from '../../db/vault/texts.ts';
import type { Actor } from '../../domain/shared/actor.ts';
import { readReason, type KeptReason, type Reason } from '../../domain/shared/reason.ts';
import type { StampedCommand } from '../../domain/shared/store.ts';
import { isTemporalAway } from '../../engine/runs.ts';
import { actorOf } from '../auth/hook.ts';
import type { Keys } from '../auth/keys.ts';
import type { Caller } from '../auth/verify.ts';
import type { EnginePort } from '../ports.ts';
import { Problem } from '../problems.ts';
import { setBeside, type Urgency } from './beside.ts';
import { streamOf, type CaseKind, type CommandSpec } from './kinds.ts';

/** A command that has passed the edge's checks. */
export interface CheckedCommand {
  readonly kind: CaseKind;
  readonly id: string;
  readonly commandId: string;
  readonly type: string;
  readonly spec: Pick<CommandSpec, 'freeText' | 'inventories'>;
  /** By the schema. */
  readonly data: object;
  /** As received: what the digest of the request is made of. */
  readonly received: unknown;
  readonly caller: Caller;
  /** Who does it, where it is not the caller: the engine, what follows from the caller's command. */
  readonly actor?: Actor;
  /** Versions that `If-Match` names; undefined: any. */
  readonly ifMatch?: readonly number[] | undefined;
}

export interface CommandAnswer {
  readonly commandId: string;
  readonly version: number;
  readonly events: readonly EventView[];
  /** The case at that version. */
  readonly view: object;
}

export interface CommandWayDeps {
  readonly db: Db;
  readonly engine: EnginePort;
  readonly texts: Texts;
  readonly keys: Keys;
  readonly log: Logger;
  /** Commands that no way of this server has heard the outcome of, shared by all of them. */
  readonly unheard: Set<string>;
}

/** Commands whose outcome this server could not tell, at most so many: the newest are asked for. */
const UNHEARD_KEPT = 10_000;

/** How a command goes from the edge to the process and its answer back; the store has the first and the last word. */
export class CommandWay {
  private readonly deps: CommandWayDeps;

  constructor(deps: CommandWayDeps) {
    this.deps = deps;
  }

  /** Decides a command and answers with what was stored. Throws Problem. */
  execute(command: CheckedCommand): Promise<CommandAnswer> {
    return this.decide(streamOf(command.kind, command.id), command);
  }

  /** True for a command that was sent from here and never answered: it may still be done. */
  isUnheard(stream: string, commandId: string): boolean {
    return this.deps.unheard.has(`${stream}\n${commandId}`);
  }

  /** Leaves a command with the case as a fact: durable when this returns, decided when its turn comes. Throws Problem. */
  async submit(command: CheckedCommand): Promise<void> {
    const { db, engine } = this.deps;
    const stream = streamOf(command.kind, command.id);
    const requestHash = this.requestHash(command.type, command.received);
    const standing = await standingOf(db, stream, command.commandId).catch((error: unknown) => {
      if (isDatabaseAway(error) && command.ifMatch === undefined) return undefined;
      throw error;
    });
    if (standing?.known !== undefined) {
      if (standing.known.requestHash !== requestHash) throw mismatch(command.commandId);
      return;
    }
    if (standing !== undefined) checkVersion(command.ifMatch, standing.head);
    const { stamped, fresh } = await this.stamp(stream, command, requestHash, 'OR_LATER');
    try {
      await engine.submitFact(stream, stamped, standing?.head ?? 0);
    } catch (cause) {
      // What never left can't be named by a record; what may have left keeps its texts.
      if (!isTemporalAway(cause)) await this.discard(fresh);
      throw Problem.of('ENGINE_UNAVAILABLE', { cause, extra: { commandId: command.commandId } });
    }
  }

  /** The keyed digest that tells whether two requests under one id are the same. */
  requestHash(type: string, received: unknown): string {
    return this.deps.keys.digest('request', canonicalBytes({ type, data: received }).toString('utf8'));
  }

  /** The answer that a command known to the store had. */
  async answerKnown(kind: CaseKind, known: RecordedCommand): Promise<CommandAnswer> {
    return this.answerAt(kind, known.stream, known.commandId, await answerVersion(this.deps.db, known), known.receivedAt);
  }

  private async decide(stream: string, command: CheckedCommand): Promise<CommandAnswer> {
    const requestHash = this.requestHash(command.type, command.received);
    const standing = await standingOf(this.deps.db, stream, command.commandId);
    if (standing.known !== undefined) return this.recognise(command, standing.known, requestHash);
    checkVersion(command.ifMatch, standing.head);
    const { stamped, fresh } = await this.stamp(stream, command, requestHash, 'NOW');
    try {
      return await this.send(stream, command, stamped, standing);
    } catch (error) {
      if (error instanceof Problem && error.status < 500) await this.discard(fresh);
      throw error;
    }
  }

  private async send(stream: string, command: CheckedCommand, stamped: StampedCommand, standing: Standing): Promise<CommandAnswer> {
    const { engine } = this.deps;
    let seen = standing.head;
    for (let sendAgain = true; ;) {
      const answer = await engine.execute(stream, stamped, seen, command.ifMatch);
      if (answer.outcome === 'DONE') return this.answerSafely(command, stream, answer.version, stamped.receivedAt);
      const now = await standingOf(this.deps.db, stream, command.commandId).catch((error: unknown) => {
        if (isDatabaseAway(error)) return undefined;
        throw error;
      });
      if (now?.known !== undefined) {
        // Whatever the engine said: what the store knows has happened. The run may not have heard of it: its worker died after the append.
        this.wake(stream);
        return this.recognise(command, now.known, stamped.requestHash);
      }
      if (answer.outcome === 'UNKNOWN') {
        this.noteUnheard(stream, command.commandId);
        this.wake(stream);
        throw outcomeUnknown(command.commandId);
      }
      if (answer.outcome === 'REFUSED' && answer.code === 'VERSION_CONFLICT') throw versionConflict(now?.head ?? seen);
      if (answer.outcome === 'UNAVAILABLE') throw Problem.of('ENGINE_UNAVAILABLE', { extra: { commandId: command.commandId } });
      if (!sendAgain || now === undefined || !(await this.wasBehind(stream, seen, now.head))) throw refusal(answer.code, answer.reasons);
      await engine.catchUp(stream);
      seen = now.head;
      sendAgain = false;
    }
  }

  /** A refusal counts only if the case stood where the store stands: else it judged a past state. */
  private async wasBehind(stream: string, seen: number, head: number): Promise<boolean> {
    // The validator lets pass what has seen more than it; so only events that came since can be unknown to it.
    if (head <= seen) return false;
    const version = await this.deps.engine.version(stream);
    return version === undefined || version < head;
  }

  private async recognise(command: CheckedCommand, known: RecordedCommand, requestHash: string | null): Promise<CommandAnswer> {
    if (known.requestHash !== requestHash) throw mismatch(command.commandId);
    const answer = await this.answerSafely(command, known.stream, undefined, known.receivedAt, known);
    // Sent as a fact before and refused then: who asks for the decision now hears the refusal.
    const refused = answer.events.find((event) => event.type === 'FactRefused');
    if (refused !== undefined) throw refusalIn(refused.data);
    return answer;
  }

  /** The command is stored: if its answer can't be read now, the same command may be sent again. */
  private async answerSafely(
    { kind, commandId }: CheckedCommand, stream: string, version: number | undefined, receivedAt: string, known?: RecordedCommand,
  ): Promise<CommandAnswer> {
    try {
      if (known !== undefined) return await this.answerKnown(kind, known);
      return await this.answerAt(kind, stream, commandId, version ?? 0, receivedAt);
    } catch (cause) {
      throw isDatabaseAway(cause) ? outcomeUnknown(commandId, cause) : cause;
    }
  }

  private async answerAt(kind: CaseKind, stream: string, commandId: string, version: number, receivedAt: string): Promise<CommandAnswer> {
    const [events, { state }] = await Promise.all([
      eventsOfCommand(this.deps.db, stream, commandId), getCaseAt(this.deps.db, stream, version),
    ]);
    return { commandId, version, events, view: kind.view(state, receivedAt) ?? {} };
  }

  /** Received now: stamped once, whatever way the command takes from here. */
  private async stamp(
    stream: string, command: CheckedCommand, requestHash: string, urgency: Urgency,
  ): Promise<{ stamped: StampedCommand; fresh: readonly string[] }> {
    const receivedAt = new Date().toISOString();
    const { texts, keys } = this.deps;
    const { data, fresh } = await setBeside(texts, keys, command.spec, command.data, { stream, commandId: command.commandId }, urgency);
    return { stamped: { id: command.commandId, type: command.type, data, actor: command.actor ?? actorOf(command.caller), receivedAt, requestHash }, fresh };
  }

  private async discard(fresh: readonly string[]): Promise<void> {
    await this.deps.texts.discard(fresh).catch((error: unknown) => {
      this.deps.log.warn({ err: error, texts: fresh }, 'texts of a refused command are left over');
    });
  }

  private noteUnheard(stream: string, commandId: string): void {
    const { unheard } = this.deps;
    unheard.add(`${stream}\n${commandId}`);
    const [oldest] = unheard;
    if (unheard.size > UNHEARD_KEPT && oldest !== undefined) unheard.delete(oldest);
  }

  /** Nobody waits for it: the reconciler does the same a minute later. */
  private wake(stream: string): void {
    this.deps.engine.catchUp(stream).catch((error: unknown) => {
      this.deps.log.warn({ err: error, stream }, 'a case could not be woken');
    });
  }
}

function checkVersion(ifMatch: readonly number[] | undefined, head: number): void {
  if (ifMatch !== undefined && !ifMatch.includes(head)) throw versionConflict(head);
}

function versionConflict(version: number): Problem {
  return Problem.of('VERSION_CONFLICT', {
    detail: { it: `La pratica è alla versione ${version}.`, en: `The case stands at version ${version}.` }, extra: { version },
  });
}

function refusal(code: string, reasons: readonly Reason[]): Problem {
  return Problem.refused(code, reasons);
}

function refusalIn(data: object): Problem {
  const { code, reasons } = data as { code: string; reasons: readonly KeptReason[] };
  return refusal(code, reasons.map(readReason));
}

function mismatch(commandId: string): Problem {
  const message = {
    it: `La chiave ${commandId} è già stata usata con altro contenuto; per un nuovo comando si usi una nuova Idempotency-Key.`,
    en: `The key ${commandId} was used with another content; use a new Idempotency-Key for a new command.`,
  };
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message }]);
}

function outcomeUnknown(commandId: string, cause?: unknown): Problem {
  return Problem.of('OUTCOME_UNKNOWN', {
    detail: {
      it: 'Il motore non ha risposto in tempo; la stessa richiesta con la stessa Idempotency-Key si può inviare di nuovo.',
      en: 'The engine has not answered in time; the same request with the same Idempotency-Key may be sent again.',
    },
    extra: { commandId }, cause,
  });
}
