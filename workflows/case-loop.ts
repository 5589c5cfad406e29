import { instantOfMillis, millisOf } from '../domain/shared/civil-date.ts';
import { factRefused } from '../domain/shared/case.ts';
import { refused, type CommandBody, type Decision, type Effect, type EventBody, type Refused, type Timer } from '../domain/shared/process.ts';
import type { ActOutcome } from '../domain/campaign/terms.ts';
import type { BrokerOutcome } from '../domain/migration/broker-call.ts';
import type { EventPage, StampedCommand, StoredEvent } from '../domain/shared/store.ts';
import { ENGINE } from '../domain/shared/actor.ts';
import type { AnyProcess } from '../domain/processes.ts';
import type { CaseSnapshot, Outcome } from './case-port.ts';
import { ask, type Steps } from './steps.ts';

/** A timer of the process with its id as a command and its moment in milliseconds. */
interface Wish {
  readonly id: string;
  readonly at: number;
  readonly command: CommandBody;
}

/** A command from outside is remembered even if it changes nothing; a fact is answered by an event; the engine's own is neither. */
type Manner = 'decision' | 'fact' | 'engine';

/**
 * One case at its version: decides commands, lets the store arbitrate, moves only by stored events. It asks the store by
 * steps that its host performs (`steps.ts`), knows nothing of who that is, and is not safe against itself: the host runs
 * one act at a time to its end.
 */
export class CaseLoop {
  private readonly process: AnyProcess;
  private readonly stream: string;
  private readonly now: () => number;
  private state: object;
  private head: string | null = null;
  private at = 0;
  private ready = false;
  private haltedBy: string | null = null;
  /** What was decided last on this very state: a validator's decision is the handler's. */
  private decided: { readonly command: string; readonly decision: Decision<EventBody> } | null = null;
  /** The earliest timer of this state; undefined: not asked yet. */
  private earliest: Wish | null | undefined;
  /** Timers that did nothing when they fired: never tried again in this run, or the case would spin. */
  private readonly spent = new Set<string>();

  /** `now` gives the host's time in milliseconds of the epoch. */
  constructor(process: AnyProcess, stream: string, now: () => number) {
    this.process = process;
    this.stream = stream;
    this.now = now;
    this.state = process.initial();
  }

  get version(): number {
    return this.at;
  }

  /** True once the run stands where the store stands. */
  get loaded(): boolean {
    return this.ready;
  }

  get finished(): boolean {
    return this.at === 0 || this.process.finished(this.state);
  }

  get effects(): readonly Effect[] {
    return this.haltedBy === null ? this.process.effects(this.state) : [];
  }

  snapshot(): CaseSnapshot {
    return { version: this.at, headHash: this.head, stateSchema: this.process.stateSchema, state: this.state };
  }

  /** A run's first act: the snapshot if it is whole and the store knows its point, else the whole stream. */
  *load(snapshot: CaseSnapshot | undefined): Steps<void> {
    const kept = snapshot === undefined ? null : this.process.restore(snapshot.state, snapshot.stateSchema);
    const from = snapshot === undefined || kept === null
      ? { version: 0, headHash: null, state: this.process.initial() }
      : { version: snapshot.version, headHash: snapshot.headHash, state: kept };
    const answer = yield* ask((store) => store.load(this.stream, from.version, from.headHash));
    if (!answer.known) {
      yield* this.halt('STORE_BEHIND', `The case continued at version ${from.version}, the store has ${answer.version} or another record there.`);
    } else {
      this.at = from.version;
      this.head = from.headHash;
      this.state = from.state;
      this.earliest = undefined;
      yield* this.foldPages(answer);
    }
    this.ready = true;
  }

  /** The refusal a command would get now, without asking the store; null when it would be taken. */
  dryRun(command: StampedCommand): Refused | null {
    const decision = this.decide(command);
    return decision.kind === 'refused' ? decision : null;
  }

  /**
   * Decides a command; with `ifVersion`, only on one of those versions (a known command is answered all the same). Due
   * timers are drained before the decision and before the answer, so the view in it is the view at its version.
   */
  *execute(command: StampedCommand, manner: 'decision' | 'fact', ifVersion?: readonly number[]): Steps<Outcome> {
    if (this.hasDueTimer()) yield* this.drainTimers();
    if (ifVersion !== undefined && !ifVersion.includes(this.at)) {
      return (yield* this.recall(command)) ?? refused('VERSION_CONFLICT', {
        it: `La pratica è alla versione ${this.at}.`, en: `The case stands at version ${this.at}.`,
      });
    }
    const outcome = yield* this.run(command, manner);
    if (this.hasDueTimer()) yield* this.drainTimers();
    return outcome.kind === 'done' ? this.done() : outcome;
  }

  /** The result of an effect. */
  *completeEffect(key: string): Steps<void> {
    yield* this.runOwn(`e/${key}/done`, { type: 'CompleteEffect', data: { key } });
  }

  /** What an act of a campaign came to. */
  *concludeAct(key: string, outcome: ActOutcome): Steps<void> {
    yield* this.runOwn(`e/${key}/done`, { type: 'ConcludeAct', data: { key, outcome } });
  }

  /** What a call to a broker came to. */
  *concludeBrokerCall(key: string, outcome: BrokerOutcome): Steps<void> {
    yield* this.runOwn(`e/${key}/done`, { type: 'ConcludeBrokerCall', data: { key, outcome } });
  }

  /** Adopts what the store has beyond this state. */
  *catchUp(): Steps<void> {
    yield* this.foldPages(yield* ask((store) => store.readAfter(this.stream, this.at)));
  }

  /** The moment of the earliest timer in milliseconds, due or not; null when none is wanted. */
  nextTimerAt(): number | null {
    return this.earliestTimer()?.at ?? null;
  }

  hasDueTimer(): boolean {
    const timer = this.earliestTimer();
    return timer !== null && timer.at <= this.now();
  }

  /** Fires what is due, in order; a timer's event may make another one due. */
  *drainTimers(): Steps<void> {
    for (let timer = this.earliestTimer(); timer !== null && timer.at <= this.now(); timer = this.earliestTimer()) {
      const before = this.at;
      yield* this.runOwn(timer.id, timer.command);
      if (this.at === before && this.haltedBy === null) {
        this.spent.add(timer.id);
        this.earliest = undefined;
        yield* ask((store) => store.alarm('TIMER_WITHOUT_EFFECT', this.stream, `The timer ${timer.id} changed nothing and is not tried again.`));
      }
    }
  }

  private earliestTimer(): Wish | null {
    if (this.haltedBy !== null) return null;
    this.earliest ??= this.process.timers(this.state).map(wishOf).filter((wish) => !this.spent.has(wish.id))
      .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))[0] ?? null;
    return this.earliest;
  }

  /** A command of the engine itself, at the host's time. */
  private *runOwn(id: string, { type, data }: CommandBody): Steps<void> {
    yield* this.run({ id, type, data, actor: ENGINE, receivedAt: instantOfMillis(this.now()), requestHash: null }, 'engine');
  }

  private *run(command: StampedCommand, manner: Manner): Steps<Outcome> {
    let refusal: Refused | null = null;
    for (;;) {
      const decision: Decision<EventBody> = refusal ?? this.decide(command);
      if (decision.kind === 'refused') {
        const known = yield* this.recall(command);
        if (known !== null) return known;
        if (manner !== 'fact' || this.haltedBy !== null) return decision;
        if (this.at === 0) {
          yield* ask((store) => store.alarm('FACT_WITHOUT_CASE', this.stream, `${command.id}: ${command.type} was refused (${decision.code}) and there is no case to keep it.`));
          return decision;
        }
      }
      const events = decision.kind === 'refused' ? [factRefused(command.id, command.type, decision)] : decision.events;
      if (events.length === 0 && manner === 'engine') return this.done();
      const answer = yield* ask((store) => store.append({ stream: this.stream, expected: this.at, expectedHash: this.head, command, events }));
      switch (answer.outcome) {
        case 'STORED':
        case 'DUPLICATE':
          if (this.leavesGap(answer.events)) yield* this.catchUp();
          this.foldEvents(answer.events);
          return decision.kind === 'refused' ? decision : this.done();
        case 'MISMATCH':
          return mismatch();
        case 'STALE':
          yield* this.foldPages(answer);
          refusal = null;
          break;
        case 'BEHIND':
          yield* this.halt('STORE_BEHIND', `The case stands at version ${this.at}, the store has ${answer.version} or another record there.`);
          return this.haltedRefusal();
        case 'TOO_LARGE':
          if (refusal !== null || manner !== 'fact') return tooLarge();
          refusal = tooLarge();
          break;
      }
    }
  }

  private decide(command: StampedCommand): Decision<EventBody> {
    if (this.haltedBy !== null) return this.haltedRefusal();
    const text = JSON.stringify(command);
    if (this.decided?.command !== text) this.decided = { command: text, decision: this.decideAnew(command) };
    return this.decided.decision;
  }

  private decideAnew(command: StampedCommand): Decision<EventBody> {
    return this.process.decide(this.state, command, { actor: command.actor, now: command.receivedAt, commandId: command.id });
  }

  /** A command that the store knows is answered from it, whatever the state says now. */
  private *recall(command: StampedCommand): Steps<Outcome | null> {
    const answer = yield* ask((store) => store.recall(this.stream, command));
    switch (answer.outcome) {
      case 'UNKNOWN':
        return null;
      case 'MISMATCH':
        return mismatch();
      case 'DUPLICATE':
        if (this.leavesGap(answer.events)) yield* this.catchUp();
        this.foldEvents(answer.events);
        return this.done();
    }
  }

  private done(): Outcome {
    return { kind: 'done', version: this.at };
  }

  /** Events of one command may lie beyond others that this state has not heard of. */
  private leavesGap([first]: readonly StoredEvent[]): boolean {
    return first !== undefined && first.version > this.at + 1;
  }

  private *foldPages(first: EventPage): Steps<void> {
    let page = first;
    this.foldEvents(page.events);
    while (page.more) {
      page = yield* ask((store) => store.readAfter(this.stream, this.at));
      this.foldEvents(page.events);
    }
  }

  private foldEvents(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (event.version !== this.at + 1) continue;
      this.state = this.process.evolve(this.state, event);
      this.decided = null;
      this.earliest = undefined;
      this.at = event.version;
      this.head = event.hash;
    }
  }

  private *halt(code: string, detail: string): Steps<void> {
    this.haltedBy = code;
    yield* ask((store) => store.alarm(code, this.stream, detail));
  }

  private haltedRefusal(): Refused {
    return refused('CASE_HALTED', {
      it: "La pratica è ferma: il suo registro non concorda con l'archivio; chi gestisce il sistema deve esaminare l'allarme.",
      en: 'The case is halted: its record does not agree with the store; the operator of the system must look at the alarm.',
    });
  }
}

function wishOf({ key, at, command }: Timer<CommandBody>): Wish {
  return { id: `t/${key}/${at}`, at: millisOf(at), command };
}

function mismatch(): Refused {
  return refused('IDEMPOTENCY_MISMATCH', {
    it: 'Questo commandId è già registrato con altro contenuto; per un nuovo comando si usi una nuova Idempotency-Key.',
    en: 'This commandId is stored with another content; use a new Idempotency-Key for a new command.',
  });
}

/** What a fact is refused with whose record would be beyond the store's limit. */
export function tooLarge(): Refused {
  return refused('RECORD_TOO_LARGE', {
    it: 'Il contenuto supera il limite di un evento; si abbrevi il contenuto, o lo si divida in più comandi.',
    en: 'The content is beyond the limit of a record; shorten it, or divide it among several commands.',
  });
}

