/** Under which a value keeps that it came unencrypted; outside of its members, so that it goes no further with a copy. */
const OPEN = Symbol.for('associa.open');

/** Says of a value that whoever reaches Temporal may have written it: it came unencrypted, so no key of ours stands behind it. */
export function markOpen(value: unknown): void {
  if (typeof value === 'object' && value !== null) Object.defineProperty(value, OPEN, { value: true });
}

/** True for a value that came unencrypted: from before the encryption, or from somebody without our keys. */
export function isOpen(value: unknown): boolean {
  return typeof value === 'object' && value !== null && OPEN in value;
}
