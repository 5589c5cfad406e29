/** A sub-processor that the Agency engages: notified, objected to, admitted once the term has gone by in silence, given up (art. 28 c.2 GDPR). */
export type SubprocessorState = 'NOTIFIED' | 'OBJECTED' | 'ADMITTED' | 'WITHDRAWN';

/** Who became aware of a breach first: the Agency (processor) or the member itself (controller). */
export const AWARE_PARTIES = ['PROCESSOR', 'CONTROLLER'] as const;
export type AwareParty = (typeof AWARE_PARTIES)[number];

/** What the member owes the authorities: the Garante (art. 33 GDPR), and the alert and the notification to the ACN (art. 1 L. 90/2024). */
export const BREACH_NOTICES = ['GARANTE', 'ACN_ALERT', 'ACN_NOTIFICATION'] as const;
export type BreachNotice = (typeof BREACH_NOTICES)[number];
