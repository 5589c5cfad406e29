/** A sub-processor that the Agency engages: notified, objected to, admitted once the term has gone by in silence, given up (art. 28 c.2 GDPR). */
export type SubprocessorState = 'NOTIFIED' | 'OBJECTED' | 'ADMITTED' | 'WITHDRAWN';

/** What an impact assessment found: the risk that is left is acceptable, or high, and then the Garante is consulted before (art. 36 GDPR). */
export const DPIA_OUTCOMES = ['ACCEPTABLE_RISK', 'HIGH_RISK'] as const;
export type DpiaOutcome = (typeof DPIA_OUTCOMES)[number];

/** How the impact assessment of a processing stands (art. 35 GDPR). Only of one that is NEEDED or whose CONSULTATION is due, a gate says no. */
export type DpiaState = 'NOT_NEEDED' | 'NEEDED' | 'DONE' | 'CONSULTATION';

/** What the controller's audit or inspection of the Agency found (art. 28 c.3 h GDPR): conform, but for some findings, or not. */
export const AUDIT_OUTCOMES = ['CONFORM', 'FINDINGS', 'NOT_CONFORM'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Who became aware of a breach first: the Agency (processor) or the member itself (controller). */
export const AWARE_PARTIES = ['PROCESSOR', 'CONTROLLER'] as const;
export type AwareParty = (typeof AWARE_PARTIES)[number];

/** What the member owes the authorities: the Garante (art. 33 GDPR), and the alert and the notification to the ACN (art. 1 L. 90/2024). */
export const BREACH_NOTICES = ['GARANTE', 'ACN_ALERT', 'ACN_NOTIFICATION'] as const;
export type BreachNotice = (typeof BREACH_NOTICES)[number];
