/** A start that cannot go on for a reason the reader can act on: shown as it is, without a stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** The system's code of an error (`EACCES`, `ENOENT` …), or an empty string. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The text of whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
