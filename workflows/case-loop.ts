import { compareInstants, type Instant } from '../domain/shared/civil-date.ts';
import { factRefused } from '../domain/shared/case.ts';
import { refused, type Decision, type Effect, type EventBody, type Refused } from '../domain/shared/process.ts';
import type { AppendAnswer, AppendRequest, EventPage, LoadAnswer, StampedCommand, StoredEvent } from '../domain/shared/store.ts';
import { ENGINE } from '../domain/shared/actor.ts';
import type { AnyProcess } from '../domain/processes.ts';

/** What the loop needs of the store; the Temporal shell gives it local activities, the memory shell arrays. */
export interface StorePort {
  append(request: AppendRequest): Promise<AppendAnswer | TooLarge>;
  load(stream: string, version: number, hash: string | null): Promise<LoadAnswer>;
  readAfter(stream: string, version: number): Promise<EventPage>;
  recall(stream: string, command: StampedCommand): Promise<RecallAnswer>;
  alarm(code: string, stream: string, detail: string): Promise<void>;
}

export interface TooLarge {
  readonly outcome: 'TOO_LARGE';
  readonly detail: string;
}

/** Does the store know this command? */
export type RecallAnswer =
  | { readonly outcome: 'DUPLICATE'; readonly events: readonly StoredEvent[] }
  | { readonly outcome: 'MISMATCH' }
  | { readonly outcome: 'UNKNOWN' };

/** Where a run begins: the snapshot of the run before it. */
export interface CaseSnapshot {
  readonly version: number;
  readonly headHash: string | null;
  readonly stateSchema: number;
  readonly state: object;
}

/** What a command came to: the version after it and what was due then, and how many events were its own. */
export type Outcome = { readonly kind: 'done'; readonly version: number } | Refused;

/** A command from outside is remembered even if it changes nothing; a fact is answered by an event; the engine's own is neither. */
type Manner = 'decision' | 'fact' | 'engine';

/**
 * One case at its version: decides commands, lets the store arbitrate, moves only by stored events. It knows nothing
 * of who hosts it and is not safe against itself: the host calls it one command at a time.
 */
export class CaseLoop {
  private readonly process: AnyProcess;
  private readonly stream: string;
  private readonly store: StorePort;
  private readonly now: () => Instant;
  private state: object;
  private head: string | null = null;
  private at = 0;
  private ready = false;
  private haltedBy: string | null = null;
  /** Timers that did nothing when they fired: never tried again in this run, or the case would spin. */
  private readonly spent = new Set<string>();

  constructor(process: AnyProcess, stream: string, store: StorePort, now: () => Instant) {
    this.process = process;
    this.stream = stream;
    this.store = store;
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
  async load(snapshot: CaseSnapshot | undefined): Promise<void> {
    const usable = snapshot !== undefined && snapshot.stateSchema === this.process.stateSchema;
    const from = usable ? snapshot : { version: 0, headHash: null, state: this.process.initial() };
    const answer = await this.store.load(this.stream, from.version, from.headHash);
    if (!answer.known) {
      await this.halt('STORE_BEHIND', `The case continued at version ${from.version}, the store has ${answer.version} or another record there.`);
    } else {
      this.at = from.version;
      this.head = from.headHash;
      this.state = from.state;
      await this.foldPages(answer);
    }
    this.ready = true;
  }

  /** The refusal a command would get now, without asking the store; null when it would be taken. */
  dryRun(command: StampedCommand): Refused | null {
    const decision = this.decide(command);
    return decision.kind === 'refused' ? decision : null;
  }

  async execute(command: StampedCommand): Promise<Outcome> {
    return this.settle(command, 'decision');
  }

  /** For facts that may not be lost: a refusal becomes an event. */
  async executeFact(command: StampedCommand): Promise<Outcome> {
    return this.settle(command, 'fact');
  }

  /** The result of an effect. */
  async completeEffect(key: string): Promise<void> {
    await this.run({ id: `e/${key}/done`, type: 'CompleteEffect', data: { key }, actor: ENGINE, receivedAt: this.now(), requestHash: null }, 'engine');
  }

  /** Adopts what the store has beyond this state. */
  async catchUp(): Promise<void> {
    await this.foldPages(await this.store.readAfter(this.stream, this.at));
  }

  /** The instant of the earliest timer, due or not; null when none is wanted. */
  nextTimerAt(): Instant | null {
    return this.earliestTimer()?.at ?? null;
  }

  hasDueTimer(): boolean {
    const timer = this.earliestTimer();
    return timer !== undefined && compareInstants(timer.at, this.now()) <= 0;
  }

  /** Fires what is due, in order; a timer's event may make another one due. */
  async drainTimers(): Promise<void> {
    for (;;) {
      const timer = this.earliestTimer();
      if (timer === undefined || compareInstants(timer.at, this.now()) > 0) return;
      const id = `t/${timer.key}/${timer.at}`;
      const before = this.at;
      await this.run({ id, ...timer.command, actor: ENGINE, receivedAt: this.now(), requestHash: null }, 'engine');
      if (this.at === before && this.haltedBy === null) {
        this.spent.add(id);
        await this.store.alarm('TIMER_WITHOUT_EFFECT', this.stream, `The timer ${id} changed nothing and is not tried again.`);
      }
    }
  }

  private earliestTimer() {
    if (this.haltedBy !== null) return undefined;
    return this.process.timers(this.state)
      .filter((timer) => !this.spent.has(`t/${timer.key}/${timer.at}`))
      .toSorted((a, b) => compareInstants(a.at, b.at) || (a.key < b.key ? -1 : 1))[0];
  }

  /** Due timers are drained before the decision and before the answer, so the view in it is the view at its version. */
  private async settle(command: StampedCommand, manner: Manner): Promise<Outcome> {
    await this.drainTimers();
    const outcome = await this.run(command, manner);
    await this.drainTimers();
    return outcome.kind === 'done' ? { kind: 'done', version: this.at } : outcome;
  }

  private async run(command: StampedCommand, manner: Manner): Promise<Outcome> {
    let refusal: Refused | null = null;
    for (;;) {
      const decision: Decision<EventBody> = refusal ?? this.decide(command);
      if (decision.kind === 'refused') {
        const known = await this.recall(command);
        if (known !== null) return known;
        if (manner !== 'fact' || this.haltedBy !== null) return decision;
        if (this.at === 0) {
          await this.store.alarm('FACT_WITHOUT_CASE', this.stream, `${command.id}: ${command.type} was refused (${decision.code}) and there is no case to keep it.`);
          return decision;
        }
      }
      const events = decision.kind === 'refused' ? [factRefused(command.id, command.type, decision)] : decision.events;
      if (events.length === 0 && manner === 'engine') return this.done();
      const answer = await this.store.append({ stream: this.stream, expected: this.at, expectedHash: this.head, command, events });
      switch (answer.outcome) {
        case 'STORED':
        case 'DUPLICATE':
          await this.adopt(answer.events);
          return decision.kind === 'refused' ? decision : this.done();
        case 'MISMATCH':
          return mismatch();
        case 'STALE':
          await this.foldPages(answer);
          refusal = null;
          break;
        case 'BEHIND':
          await this.halt('STORE_BEHIND', `The case stands at version ${this.at}, the store has ${answer.version} or another record there.`);
          return this.haltedRefusal();
        case 'TOO_LARGE':
          if (refusal !== null || manner !== 'fact') return refused('RECORD_TOO_LARGE', answer.detail);
          refusal = refused('RECORD_TOO_LARGE', answer.detail);
          break;
      }
    }
  }

  private decide(command: StampedCommand): Decision<EventBody> {
    if (this.haltedBy !== null) return this.haltedRefusal();
    return this.process.decide(this.state, command, { actor: command.actor, now: command.receivedAt, commandId: command.id });
  }

  /** A command that the store knows is answered from it, whatever the state says now. */
  private async recall(command: StampedCommand): Promise<Outcome | null> {
    const answer = await this.store.recall(this.stream, command);
    switch (answer.outcome) {
      case 'UNKNOWN':
        return null;
      case 'MISMATCH':
        return mismatch();
      case 'DUPLICATE':
        await this.adopt(answer.events);
        return this.done();
    }
  }

  private done(): Outcome {
    return { kind: 'done', version: this.at };
  }

  /** Folds events of one command; what lies between this state and them is read first. */
  private async adopt(events: readonly StoredEvent[]): Promise<void> {
    const first = events[0];
    if (first !== undefined && first.version > this.at + 1) await this.catchUp();
    this.foldEvents(events);
  }

  private async foldPages(first: EventPage): Promise<void> {
    let page = first;
    this.foldEvents(page.events);
    while (page.more) {
      page = await this.store.readAfter(this.stream, this.at);
      this.foldEvents(page.events);
    }
  }

  private foldEvents(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (event.version !== this.at + 1) continue;
      this.state = this.process.evolve(this.state, event);
      this.at = event.version;
      this.head = event.hash;
    }
  }

  private async halt(code: string, detail: string): Promise<void> {
    this.haltedBy = code;
    await this.store.alarm(code, this.stream, detail);
  }

  private haltedRefusal(): Refused {
    return refused('CASE_HALTED', `The case is halted (${this.haltedBy ?? ''}): its record does not agree with the store; the operator of the system must look at the alarm.`);
  }
}

function mismatch(): Refused {
  return refused('IDEMPOTENCY_MISMATCH', 'This commandId is stored with another content; use a new Idempotency-Key for a new command.');
}

