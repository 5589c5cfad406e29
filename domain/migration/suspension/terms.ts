/** What holds a migration up: a party that suspended it, or a service that it depends on. */
export type Hold = 'PARTY' | 'DEPENDENCY';
