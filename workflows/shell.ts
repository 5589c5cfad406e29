import {
  allHandlersFinished, ApplicationFailure, CancellationScope, condition, makeContinueAsNewFunc, proxyActivities, proxyLocalActivities,
  setHandler, sleep, workflowInfo,
} from '@temporalio/workflow';
import type { StoreActivities, WorldActivities } from '../activities/ports.ts';
import { instantOfMillis, millisOf } from '../domain/shared/civil-date.ts';
import type { Effect, Refused } from '../domain/shared/process.ts';
import { processOf } from '../domain/processes.ts';
import { CaseLoop } from './case-loop.ts';
import { CASE_CONTINUING, catchUpSignal, executeUpdate, factSignal, versionQuery, type CaseInput, type CommandMessage } from './messages.ts';

/** History events after which a run continues as new, well before Temporal's own limits. */
const MAX_HISTORY = 2_000;

/**
 * Local on purpose: one workflow task a command. The database may be away for long: no limit of attempts, and beyond
 * 5 s of waiting the retry is a server timer instead of heartbeats of the task.
 */
const store = proxyLocalActivities<StoreActivities>({
  startToCloseTimeout: '5 s',
  localRetryThreshold: '5 s',
  retry: { initialInterval: '100 ms', backoffCoefficient: 2, maximumInterval: '60 s' },
});
const world = proxyActivities<WorldActivities>({
  startToCloseTimeout: '30 s',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '60 s' },
});

/** Hosts a process as a workflow: the only place that knows Temporal's workflow API. */
export async function hostCase(input: CaseInput): Promise<void> {
  const host = new CaseHost(input);
  // Handlers stand before the first await, or messages that came with the start would find none.
  host.listen();
  await host.live();
}

class CaseHost {
  private readonly input: CaseInput;
  private readonly loop: CaseLoop;
  private tail: Promise<unknown> = Promise.resolve();
  private queued = 0;
  private commands = 0;
  private changes = 0;
  private closing = false;
  private readonly performing = new Set<string>();
  private armed: { readonly at: number; readonly scope: CancellationScope } | null = null;

  constructor(input: CaseInput) {
    this.input = input;
    this.loop = new CaseLoop(processOf(input.stream), input.stream, store, () => instantOfMillis(Date.now()));
    // Queued first, so that every command finds a loaded case.
    void this.inTurn(() => this.loop.load(input.snapshot));
  }

  listen(): void {
    setHandler(versionQuery, () => this.loop.version);
    setHandler(catchUpSignal, () => this.inTurn(() => this.loop.catchUp()));
    setHandler(factSignal, (message) => this.inTurn(async () => {
      await this.catchUpWith(message);
      await this.loop.executeFact(message.command);
    }));
    setHandler(executeUpdate, (message) => this.inTurn(async () => {
      await this.catchUpWith(message);
      const outcome = await this.loop.execute(message.command);
      if (outcome.kind === 'refused') throw failure(outcome);
      return { version: outcome.version };
    }), { validator: (message) => { this.validate(message); } });
  }

  /** Lives until the process is finished, or continues as new when the history grows long. */
  async live(): Promise<void> {
    for (;;) {
      const seen = this.changes;
      this.performEffects();
      this.armTimer();
      if (this.queued === 0 && this.loop.hasDueTimer()) {
        await this.inTurn(() => this.loop.drainTimers());
        continue;
      }
      if (this.isLong()) await this.continueAsNew();
      if (this.queued === 0 && this.loop.finished && allHandlersFinished()) return;
      await condition(() => this.changes !== seen);
    }
  }

  /** A refusal here is a synchronous coded error and leaves no trace in the history. */
  private validate(message: CommandMessage): void {
    if (this.closing) throw ApplicationFailure.nonRetryable('The run is about to continue as new; send again.', CASE_CONTINUING);
    // What is not settled yet is for the handler: it catches up, drains the due timers and waits for its turn.
    const settled = this.loop.loaded && this.queued === 0 && message.seenVersion <= this.loop.version && !this.loop.hasDueTimer();
    const refusal = settled ? this.loop.dryRun(message.command) : null;
    if (refusal !== null) throw failure(refusal);
  }

  private async catchUpWith(message: CommandMessage): Promise<void> {
    if (message.seenVersion > this.loop.version) await this.loop.catchUp();
    this.commands += 1;
  }

  /** One at a time: whatever touches the case waits for what came before it. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.queued += 1;
    const turn = this.tail.then(work).finally(() => {
      this.queued -= 1;
      this.changes += 1;
    });
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Each owed effect is under way once; its result is a command with an id derived from its key. What is told to one
   * case goes in order: a later word must not overtake an earlier one that is being tried again.
   */
  private performEffects(): void {
    const spokenTo = new Set<string>();
    for (const effect of this.loop.effects) {
      const { key, input: { to } } = effect;
      const isNext = !spokenTo.has(to);
      spokenTo.add(to);
      if (!isNext || this.performing.has(key)) continue;
      this.performing.add(key);
      void this.perform(effect);
    }
  }

  private async perform(effect: Effect): Promise<void> {
    await world.tell(effect.input);
    await this.inTurn(() => this.loop.completeEffect(effect.key));
    this.performing.delete(effect.key);
  }

  /** Keeps one durable timer: that of the earliest wish, set anew only when the wish changes. */
  private armTimer(): void {
    const next = this.loop.nextTimerAt();
    const at = next === null ? null : millisOf(next);
    if (at === (this.armed?.at ?? null)) return;
    this.armed?.scope.cancel();
    this.armed = null;
    if (at === null || at <= Date.now()) return;
    const scope = new CancellationScope();
    this.armed = { at, scope };
    scope.run(() => sleep(at - Date.now())).then(
      () => {
        this.armed = null;
        this.changes += 1;
      },
      () => undefined,
    );
  }

  private isLong(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return continueAsNewSuggested || historyLength >= MAX_HISTORY || this.commands >= (this.input.continueAfter ?? Number.POSITIVE_INFINITY);
  }

  /** New Updates are sent back, the ones under way and every signal are finished, then the next run starts from the snapshot. */
  private async continueAsNew(): Promise<void> {
    this.closing = true;
    await condition(() => this.queued === 0 && allHandlersFinished());
    const next = makeContinueAsNewFunc<(input: CaseInput) => Promise<void>>();
    await next({ ...this.input, snapshot: this.loop.snapshot() });
  }
}

function failure({ code, reasons }: Refused): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: reasons[0]?.message ?? code, nonRetryable: true, details: [reasons] });
}
