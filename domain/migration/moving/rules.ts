/** The rule of every command of this area. */
export const MOVING_RULES = {} as const;
