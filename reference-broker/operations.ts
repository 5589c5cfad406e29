import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Flags } from './errors.ts';
import type { Faults } from './faults.ts';
import type { Binding, Instance, Ledger, LedgerView, Operation, OperationKind } from './ledger.ts';
import type { Provider, Step } from './provider.ts';
import type { Secret } from './seal.ts';

/** Tries before an operation is called failed, and how long the first pause between two is. */
const TRIES = 3;
const PAUSE_MS = 200;

interface Failure {
  readonly description: string;
  readonly flags: Flags | null;
  /** What the provider gave when an update was taken back; null: nothing. */
  readonly secret: Secret | null;
}

interface Running {
  readonly halt: AbortController;
  readonly ended: Promise<void>;
}

/** Carries out the operations of the ledger: those asked for now, and after a crash those that were under way. */
export class Operations {
  readonly #ledger: Ledger;
  readonly #providerOf: (serviceId: string) => Provider;
  readonly #faults: Faults;
  readonly #log: Logger;
  readonly #running = new Map<string, Running>();

  constructor(ledger: Ledger, providerOf: (serviceId: string) => Provider, faults: Faults, log: Logger) {
    this.#ledger = ledger;
    this.#providerOf = providerOf;
    this.#faults = faults;
    this.#log = log;
  }

  /** Takes up what a killed broker had in hand: each operation is finished, since each of its effects may be repeated. */
  async resume(): Promise<void> {
    for (const operation of await this.#ledger.open()) {
      this.#log.info({ operation: operation.id, kind: operation.kind }, 'taken up again');
      this.start(operation);
    }
  }

  /** Begins to carry out an operation that stands in the ledger; `after`: one that must have ended first. */
  start(operation: Operation, after?: Operation): void {
    const halt = new AbortController();
    const ended = this.#carryOut(operation, after, halt.signal).finally(() => this.#running.delete(operation.id));
    this.#running.set(operation.id, { halt, ended });
  }

  /** Resolves when the operation has ended, to how; one of another process is not waited for. */
  async outcome(operation: Operation): Promise<Operation> {
    await this.#running.get(operation.id)?.ended;
    const found = await this.#ledger.on(operation.instanceId, (view) => view.operation(operation.id, operation.bindingId));
    return found ?? operation;
  }

  /** Waits for all that is under way, but no longer than that. What does not end is taken up at the next start. */
  async drain(patienceMs: number): Promise<void> {
    const all = Promise.allSettled([...this.#running.values()].map(({ ended }) => ended));
    await Promise.race([all, sleep(patienceMs, undefined, { ref: false })]);
  }

  async #carryOut(operation: Operation, after: Operation | undefined, signal: AbortSignal): Promise<void> {
    const { id, kind } = operation;
    const before = after === undefined ? undefined : this.#running.get(after.id);
    before?.halt.abort();
    await before?.ended;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#attempt(operation, signal);
        return;
      } catch (error) {
        if (signal.aborted) return; // Its end is in the ledger already, written by what took its place.
        this.#log.warn({ err: error, operation: id, kind, attempt }, 'operation failed');
        if (attempt < TRIES) {
          await sleep(PAUSE_MS * 2 ** attempt);
          continue;
        }
        await this.#fail(operation).catch((failure: unknown) => { this.#log.error({ err: failure, operation: id }, 'the ledger is away: taken up at the next start'); });
        return;
      }
    }
  }

  async #attempt(operation: Operation, signal: AbortSignal): Promise<void> {
    const { instance, binding } = await this.#ledger.on(operation.instanceId, async (view) => ({
      instance: await view.instance(), binding: operation.bindingId === null ? null : await view.binding(operation.bindingId),
    }));
    if (instance === null) throw new Error('the ledger has an operation without its instance');
    const step: Step = async (name) => {
      signal.throwIfAborted();
      await this.#faults.inOperation(operation.kind, name, signal);
      signal.throwIfAborted();
    };
    await step('begun');
    const secret = await this.#effect(operation, instance, binding, step);
    await step('done');
    await this.#ledger.on(operation.instanceId, async (view) => {
      if ((await view.underWay())?.id !== operation.id) return;
      await succeed(view, operation, secret);
      await view.end(operation.id, 'succeeded', `The ${operation.kind} has succeeded.`);
    });
  }

  async #effect({ kind, target }: Operation, instance: Instance, binding: Binding | null, step: Step): Promise<Secret | null> {
    const provider = this.#providerOf(instance.serviceId);
    if (kind === 'provision') return provider.provision(instance, step);
    if (kind === 'update' && target !== null) return provider.update(instance, target, step);
    if (kind === 'deprovision') await provider.deprovision(instance, step);
    if (kind === 'bind' && binding !== null) await provider.bind(instance, binding, step);
    if (kind === 'unbind' && binding !== null) await provider.unbind(instance, binding, step);
    return null;
  }

  async #fail(operation: Operation): Promise<void> {
    const { id, instanceId, bindingId, kind } = operation;
    const { description, flags, secret } = kind === 'update' ? await this.#takenBack(operation) : failureOf(kind);
    await this.#ledger.on(instanceId, async (view) => {
      if ((await view.underWay())?.id !== id) return;
      if (bindingId !== null) await view.setBinding(bindingId, 'failed');
      else await view.setInstance(kind === 'update' ? 'ready' : 'failed', secret);
      await view.end(id, 'failed', description, flags);
    });
  }

  /** A failed update leaves the instance as it was: what it changed until then is changed back, or it is said that it could not be. */
  async #takenBack({ id, instanceId }: Operation): Promise<Failure> {
    const instance = await this.#ledger.on(instanceId, (view) => view.instance());
    if (instance === null) throw new Error('the ledger has an operation without its instance');
    try {
      const secret = await this.#providerOf(instance.serviceId).update(instance, instance, () => Promise.resolve());
      return { description: 'The update has failed, and the instance is as it was; the operators of this broker know why.', flags: { instance_usable: true, update_repeatable: true }, secret };
    } catch (error) {
      this.#log.error({ err: error, operation: id }, 'a failed update could not be taken back');
      return { description: 'The update has failed, and what it changed could not be taken back: another update may repair the instance.', flags: { instance_usable: false, update_repeatable: true }, secret: null };
    }
  }
}

/** A failed deprovisioning leaves what is left of the instance. */
function failureOf(kind: OperationKind): Failure {
  return { description: `The ${kind} has failed; the operators of this broker know why.`, flags: kind === 'deprovision' ? { instance_usable: false } : null, secret: null };
}

async function succeed(view: LedgerView, { kind, bindingId, target }: Operation, secret: Secret | null): Promise<void> {
  if (kind === 'update' && target !== null) await view.setTarget(target);
  if (kind === 'provision' || kind === 'update') await view.setInstance('ready', secret);
  if (kind === 'deprovision') await view.removeInstance();
  if (kind === 'bind' && bindingId !== null) await view.setBinding(bindingId, 'ready');
  if (kind === 'unbind' && bindingId !== null) await view.removeBinding(bindingId);
}
