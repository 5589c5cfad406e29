/** How a command ends when not well: what it has to say on stderr, and its exit code. */
abstract class Failure extends Error {
  abstract readonly exitCode: 1 | 2;
  /** For machines, printed on stdout under `--json`. */
  readonly json: unknown;

  constructor(message: string, options: { readonly json?: unknown; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.json = options.json;
  }
}

/** It ran, and the answer is no: refused, not found, something found. */
export class DoesNotHold extends Failure {
  override readonly name = 'DoesNotHold';
  override readonly exitCode = 1;
}

/** It could not run: no instance, wrong usage, somebody it needs is away. */
export class CannotRun extends Failure {
  override readonly name = 'CannotRun';
  override readonly exitCode = 2;
}

export function isFailure(error: unknown): error is DoesNotHold | CannotRun {
  return error instanceof Failure;
}
