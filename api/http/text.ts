/**
 * Characters that stand in no text of an office and deceive who reads one: controls (but tab and the ends of lines) and
 * those that turn the direction of what follows. As the inside of a regular expression's brackets.
 */
const DECEPTIVE = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069`;

/** What a text looks like that is taken, for the document. */
export const PLAIN_TEXT = `^[^${DECEPTIVE}]*$`;

const deceptive = new RegExp(`[${DECEPTIVE}]`);

/** True for a text that can be recorded and shown as it is: no half of a surrogate pair, nothing deceptive. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !deceptive.test(text);
}

/** True when an address, or a part of it, stands for such a text. */
export function isPlainUrl(url: string): boolean {
  try {
    return isPlainText(decodeURIComponent(url.replaceAll('+', ' ')));
  } catch {
    return false;
  }
}
