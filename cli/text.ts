import { Temporal } from 'temporal-polyfill';

/** What others wrote, without characters that would steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (char) => (char === '\n' ? ' ' : ''));
}

/** Rows under a header, each column as wide as its widest cell. A row with an empty first cell goes on with the one above. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return aligned([header, ...rows]).map((line) => `${line}\n`).join('');
}

/** Lines of cells in columns. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const clean = rows.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of clean) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return clean.map((row) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - cell.length)).join('  ').trimEnd());
}

/** A titled block, or nothing when it has no lines. */
export function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

const ROME = 'Europe/Rome';

/** An instant as the clock on a wall in Rome shows it: `2026-07-14 10:30`. What is no instant stays as it is. */
export function wallTime(instant: string): string {
  try {
    const time = Temporal.Instant.from(instant).toZonedDateTimeISO(ROME).toPlainDateTime();
    return time.toString({ smallestUnit: 'minute' }).replace('T', ' ');
  } catch {
    return instant;
  }
}

/** The civil day in Rome of an instant; a civil date stays as it is. */
export function day(instant: string): string {
  return wallTime(instant).slice(0, 10);
}

/** `1 event`, `2 events`. */
export function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}
