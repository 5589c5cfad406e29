import {
  allHandlersFinished, ApplicationFailure, CancellationScope, condition, makeContinueAsNewFunc, proxyActivities, proxyLocalActivities,
  setHandler, sleep, workflowInfo,
} from '@temporalio/workflow';
import type { StoreActivities, WorldActivities } from '../activities/ports.ts';
import type { Effect, Refused } from '../domain/shared/process.ts';
import { keepReason } from '../domain/shared/reason.ts';
import { processOf } from '../domain/processes.ts';
import { CaseLoop } from './case-loop.ts';
import type { Outcome } from './case-port.ts';
import {
  CASE_CONTINUING, catchUpSignal, executeUpdate, factSignal, versionQuery, type CaseInput, type CommandAnswer, type CommandMessage,
} from './messages.ts';
import { runSteps, type Steps } from './steps.ts';

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
  /** Whether somebody has the case now, and who waits for it, in order. */
  private busy = false;
  private readonly line: (() => void)[] = [];
  private commands = 0;
  private wake: () => void = () => undefined;
  private closing = false;
  private readonly performing = new Set<string>();
  private armed: { readonly at: number; readonly scope: CancellationScope } | null = null;

  constructor(input: CaseInput) {
    this.input = input;
    this.loop = new CaseLoop(processOf(input.stream), input.stream, () => Date.now());
    // Queued first, so that every command finds a loaded case.
    void this.inTurn(() => this.loop.load(input.snapshot));
  }

  listen(): void {
    setHandler(versionQuery, () => this.loop.version);
    setHandler(catchUpSignal, () => this.inTurn(() => this.loop.catchUp()));
    setHandler(factSignal, (message) => this.inTurn(() => this.fact(message)));
    setHandler(executeUpdate, (message) => this.inTurn(() => this.decision(message)), { validator: (message) => { this.validate(message); } });
  }

  /** Lives until the process is finished, or continues as new when the history grows long. */
  async live(): Promise<void> {
    for (;;) {
      const changed = new Promise<void>((resolve) => { this.wake = resolve; });
      this.performEffects();
      this.armTimer();
      if (!this.busy && this.loop.hasDueTimer()) {
        await this.inTurn(() => this.loop.drainTimers());
        continue;
      }
      if (this.isLong()) await this.continueAsNew();
      if (!this.busy && this.loop.finished) {
        if (allHandlersFinished()) return;
        await condition(allHandlersFinished);
      } else await changed;
    }
  }

  /** A refusal here is a synchronous coded error and leaves no trace in the history. */
  private validate(message: CommandMessage): void {
    if (this.closing) throw ApplicationFailure.nonRetryable('The run is about to continue as new; send again.', CASE_CONTINUING);
    // What is not settled yet is for the handler: it catches up, drains the due timers and waits for its turn.
    const settled = this.loop.loaded && !this.busy && !this.isBehind(message) && !this.loop.hasDueTimer();
    const refusal = settled ? this.loop.dryRun(message.command) : null;
    if (refusal !== null) throw failure(refusal);
  }

  private *fact(message: CommandMessage): Steps<void> {
    yield* this.execute(message, 'fact');
  }

  private *decision(message: CommandMessage): Steps<CommandAnswer> {
    const outcome = yield* this.execute(message, 'decision');
    if (outcome.kind === 'refused') throw failure(outcome);
    return { version: outcome.version };
  }

  private *execute(message: CommandMessage, manner: 'decision' | 'fact'): Steps<Outcome> {
    if (this.isBehind(message)) yield* this.loop.catchUp();
    this.commands += 1;
    return yield* this.loop.execute(message.command, manner, message.ifVersion);
  }

  private isBehind({ seenVersion }: CommandMessage): boolean {
    return seenVersion > this.loop.version;
  }

  /** One at a time: whatever touches the case waits for what came before it. */
  private inTurn<Result>(act: () => Steps<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        runSteps(act(), store, (result) => { this.leave(); resolve(result); }, (error) => { this.leave(); reject(error); });
      };
      if (this.busy) {
        this.line.push(begin);
      } else {
        this.busy = true;
        begin();
      }
    });
  }

  private leave(): void {
    const next = this.line.shift();
    // Handed over without a gap: who comes meanwhile stands in line.
    if (next === undefined) this.busy = false;
    else next();
    this.wake();
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
    const at = this.loop.nextTimerAt();
    if (at === (this.armed?.at ?? null)) return;
    this.armed?.scope.cancel();
    this.armed = null;
    if (at === null || at <= Date.now()) return;
    const scope = new CancellationScope();
    this.armed = { at, scope };
    scope.run(() => sleep(at - Date.now())).then(
      () => {
        this.armed = null;
        this.wake();
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
    await condition(() => !this.busy && allHandlersFinished());
    const next = makeContinueAsNewFunc<(input: CaseInput) => Promise<void>>();
    await next({ ...this.input, snapshot: this.loop.snapshot() });
  }
}

function failure({ code, reasons }: Refused): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: reasons[0]?.message.en ?? code, nonRetryable: true, details: [reasons.map(keepReason)] });
}
