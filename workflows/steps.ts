import type { StorePort } from './case-port.ts';

/** What an act asks of the store, as a function that the host calls. */
type Call = (store: StorePort) => Promise<unknown>;

/**
 * An act on a case as a generator: it yields what it asks of the store and is given the answer. Unlike an async function
 * it makes no promise of its own: in Temporal's sandbox each costs a stack trace, and a command had fourteen of them.
 */
export type Steps<Result> = Generator<Call, Result, unknown>;

/** Asks the store one thing. */
export function* ask<Answer>(call: (store: StorePort) => Promise<Answer>): Steps<Answer> {
  // The host gives back what this very call came to.
  return (yield call) as Answer;
}

/** Runs an act to its end, one call after the other; what it throws goes to `failed`. */
export function runSteps<Result>(steps: Steps<Result>, store: StorePort, done: (result: Result) => void, failed: (error: unknown) => void): void {
  const resume = (go: () => IteratorResult<Call, Result>): void => {
    let step: IteratorResult<Call, Result>;
    try {
      step = go();
    } catch (error) {
      failed(error);
      return;
    }
    if (step.done === true) done(step.value);
    else step.value(store).then((answer) => { resume(() => steps.next(answer)); }, (error: unknown) => { resume(() => steps.throw(error)); });
  };
  resume(() => steps.next());
}
