import { normalInstant } from './civil-date.ts';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** An instant by RFC 3339 with offset and milliseconds at most, which is also a real moment. */
export function isInstant(text: string): boolean {
  if (!RFC_3339.test(text)) return false;
  try {
    normalInstant(text);
    return true;
  } catch {
    return false;
  }
}
