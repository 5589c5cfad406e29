/** Who or what began a roll-back; CANCELLED: the migration is given up. */
export type RollbackCause = 'OPERATOR' | 'CANCELLED' | 'SEVERITY_1';

/** Whose act permits a roll-back beyond the point of no return. */
export const ACT_OFFICES = ['MAYOR', 'MANAGER'] as const;
export type ActOffice = (typeof ACT_OFFICES)[number];
