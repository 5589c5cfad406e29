import {
  ActivityFailure, allHandlersFinished, ApplicationFailure, CancellationScope, condition, isCancellation, makeContinueAsNewFunc, patched, proxyActivities, proxyLocalActivities,
  setHandler, sleep, workflowInfo,
} from '@temporalio/workflow';
import type { ActActivities, StoreActivities, WorldActivities } from '../activities/ports.ts';
import type { BrokerCall, BrokerOutcome } from '../domain/migration/broker-call.ts';
import type { Effect, Refused } from '../domain/shared/process.ts';
import { keepReason } from '../domain/shared/reason.ts';
import { processOf } from '../domain/processes.ts';
import { CaseLoop } from './case-loop.ts';
import type { Outcome } from './case-port.ts';
import {
  CASE_CONTINUING, catchUpSignal, executeUpdate, factSignal, MESSAGE_FORGED, VERSION_IS, versionUpdate, type CaseInput, type CommandAnswer, type CommandMessage,
} from './messages.ts';
import { isOpen } from './open-payloads.ts';
import { ask, runSteps, type Steps } from './steps.ts';

/** History events after which a run continues as new, well before Temporal's own limits. */
const MAX_HISTORY = 2_000;

/** In the history of a run whose first effect is to archive the run before it: runs from before that do not. */
const ARCHIVES_RUN_BEFORE = 'archives-run-before';

/** In the history of a run that was begun unencrypted although the workers of its day encrypt: by a stranger. */
const BEGUN_BY_A_STRANGER = 'begun-unencrypted';

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

/**
 * A call to a broker waits for what may take long: the activity beats while it polls, and gives up by itself with a typed answer. These
 * limits are for a worker that dies (30 s without a beat: another goes on with the same request) and for one that never gives up:
 * a broker may take a day for one operation (its maximum polling duration), and who is away for a week is a matter for the operator.
 */
const broker = proxyActivities<Pick<WorldActivities, 'callBroker'>>({
  startToCloseTimeout: '26 h',
  scheduleToCloseTimeout: '7 days',
  heartbeatTimeout: '30 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '60 s' },
});

/** What a case decides comes within this; a worker that died is noticed by it, and the act, which is done once, is asked for again. */
const acts = proxyActivities<ActActivities>({
  startToCloseTimeout: '20 s',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
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
  /** False in a run from before the encryption, which goes on as it was until it continues as new. */
  private readonly encrypted: boolean;
  private readonly loop: CaseLoop;
  /**
   * No request to cancel from outside reaches what a case does: it ends by its own law. With the scope of the workflow cancelled the
   * store answers nothing any more, and a run that has not loaded yet fails for ever. The inner scope is for runs from before: their
   * histories lack the SDK's flag that shields it (`NonCancellableScopesAreShieldedFromPropagation`), and it is cancelled as theirs was.
   */
  private readonly scope = new CancellationScope({ cancellable: true, parent: new CancellationScope({ cancellable: false }) });
  /** Whether somebody has the case now, and who waits for it, in order. */
  private busy = false;
  private readonly line: (() => void)[] = [];
  private commands = 0;
  private wake: () => void = () => undefined;
  private closing = false;
  private readonly performing = new Set<string>();
  private armed: { readonly at: number; readonly scope: CancellationScope } | null = null;

  constructor(input: CaseInput) {
    const isStranger = isOpen(input) && patched(BEGUN_BY_A_STRANGER);
    this.encrypted = isStranger || !isOpen(input);
    // Who has no key may begin a run, as anyone who reaches Temporal; what it says of the case is not believed.
    this.input = isStranger ? { stream: workflowInfo().workflowId } : input;
    this.loop = new CaseLoop(processOf(this.input.stream), this.input.stream, () => Date.now());
    // Queued first, so that every command finds a loaded case.
    void this.inTurn(() => this.loop.load(this.input.snapshot));
  }

  listen(): void {
    setHandler(versionUpdate, () => { throw this.versionIs(); }, { validator: () => { throw this.versionIs(); } });
    setHandler(catchUpSignal, () => this.inTurn(() => this.loop.catchUp()));
    setHandler(factSignal, (message) => this.inTurn(() => this.fact(message)));
    setHandler(executeUpdate, (message) => this.inTurn(() => this.decision(message)), { validator: (message) => { this.validate(message); } });
  }

  /** Lives until the process is finished, or continues as new when the history grows long. */
  live(): Promise<void> {
    return this.scope.run(() => this.goOn());
  }

  private async goOn(): Promise<void> {
    this.archiveRunBefore();
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

  /** Its history is whole now; if this run ends before it is archived, the sweep finds it. */
  private archiveRunBefore(): void {
    const { continuedFromExecutionRunId: runId, workflowId } = workflowInfo();
    if (runId === undefined || !patched(ARCHIVES_RUN_BEFORE)) return;
    void world.archiveRun(workflowId, runId).catch(() => undefined);
  }

  /** A refusal here is a synchronous coded error and leaves no trace in the history. */
  private validate(message: CommandMessage): void {
    if (this.isForged(message)) throw ApplicationFailure.nonRetryable('What is asked is not encrypted by a key of ours.', MESSAGE_FORGED);
    if (this.closing) throw ApplicationFailure.nonRetryable('The run is about to continue as new; send again.', CASE_CONTINUING);
    // What is not settled yet is for the handler: it catches up, drains the due timers and waits for its turn.
    const settled = this.loop.loaded && !this.busy && !this.isBehind(message) && !this.loop.hasDueTimer();
    const refusal = settled ? this.loop.dryRun(message.command) : null;
    if (refusal !== null) throw failure(refusal);
  }

  private versionIs(): ApplicationFailure {
    return ApplicationFailure.create({ type: VERSION_IS, nonRetryable: true, details: this.loop.loaded ? [this.loop.version] : [] });
  }

  /** Who reaches Temporal can send anything; who has our keys encrypts it. */
  private isForged(message: unknown): boolean {
    return this.encrypted && (typeof message !== 'object' || message === null || isOpen(message));
  }

  private *fact(message: CommandMessage): Steps<void> {
    if (this.isForged(message)) {
      yield* ask((port) => port.alarm(MESSAGE_FORGED, this.input.stream, 'A fact came to Temporal that is not encrypted by a key of ours; nothing was done. Somebody else reaches Temporal: see to its TLS and API key.'));
      return;
    }
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
    return this.scope.run(() => new Promise((resolve, reject) => {
      const begin = (): void => {
        runSteps(act(), store, (result) => { this.leave(); resolve(result); }, (error) => { this.leave(); reject(error); });
      };
      if (this.busy) {
        this.line.push(begin);
      } else {
        this.busy = true;
        begin();
      }
    }));
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
      const { key } = effect;
      // The acts of a campaign are independent of each other: how many are under way is its own affair.
      const to = effect.kind === 'tell' ? effect.input.to : effect.kind === 'act' ? key : effect.kind;
      const isNext = !spokenTo.has(to);
      spokenTo.add(to);
      if (!isNext || this.performing.has(key)) continue;
      this.performing.add(key);
      void this.perform(effect);
    }
  }

  private async perform(effect: Effect): Promise<void> {
    if (effect.kind === 'tell') {
      await world.tell(effect.input);
      await this.inTurn(() => this.loop.completeEffect(effect.key));
    } else if (effect.kind === 'act') {
      const outcome = await acts.act(effect.input);
      await this.inTurn(() => this.loop.concludeAct(effect.key, outcome));
    } else {
      const outcome = await outcomeOf(effect.input);
      await this.inTurn(() => this.loop.concludeBrokerCall(effect.key, outcome));
    }
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
    // A run stays with the version of the worker that began it; the next begins with the current one.
    const next = makeContinueAsNewFunc<(input: CaseInput) => Promise<void>>({ initialVersioningBehavior: 'AUTO_UPGRADE' });
    await next({ ...this.input, snapshot: this.loop.snapshot() });
  }
}

/** An activity that came to no answer is one too: the operator tries again, or goes on without. */
async function outcomeOf(call: BrokerCall): Promise<BrokerOutcome> {
  try {
    return await broker.callBroker(call);
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { outcome: 'FAILED', broker: null, code: 'BROKER_FAILED', status: null, mayBeLeft: true };
  }
}

function failure({ code, reasons }: Refused): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: reasons[0]?.message.en ?? code, nonRetryable: true, details: [reasons.map(keepReason)] });
}
