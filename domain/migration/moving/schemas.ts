import type { z } from 'zod';
import type { MOVING_COMMANDS } from './catalogue.ts';

/** The schema of every command of this area. */
export const MOVING_SCHEMAS = {
} as const satisfies Readonly<Record<keyof typeof MOVING_COMMANDS, z.ZodType>>;
