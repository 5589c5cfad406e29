/** The data processing agreement (GDPR art. 28). */
export type DpaState = 'NOT_STARTED' | 'DRAFT' | 'SIGNED' | 'IN_FORCE' | 'ENDING' | 'DATA_RETURNED' | 'CLOSED';

/** At the end of the services the controller chooses: its data are returned, or deleted (art. 28 c.3 g). */
export type DataReturn = 'RETURNED' | 'DELETED';
