import { ENGINE, type Actor } from '../domain/shared/actor.ts';
import { compareInstants, instantOfMillis, millisOf, type Instant } from '../domain/shared/civil-date.ts';
import { processOf } from '../domain/processes.ts';
import { NO_BROKER, type BrokerCall, type BrokerOutcome } from '../domain/migration/broker-call.ts';
import type { CommandBody, Effect } from '../domain/shared/process.ts';
import { CaseLoop } from '../workflows/case-loop.ts';
import type { Outcome } from '../workflows/case-port.ts';
import { runSteps, type Steps } from '../workflows/steps.ts';
import { MemoryStore } from './memory-store.ts';

export type BrokerPort = (call: BrokerCall) => Promise<BrokerOutcome>;

const noBroker: BrokerPort = () => Promise.resolve(NO_BROKER);

/** Hosts the same processes as the Temporal shell, in memory and with a virtual clock: years pass in milliseconds. */
export class MemoryShell {
  readonly store = new MemoryStore();
  private readonly cases = new Map<string, CaseLoop>();
  private clock: Instant;
  private readonly callBroker: BrokerPort;

  /** `callBroker` stands for the brokers; without it there is none. */
  constructor(start: Instant, callBroker: BrokerPort = noBroker) {
    this.clock = start;
    this.callBroker = callBroker;
  }

  get now(): Instant {
    return this.clock;
  }

  /** A decision, answered at once; its effects are performed before this returns. */
  async execute(stream: string, id: string, command: CommandBody, actor: Actor): Promise<Outcome> {
    const loop = await this.open(stream);
    const outcome = await this.run(loop.execute({ id, ...command, actor, receivedAt: this.clock, requestHash: null }, 'decision'));
    await this.performEffects();
    return outcome;
  }

  /** A fact; refused, it leaves the event FactRefused. */
  async submitFact(stream: string, id: string, command: CommandBody, actor: Actor): Promise<void> {
    await this.deliver(stream, id, command, actor);
    await this.performEffects();
  }

  /** Lets time pass: every timer on the way fires at its instant, in order over all cases. */
  async advanceTo(instant: Instant): Promise<void> {
    for (;;) {
      const next = this.earliestTimer();
      if (next === undefined || compareInstants(next.at, instant) > 0) break;
      if (compareInstants(next.at, this.clock) > 0) this.clock = next.at;
      await this.run(next.loop.drainTimers());
      await this.performEffects();
    }
    if (compareInstants(instant, this.clock) > 0) this.clock = instant;
  }

  version(stream: string): number {
    return this.cases.get(stream)?.version ?? 0;
  }

  /** The state of a case; undefined when nothing was sent to it yet. */
  state(stream: string): object | undefined {
    return this.cases.get(stream)?.snapshot().state;
  }

  /** When the next timer of any case fires; null when none is wanted. */
  nextTimerAt(): Instant | null {
    return this.earliestTimer()?.at ?? null;
  }

  /** Takes a case over as it stands elsewhere, by a copy of its state: here it goes on by itself. */
  async adopt(stream: string, version: number, state: object): Promise<void> {
    const process = processOf(stream);
    const headHash = this.store.begin(stream, version);
    const loop = new CaseLoop(process, stream, () => millisOf(this.clock));
    await this.run(loop.load({ version, headHash, stateSchema: process.stateSchema, state }));
    this.cases.set(stream, loop);
  }

  private async open(stream: string): Promise<CaseLoop> {
    const known = this.cases.get(stream);
    if (known !== undefined) return known;
    const loop = new CaseLoop(processOf(stream), stream, () => millisOf(this.clock));
    await this.run(loop.load(undefined));
    this.cases.set(stream, loop);
    return loop;
  }

  private async deliver(stream: string, id: string, command: CommandBody, actor: Actor): Promise<void> {
    const loop = await this.open(stream);
    await this.run(loop.execute({ id, ...command, actor, receivedAt: this.clock, requestHash: null }, 'fact'));
  }

  /** What one case owes may make another owe something. */
  private async performEffects(): Promise<void> {
    for (;;) {
      const owed = [...this.cases.values()].flatMap((loop) => loop.effects.map((effect) => ({ loop, effect })))[0];
      if (owed === undefined) return;
      await this.perform(owed.loop, owed.effect);
    }
  }

  private async perform(loop: CaseLoop, { key, ...effect }: Effect): Promise<void> {
    if (effect.kind === 'tell') {
      const { to, command, commandId } = effect.input;
      await this.deliver(to, commandId, command, ENGINE);
      await this.run(loop.completeEffect(key));
    } else if (effect.kind === 'act') {
      throw new Error('Campaigns act through the interface, which this shell has not');
    } else {
      const outcome = await this.callBroker(effect.input);
      await this.run(loop.concludeBrokerCall(key, outcome));
    }
  }

  private run<Result>(steps: Steps<Result>): Promise<Result> {
    return new Promise((resolve, reject) => { runSteps(steps, this.store, resolve, reject); });
  }

  private earliestTimer(): { readonly loop: CaseLoop; readonly at: Instant } | undefined {
    return [...this.cases.values()]
      .flatMap((loop) => {
        const at = loop.nextTimerAt();
        return at === null ? [] : [{ loop, at: instantOfMillis(at) }];
      })
      .toSorted((a, b) => compareInstants(a.at, b.at))[0];
  }
}
