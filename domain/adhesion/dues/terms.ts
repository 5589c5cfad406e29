/** What a member that leaves owes: its share of investments already made, and the last invoice, which closes the account. */
export const DUE_KINDS = ['INVESTMENT', 'LAST_INVOICE'] as const;
export type DueKind = (typeof DUE_KINDS)[number];

export const SETTLEMENTS = ['PAID', 'WAIVED'] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

/** Ten thousand million euro: what is more is a slip of the pen. */
export const MAX_DUE_CENTS = 1_000_000_000_000;
