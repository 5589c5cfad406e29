import { Problem } from '../problems.ts';
import { isPlainText } from './text.ts';

/** Deep enough for any command, shallow enough for every recursive reader after us. */
const MAX_DEPTH = 32;

/**
 * Parses a JSON body more strictly than JSON.parse: a repeated key is refused (readers differ on which value counts), and so
 * are numbers that would be stored as others, and texts that cannot be recorded and shown as they are. Throws Problem.
 */
export function parseJson(bytes: Buffer): unknown {
  const text = decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw Problem.of('MALFORMED_JSON', { detail: { it: 'Il contenuto della richiesta non è JSON.', en: 'The body is not JSON.' }, cause });
  }
  checkTokens(text);
  return value;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw Problem.of('MALFORMED_JSON', { detail: { it: 'Il contenuto della richiesta non è in UTF-8.', en: 'The body is not UTF-8.' }, cause });
  }
}

/** Walks the tokens of a text that is known to be JSON. */
function checkTokens(text: string): void {
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|-?\d[\d.eE+-]*/g;
  // One entry for each open bracket: the keys seen so far of an object, null for an array.
  const open: (Set<string> | null)[] = [];
  let keyNext = false;
  for (const { 0: part } of text.matchAll(token)) {
    if (part === '{' || part === '[') {
      open.push(part === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw tooDeep();
      keyNext = part === '{';
    } else if (part === '}' || part === ']') {
      open.pop();
      keyNext = false;
    } else if (part === ',') {
      keyNext = open.at(-1) instanceof Set;
    } else if (part === ':') {
      keyNext = false;
    } else if (!part.startsWith('"')) {
      checkNumber(part);
    } else {
      const content = String(JSON.parse(part));
      checkText(content);
      if (keyNext) checkKey(content, open.at(-1));
    }
  }
}

/** 1e400 would become infinite, 9007199254740993 its neighbour. */
function checkNumber(digits: string): void {
  const value = Number(digits);
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return;
  const shown = digits.slice(0, 40);
  throw Problem.of('VALIDATION', { detail: { it: `Il numero ${shown} non si può registrare così com'è.`, en: `The number ${shown} cannot be recorded as it is.` } });
}

function tooDeep(): Problem {
  return Problem.of('VALIDATION', {
    hostile: true, detail: { it: `Il contenuto è annidato oltre ${MAX_DEPTH} livelli.`, en: `The body is nested deeper than ${MAX_DEPTH} levels.` },
  });
}

function checkText(content: string): void {
  if (isPlainText(content)) return;
  throw Problem.of('VALIDATION', {
    hostile: true,
    detail: {
      it: 'Un testo contiene un carattere di controllo, uno che cambia la direzione della scrittura o mezza coppia surrogata.',
      en: 'A text holds a control character, one that turns the direction of text, or half of a surrogate pair.',
    },
  });
}

function checkKey(key: string, keys: Set<string> | null | undefined): void {
  if (key === '__proto__') {
    throw Problem.of('VALIDATION', { hostile: true, detail: { it: 'La chiave __proto__ non è ammessa.', en: 'The key __proto__ is not accepted.' } });
  }
  if (keys?.has(key) === true) {
    const name = JSON.stringify(key.slice(0, 100));
    throw Problem.of('DUPLICATE_KEY', { detail: { it: `La chiave ${name} è indicata due volte nello stesso oggetto.`, en: `The key ${name} is given twice in one object.` } });
  }
  keys?.add(key);
}
