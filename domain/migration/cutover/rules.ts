/** The rule of every command of this area. */
export const CUTOVER_RULES = {} as const;
