/** The schema of every command of this area. */
export const CUTOVER_SCHEMAS = {} as const;
