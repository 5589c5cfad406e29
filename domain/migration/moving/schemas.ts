/** The schema of every command of this area. */
export const MOVING_SCHEMAS = {} as const;
