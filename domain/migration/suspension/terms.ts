/** What holds a migration up: a party that suspended it, or a service that it depends on. */
export type Hold = 'PARTY' | 'DEPENDENCY';

/** When a term ends: a civil date (its last day), or of a term in hours an instant. */
export type TermEnd = string;
