import { everything } from './results.ts';

/** Prints where this process believes to be, and a sample of everything that the legal clock computes. */
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
process.stdout.write(JSON.stringify({ timeZone, midsummerOffset: new Date(2026, 6, 1).getTimezoneOffset(), results: everything() }));
