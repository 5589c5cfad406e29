import type { Expectation } from '../scenario.ts';

export const REMINDERS_GOLDEN = {
  ReminderDue: { state: { reminded: [{ key: 'receipt-1', to: 'OPERATOR', dueOn: '2026-06-03' }] } },
} as const satisfies Readonly<Record<string, Expectation>>;
